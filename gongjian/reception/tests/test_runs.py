"""One thing for everybody of a sitting: each by itself, none twice, what is refused holds nobody up, and what was cut off is gone on with."""

import pytest

from gongjian.accounts.tests.builders import (
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    the_signer,
)
from gongjian.conclusions.models import SigningBatch
from gongjian.draws.tests.pages import HTMX, as_, text_of
from gongjian.kernel import turns
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.sweeps import run_sweep
from gongjian.papers.models import Paper
from gongjian.reception.actions import advance, begin_run, runs
from gongjian.reception.errors import NothingToDo, OperationUnknown, RunNotFound, RunUnderWay
from gongjian.reception.models import Run, RunTurn
from gongjian.reception.queries.runs import offers, progress_of, refusals_of, run_for
from gongjian.reception.tests.builders import NAMES, people_of
from gongjian.reception.tests.test_pages import url
from gongjian.sittings.actions import give_notice
from gongjian.sittings.errors import NotExpected, SittingNotYours, StepNotAllowed
from gongjian.sittings.models import Absence, Sitting
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import (
    AFTER,
    MORNING,
    PLANNED,
    a_booking,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def _some_days_before():
    with at(PLANNED):
        yield


class PowerCut(BaseException):
    """The process dies here."""


def a_published(people: int = 3) -> Sitting:
    """A published sitting whose people have had no notice."""
    sitting = a_sitting()
    for serial in range(1, people + 1):
        a_booking(an_accepted_case(serial, name=NAMES[serial - 1]), sitting=sitting, noticed=False)
    return put_in_sitting_state(sitting, SittingState.PUBLISHED)


def notices() -> int:
    return Paper.objects.filter(kind="appearance_notice").count()


def test_art_12_everybody_is_given_the_notice_in_one_go_each_by_itself_and_none_twice():
    sitting = a_published()
    run = begin_run(sitting, "notices", by=a_scheduler())
    assert (progress_of(run).total, notices()) == (3, 0)
    assert (advance(run, most=1), progress_of(run).done, notices()) == (1, 1, 1)
    assert (advance(run), advance(run), notices()) == (2, 0, 3)
    run.refresh_from_db()
    assert (progress_of(run).is_over, run.finished_at) == (True, PLANNED)
    assert [entry.facts for entry in LedgerEntry.objects.filter(act__startswith="run.").order_by("pk")] == [
        {"operation": "notices", "run": run.pk, "count": 3},
        {"operation": "notices", "run": run.pk, "done": 3},
    ]
    with pytest.raises(NothingToDo):
        begin_run(sitting, "notices", by=a_scheduler())


def test_a_run_that_was_cut_off_is_gone_on_with_by_the_sweep_and_nobody_is_given_two_notices(monkeypatch):
    run = begin_run(a_published(), "notices", by=a_scheduler())
    real, taken = give_notice, list[Paper]()

    def dying(booking, *, by):
        paper = real(booking, by=by)
        taken.append(paper)
        if len(taken) == 2:
            raise PowerCut
        return paper

    monkeypatch.setattr(runs, "give_notice", dying)
    with pytest.raises(PowerCut):
        advance(run)
    assert (progress_of(run).tried, notices()) == (1, 1)
    assert run_sweep("reception.go_on_with_runs") == 2
    assert (progress_of(run).done, notices()) == (3, 3)
    assert run_sweep("reception.go_on_with_runs") == 0


def test_what_is_refused_or_breaks_is_told_and_holds_nobody_up_and_may_be_begun_again(monkeypatch, caplog):
    sitting = a_published()
    run = begin_run(sitting, "notices", by=a_scheduler())
    real = give_notice
    first, second, _ = people_of(sitting)

    def broken(booking, *, by):
        if booking.pk == first.pk:
            raise NotExpected(state="测试")
        if booking.pk == second.pk:
            raise ZeroDivisionError
        return real(booking, by=by)

    monkeypatch.setattr(runs, "give_notice", broken)
    advance(run)
    assert [turn.refusal for turn in refusals_of(run, by=a_scheduler())] == [
        str(NotExpected(state="测试")),
        turns.BROKEN,
    ]
    assert (progress_of(run).done, progress_of(run).refused, progress_of(run).is_over) == (1, 2, True)
    assert [record.message for record in caplog.records if record.name == turns.log.name] == ["turn.broken"]
    monkeypatch.undo()
    again = begin_run(sitting, "notices", by=a_scheduler())
    assert (advance(again), notices()) == (2, 3)


def test_two_runs_of_one_kind_are_not_under_way_at_once():
    sitting = a_published()
    begin_run(sitting, "notices", by=a_scheduler())
    with pytest.raises(RunUnderWay):
        begin_run(sitting, "notices", by=a_scheduler())


def test_who_was_moved_since_the_run_began_is_told_as_not_expected():
    sitting = a_published(1)
    run = begin_run(sitting, "notices", by=a_scheduler())
    people_of(sitting)[0].__class__.objects.update(state=BookingState.ABSENT)
    advance(run)
    assert ("未到场" in refusals_of(run, by=a_scheduler())[0].refusal, notices()) == (True, 0)


def test_art_14_who_did_not_come_is_noted_for_the_whole_sitting_after_its_end_and_not_before():
    sitting = put_in_sitting_state(a_published(2), SittingState.OPEN)
    with at(MORNING):
        early = begin_run(sitting, "absences", by=an_exam_staff())
        advance(early)
    assert (progress_of(early).refused, Absence.objects.count()) == (2, 0)
    with at(AFTER):
        run = begin_run(sitting, "absences", by=an_exam_staff())
        advance(run)
    assert (progress_of(run).done, Absence.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("operation", "person", "refusal"),
    [
        ("notices", an_exam_staff, SittingNotYours),
        ("absences", a_scheduler, SittingNotYours),
        ("absences", an_exam_staff, StepNotAllowed),
        ("everything", a_scheduler, OperationUnknown),
    ],
)
def test_a_run_needs_its_permission_and_its_time(operation, person, refusal):
    with pytest.raises(refusal):
        begin_run(a_published(1), operation, by=person())
    assert Run.objects.count() == 0


def test_a_turn_that_is_done_is_never_undone():
    run = begin_run(a_published(1), "notices", by=a_scheduler())
    advance(run)
    with pytest.raises(Exception, match=r"[Cc]annot update"):
        RunTurn.objects.update(refusal="x")


# The pages.


def test_the_page_begins_a_run_shows_its_progress_and_goes_on_for_who_began_it():
    sitting = a_published()
    browser = as_(a_scheduler())
    assert "办理3人" in text_of(browser.get(url("whole", sitting.number)))
    address = browser.post(url("begin_run", sitting.number, "notices")).headers["Location"]
    assert "正在办理：已办0人，共3人" in text_of(browser.get(address))
    other = as_(an_exam_staff())
    other.post(f"{address}go-on")
    assert notices() == 0
    fragment = text_of(browser.post(f"{address}go-on", **HTMX))
    assert (fragment.startswith('<div id="run"'), "办成3人" in fragment, notices()) == (True, True, 3)
    assert browser.post(f"{address}go-on").status_code == 302
    assert "没有人需要" in text_of(browser.get(url("whole", sitting.number)))


def test_nobody_else_sees_a_run():
    sitting = a_published(1)
    run = begin_run(sitting, "notices", by=a_scheduler())
    assert as_(a_worker_user()).get(url("run", sitting.number, run.pk)).status_code == 404
    with pytest.raises(RunNotFound):
        run_for(run.pk + 1, by=a_scheduler())


@pytest.mark.parametrize(
    ("person", "offered"), [(a_scheduler, ["notices"]), (an_exam_staff, []), (the_signer, []), (a_delivery_clerk, [])]
)
def test_everybody_is_offered_what_is_theirs_to_do(person, offered):
    assert [offer.operation.value for offer in offers(a_published(1), person())] == offered


def test_labels_bear_the_code_and_nobodys_name_and_the_doors_list_ends_of_numbers_only():
    sitting = put_in_sitting_state(a_published(2), SittingState.OPEN)
    browser = as_(an_exam_staff())
    first, _ = people_of(sitting)
    labels = text_of(browser.get(url("labels", sitting.number))).split("<main", 1)[1]
    listed = text_of(browser.get(url("door_list", sitting.number))).split("<main", 1)[1]
    person = first.case.person
    assert (first.exam_code[:4] in labels, person.name in labels) == (True, False)
    assert (person.name in listed, person.id_number[-4:] in listed, person.id_number in listed) == (True, True, False)
    readings = LedgerEntry.objects.filter(chain=sitting.chain, act="data.read")
    assert [entry.facts["what"] for entry in readings.order_by("pk")] == ["现场标签", "现场名单"]
    assert as_(a_scheduler()).get(url("labels", sitting.number)).status_code == 403


def test_signing_and_posting_for_a_sitting_need_something_to_sign_or_to_post():
    sitting = a_published(1)
    assert as_(the_signer()).post(url("conclude_all", sitting.number)).status_code == 422
    assert as_(a_delivery_clerk()).post(url("post_all", sitting.number)).status_code == 422
    assert SigningBatch.objects.count() == 0
