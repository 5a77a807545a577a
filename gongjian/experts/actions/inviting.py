"""Experts of other cities at one sitting: invited on a letter, on record, and from then on in its pool like everybody else.

Who is drawn, and with what chance, no invitation says: a guest answers, is excluded, recuses and is drawn by the same rules and receipt.
"""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.experts.access import MANAGE, require
from gongjian.experts.actions.pool import Told, appoint
from gongjian.experts.errors import (
    ExpertCannotCome,
    InvitationGone,
    InvitationIncomplete,
    InvitedAlready,
    NoGuest,
    ReasonMissing,
    SittingOver,
)
from gongjian.experts.models import Availability, Expert, Invitation
from gongjian.experts.rules import barriers
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record


@transaction.atomic
def invite_guest(sitting: Any, told: Told, *, committee: str, document: str, by: User) -> Invitation:
    """Invite somebody of another committee's pool to one sitting (a `sittings.Sitting`), with the same conditions as any expert.

    Law: 令55 art. 24, 25 (experts drawn across cities). Raises: PoolNotYours, SittingOver, InvitationIncomplete, ExpertCannotCome, and the
    refusals of `appoint`.
    """
    require(by, MANAGE, sitting.office_id)
    committee = committee.strip()
    if not committee or committee == sitting.office.name:
        raise InvitationIncomplete
    expert = appoint(sitting.office, told, by=by, home_committee=committee)
    return invite_again(sitting, expert, document=document, by=by)


@transaction.atomic
def invite_again(sitting: Any, expert: Expert, *, document: str, by: User) -> Invitation:
    """Invite a guest whom the office knows to another sitting.

    Law: 令55 art. 25. Raises: PoolNotYours, SittingOver, NoGuest, InvitationIncomplete, InvitedAlready, ExpertCannotCome.
    """
    require(by, MANAGE, sitting.office_id)
    if sitting.starts_at <= moment.now():
        raise SittingOver
    held = Expert.objects.select_for_update(of=("self",)).select_related("office").get(pk=expert.pk)
    if not held.home_committee or held.office_id != sitting.office_id:
        raise NoGuest(number=held.number)
    if not document.strip():
        raise InvitationIncomplete
    if held.invitations.filter(sitting_id=sitting.pk, withdrawn_at=None).exists():
        raise InvitedAlready(number=held.number)
    if found := barriers(held.standing, on=sitting.day):
        raise ExpertCannotCome(number=held.number, reasons="、".join(barrier.label for barrier in found))
    told = {"document": document.strip(), "invited_by": by, "invited_at": moment.now()}
    invitation = Invitation.objects.create(expert=held, sitting_id=sitting.pk, **told)
    facts = {"expert": held.number, "committee": held.home_committee, "document": invitation.document}
    record(sitting.chain, "expert.invited", by=by, **facts)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, reason: str, by: User) -> Invitation:
    """Take an invitation back: the guest is in that sitting's pool no more, and a yes of theirs counts no more. It stays on record.

    Law: 令55 art. 25. Raises: PoolNotYours, InvitationGone, SittingOver, ReasonMissing.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("expert__office", "sitting")
    held = rows.filter(pk=invitation.pk, withdrawn_at=None).first()
    if held is None:
        raise InvitationGone
    sitting: Any = held.sitting
    require(by, MANAGE, sitting.office_id)
    if sitting.starts_at <= moment.now():
        raise SittingOver
    if not reason.strip():
        raise ReasonMissing
    held.withdrawn_by, held.withdrawn_at, held.withdrawn_why = by, moment.now(), reason.strip()
    held.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
    Availability.objects.filter(expert=held.expert, sitting_id=sitting.pk).update(can_come=False)
    record(sitting.chain, "expert.uninvited", by=by, expert=held.expert.number)
    return held
