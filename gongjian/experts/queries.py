"""Reading the pool: who may be drawn, who may not and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.experts.access import SEE
from gongjian.experts.errors import ExpertNotFound, ImportGone
from gongjian.experts.models import Availability, Expert, Invitation, PoolImport
from gongjian.experts.rules import Barrier, answer_barriers, barriers

SOON = timedelta(days=90)


@dataclass(frozen=True)
class Ineligible:
    """An expert of the pool who cannot be drawn, and everything that speaks against it."""

    expert: Expert
    reasons: tuple[Barrier, ...]

    @property
    def reason(self) -> str:
        """ "聘期已届满、已暂停参加鉴定"."""
        return "、".join(barrier.label for barrier in self.reasons)


@dataclass(frozen=True)
class StandingLine:
    """An expert as the pool's list shows them on a day."""

    expert: Expert
    reasons: tuple[Barrier, ...]
    ends_soon: bool

    @property
    def reason(self) -> str:
        """Why they cannot be drawn, "" if they can."""
        return "、".join(barrier.label for barrier in self.reasons)


def standing_today(experts: Iterable[Expert], *, on: date) -> list[StandingLine]:
    """Experts with what keeps them out on a day, and whether their term ends within three months."""
    return [
        StandingLine(
            expert=expert,
            reasons=barriers(expert.standing, on=on),
            ends_soon=expert.dismissed_on is None and on <= expert.term_until <= on + SOON,
        )
        for expert in experts
    ]


def pool(office: Office, sitting: int | None = None) -> QuerySet[Expert]:
    """The experts from whom an office draws: its own, and those shared within its province; for a sitting (its id) also the guests invited to it.

    Law: 令55 art. 25 (a province's pool; experts drawn across cities).
    """
    shared = Q(is_shared=True) & (Q(office_id=office.parent_id) | Q(office__parent_id=office.parent_id))
    whose = Q(office=office, home_committee="") | (shared if office.parent_id else Q(pk__in=[]))
    if sitting is not None:
        whose |= Q(pk__in=Invitation.objects.filter(sitting_id=sitting, withdrawn_at=None).values("expert"))
    return Expert.objects.filter(whose).select_related("office").order_by("number")


def eligible(*, on: date, office: Office, sitting: int | None = None) -> list[Expert]:
    """Who may be drawn for a day, by number; with a sitting (its id): only who has said they can come."""
    return [expert for expert, found in _judged(on, office, sitting) if not found]


def ineligible_with_reasons(*, on: date, office: Office, sitting: int | None = None) -> list[Ineligible]:
    """The rest of the pool, each with every reason."""
    return [Ineligible(expert, found) for expert, found in _judged(on, office, sitting) if found]


def visible_to(user: User) -> QuerySet[Expert]:
    """Experts whose record `user` may see: the pools of the offices where they hold the permission."""
    if not user.is_authenticated or not user.is_active:
        return Expert.objects.none()
    if user.kind == User.Kind.EXPERT:
        return Expert.objects.select_related("office").filter(user=user)
    return Expert.objects.select_related("office").filter(office_id__in=offices_where(user, SEE)).order_by("number")


def expert_for(number: str, *, by: User) -> Expert:
    """One expert. Hidden and unknown answer alike. Raises: ExpertNotFound."""
    expert = visible_to(by).filter(number=number).first()
    if expert is None:
        raise ExpertNotFound
    return expert


def expert_of(user: User) -> Expert | None:
    """The expert who signs in as `user`."""
    return Expert.objects.select_related("office").filter(user=user).first()


def answers_for(sitting: int) -> dict[int, bool]:
    """Expert id → whether they can come to the sitting (its id)."""
    return dict(Availability.objects.filter(sitting_id=sitting).values_list("expert_id", "can_come"))


def invitations_of(sitting: int) -> QuerySet[Invitation]:
    """Who was invited to a sitting (its id), those taken back last."""
    rows = Invitation.objects.filter(sitting_id=sitting).select_related("expert", "invited_by")
    return rows.order_by(F("withdrawn_at").asc(nulls_first=True), "expert__number", "pk")


def guests_of(office: Office, *, besides: int) -> QuerySet[Expert]:
    """Guests an office has invited before and may invite again; without those who are invited to a sitting (its id) already."""
    there = Invitation.objects.filter(sitting_id=besides, withdrawn_at=None).values("expert")
    known = Expert.objects.filter(office=office, dismissed_on=None).exclude(home_committee="")
    return known.exclude(pk__in=there).order_by("number")


def is_invited(expert: Expert, sitting: int) -> bool:
    """Whether an expert may be asked about a sitting (its id): everybody of a pool, a guest only when invited to it."""
    return not expert.home_committee or expert.invitations.filter(sitting_id=sitting, withdrawn_at=None).exists()


def import_for(pk: int, *, by: User) -> PoolImport:
    """A spreadsheet that waits for the word of the person who uploaded it. Raises: ImportGone."""
    found = PoolImport.objects.select_related("office").filter(pk=pk, by=by, taken_at=None).first()
    if found is None:
        raise ImportGone
    return found


def _judged(on: date, office: Office, sitting: int | None) -> Iterable[tuple[Expert, tuple[Barrier, ...]]]:
    answers = answers_for(sitting) if sitting is not None else {}
    for expert in pool(office, sitting):
        said = answer_barriers(answers.get(expert.pk)) if sitting is not None else ()
        yield expert, (*barriers(expert.standing, on=on), *said)
