"""Refusing an application: on a ground of the table, with facts, by a paper of its own that says what can be done."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.appraisal import notices
from gongjian.appraisal.errors import CompetentMissing, GroundNotMet
from gongjian.appraisal.grounds import Ground
from gongjian.appraisal.models import Refusal
from gongjian.appraisal.owes import HAND_OVER
from gongjian.appraisal.queries import application_of, refusal_of, same_injury
from gongjian.appraisal.rules import check_within_a_year
from gongjian.cases.actions.clock import meet_limit
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after

REVIEW, PERMISSION = "LA-REVIEW", "appraisal.refuse"
HAND_OVER_DAYS = 5
"""Working days within which papers are handed over once the applicant agrees: the office's own promise, no law names a number."""


@dataclass(frozen=True)
class Why:
    """Ground and facts. former_on: day of an earlier conclusion; competent, competent_told: the committee it belongs to, registered or in words."""

    ground: Ground
    facts: str
    former_on: date | None = None
    competent: Office | None = None
    competent_told: str = ""

    @property
    def competent_said(self) -> str:
        """The competent committee as the paper names it, with where it is found; "" where it is this one."""
        office = self.competent
        told = (office.name, office.address, office.telephone) if office else ()
        return "，".join(each for each in (*told, self.competent_told.strip()) if each)


@transaction.atomic
def refuse(case: Case, why: Why, *, by: User) -> Refusal:
    """Decide not to accept an application. Missing papers are no ground: those are told of once.

    Law: 令55 art. 5, 7, 8, 13, 20; 条例 art. 23, 28. Which form and which remedy such a decision has is said by no national rule.
    Raises: MoveNotAllowed, NotYours, ReasonMissing, CompetentMissing, GroundNotMet.
    """
    case = locked(case)
    allowed_move(case, "refuse", by=by)
    if not why.facts.strip():
        raise ReasonMissing
    _check(case, why)
    meet_limit(case, REVIEW, on=moment.today())
    move(case, "refuse", by=by, ground=why.ground)
    told = {"facts": why.facts.strip(), "competent_told": why.competent_told.strip(), "decided_at": moment.now()}
    at = application_of(case)
    paper = notices.tell_refusal(case, at, why.ground, why.facts, competent=why.competent_said, by=by)
    return Refusal.objects.create(
        case=case,
        ground=why.ground,
        former_on=why.former_on,
        competent=why.competent,
        paper=paper,
        decided_by=by,
        **told,
    )


@transaction.atomic
def agree_to_hand_over(case: Case, *, by: User) -> bool:
    """Note that the applicant wants the papers handed over: from now on the window owes it. Whether that was new.

    Law: 令55 art. 5, 9 (what is held is not asked again). Raises: NotYours, GroundNotMet.
    """
    case = _must_refuse(case, by, "移送申请材料")
    refusal = refusal_of(case)
    if refusal is None or refusal.ground != Ground.NOT_COMPETENT:
        raise GroundNotMet(ground=Ground.NOT_COMPETENT.label, why="只有因管辖不予受理的申请才能移送。")
    if case.obligations.filter(kind=HAND_OVER).exists():
        return False
    due = working_day_after(moment.today(), HAND_OVER_DAYS)
    owe(case, HAND_OVER, due=due, article="令55 第五条、第九条", role=Role.WINDOW_CLERK)
    record(case.chain, "refusal.hand_over_agreed", by=by)
    return True


@transaction.atomic
def note_handed_over(case: Case, *, by: User) -> bool:
    """The papers have gone to the competent committee; whether that was owed. Raises: NotYours."""
    case = _must_refuse(case, by, "移送申请材料")
    done = bool(fulfil(case, HAND_OVER))
    if done:
        record(case.chain, "refusal.handed_over", by=by)
        notices.tell(case, "handed_over")
    return done


def _check(case: Case, why: Why) -> None:
    if why.ground == Ground.NOT_COMPETENT and not (why.competent or why.competent_told.strip()):
        raise CompetentMissing
    if why.ground == Ground.WITHIN_A_YEAR:
        check_within_a_year(why.former_on, today=moment.today(), region=case.office.region)
    if why.ground == Ground.IN_HAND and same_injury(case) is None:
        raise GroundNotMet(ground=why.ground.label, why="没有查到同一人、同一工伤认定决定在先的案件。")


def _must_refuse(case: Case, by: User, act: str) -> Case:
    if not by.holds(PERMISSION, case.office_id):
        raise NotYours(act=act)
    return locked(case)
