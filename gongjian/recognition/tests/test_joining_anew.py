"""Two applications that were kept apart by mistake are compared anew: the wrong word stays with the reason, and nothing was lost by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recognition.actions import joining, review
from gongjian.recognition.errors import JoiningDecided, JoiningTooLate, JoiningUndecided, KeptApartByNobody
from gongjian.recognition.models import Joining
from gongjian.recognition.queries.joining import about_joining, alike, goes_on_as, voices_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import another_bureau, the_clerk
from gongjian.recognition.tests.test_at_once import another, at_once
from gongjian.recognition.tests.test_joining import LATER, SAME, a_pair, the_investigators_boss
from gongjian.recognition.tests.test_joining_hostile import ended_by_withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
WRONG = "当时看错了日期，医院记录表明是同一次。"
THIRD = LATER + timedelta(days=1)


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(LATER):
        yield


def kept_apart() -> tuple[Case, Case]:
    """The accepted application of the worker and the employer's, said to be about two injuries."""
    first, second = a_pair()
    joining.keep_apart(first, second, reason="两次", by=the_clerk())
    return first, second


def owed(case: Case) -> bool:
    return case.obligations.filter(kind="decide_joining", fulfilled_at=None).exists()


def test_regulation_art_17_two_that_were_kept_apart_by_mistake_are_joined_after_all_with_both_words_on_file():
    first, second = kept_apart()
    assert (alike(first), owed(second)) == ([], False)
    with moment.fixed(THIRD):
        joining.reconsider(second, first, reason=WRONG, by=the_clerk())
        assert [like.case for like in alike(first)] == [second]
        assert owed(second)
        with pytest.raises(JoiningUndecided):
            review.accept(second, by=the_clerk())
        joining.join(first, second, reason=SAME, by=the_clerk())
    second.refresh_from_db()
    assert (second.state, goes_on_as(second)) == (State.JOINED, first)
    assert [voice.case for voice in voices_of(first)] == [second]
    words = list(Joining.objects.order_by("id").values_list("verdict", "reason", "undone_why"))
    assert words == [("apart", "两次", WRONG), ("joined", SAME, "")]
    for case, beside in ((first, second), (second, first)):
        entry = LedgerEntry.objects.get(chain=case.chain, act="injury.word_taken_back")
        assert entry.facts == {"beside": beside.number}


def test_they_may_be_kept_apart_again_and_each_word_stays():
    first, second = kept_apart()
    joining.reconsider(first, second, reason=WRONG, by=the_clerk())
    joining.keep_apart(first, second, reason="仍是两次", by=the_clerk())
    assert (alike(first), owed(first), owed(second)) == ([], False, False)
    assert Joining.objects.count() == 2
    with pytest.raises(JoiningDecided):
        joining.join(first, second, reason=SAME, by=the_clerk())


def test_what_was_joined_is_not_parted_and_what_nobody_spoke_of_is_not_taken_back():
    first, second = a_pair()
    with pytest.raises(KeptApartByNobody), transaction.atomic():
        joining.reconsider(first, second, reason=WRONG, by=the_clerk())
    joining.join(first, second, reason=SAME, by=the_clerk())
    with pytest.raises(KeptApartByNobody), transaction.atomic():
        joining.reconsider(first, second, reason=WRONG, by=the_clerk())
    told: dict[str, Any] = {"undone_at": LATER, "undone_by": the_clerk()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Joining.objects.update(**told)


@pytest.mark.parametrize("reason", ["", " \n\u3000"])
def test_only_the_window_of_the_office_takes_a_word_back_and_only_with_a_reason(reason):
    first, second = kept_apart()
    for stranger in (the_investigators_boss(), a_member(Role.WINDOW_CLERK, office=another_bureau())):
        with pytest.raises(NotYours), transaction.atomic():
            joining.reconsider(first, second, reason=WRONG, by=stranger)
    with pytest.raises(ReasonMissing), transaction.atomic():
        joining.reconsider(first, second, reason=reason, by=the_clerk())
    assert Joining.objects.get().undone_at is None


def test_what_has_ended_meanwhile_is_compared_no_more():
    first, second = kept_apart()
    ended_by_withdrawal(first)
    with pytest.raises(JoiningTooLate):
        joining.reconsider(first, second, reason=WRONG, by=the_clerk())
    [(_, _, may_undo)] = about_joining(first, the_clerk())["joinings"]
    assert not may_undo


@pytest.mark.django_db(transaction=True)
def test_two_clerks_take_the_word_back_at_once_and_it_is_one_act():
    first, second = kept_apart()
    clerks = (the_clerk(), another(Role.WINDOW_CLERK))
    answers = at_once(
        lambda: joining.reconsider(first, second, reason=WRONG, by=clerks[0]),
        lambda: joining.reconsider(second, first, reason=WRONG, by=clerks[1]),
    )
    assert answers == ["done", "recognition.kept_apart_by_nobody"]
    assert LedgerEntry.objects.filter(act="injury.word_taken_back").count() == 2


def test_on_the_page_the_clerk_takes_the_word_back_and_comes_to_the_comparison():
    first, second = kept_apart()
    client = Client()
    client.force_login(the_clerk())
    part = reverse("recognition:case_part", args=[first.number])
    address = reverse("recognition:reconsider", args=[first.number, second.number])
    assert address in client.get(part).content.decode()
    assert "重新判断是否同一次伤害" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    led = client.post(address, {"reason": WRONG})
    compare = reverse("recognition:compare", args=[first.number, second.number])
    assert led.headers["Location"] == compare
    assert client.get(compare).status_code == 200
    shown = client.get(part).content.decode()
    assert (WRONG in shown, "已撤回" in shown, address in shown) == (True, True, False)
