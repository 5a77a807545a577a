"""An employer's application: for whom, what it learns, each worker's own word, and what stands when the day is called off."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_scheduler,
    a_worker_user,
    an_employer_user,
    an_office,
    an_outsider,
)
from gongjian.cases.models import Case
from gongjian.kernel.ledger.queries import entries_of
from gongjian.kernel.outbox.models import Message
from gongjian.law.modes import Mode, mode_rule
from gongjian.parties.tests.builders import an_employer
from gongjian.scheduling.actions import propose
from gongjian.scheduling.tests.builders import where
from gongjian.sittings.actions import add_venue, book, book_oldest_first, decline_offer, leave_mode, plan_sitting
from gongjian.sittings.actions.collecting import (
    Premises,
    ask_collective,
    call_off_collective,
    grant_collective,
    refuse_collective,
    withdraw_collective,
)
from gongjian.sittings.actions.planning import change_capacity
from gongjian.sittings.actions.wishing import ask_mode
from gongjian.sittings.collected import counted
from gongjian.sittings.collectives import Collective, Listed
from gongjian.sittings.errors import (
    CollectiveCasesWrong,
    CollectiveNotFound,
    CollectiveOver,
    CollectivePlaceMissing,
    CollectiveSize,
    ForTheOtherSide,
    ModeUnderWay,
    PlanWrong,
    ReasonMissing,
    SittingNotYours,
    WrongEmployer,
)
from gongjian.sittings.models import Booking, Sitting, Venue
from gongjian.sittings.modes import check_collective, check_people
from gongjian.sittings.states import BookingState, CollectiveState, LeftOut, WishState
from gongjian.sittings.tests.builders import PLANNED, a_plan, a_venue, an_accepted_case, at
from gongjian.sittings.tests.collectives import (
    HOW,
    PREMISES,
    a_collective,
    a_granted_collective,
    a_workers_case,
    agree,
)
from gongjian.sittings.tests.wishes import a_wish_for, the_worker_of
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db
RULE = mode_rule(Mode.ENTERPRISE, on=date(2026, 3, 10))


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def owed(case: Case) -> set[str]:
    return set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))


def a_day_there(row: Collective, *, capacity: int = 5) -> Sitting:
    """A sitting on the employer's premises, from nine to ten."""
    plan = a_plan(venue=row.venue, mode=Mode.ENTERPRISE, hours=1, capacity=capacity)
    return plan_sitting(row.office, plan, by=a_scheduler())


def as_(user: User) -> Client:
    browser = Client()
    browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.parametrize(("people", "right"), [(4, False), (5, True), (50, True), (51, False)])
def test_a_collective_application_is_for_five_to_fifty(people, right):
    if right:
        check_collective(RULE, people=people)
    else:
        with pytest.raises(CollectiveSize):
            check_collective(RULE, people=people)


@pytest.mark.parametrize(("places", "right"), [(50, True), (51, False)])
def test_a_day_there_takes_no_more_than_the_table_says_and_other_modes_have_no_such_bound(places, right):
    check_people(mode_rule(Mode.HALL, on=date(2026, 3, 10)), places=600)
    if right:
        check_people(RULE, places=places)
    else:
        with pytest.raises(PlanWrong):
            check_people(RULE, places=places)


def test_asking_changes_nothing_for_anybody_and_is_the_schedulers_task_in_every_case():
    row = a_collective()
    cases = [one.case for one in row.listed.all()]
    assert [owed(case) for case in cases] == [{"book", "answer_collective"}] * 5
    assert {case.obligations.get(kind="answer_collective").due_on.isoformat() for case in cases} == {"2026-03-17"}
    assert not ModeWish.objects.exists()
    assert [entry.act for entry in entries_of(cases[0].chain)][-1] == "collective.asked"
    assert set(entries_of(cases[0].chain).last().facts) == {"collective", "people"}


def test_only_the_employers_own_side_names_its_cases():
    cases = [a_workers_case(n) for n in range(1, 6)]
    for by in (a_worker_user(), an_outsider(), a_scheduler()):
        with pytest.raises(CollectiveCasesWrong):
            ask_collective(cases, PREMISES, by=by)
    assert not Collective.objects.exists()


@pytest.mark.parametrize("spoil", ["another_employer", "too_late", "not_theirs", "named_already"])
def test_one_wrong_case_refuses_the_whole_application(spoil):
    cases = [a_workers_case(n) for n in range(1, 6)]
    if spoil == "another_employer":
        cases[4] = a_workers_case(9, employer=an_employer("云溪市东风电器厂"))
    elif spoil == "not_theirs":
        cases[4] = an_accepted_case(9)
        Case.objects.filter(pk=cases[4].pk).update(employer=an_employer())
    elif spoil == "too_late":
        Case.objects.filter(pk=cases[4].pk).update(state="examining")
    else:
        ask_collective(cases, PREMISES, by=an_employer_user())
    with pytest.raises(CollectiveCasesWrong):
        ask_collective(cases, PREMISES, by=an_employer_user())
    assert Collective.objects.count() == (1 if spoil == "named_already" else 0)


def test_the_database_takes_no_second_open_application_for_a_case():
    row = a_collective()
    other = Collective.objects.create(
        office=row.office, employer=row.employer, address="x", rooms=1, asked_by=row.asked_by, asked_at=row.asked_at
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Listed.objects.create(collective=other, case=row.listed.all()[0].case)


@pytest.mark.parametrize(
    "place", [Premises(address=" ", rooms=1, contact="x"), Premises(address="x", rooms=0, contact="x")]
)
def test_without_a_place_with_rooms_of_its_own_nothing_is_asked(place):
    with pytest.raises(CollectivePlaceMissing):
        ask_collective([a_workers_case(n) for n in range(1, 6)], place, by=an_employer_user())


def test_yes_asks_every_worker_and_books_nobody():
    row = a_granted_collective()
    wishes = list(row.wishes.all())
    assert {wish.state for wish in wishes} == {WishState.OFFERED}
    assert {frozenset(owed(wish.case)) for wish in wishes} == {frozenset({"book", "follow_offer"})}
    assert row.venue is not None
    assert (row.venue.employer, row.venue.address, row.venue.rooms.count()) == (row.employer, PREMISES.address, 2)
    told = Message.objects.filter(template="sittings.collective_offered")
    assert told.count() >= 5
    assert not Booking.objects.exists()


def test_the_employer_is_told_once_and_nothing_about_anybodys_choice():
    row = a_granted_collective()
    agree(row, but=1)
    decline_offer(row.wishes.order_by("case__number").last().case, by=a_scheduler())
    theirs = Message.objects.filter(user=an_employer_user())
    assert {message.template for message in theirs} == {"sittings.collective_answered"}
    assert theirs.count() == 1
    assert (counted(row).named, counted(row).asked, counted(row).agreed) == (5, 5, 4)
    page = as_(an_employer_user()).get(reverse("sittings:collective", args=[row.pk])).content.decode()
    assert "4人" in page
    assert "林知远" not in page
    assert not any(one.case.number in page for one in row.listed.all())


def test_whom_the_mode_cannot_judge_is_left_out_and_only_the_office_learns_why():
    cases = [a_workers_case(n) for n in range(1, 6)] + [a_workers_case(6, part="050:both")]
    row = ask_collective(cases, PREMISES, by=an_employer_user())
    grant_collective(row, by=a_scheduler())
    assert not cases[5].mode_wishes.exists()
    assert row.listed.get(case=cases[5]).left_out == LeftOut.CANNOT_JUDGE
    assert owed(cases[5]) == {"book"}
    office = as_(a_scheduler()).get(reverse("sittings:answer_collective", args=[row.pk])).content.decode()
    assert "听力须在隔音室测听" in office
    theirs = as_(an_employer_user()).get(reverse("sittings:collective", args=[row.pk])).content.decode()
    assert "听力" not in theirs
    assert "不能" not in theirs


def test_who_has_another_wish_or_is_being_examined_is_left_out():
    cases = [a_workers_case(n) for n in range(1, 8)]
    row = ask_collective(cases, PREMISES, by=an_employer_user())
    ask_mode(cases[0], a_wish_for(Mode.HOME), by=a_scheduler())
    Case.objects.filter(pk=cases[1].pk).update(state="examining")
    grant_collective(row, by=a_scheduler())
    left = dict(row.listed.exclude(left_out="").values_list("case_id", "left_out"))
    assert left == {cases[0].pk: LeftOut.OTHER_WISH, cases[1].pk: LeftOut.TOO_LATE}


def test_too_few_who_can_be_asked_are_no_collective():
    cases = [a_workers_case(n) for n in range(1, 5)] + [a_workers_case(6, part="050:both")]
    row = ask_collective(cases, PREMISES, by=an_employer_user())
    with pytest.raises(CollectiveSize):
        grant_collective(row, by=a_scheduler())
    assert not Venue.objects.filter(employer__isnull=False).exists()


def test_no_is_told_with_its_reason_and_leaves_every_case_as_it_was():
    row = a_collective()
    with pytest.raises(ReasonMissing):
        refuse_collective(row, reason=" ", by=a_scheduler())
    refuse_collective(row, reason="近期没有可以外出的专家组。", by=a_scheduler())
    assert {frozenset(owed(one.case)) for one in row.listed.all()} == {frozenset({"book"})}
    with pytest.raises(CollectiveOver):
        grant_collective(row, by=a_scheduler())
    again = ask_collective([one.case for one in row.listed.all()], PREMISES, by=an_employer_user())
    assert again.pk != row.pk


def test_what_waits_is_taken_back_by_the_employer_alone():
    row = a_collective()
    with pytest.raises(CollectiveNotFound):
        withdraw_collective(row, by=an_outsider())
    assert withdraw_collective(row, by=an_employer_user()).state == CollectiveState.ENDED
    with pytest.raises(CollectiveOver):
        withdraw_collective(row, by=an_employer_user())


@pytest.mark.parametrize("act", [grant_collective, refuse_collective, call_off_collective])
def test_only_schedulers_of_the_office_answer(act):
    row = a_collective()
    words = {} if act is grant_collective else {"reason": "x"}
    for by in (a_clerk(), an_employer_user()):
        with pytest.raises(SittingNotYours):
            act(row, by=by, **words)


def test_the_worker_alone_says_yes_and_the_words_of_consent_are_kept():
    row = a_granted_collective()
    case = row.wishes.order_by("case__number").first().case
    with pytest.raises(ForTheOtherSide):
        decline_offer(case, by=an_employer_user())
    page = as_(the_worker_of(case)).get(reverse("sittings:offer", args=[case.number])).content.decode()
    assert "您的单位申请了企业集中鉴定。是否参加由您自己决定" in page
    answer = as_(a_worker_user()).post(reverse("sittings:offer", args=[case.number]), {"consent": "on"})
    assert answer.status_code == 302
    wish = case.mode_wishes.get()
    assert (wish.state, wish.meant) == (WishState.GRANTED, Mode.ENTERPRISE)
    assert "单位看不到我的病历" in wish.consent


def test_who_said_yes_is_booked_there_and_who_said_no_in_the_hall():
    row = a_granted_collective(people=6)
    agreed = agree(row, but=1)
    declined = row.wishes.order_by("case__number").last().case
    decline_offer(declined, by=a_scheduler())
    there, hall = a_day_there(row, capacity=8), plan_sitting(an_office(), a_plan(), by=a_scheduler())
    assert {one.case.number for one in book_oldest_first(there, by=a_scheduler())} == {case.number for case in agreed}
    assert [one.case for one in book_oldest_first(hall, by=a_scheduler())] == [declined]
    booking = Booking.objects.filter(sitting=there).first()
    assert PREMISES.address in booking.place


def test_the_worker_of_another_employer_is_led_to_no_strange_premises():
    row = a_granted_collective()
    agree(row)
    elsewhere = add_venue(an_office(), by=a_scheduler(), name="东风", address="路1号")
    Venue.objects.filter(pk=elsewhere.pk).update(employer=an_employer("云溪市东风电器厂"))
    elsewhere.refresh_from_db()
    there = plan_sitting(an_office(), a_plan(venue=elsewhere, mode=Mode.ENTERPRISE), by=a_scheduler())
    with pytest.raises(WrongEmployer):
        book(row.wishes.first().case, there, by=a_scheduler())
    assert book_oldest_first(there, by=a_scheduler()) == []


def test_the_planner_keeps_employers_apart():
    row = a_granted_collective()
    agree(row)
    there = a_day_there(row)
    assert set(where(propose(an_office(), by=a_scheduler())).values()) == {there.number}
    Venue.objects.filter(pk=row.venue_id).update(employer=an_employer("云溪市东风电器厂"))
    assert set(where(propose(an_office(), by=a_scheduler())).values()) == {None}


def test_premises_are_for_this_mode_alone_and_take_fifty_at_most():
    row = a_granted_collective()
    for venue, mode in ((row.venue, Mode.HALL), (a_venue(), Mode.ENTERPRISE)):
        with pytest.raises(PlanWrong):
            plan_sitting(row.office, a_plan(venue=venue, mode=mode), by=a_scheduler())
    with pytest.raises(PlanWrong):
        a_day_there(row, capacity=26)
    sitting = a_day_there(row, capacity=25)
    with pytest.raises(PlanWrong):
        change_capacity(sitting.slots.first(), capacity=26, by=a_scheduler())


def test_consent_is_withdrawn_like_any_other():
    row = a_granted_collective()
    case = agree(row)[0]
    booking = book(case, a_day_there(row), by=a_scheduler())
    leave_mode(case, reason="改到现场", by=a_scheduler())
    booking.refresh_from_db()
    case.refresh_from_db()
    assert (booking.state, case.state) == (BookingState.MOVED, "accepted")


def test_a_day_called_off_puts_everybody_on_the_list_for_the_hall():
    row = a_granted_collective()
    agreed = agree(row, but=1)
    booked = book(agreed[0], a_day_there(row), by=a_scheduler())
    with pytest.raises(ReasonMissing):
        call_off_collective(row, reason="", by=a_scheduler())
    call_off_collective(row, reason="同意的人太少。", by=a_scheduler())
    booked.refresh_from_db()
    assert booked.state == BookingState.MOVED
    assert set(row.wishes.values_list("state", flat=True)) == {WishState.ENDED}
    assert {frozenset(owed(one.case)) for one in row.listed.all()} == {frozenset({"book"})}
    row.venue.refresh_from_db()
    assert row.venue.closed_on == PLANNED.date()
    assert Message.objects.filter(template="sittings.collective_off").count() >= 5


def test_nothing_is_called_off_while_somebody_is_examined():
    row = a_granted_collective()
    case = agree(row)[0]
    book(case, a_day_there(row), by=a_scheduler())
    Case.objects.filter(pk=case.pk).update(state="examining")
    with pytest.raises(ModeUnderWay):
        call_off_collective(row, reason="x", by=a_scheduler())
    assert row.wishes.filter(state=WishState.GRANTED).count() == 5


def test_the_employer_asks_on_its_page_and_is_offered_only_its_own_cases():
    cases = [a_workers_case(n) for n in range(1, 6)]
    strange = an_accepted_case(9)
    browser = as_(an_employer_user())
    page = browser.get(reverse("sittings:ask_collective")).content.decode()
    assert cases[0].number in page
    assert strange.number not in page
    told = {"address": "工业大道8号", "rooms": 2, "contact": "周若岚 19900000002"}
    url = reverse("sittings:ask_collective")
    assert browser.post(url, {**told, "cases": [case.pk for case in cases[:3]]}).status_code == 422
    assert browser.post(url, {**told, "cases": [case.pk for case in [*cases, strange]]}).status_code == 422
    assert browser.post(url, {**told, "cases": [case.pk for case in cases]}).status_code == 302
    row = Collective.objects.get()
    assert str(row.pk) in browser.get(reverse("sittings:collectives")).content.decode()
    assert browser.post(reverse("sittings:collective", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.state == CollectiveState.ENDED


def test_the_office_answers_on_its_page_and_calls_off_on_its_page():
    row = a_collective()
    browser = as_(a_scheduler())
    assert row.employer.name in browser.get(reverse("sittings:wishes")).content.decode()
    case = row.listed.all()[0].case
    assert browser.get(reverse("sittings:collective_of", args=[case.number]), follow=True).status_code == 200
    url = reverse("sittings:answer_collective", args=[row.pk])
    assert browser.post(url, {"answer": "refuse", "reason": ""}).status_code == 422
    assert browser.post(url, {"answer": "grant"}).status_code == 302
    assert "征求意见5人，已同意0人" in browser.get(url).content.decode()
    off = reverse("sittings:call_off_collective", args=[row.pk])
    assert browser.get(off).status_code == 200
    assert browser.post(off, {"reason": "同意的人太少"}).status_code == 302
    row.refresh_from_db()
    assert row.state == CollectiveState.ENDED


@pytest.mark.parametrize("person", [an_outsider, a_worker_user, a_clerk])
def test_l08_for_others_no_application_exists(person):
    row = a_collective()
    browser = as_(person())
    for name in ("collective", "answer_collective", "call_off_collective"):
        assert browser.get(reverse(f"sittings:{name}", args=[row.pk])).status_code == 404
    assert HOW not in browser.get(reverse("sittings:collectives")).content.decode()


def test_the_offices_page_takes_the_same_queries_for_more_people(django_assert_max_num_queries):
    browser = as_(a_scheduler())
    few = a_granted_collective(people=5)
    url = reverse("sittings:answer_collective", args=[few.pk])
    browser.get(url)
    with django_assert_max_num_queries(60) as told:
        browser.get(url)
    many = ask_collective([a_workers_case(n) for n in range(11, 24)], PREMISES, by=an_employer_user())
    grant_collective(many, by=a_scheduler())
    with django_assert_max_num_queries(len(told)):
        browser.get(reverse("sittings:answer_collective", args=[many.pk]))
