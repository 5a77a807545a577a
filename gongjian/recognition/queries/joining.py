"""Two applications about one injury: which look alike, which were joined, and what the file of a joined case holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health, visible_to
from gongjian.materials.models import Material
from gongjian.materials.queries import materials_where
from gongjian.recognition.errors import NotTheSameInjury
from gongjian.recognition.likeness import NEAR_DAYS, is_place_alike
from gongjian.recognition.models import Application, Decision, Joining, SharedEvidence
from gongjian.recognition.states import DECIDING, TAKEN_BACK

ACCEPT = "recognition.accept"
JOINED, DAY = Joining.Verdict.JOINED, "recognition_application__injured_on"
Voice = tuple[Application, list[Material]]


@dataclass(frozen=True)
class Like:
    """Another application that may be about the same injury. is_here: before the same office, whose clerk compares the two."""

    told: Application
    is_here: bool
    place_alike: bool

    @property
    def case(self) -> Case:
        """Its case."""
        found: Case = self.told.case
        return found


def alike(case: Case) -> list[Like]:
    """The applications for the same person, a day apart at most, that are under way or decided and on which no clerk has spoken: three queries.

    A file has the day of each application in it: what is near to one voice is near to the case in which it goes on. The person is who bears the document number, whatever name was typed, wherever it was applied: an injury is decided once.
    What was withdrawn, not accepted, transferred, terminated or revoked stands in nobody's way. Law: 条例 art. 17; 令8 art. 4, 5.
    """
    told = Application.objects.select_related("case__person").filter(case=case).first()
    if told is None or told.case.state not in DECIDING:
        return []
    voices = Joining.objects.filter(case=case, verdict=JOINED).values_list(f"other__{DAY}", flat=True)
    rows = standing_about(told.case.person.id_index, told.kind, (told.injured_on, *voices))
    rows = rows.filter(~_spoken_of(case)).exclude(case=case)
    here = told.case.office_id
    found = [Like(row, row.case.office_id == here, is_place_alike(told.place, row.place)) for row in rows]
    return sorted(found, key=lambda like: (not like.is_here, not like.place_alike))


def standing_about(id_index: str, kind: str, days: Iterable[date]) -> QuerySet[Application]:
    """The applications for a person and some day, or the day beside it, that are under way or decided at any office, oldest first."""
    told = tuple(days)
    rows = Application.objects.select_related("case__office__parent", "case__person", "case__employer")
    found = rows.filter(case__person__id_index=id_index, kind=kind)
    found = found.filter(_near("injured_on", told) | Q(_voice_near(told)))
    return found.filter(_stands()).order_by("case__received_at", "case_id")


def to_compare(case: Case) -> list[Like]:
    """Those before the same office: a clerk says of each whether it is the same injury, before the case is accepted."""
    return [like for like in alike(case) if like.is_here]


def require_alike(case: Case, beside: Case) -> None:
    """Refuse to lay two files side by side that nobody has to compare: both tell of health. Raises: NotTheSameInjury."""
    if all(like.case != beside for like in to_compare(case)):
        raise NotTheSameInjury


def about_joining(case: Case, user: User) -> dict[str, Any]:
    """What a page says of other applications about the same injury: those that look alike and may be seen, those joined, and every clerk's word."""
    found = alike(case)
    seen = set(visible_to(user).filter(pk__in=[like.case.pk for like in found]).values_list("pk", flat=True))
    return {
        "alike": [like for like in found if like.case.pk in seen],
        "elsewhere_alike": [like for like in found if like.case.pk not in seen],
        "may_join": user.holds(ACCEPT, case.office_id),
        "other_voices": voices_of(case),
        "goes_on": goes_on_as(case),
        "joinings": [
            (row, row.other if row.case == case else row.case, _may_be_undone(row)) for row in joinings_of(case)
        ],
    }


def _may_be_undone(row: Joining) -> bool:
    """Whether the word "two injuries" can still be taken back: while neither of the two is decided."""
    undecided = row.case.state in TAKEN_BACK and row.other.state in TAKEN_BACK
    return undecided and row.verdict == Joining.Verdict.APART and row.undone_at is None


def voices_of(case: Case) -> list[Application]:
    """The applications that were joined to this case, each whole; those joined to them before come with them."""
    found: list[Application] = []
    cases = [case.pk]
    while cases:
        rows = Application.objects.select_related("case__person", "case__employer", "mandate", "receipt").filter(
            case__joined_to__case__in=cases, case__joined_to__verdict=JOINED
        )
        fresh = list(rows.order_by("case__received_at", "case_id"))
        found, cases = found + fresh, [row.case_id for row in fresh]
    return found


def voices_seen_by(case: Case, user: User) -> list[Voice]:
    """The other voices, each with those of its papers that `user` of the staff may look at, as those of the case in which they go on."""
    voices = voices_of(case)
    if not voices or user.kind != User.Kind.STAFF or not visible_to(user).filter(pk=case.pk).exists():
        return []
    whole, rows = reads_health(user, case), materials_where(Q(case__in=[one.case_id for one in voices]))
    papers = [each for each in rows if whole or not each.told.sensitive]
    return [(voice, [each for each in papers if each.case_id == voice.case_id]) for voice in voices]


def goes_on_as(case: Case) -> Case | None:
    """The case in which a joined one goes on; None for one that was not joined."""
    row = Joining.objects.select_related("case__office").filter(other=case, verdict=JOINED).first()
    return (goes_on_as(row.case) or row.case) if row else None


def joinings_of(case: Case) -> QuerySet[Joining]:
    """What clerks have said about this case and others, oldest first."""
    rows = Joining.objects.filter(Q(case=case) | Q(other=case)).select_related("case", "other", "by", "undone_by")
    return rows.order_by("id")


def word_on(one: Case, two: Case) -> Joining | None:
    """What a clerk has said about two cases and has not taken back."""
    rows = Joining.objects.filter(case__in=(one, two), other__in=(one, two), undone_at=None)
    return rows.select_related("case", "other", "by").first()


def file_of(case: Case) -> list[int]:
    """The cases whose papers and records are of one file: this one and those that were joined to it."""
    return [case.pk, *(voice.case_id for voice in voices_of(case))]


def papers_in_file(case: Case) -> QuerySet[Material]:
    """The materials that a decision may rest on: the case's own, those of the other voice, and those shared by the victims of an accident."""
    return materials_where(in_file(case, "material"))


def shared_papers(case: Case) -> QuerySet[Material]:
    """The papers that the victims of the case's accident share, where there is an accident; nothing of them is about anybody's health."""
    return materials_where(Q(pk__in=_shared(case, "material"))).exclude(case=case)


def in_file(case: Case, kind: str) -> Q:
    """Which materials, interviews or site records (kind: material, interview, site) are of the file of a case, as a condition on them."""
    return Q(case__in=file_of(case)) | Q(pk__in=_shared(case, kind))


def _shared(case: Case, kind: str) -> Any:
    return SharedEvidence.objects.filter(accident__victims__case=case, kind=kind).values(kind)


def _near(field: str, days: Iterable[date]) -> Q:
    near = timedelta(days=NEAR_DAYS)
    return reduce(or_, (Q(**{f"{field}__range": (day - near, day + near)}) for day in days))


def _voice_near(days: Iterable[date]) -> Exists:
    voices = Joining.objects.filter(case=OuterRef("case"), verdict=JOINED)
    return Exists(voices.filter(_near(f"other__{DAY}", days)))


def _spoken_of(case: Case) -> Exists:
    one, two = Q(case=case, other=OuterRef("case")), Q(other=case, case=OuterRef("case"))
    return Exists(Joining.objects.filter(one | two, undone_at=None))


def _stands() -> Q:
    decided = Decision.objects.filter(case=OuterRef("case"), revoked_on=None, proposal__isnull=False)
    return Q(case__state__in=DECIDING) | Q(Exists(decided))
