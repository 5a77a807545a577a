"""The tables of wishes for a mode other than the hall, and of addresses that changed; the database keeps one open and one granted for a case, and every one for good."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.law.modes import Mode
from gongjian.sittings.states import OPEN_WISHES, CameBy, WishState, choices


class ModeWish(models.Model):
    """A wish to be examined in another way than the hall: why and with what proof, where, whom to call, what was agreed to, the office's answer.

    moved_at: since when the address is another one that nobody has compared with the route. collective: the employer's application it came by, where its worker is asked. mode: what was asked for; offered: what the office offers instead. The consent is kept with its words. In force while `granted`.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="mode_wishes")
    mode = models.CharField(max_length=12, choices=choices(Mode))
    ground = models.CharField(max_length=20)
    reason = EncryptedTextField()
    address = EncryptedTextField(blank=True, default="")
    contact = EncryptedTextField(blank=True, default="")
    proof = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    came_by = models.CharField(max_length=10, choices=choices(CameBy), default=CameBy.ONLINE.value)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(WishState), default=WishState.ASKED.value)
    offered = models.CharField(max_length=12, blank=True, choices=choices(Mode))
    answer = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    consent = EncryptedTextField(blank=True, default="")
    consent_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = EncryptedTextField(blank=True, default="")
    collective = models.ForeignKey("sittings.Collective", models.PROTECT, null=True, related_name="wishes")
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=[s.value for s in OPEN_WISHES]), name="one_open_wish_per_case"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="granted"), name="one_mode_per_case"),
            models.CheckConstraint(condition=~Q(mode="hall") & ~Q(offered="hall"), name="nobody_wishes_for_the_hall"),
        ]
        triggers = [pgtrigger.Protect(name="wish_is_never_lost", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.mode} {self.state}"

    @property
    def meant(self) -> Mode:
        """The mode that holds once the wish is granted: the one offered, else the one asked for."""
        return Mode(self.offered or self.mode)


class AddressChange(models.Model):
    """That the person of a visit is somewhere else now: where they were, where they are, what was agreed to anew, and how it came to us."""

    wish = models.ForeignKey(ModeWish, models.PROTECT, related_name="addresses")
    former = EncryptedTextField()
    former_contact = EncryptedTextField()
    former_consent = EncryptedTextField()
    address = EncryptedTextField()
    contact = EncryptedTextField()
    consent = EncryptedTextField()
    came_by = models.CharField(max_length=10, choices=choices(CameBy))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="address_change_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.wish_id}"
