"""An urgent case comes into what stands: the fewest move, nobody who has been told, and only what a person has seen is done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_office
from gongjian.cases.models import Case
from gongjian.kernel.ledger.queries import entries_of
from gongjian.scheduling.actions import insert_urgent, inserting, propose
from gongjian.scheduling.errors import InsertionChanged, NowhereToInsert
from gongjian.scheduling.insertions import insertion_of
from gongjian.scheduling.models import Placement
from gongjian.scheduling.states import Outcome
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, due
from gongjian.sittings import checks
from gongjian.sittings.actions import book
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = pytest.mark.django_db
SOON = LATER
"""Five working days are kept for opinion and conclusion: with a decision due on this day only the early sitting is in time."""


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def two_days(*, early: int = 1, later: int = 2) -> tuple[Sitting, Sitting]:
    """An early and a later sitting with so many places."""
    return a_day(EARLY, places=early), a_day(LATER, places=later)


def booked(serial: int, sitting: Sitting, **told: object) -> Case:
    """Somebody with a place who could also come later; told: what they know of it."""
    case = an_accepted_case(serial)
    booking = book(case, sitting, by=a_scheduler())
    Booking.objects.filter(pk=booking.pk).update(**told)
    return case


def urgent(serial: int = 9) -> Case:
    """A case for which only the early sitting is in time."""
    return due(an_accepted_case(serial), SOON)


def where() -> dict[str, str]:
    """Case → sitting of its live booking."""
    rows = Booking.objects.filter(state=BookingState.BOOKED)
    return dict(rows.values_list("case__number", "sitting__number"))


def inserted(case: Case, *, by: User | None = None) -> Booking:
    """Insert a case as it was seen."""
    return insert_urgent(case, seen=insertion_of(case).digest, by=by or a_scheduler())


def test_a_free_place_disturbs_nobody():
    early, _ = two_days(early=2)
    first = booked(1, early)
    case = urgent()
    found = insertion_of(case)
    assert (found.at, list(found.moved), found.days_late) == (early, [], 0)
    assert inserted(case).sitting == early
    assert where() == {first.number: early.number, case.number: early.number}


def test_who_is_booked_and_does_not_know_makes_room():
    early, later = two_days()
    first, case = booked(1, early), urgent()
    found = insertion_of(case)
    assert [(one.case, one.start, one.end, one.is_booked) for one in found.moved] == [(first, early, later, True)]
    inserted(case)
    assert where() == {case.number: early.number, first.number: later.number}
    assert list(checks.capacity()) == []
    assert [entry.facts["moved"] for entry in entries_of("office:YXJD") if entry.act == "case.inserted"] == [1]
    assert [entry.act for entry in entries_of(first.chain)].count("case.book") == 2


@pytest.mark.parametrize("told", [{"noticed_at": PLANNED}, {"told_at": PLANNED, "noticed_at": PLANNED}])
def test_who_has_been_told_stays(told):
    early, later = two_days()
    first, case = booked(1, early, **told), urgent()
    found = insertion_of(case)
    assert (found.at, list(found.moved), found.days_late > 0) == (later, [], True)
    inserted(case)
    assert where()[first.number] == early.number


def test_who_is_booked_in_a_published_sitting_is_being_told_and_stays():
    early, later = two_days()
    booked(1, early)
    Sitting.objects.filter(pk=early.pk).update(state="published")
    assert insertion_of(urgent()).at == later


def test_who_is_only_proposed_makes_room_in_the_proposal():
    early, later = two_days()
    first = an_accepted_case(1)
    propose(an_office(), by=a_scheduler())
    case = urgent()
    found = insertion_of(case)
    assert [(one.case, one.is_booked) for one in found.moved] == [(first, False)]
    inserted(case)
    placement = Placement.objects.get(case=first)
    assert (placement.sitting, placement.outcome, placement.why) == (later, Outcome.PENDING, inserting.REASON)
    assert where() == {case.number: early.number}


def test_whom_a_person_has_put_there_stays():
    early, later = two_days()
    an_accepted_case(1)
    propose(an_office(), by=a_scheduler())
    Placement.objects.update(locked=True, sitting=early)
    assert insertion_of(urgent()).at == later


def test_a_case_of_the_proposal_that_comes_in_is_settled_there():
    early, _ = two_days()
    first = due(an_accepted_case(1), LATER + timedelta(days=9))
    booked(2, early)
    propose(an_office(), by=a_scheduler())
    due(first, SOON)
    inserted(first)
    placement = Placement.objects.get(case=first)
    assert (placement.outcome, placement.sitting, placement.is_late) == (Outcome.BOOKED, early, False)
    assert placement.booking == Booking.objects.get(case=first)


def test_two_change_places_only_as_far_as_needed_and_nobody_is_without_one():
    early, later = two_days(early=2, later=1)
    cases = [booked(1, early), booked(2, early)]
    case = urgent()
    inserted(case)
    assert sorted(where().values()) == sorted([early.number, early.number, later.number])
    assert set(where()) == {case.number, *(one.number for one in cases)}


def test_nothing_is_done_when_what_would_move_is_not_what_was_seen():
    early, _ = two_days()
    case = urgent()
    seen = insertion_of(case).digest
    first = booked(1, early)
    with pytest.raises(InsertionChanged):
        insert_urgent(case, seen=seen, by=a_scheduler())
    assert where() == {first.number: early.number}


def test_where_no_sitting_takes_it_nobody_moves_and_the_page_says_what_to_do():
    early = a_day(EARLY, places=1)
    booked(1, early, noticed_at=PLANNED)
    case = urgent()
    with pytest.raises(NowhereToInsert):
        inserted(case)
    browser = Client()
    browser.force_login(a_scheduler(), "django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("scheduling:insert", args=["YXJD", case.number])).content.decode()
    assert "没有能排入的场次" in page
    assert "确认插入" not in page


def test_a_refusal_in_the_middle_leaves_everybody_where_they_were(monkeypatch):
    early, _ = two_days()
    first, case = booked(1, early), urgent()
    digest = insertion_of(case).digest

    def refuses(*args, **told):
        raise NowhereToInsert

    monkeypatch.setattr(inserting, "book", refuses)
    with pytest.raises(NowhereToInsert):
        insert_urgent(case, seen=digest, by=a_scheduler())
    assert where() == {first.number: early.number}
    assert list(checks.capacity()) == []


def test_who_does_not_plan_here_inserts_nobody():
    two_days()
    case = urgent()
    with pytest.raises(SittingNotYours):
        inserted(case, by=a_clerk())
    assert not Booking.objects.exists()


def test_the_page_shows_whom_it_moves_and_a_stale_page_moves_nobody():
    early, _ = two_days()
    first, case = booked(1, early), urgent()
    browser = Client()
    browser.force_login(a_scheduler(), "django.contrib.auth.backends.ModelBackend")
    url = reverse("scheduling:insert", args=["YXJD", case.number])
    page = browser.get(url).content.decode()
    assert "要改动的人，共1人" in page
    assert first.number in page
    assert "已安排，还没有通知" in page
    assert browser.post(url, {"seen": "stale"}).status_code == 422
    assert where() == {first.number: early.number}
    assert browser.post(url, {"seen": insertion_of(case).digest}).status_code == 302
    assert browser.get(url).status_code == 404
    assert where()[case.number] == early.number


def test_the_page_takes_the_same_queries_for_more_people(django_assert_max_num_queries):
    early, _ = two_days(early=9, later=20)
    booked(1, early)
    case = urgent()
    insertion_of(case)
    with django_assert_max_num_queries(40) as few:
        insertion_of(case)
    for serial in range(2, 8):
        booked(serial, early)
    with django_assert_max_num_queries(len(few)):
        insertion_of(case)
