"""Persons, employers and mandates. Identity numbers, telephones and addresses are encrypted; a blind index finds them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField


class Person(models.Model):
    """A natural person, known once by identity number.

    provisional: told online under another name than the one known for this document number, kept apart until the window has compared.
    """

    name = models.CharField(max_length=60, db_index=True)
    pinyin_initials = models.CharField(max_length=30, blank=True)
    id_type = models.CharField(max_length=20, default="resident_id")
    id_number = EncryptedTextField()
    id_index = models.CharField(max_length=64, db_index=True)
    provisional = models.BooleanField(default=False)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    telephone = EncryptedTextField(blank=True)
    telephone_index = models.CharField(max_length=64, blank=True, db_index=True)
    address = EncryptedTextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="persons")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_index"], condition=Q(provisional=False), name="person_once_by_number"),
            models.UniqueConstraint(
                fields=["id_index", "name"], condition=Q(provisional=True), name="provisional_person_once_by_name"
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name", opclasses=["varchar_pattern_ops", "int8_ops"]),
            models.Index(fields=["pinyin_initials"], name="person_by_initials", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"人员{self.pk}"


class Employer(models.Model):
    """A unit that employs, known once by its credit code where it has one."""

    name = models.CharField(max_length=120, db_index=True)
    credit_code = models.CharField(max_length=18, unique=True, null=True)
    address = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(max_length=60, blank=True)
    telephone = EncryptedTextField(blank=True)
    users = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="employers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(credit_code=None), name="employer_without_code_once_by_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """A power given by a person or an employer to who acts for them: until when, and whether papers may be served on the agent.

    Without a last day it lasts until the matter is settled. The agent of a paper application may have no account.
    revoked_why: whether who gave it took it back, or has died; "" for what ended before that was kept.
    """

    class End(models.TextChoices):
        GIVER = "giver", "委托人取消"
        DEATH = "death", "委托人死亡"

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="mandates")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="mandates")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="mandates_held")
    agent_name = models.CharField(max_length=60, blank=True)
    capacity = models.CharField(max_length=20, choices=[("relative", "近亲属"), ("agent", "委托代理人")])
    relation = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    may_receive = models.BooleanField(default=False)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_why = models.CharField(max_length=10, blank=True, choices=End)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(employer__isnull=False), name="mandate_of_one_giver"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}{self.pk}"
