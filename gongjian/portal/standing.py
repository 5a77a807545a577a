"""Who may apply and until when, told while one writes an application for recognition: each side's limit with its working. Nobody is stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.applications.models import Draft
from gongjian.kernel import moment
from gongjian.law.asking import Step as Line
from gongjian.law.recognition import standing
from gongjian.law.recognition.standing import Note, TimeLimit
from gongjian.law.working import written
from gongjian.recognition.queries.drafts import standing_of_draft
from gongjian.recognition.rules import is_in_time
from gongjian.recognition.states import RECOGNITION

SIDES: Mapping[str, str] = {"employer": "用人单位", "worker": "职工本人、近亲属、工会组织"}


@dataclass(frozen=True)
class SideShown:
    """One side's limit: whose, the last day, in time today or not, and how the day came about."""

    side: str
    mine: bool
    last_day: str
    in_time: bool
    basis: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class StandingShown:
    """Both sides' limits on a day, whether the applicant's own has passed, and what else the law says of it."""

    on: str
    late: bool
    limits: Sequence[SideShown]
    notes: Sequence[Note]


def standing_shown(draft: Draft, step: str) -> StandingShown | None:
    """What the step about time and the look over tell; None elsewhere, and while the day of the injury is not told.

    Law: 条例 art. 17; 令8 art. 4, 5; 法释9 art. 7.
    """
    if draft.procedure != RECOGNITION or step not in ("time", "check"):
        return None
    today = moment.today()
    answers = standing_of_draft(draft, today)
    if answers is None:
        return None
    own = "employer" if answers["applicant"] == "employer" else "worker"
    limits = standing.time_limits(answers)
    shown = sorted((_side(each, own) for each in limits), key=lambda each: not each.mine)
    return StandingShown(written(today), not is_in_time(answers), shown, standing.notes(answers, limits))


def _side(limit: TimeLimit, own: str) -> SideShown:
    clock = limit.clock
    last = written(date.fromisoformat(clock["act_by"]))
    return SideShown(SIDES[limit.side], limit.side == own, last, bool(limit.in_time), clock["basis"], clock["working"])
