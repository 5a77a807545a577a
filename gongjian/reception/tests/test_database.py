"""What the database keeps of the day, whatever the program does: once is once, a row that was written stays, a delay has bounds."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model

from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff
from gongjian.reception.actions import advance, announce_delay, begin_run, give_feedback, note_come
from gongjian.reception.models import Attendance, Delay, Feedback, Kiosk, LateWord, Run, RunTurn
from gongjian.reception.tests.builders import a_grouped_day, a_kiosk, an_open_day, comes, examined, people_of
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, PLANNED, at, put_in_sitting_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def refused(act: Any) -> bool:
    """Whether the database refuses it; what was before stays."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def a_full_day() -> Sitting:
    """A sitting with one row of each kind."""
    sitting = a_grouped_day((1, 1))
    first, second = people_of(sitting)
    kiosk = a_kiosk(sitting)
    comes(second, kiosk)
    came = note_come(first, by=an_exam_staff())
    examined(sitting, 1, begun=0, ended=8)
    give_feedback(came, mark="5", words="好")
    announce_delay(sitting, minutes=30, cause="device", by=an_exam_staff())
    LateWord.objects.create(booking=second, step=1, expected_at=MORNING, at=MORNING)
    return sitting


EDITS: list[tuple[type[Model], dict[str, Any]]] = [
    (Kiosk, {"name": "别的名字"}),
    (Kiosk, {"key": "0" * 64}),
    (Attendance, {"at": MORNING + timedelta(hours=1)}),
    (Attendance, {"key": "x"}),
    (Delay, {"minutes": 5}),
    (Delay, {"cause": "other"}),
    (LateWord, {"step": 2}),
    (Feedback, {"mark": "1"}),
]


@pytest.mark.parametrize(("model", "change"), EDITS)
def test_what_was_written_of_the_day_is_not_edited(model, change):
    a_full_day()
    assert model._default_manager.count() > 0
    assert refused(lambda: model._default_manager.all().update(**change))


@pytest.mark.parametrize("model", [Attendance, LateWord, Feedback])
def test_what_was_written_of_the_day_is_not_deleted(model):
    a_full_day()
    assert refused(lambda: model._default_manager.all()._raw_delete("default"))
    assert model._default_manager.count() > 0


def test_what_is_filled_in_later_may_be_filled_in():
    sitting = a_full_day()
    assert not refused(lambda: Kiosk.objects.update(closed_at=MORNING))
    assert not refused(lambda: Attendance.objects.update(desk="1号台", called_at=MORNING, calls=1))
    assert not refused(lambda: Delay.objects.update(ended_at=MORNING))
    assert Delay.objects.filter(sitting=sitting, ended_at=None).count() == 0


def test_a_person_comes_once_says_once_how_it_was_and_is_told_once_of_each_step():
    sitting = a_full_day()
    first, second = people_of(sitting)
    staff = an_exam_staff()
    came = Attendance.objects.get(booking=first)
    told = {"sitting": sitting, "noted_by": staff, "at": MORNING}
    assert refused(lambda: Attendance.objects.create(booking=first, key="other", **told))
    assert refused(lambda: Feedback.objects.create(attendance=came, mark="1", at=MORNING))
    assert refused(lambda: LateWord.objects.create(booking=second, step=1, expected_at=MORNING, at=MORNING))
    assert not refused(lambda: LateWord.objects.create(booking=second, step=2, expected_at=MORNING, at=MORNING))


def test_no_two_pages_and_no_two_machines_share_a_key():
    sitting = an_open_day(2)
    first, second = people_of(sitting)
    kiosk = a_kiosk(sitting)
    key = comes(first, kiosk).key
    told = {"sitting": sitting, "kiosk": kiosk, "at": MORNING}
    assert refused(lambda: Attendance.objects.create(booking=second, key=key, **told))
    staff = an_exam_staff()
    again = {"sitting": sitting, "name": "2号自助机", "opened_by": staff, "opened_at": MORNING}
    assert refused(lambda: Kiosk.objects.create(key=kiosk.key, **again))


def test_a_coming_was_noted_by_a_machine_or_by_somebody():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    with pytest.raises(IntegrityError, match="attendance_noted_somehow"), transaction.atomic():
        Attendance.objects.create(booking=booking, sitting=sitting, at=MORNING, key="k")


@pytest.mark.parametrize("minutes", [-1, 0, 4, 481])
def test_a_delay_lies_within_a_day(minutes):
    sitting = an_open_day(1)
    staff = an_exam_staff()
    told = {"sitting": sitting, "cause": "other", "by": staff, "at": MORNING}
    with pytest.raises(IntegrityError, match="delay_within_a_day"), transaction.atomic():
        Delay.objects.create(minutes=minutes, **told)


def test_one_delay_holds_at_a_time():
    sitting = an_open_day(1)
    announce_delay(sitting, minutes=30, cause="device", by=an_exam_staff())
    staff = an_exam_staff()
    told = {"sitting": sitting, "cause": "other", "by": staff, "at": MORNING, "minutes": 30}
    with pytest.raises(IntegrityError, match="one_delay_at_a_time"), transaction.atomic():
        Delay.objects.create(**told)


def a_run() -> Run:
    sitting = put_in_sitting_state(an_open_day(2), SittingState.PUBLISHED)
    with at(PLANNED):
        return begin_run(sitting, "notices", by=a_scheduler())


def test_a_run_stays_as_it_was_begun_and_no_second_of_its_kind_runs_beside_it():
    run = a_run()
    assert refused(lambda: Run.objects.update(operation="absences"))
    assert refused(lambda: Run.objects.all()._raw_delete("default"))
    told = {"sitting": run.sitting, "by": run.by, "at": MORNING}
    with pytest.raises(IntegrityError, match="one_run_at_a_time"), transaction.atomic():
        Run.objects.create(operation="notices", **told)
    assert not refused(lambda: Run.objects.create(operation="absences", **told))


def test_a_turn_belongs_to_one_person_and_is_never_undone_or_deleted():
    run = a_run()
    turn = RunTurn.objects.filter(run=run).first()
    assert turn is not None
    assert refused(lambda: RunTurn.objects.create(run=run, booking=turn.booking))
    assert refused(lambda: RunTurn.objects.all()._raw_delete("default"))
    with at(PLANNED):
        advance(run, most=1)
    assert refused(lambda: RunTurn.objects.filter(pk=turn.pk).update(done_at=None))
    assert RunTurn.objects.filter(run=run, done_at=None).count() == 1


def test_words_of_a_feedback_lie_encrypted_in_the_table():
    a_full_day()
    with transaction.atomic():
        stored = Feedback.objects.extra(select={"raw": "words"}).values_list("raw", flat=True).get()
    assert "好" not in stored
    assert Feedback.objects.get().words == "好"
