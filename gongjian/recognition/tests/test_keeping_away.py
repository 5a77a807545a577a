"""令8 article 16: whoever has an interest takes no step in a recognition, counts for none of its two investigators, and somebody else comes in."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.recusals import ask_staff_recusal, declare_interest
from gongjian.cases.errors import KeepsAway, MoveNotAllowed, NotYours, RecusalWaits
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.states import Ground
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.actions import deciding, evidence, investigation, proposing, records, review
from gongjian.recognition.errors import NotTheInvestigator, TwoInvestigators
from gongjian.recognition.queries.investigation import able_investigators, wants_investigators
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    a_draft,
    a_proposed_case,
    a_reviewed_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    staff,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_articles import the_worker
from gongjian.recognition.tests.test_investigating import a_talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY):
        yield


def a_third() -> User:
    return staff(Role.INVESTIGATOR, "接续言")


def declared(case: Case, by: User) -> Case:
    declare_interest(case, ground=Ground.KIN, facts="我与申请人是表兄弟", by=by)
    return case


def last(case: Case) -> str:
    return case.proposals.latest("pk").digest


STEPS: tuple[tuple[Callable[[], Case], Callable[[], User], Callable[[Case, User], object]], ...] = (
    (an_entered_case, the_clerk, lambda case, by: review.accept(case, by=by)),
    (an_accepted_case, an_investigator, lambda case, by: investigation.start(case, with_=[a_colleague()], by=by)),
    (an_investigated_case, an_investigator, lambda case, by: investigation.plan(case, ["14-1"], by=by)),
    (an_investigated_case, an_investigator, lambda case, by: evidence.send_notice(case, by=by)),
    (
        an_investigated_case,
        an_investigator,
        lambda case, by: records.keep_interview(case, a_talk(), team=[a_colleague()], by=by),
    ),
    (lambda: a_proposed_case()[0], the_reviewer, lambda case, by: deciding.review(case, seen=last(case), by=by)),
    (lambda: a_reviewed_case()[0], the_signer, lambda case, by: deciding.decide(case, seen=last(case), by=by)),
)


@pytest.mark.parametrize(("make", "who", "step"), STEPS)
def test_order_8_art_16_regulation_art_20_who_has_an_interest_takes_no_step_from_then_on(make, who, step):
    case = declared(make(), who())
    state, entries = case.state, LedgerEntry.objects.count()
    with pytest.raises(KeepsAway):
        step(case, User.objects.get(pk=who().pk))
    case.refresh_from_db()
    assert (case.state, LedgerEntry.objects.count()) == (state, entries)


def test_order_8_art_16_while_the_applicant_asks_that_the_investigator_keep_away_that_one_does_nothing():
    case = an_investigated_case()
    told = {"ground": Ground.TIED, "facts": "调查人员是老板的亲戚", "duty": CaseDuty.Duty.INVESTIGATOR}
    row = ask_staff_recusal(case, **told, by=the_worker(case))
    with pytest.raises(RecusalWaits):
        investigation.answer(case, "accident", said=True, basis="合同", by=row.user)


def test_order_8_art_10_and_16_who_keeps_away_is_no_second_investigator():
    case = declared(an_investigated_case(), a_colleague())
    assert able_investigators(case) == [an_investigator()]
    with pytest.raises(KeepsAway):
        records.keep_interview(case, a_talk(), team=[a_colleague()], by=an_investigator())
    with pytest.raises(TwoInvestigators):
        records.keep_interview(case, a_talk(), team=[], by=an_investigator())
    for form in ("interview", "site"):
        shown = text_of(signed_in_as(an_investigator()).get(reverse(f"recognition:{form}", args=[case.number])))
        assert "访青" not in shown, "nor is that one offered"
    with pytest.raises(KeepsAway):
        investigation.start(declared(an_accepted_case(), a_colleague()), with_=[a_colleague()], by=an_investigator())


def test_order_8_art_16_another_comes_in_for_who_keeps_away_and_what_was_gathered_stays():
    case, third = an_investigated_case(), a_third()
    talk = records.keep_interview(case, a_talk(), team=[a_colleague()], by=an_investigator())
    with pytest.raises(NotTheInvestigator):
        investigation.plan(case, ["14-1"], by=third)
    with pytest.raises(MoveNotAllowed):
        investigation.take_up(case, with_=[third], by=an_investigator())
    declared(case, a_colleague())
    assert wants_investigators(case)
    for refused, by in ((NotYours, the_reviewer()), (KeepsAway, a_colleague())):
        with pytest.raises(refused):
            investigation.take_up(case, with_=[third], by=by)
    with pytest.raises(TwoInvestigators):
        investigation.take_up(case, with_=[], by=third)
    investigation.take_up(case, with_=[an_investigator()], by=third)
    assert able_investigators(case) == [an_investigator(), third]
    with pytest.raises(MoveNotAllowed):
        investigation.take_up(case, with_=[an_investigator()], by=third)
    records.keep_interview(case, a_talk(), team=[an_investigator()], by=third)
    assert talk.paper in [row.paper for row in case.interviews.all()] and case.interviews.count() == 2
    row = proposing.draft(case, a_draft(case), by=third)
    assert proposing.propose(case, seen=row.digest, by=third) == row


def test_order_8_art_10_where_both_have_left_two_others_take_the_case_up_on_its_page():
    case, third, fourth = an_investigated_case(), a_third(), staff(Role.INVESTIGATOR, "又一言")
    page, taking = (reverse(f"recognition:{name}", args=[case.number]) for name in ("investigation", "take_up"))
    browser = signed_in_as(third)
    assert "接手调查" not in text_of(browser.get(page))
    for gone in (an_investigator(), a_colleague()):
        gone.posts.update(ended_on=MONDAY.date())
    assert "能够调查的人员不足两名" in text_of(browser.get(page))
    assert "能够调查的人员不足两名" not in text_of(signed_in_as(the_reviewer()).get(page)), "nobody else's to mend"
    assert "又一言" in text_of(browser.get(taking)) and "访青" not in text_of(browser.get(taking))
    assert browser.post(taking, {"team": [fourth.pk]}).status_code == 302
    assert able_investigators(case) == [third, fourth]
    assert "接手调查" not in text_of(browser.get(page))
    case.refresh_from_db()
    assert case.state == State.INVESTIGATING
