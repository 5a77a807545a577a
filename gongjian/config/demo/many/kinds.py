"""The kinds of case that are mixed: two appraisals of the committee to each recognition of the bureau."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Model

from gongjian.accounts.models import Office
from gongjian.accounts.roles import Role
from gongjian.appraisal.models import Application as Appraised
from gongjian.appraisal.states import PROCEDURE as APPRAISAL
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.states import Procedure
from gongjian.config.demo.cast import bureau, committee
from gongjian.recognition.models import Application as Recognised
from gongjian.recognition.states import PROCEDURE as RECOGNITION
from gongjian.recognition.states import State as Recognition

MIXED = 3
"""Of so many cases one is a recognition."""
ARCHIVED = "archived"


@dataclass(frozen=True)
class Kind:
    """What the cases of one procedure share. open: of every thousand so many stand in each state; the rest is archived."""

    procedure: Procedure
    office: Callable[[], Office]
    open: tuple[tuple[str, int], ...]
    limit: str
    article: str
    application: Callable[[Case], Model]

    def state(self, place: int) -> str:
        """Of the case that stands at this place among its kind."""
        states = [state for state, count in self.open for _ in range(count)]
        return states[place % 1000] if place % 1000 < len(states) else ARCHIVED


def kind_of(number: int) -> tuple[Kind, int]:
    """The kind of the case with this number, and its place among its kind."""
    before = (number + 1) // MIXED
    return (KINDS[1], before - 1) if number % MIXED == MIXED - 1 else (KINDS[0], number - before)


def appraised(case: Case) -> Appraised:
    """What an injured worker's own application tells."""
    day = case.received_at.date()
    return Appraised(
        id=case.pk,
        case=case,
        applicant_kind="worker",
        applicant_name=case.person.name,
        ground="stable",
        recognition_number=f"云溪人社工认〔{day.year}〕{case.pk}号",
        recognition_on=day - timedelta(days=90),
        injured_on=day - timedelta(days=300),
        recognised_parts=["144:right"],
        hospital="云溪市人民医院",
        department="骨科",
        injury_state="右小腿骨折术后",
        delivery_name=case.person.name,
        truthful_at=case.received_at,
        channel="online",
        entered_at=case.received_at,
        complete_on=day,
    )


def recognised(case: Case) -> Recognised:
    """An accident at a lathe, a week before the worker applied."""
    day = case.received_at.date()
    return Recognised(
        id=case.pk,
        case=case,
        applicant_kind="worker",
        applicant_name=case.person.name,
        kind="accident",
        occupation="车工",
        injured_on=day - timedelta(days=7),
        place="二车间3号车床",
        cause="更换刀具时工件松脱，砸到手部。",
        harm="手部外伤",
        parts=["144:right"],
        hospital="云溪市人民医院",
        diagnosed_on=day - timedelta(days=7),
        diagnosis="手部开放性损伤",
        employment="ordinary",
        delivery_name=case.person.name,
        truthful_at=case.received_at,
        channel="window",
        entered_at=case.received_at,
        complete_on=day,
    )


KINDS = (
    Kind(
        procedure=APPRAISAL,
        office=committee,
        open=(
            (State.SUBMITTED, 6),
            (State.ACCEPTED, 10),
            (State.OPINED, 2),
            (State.REVIEWED, 2),
            (State.CONCLUDED, 5),
            (State.DELIVERED, 5),
        ),
        limit="LA-DECIDE",
        article="令55 第十条",
        application=appraised,
    ),
    Kind(
        procedure=RECOGNITION,
        office=bureau,
        open=(
            (Recognition.SUBMITTED, 8),
            (Recognition.ACCEPTED, 4),
            (Recognition.INVESTIGATING, 10),
            (Recognition.PROPOSED, 2),
            (Recognition.REVIEWED, 2),
            (Recognition.DECIDED, 4),
        ),
        limit="WI-DECIDE",
        article="令8 第八条",
        application=recognised,
    ),
)
CHECK_PAPERS = ("check_papers", Role.WINDOW_CLERK)
"""What every case owed first."""
