"""Two at once about one case's mode: one wish, one answer, and never a place in a sitting of another mode."""

import pytest

from gongjian.accounts.tests.builders import a_scheduler, an_employer_user
from gongjian.cases.models import Case, Obligation
from gongjian.law.modes import Mode
from gongjian.sittings import checks
from gongjian.sittings.actions import ask_mode, book, grant_mode, leave_mode, refuse_mode
from gongjian.sittings.actions.addressing import change_address
from gongjian.sittings.actions.collecting import (
    ask_collective,
    call_off_collective,
    grant_collective,
    refuse_collective,
    withdraw_collective,
)
from gongjian.sittings.actions.wishing import accept_offer
from gongjian.sittings.collectives import Collective, Listed
from gongjian.sittings.errors import CollectiveCasesWrong, CollectiveOver, WishNotFound, WishOpen
from gongjian.sittings.models import Booking
from gongjian.sittings.rules import Flag
from gongjian.sittings.states import LIVE
from gongjian.sittings.sweeping import revalidate_coming
from gongjian.sittings.tests.builders import PLANNED, a_sitting, an_accepted_case, at
from gongjian.sittings.tests.collectives import HOW, PREMISES, a_collective, a_granted_collective, a_workers_case
from gongjian.sittings.tests.test_at_once import all_at_once
from gongjian.sittings.tests.wishes import a_granted_wish, a_sitting_of, a_wish_for, an_asked_wish
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db(transaction=True)


def live(case):
    """The case's place, if it has one."""
    return Booking.objects.filter(case=case, state__in=LIVE).select_related("sitting").first()


def test_l05_a_wish_sent_eight_times_at_once_is_one_wish_and_one_task():
    with at(PLANNED):
        case, scheduler = an_accepted_case(parts=["143:left"]), a_scheduler()
        answers = all_at_once(lambda _: ask_mode(Case.objects.get(pk=case.pk), a_wish_for(), by=scheduler), range(8))
    assert sum(isinstance(answer, ModeWish) for answer in answers) == 1
    assert sum(isinstance(answer, WishOpen) for answer in answers) == 7
    assert case.obligations.filter(kind="decide_mode", fulfilled_at=None).count() == 1


def test_a_yes_and_a_no_at_once_are_one_answer():
    with at(PLANNED):
        wish, scheduler = an_asked_wish(), a_scheduler()

        def answer(number: int) -> object:
            row = ModeWish.objects.select_related("case__office").get(pk=wish.pk)
            return grant_mode(row, by=scheduler) if number % 2 else refuse_mode(row, reason="可以到场", by=scheduler)

        answers = all_at_once(answer, range(6))
    assert sum(isinstance(answer, ModeWish) for answer in answers) == 1
    assert sum(isinstance(answer, WishNotFound) for answer in answers) == 5


def test_l03_booked_in_the_hall_and_granted_a_visit_at_once_nobody_is_left_in_the_hall():
    with at(PLANNED):
        hall, scheduler = a_sitting(capacity=4), a_scheduler()
        wishes = [an_asked_wish(an_accepted_case(serial, parts=["143:left"])) for serial in range(1, 7)]

        def either(number: int) -> object:
            wish = ModeWish.objects.select_related("case__office").get(pk=wishes[number // 2].pk)
            return grant_mode(wish, by=scheduler) if number % 2 else book(wish.case, hall, by=scheduler)

        all_at_once(either, range(12))
    assert ModeWish.objects.filter(state="granted").count() == 6
    assert [live(wish.case) for wish in wishes] == [None] * 6
    assert list(checks.capacity()) == []


def test_l03_withdrawn_and_booked_at_once_the_place_is_one_of_the_mode_that_holds():
    with at(PLANNED):
        home, scheduler = a_sitting_of(Mode.HOME), a_scheduler()
        case = a_granted_wish(an_accepted_case(parts=["143:left"])).case

        def either(number: int) -> object:
            mine = Case.objects.select_related("office").get(pk=case.pk)
            return book(mine, home, by=scheduler) if number % 2 else leave_mode(mine, reason="来电", by=scheduler)

        all_at_once(either, range(4))
    assert live(case) is None
    assert ModeWish.objects.get(case=case).state == "ended"
    assert case.obligations.filter(kind="book", fulfilled_at=None).count() == 1
    assert list(checks.capacity()) == []


def test_a_yes_a_no_and_a_withdrawal_of_a_collective_at_once_are_one_answer():
    with at(PLANNED):
        row, scheduler, employer = a_collective(), a_scheduler(), an_employer_user()
        acts = (
            lambda: grant_collective(row, by=scheduler),
            lambda: refuse_collective(row, reason="没有专家组", by=scheduler),
            lambda: withdraw_collective(row, by=employer),
        )
        answers = all_at_once(lambda number: acts[number % 3](), range(6))
    assert sum(isinstance(answer, Collective) for answer in answers) == 1
    assert sum(isinstance(answer, CollectiveOver) for answer in answers) == 5
    assert ModeWish.objects.count() in (0, 5)
    assert not Obligation.objects.filter(kind="answer_collective", fulfilled_at=None).exists()


def test_the_same_workers_named_twice_at_once_are_in_one_application():
    with at(PLANNED):
        cases, employer = [a_workers_case(number) for number in range(1, 6)], an_employer_user()
        answers = all_at_once(lambda _: ask_collective(cases, PREMISES, by=employer), range(4))
    assert sum(isinstance(answer, Collective) for answer in answers) == 1
    assert sum(isinstance(answer, CollectiveCasesWrong) for answer in answers) == 3
    assert Listed.objects.filter(is_open=True).count() == 5


def test_a_worker_who_agrees_while_the_day_is_called_off_is_on_the_list_for_the_hall():
    with at(PLANNED):
        row, scheduler = a_granted_collective(), a_scheduler()
        case = row.wishes.order_by("case_id").first().case

        def either(number: int) -> object:
            if number % 2:
                return call_off_collective(row, reason="没有专家组", by=scheduler)
            return accept_offer(Case.objects.get(pk=case.pk), consent=HOW, by=scheduler)

        all_at_once(either, range(4))
    assert not ModeWish.objects.filter(collective=row, state__in=("offered", "granted")).exists()
    assert set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True)) == {"book"}


def test_an_address_changed_and_a_place_booked_at_once_is_flagged_or_booked_to_the_new_one():
    with at(PLANNED):
        home, scheduler = a_sitting_of(Mode.HOME), a_scheduler()
        case = a_granted_wish(an_accepted_case(parts=["143:left"])).case

        def either(number: int) -> object:
            mine = Case.objects.select_related("office").get(pk=case.pk)
            if number % 2:
                return book(mine, home, by=scheduler)
            told = {"address": "云溪市第一人民医院12床", "contact": "护士站 19900000012", "consent": HOW}
            return change_address(mine, by=scheduler, came_by="telephone", **told)

        all_at_once(either, range(2))
        revalidate_coming()
    booking = live(case)
    assert booking.place == "云溪市第一人民医院12床"
    assert (Flag.ADDRESS in booking.flags) == case.obligations.filter(kind="rebook", fulfilled_at=None).exists()
