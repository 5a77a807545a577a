"""What differs between the two matters that cities bring before each other: 协助调查 of a recognition, 委托鉴定 of an appraisal. One row for each."""

from collections.abc import Callable
from dataclasses import dataclass

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import APPRAISING, Role
from gongjian.appraisal.states import State as Appraisal
from gongjian.cases.models import Case
from gongjian.exchange.models import Matter
from gongjian.exchange.states import Kind, Name
from gongjian.recognition.queries import must_gather
from gongjian.recognition.states import GATHERING
from gongjian.sittings.access import require

BOOK = "sittings.book"


@dataclass(frozen=True)
class Business:
    """opens: the letter that opens a matter of it; offices: the kinds of office that have it; handle: permission of who takes it on there.

    lives_in: states of the case that asks while what becomes of the matter is somebody's task, namely this role's; must: refuses who may not act in it.
    """

    name: Name
    opens: Kind
    offices: frozenset[str]
    handle: str
    lives_in: tuple[str, ...]
    role: Role
    article: str
    must: Callable[[Case, User], None]


def _investigates(case: Case, by: User) -> None:
    must_gather(case, by=by)


def _schedules(case: Case, by: User) -> None:
    require(by, BOOK, case.office_id)


BUSINESSES = {
    Name.RECOGNITION: Business(
        name=Name.RECOGNITION,
        opens=Kind.ASK,
        offices=frozenset({Office.Kind.HRSS.value}),
        handle="recognition.investigate",
        lives_in=tuple(state.value for state in GATHERING),
        role=Role.INVESTIGATOR,
        article="令8 第十四条",
        must=_investigates,
    ),
    Name.APPRAISAL: Business(
        name=Name.APPRAISAL,
        opens=Kind.ENTRUST,
        offices=APPRAISING,
        handle="appraisal.accept",
        lives_in=(Appraisal.ENTRUSTED.value,),
        role=Role.SCHEDULER,
        article="令55 第十二条",
        must=_schedules,
    ),
}
HANDLING = tuple(each.handle for each in BUSINESSES.values())
"""Permissions of who takes on what other cities ask."""


def business_of(matter: Matter) -> Business:
    """What a matter is about."""
    return BUSINESSES[Name(matter.business)]


def opened_by(kind: Kind) -> Business | None:
    """The business that a letter opens; none for the letters that follow."""
    return next((each for each in BUSINESSES.values() if each.opens is kind), None)


def live_case(matter: Matter) -> Case | None:
    """The case that asks, while what becomes of the matter is somebody's task there; else None."""
    case = matter.case
    return case if case is not None and case.state in business_of(matter).lives_in else None
