"""An employer's day on its premises met by haste: two days at one place, a case handed over meanwhile, and what the employer could read from numbers."""

import pytest
from django.urls import reverse

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import a_scheduler, an_employer_user, an_office, an_outsider
from gongjian.cases.models import Case
from gongjian.draws.tests.pages import as_, text_of
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings.actions import decline_offer
from gongjian.sittings.actions.collecting import (
    ask_collective,
    call_off_collective,
    grant_collective,
    withdraw_collective,
)
from gongjian.sittings.collectives import Collective, Listed
from gongjian.sittings.errors import CollectiveOver
from gongjian.sittings.models import Venue
from gongjian.sittings.states import CollectiveState, LeftOut, WishState
from gongjian.sittings.tests.builders import PLANNED, at
from gongjian.sittings.tests.collectives import PREMISES, a_collective, a_granted_collective, a_workers_case
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_second_day() -> Collective:
    """Five more workers of the same employer, at the same address, answered yes."""
    row = ask_collective([a_workers_case(n) for n in range(11, 16)], PREMISES, by=an_employer_user())
    return grant_collective(row, by=a_scheduler())


def test_of_two_days_at_one_place_the_place_stays_open_for_the_other_until_that_is_called_off_too():
    first, second = a_granted_collective(), a_second_day()
    assert first.venue_id == second.venue_id
    call_off_collective(first, reason="同意的人太少。", by=a_scheduler())
    assert Venue.objects.get(pk=second.venue_id).closed_on is None
    assert set(second.wishes.values_list("state", flat=True)) == {WishState.OFFERED}, "the other day goes on"
    call_off_collective(second, reason="场地停电。", by=a_scheduler())
    assert Venue.objects.get(pk=second.venue_id).closed_on == PLANNED.date()
    with pytest.raises(CollectiveOver):
        call_off_collective(second, reason="再按一次。", by=a_scheduler())


def test_a_case_that_was_handed_over_meanwhile_is_asked_nothing_by_the_office_that_decides_it_no_more():
    row = a_collective(people=6)
    gone = row.listed.order_by("case_id")[0].case
    told = {"name": "西溪县劳动能力鉴定委员会", "region": "990102", "kind": an_office().kind}
    other, _ = Office.objects.get_or_create(code="XXLJ-9", defaults=told)
    Case.objects.filter(pk=gone.pk).update(office=other)
    grant_collective(row, by=a_scheduler())
    assert Listed.objects.get(collective=row, case=gone).left_out == LeftOut.TOO_LATE
    assert not ModeWish.objects.filter(case=gone).exists() and row.wishes.count() == 5
    owed = set(gone.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))
    assert not owed & {"answer_collective", "follow_offer"}, "no task is left that nobody can do"


def test_the_employer_reads_numbers_alone_and_not_who_has_said_no_or_why_somebody_was_left_out():
    cases = [a_workers_case(n) for n in range(1, 6)] + [a_workers_case(6, part="050:both")]
    row = grant_collective(ask_collective(cases, PREMISES, by=an_employer_user()), by=a_scheduler())
    refuser = row.wishes.order_by("case_id")[0].case
    decline_offer(refuser, by=a_scheduler())
    browser = as_(an_employer_user())
    shown = [
        text_of(browser.get(reverse("sittings:collective", args=[row.pk]))).split("<main", 1)[1],
        text_of(browser.get(reverse("sittings:collectives"))).split("<main", 1)[1],
    ]
    for page in shown:
        assert not [case.number for case in cases if case.number in page]
        assert not [word for word in ("不接受", "已谢绝", "伤情不能", *LeftOut) if str(word) in page]
    assert browser.get(reverse("sittings:answer_collective", args=[row.pk])).status_code == 404
    assert browser.post(reverse("sittings:call_off_collective", args=[row.pk]), {"reason": "x"}).status_code == 404


def test_a_stranger_and_a_number_that_is_none_answer_alike_and_nothing_is_written():
    row = a_collective()
    written = LedgerEntry.objects.count()
    browser = as_(an_outsider())
    for pk in (row.pk, row.pk + 1000, 10**25):
        for name in ("collective", "answer_collective", "call_off_collective"):
            assert browser.get(reverse(f"sittings:{name}", args=[pk])).status_code == 404
            assert browser.post(reverse(f"sittings:{name}", args=[pk]), {"answer": "grant"}).status_code == 404
    row.refresh_from_db()
    assert (row.state, LedgerEntry.objects.count()) == (CollectiveState.ASKED, written)


def test_what_the_employer_typed_stays_on_the_page_and_is_text_wherever_it_is_read():
    cases = [a_workers_case(n) for n in range(1, 6)]
    browser, address = as_(an_employer_user()), reverse("sittings:ask_collective")
    sent = {
        "cases": [case.pk for case in cases],
        "address": "<b>工业大道</b>8号",
        "contact": "周\u202e若岚",
        "rooms": "2",
    }
    for wrong in ({"rooms": "0"}, {"rooms": "9" * 30}, {"rooms": "二"}, {"address": " "}, {"contact": "长" * 61}):
        answer = browser.post(address, {**sent, "reason": "倒班多<i>", **wrong})
        assert (wrong, answer.status_code, Collective.objects.count()) == (wrong, 422, 0)
        assert "倒班多&lt;i&gt;" in text_of(answer)
    assert browser.post(address, {**sent, "cases": [10**25, "x"]}).status_code == 422
    assert browser.post(address, sent).status_code == 302
    row = Collective.objects.get()
    assert browser.post(address, sent).status_code == 422, "pressed twice it is one application"
    page = text_of(as_(a_scheduler()).get(reverse("sittings:answer_collective", args=[row.pk])))
    assert "&lt;b&gt;工业大道" in page and "<b>工业大道" not in page


def test_what_was_taken_back_is_answered_no_more_and_its_workers_may_be_named_again():
    row = a_collective()
    withdraw_collective(row, by=an_employer_user())
    with pytest.raises(CollectiveOver):
        grant_collective(row, by=a_scheduler())
    with pytest.raises(CollectiveOver):
        withdraw_collective(row, by=an_employer_user())
    assert not ModeWish.objects.exists() and not Venue.objects.filter(employer__isnull=False).exists()
    again = ask_collective([one.case for one in row.listed.select_related("case")], PREMISES, by=an_employer_user())
    assert again.listed.filter(is_open=True).count() == 5
