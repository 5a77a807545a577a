"""When every recipient's time for a remedy is over, what was decided takes effect; a remedy that is used stops that."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked_row
from gongjian.cases.actions.obligations import fulfil, owe, owe_for_state
from gongjian.cases.models import Case, CaseLimit, Obligation
from gongjian.cases.procedures import PROCEDURES, procedure_of, service_of, starts_of
from gongjian.cases.queries import last_day_of, limits_of, waits_until
from gongjian.delivery.actions.serving import locked, must_deliver
from gongjian.delivery.errors import CaseClosed, NoRemedyRunning, RegisteredElsewhere
from gongjian.delivery.models import Delivery, SecondAppraisal
from gongjian.delivery.owes import AWAIT_POST, AWAIT_SECOND, AWAIT_YEAR
from gongjian.delivery.rules import check_reappeal, have_lapsed
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.law.clock import deadline
from gongjian.law.parameters import parameter
from gongjian.papers.decided import put_in_effect, take_back_effect
from gongjian.recognition.queries.remedies import SUIT_AFTER, running_remedies, runs
from gongjian.recognition.states import RECOGNITION

ON_THE_POST, ON_THE_YEAR = "民诉法 第八十五条", "民法典 第二百零三条"
WAITS = (AWAIT_POST, AWAIT_YEAR)
"""What is waited for between a last day and the effect."""


def take_effect_due() -> int:
    """Put in effect every decision whose remedies have all lapsed some days ago (`quiet_until`); how many. Twice does no harm.

    The day of effect is the day after the last day all the same. Law: 令55 art. 19; 令8 art. 23; 民诉法 art. 85.
    """
    today = moment.today()
    running = CaseLimit.objects.filter(case=OuterRef("pk"), limit__in=_all_remedies(), due_on__gte=today, ended_on=None)
    appealed = SecondAppraisal.objects.filter(delivery__case=OuterRef("pk"))
    lapsed = Case.objects.filter(
        ~Exists(running), ~Exists(appealed), ~Exists(running_remedies("pk")), state__in=starts_of("take_effect")
    )
    return sum(_take_effect(pk, today) for pk in lapsed.values_list("pk", flat=True))


@transaction.atomic
def note_second_appraisal(delivery: Delivery, *, on: date, by: User) -> SecondAppraisal:
    """Note that this recipient has applied to the province: the conclusion does not take effect by lapse of time.

    on: the day of the application, a posted one counts from the post. While the year's holidays are not known, nobody is told to be late
    by a day that may still move. Where the conclusion had taken effect before the post came, that is taken back.
    Law: 令55 art. 19; 民诉法 art. 85. Raises: NotADeliverer, NoRemedyRunning, DayOutOfBounds, ReappealTooLate, CaseClosed once archived.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    remedy = (
        CaseLimit.objects.select_related("case__office")
        .filter(case=delivery.case, limit=_remedy_of(delivery.case), about=delivery.recipient)
        .first()
    )
    if remedy is None or not delivery.is_of_decision:
        raise NoRemedyRunning
    if delivery.case.procedure == RECOGNITION:
        raise RegisteredElsewhere
    if delivery.case.state in procedure_of(delivery.case.procedure).closed:
        raise CaseClosed
    served_on = delivery.served_day or delivery.paper.issued_at.astimezone(moment.ZONE).date()
    check_reappeal(on, waits_until(remedy), served_on=served_on, today=moment.today())
    told = {"applied_on": on, "noted_by": by, "noted_at": moment.now()}
    row, made = SecondAppraisal.objects.get_or_create(delivery=delivery, defaults=told)
    if made:
        _wait_for_the_province(delivery.case, on, by)
        record(delivery.case.chain, "second_appraisal.noted", by=by, recipient=delivery.recipient, on=on)
    return row


@transaction.atomic
def _take_effect(pk: int, today: date) -> bool:
    case = locked_row(pk)
    rows = _remedies(case)
    ends = [last_day_of(row) for row in rows]
    if case.state not in starts_of("take_effect") or runs(case) or not have_lapsed(ends, today):
        return False
    wait, until = quiet_until(rows)
    if today <= until:
        _wait(case, wait, until)
        return False
    put_in_effect(case, remedy_ends=ends)
    return True


def quiet_until(rows: Sequence[CaseLimit]) -> tuple[str, date]:
    """Why, and through what day, nothing takes effect although these remedies have ended: posted applications may be on their way,
    and where a year's holidays are not known yet, a last day may still move.

    Law: 令55 art. 19; 民诉法 art. 85 (who posts in time is in time); 民法典 art. 203. Both numbers of days are local defaults.
    """
    last = max(last_day_of(row) for row in rows)
    grace = parameter("post_grace_days", on=last, region=rows[0].case.office.region).number
    posted, arranged = working_day_after(last, grace), max(waits_until(row) for row in rows)
    return (AWAIT_POST, posted) if posted >= arranged else (AWAIT_YEAR, arranged)


def _wait_for_the_province(case: Case, applied_on: date, by: User) -> None:
    """What was decided is not in effect, and what comes now is the second appraisal."""
    if case.state in starts_of("take_back"):
        take_back_effect(case, by=by, reason="second_appraisal")
    if case.state not in starts_of("take_effect"):
        return
    _nothing_is_waited_for(case)
    due = deadline("LA-DECIDE", applied_on, region=case.office.region).due
    owe(case, AWAIT_SECOND, due=due, article="令55 第十九条", role=Role.DELIVERY_CLERK, state=case.state)


def _remedies(case: Case) -> list[CaseLimit]:
    """The remedies that count, of each recipient, with the suit that may follow a reconsideration."""
    running = limits_of(case).filter(limit__in=(*service_of(case.procedure).remedies, SUIT_AFTER), ended_on=None)
    return list(running.exclude(about=""))


def _wait(case: Case, kind: str, until: date) -> None:
    """Say what is waited for, once; it follows when the day moves."""
    if not Obligation.objects.filter(case=case, kind=kind, due_on=until, fulfilled_at=None).exists():
        _nothing_is_waited_for(case)
        article = service_of(case.procedure).article
        if kind == AWAIT_YEAR:
            owe(
                case,
                AWAIT_YEAR,
                due=until,
                article=f"{article}、{ON_THE_YEAR}",
                role=Role.DELIVERY_CLERK,
                state=case.state,
            )
        else:
            owe(
                case,
                AWAIT_POST,
                due=until,
                article=f"{article}、{ON_THE_POST}",
                role=Role.DELIVERY_CLERK,
                state=case.state,
            )


def wait_for_remedies(case: Case) -> None:
    """A remedy runs again: what was waited for after its end is not waited for now."""
    if sum(fulfil(case, each) for each in WAITS):
        owe_for_state(case, "")


def _nothing_is_waited_for(case: Case) -> None:
    tabled = (owed.kind for owed in procedure_of(case.procedure).owed.get(case.state, ()))
    for each in (*tabled, *WAITS):
        fulfil(case, each)


def _remedy_of(case: Case) -> str:
    """The remedy whose end counts for a case: the last one."""
    return service_of(case.procedure).last_remedy


def _all_remedies() -> list[str]:
    return sorted({SUIT_AFTER, *(limit for table in PROCEDURES.values() for limit in table.service.remedies)})
