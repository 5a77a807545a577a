"""Users, the tree of offices, and the posts that join them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongjian.accounts.roles import BUSINESS, LABELS, PERMISSIONS, Role
from gongjian.kernel.fields import EncryptedTextField


class Office(models.Model):
    """A body of the administration; offices form a tree (province, city, county)."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "省级劳动能力鉴定委员会"
        COMMITTEE = "committee", "市级劳动能力鉴定委员会"
        HRSS = "hrss", "人力资源和社会保障行政部门"
        AGENCY = "agency", "社会保险经办机构"
        COUNTY = "county", "县区窗口"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind)
    region = models.CharField(max_length=6)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    serves = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="windows")
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password, or with none (telephone code only)."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in: staff, expert, or a party. A party's username is an opaque id; the telephone is encrypted."""

    class Kind(models.TextChoices):
        STAFF = "staff", "工作人员"
        EXPERT = "expert", "医疗卫生专家"
        APPLICANT = "applicant", "当事人"

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    telephone = EncryptedTextField(blank=True)
    telephone_index = models.CharField(max_length=64, unique=True, null=True)
    card_number = models.CharField(max_length=30, blank=True)
    id_index = models.CharField(max_length=64, blank=True)
    """Blind index of the identity number, registered to keep staff away from their own cases; the number itself is not kept."""
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name or f"用户{self.pk}"

    class Meta:
        indexes = [models.Index(fields=["id_index"], condition=~models.Q(id_index=""), name="staff_by_identity")]

    def posts_held(self) -> "list[Post]":
        """The live posts, read once per instance."""
        if not hasattr(self, "_posts"):
            self._posts = list(
                self.posts.filter(ended_on=None).select_related("office").prefetch_related("office__serves")
            )
        return self._posts

    def holds(self, permission: str, office: "Office | int | None" = None) -> bool:
        """Whether a live post gives `permission`, at `office` (row or id) where one is named; only where the office has that business."""
        wanted = office.pk if isinstance(office, Office) else office
        kinds = BUSINESS.get(permission.partition(".")[0])
        return self.is_active and any(
            permission in PERMISSIONS[Role(post.role)] and (wanted is None or wanted == place.pk)
            for post in self.posts_held()
            for place in post.offices()
            if kinds is None or place.kind in kinds
        )


class Post(models.Model):
    """One role of one user at one office."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role.value, label) for role, label in LABELS.items()])
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "role"], condition=models.Q(ended_on=None), name="one_live_post_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office.short_name}·{LABELS[Role(self.role)]}"

    def offices(self) -> list[Office]:
        """The post's own office and those its window serves."""
        return [self.office, *self.office.serves.all()]

    def office_ids(self) -> set[int]:
        """Their ids."""
        return {place.pk for place in self.offices()}

    def whole_office_ids(self) -> set[int]:
        """Those of them all of whose cases are the post's: a county's window has, of the offices it serves, only what it received itself."""
        return {self.office_id} if self.office.kind == Office.Kind.COUNTY else self.office_ids()


class TelephoneCode(models.Model):
    """A code sent to a telephone, by which its owner signs in once. Only its digest is kept."""

    telephone_index = models.CharField(max_length=64)
    address_index = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["telephone_index", "-sent_at"], name="codes_of_a_telephone")]

    def __str__(self) -> str:
        return f"验证码{self.pk}"
