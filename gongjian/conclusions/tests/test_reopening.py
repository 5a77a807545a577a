"""The reviewer's way back: a formal defect goes to the same group with its reason, and nobody in the office changes a word."""

import pytest
from django.test import Client

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_worker_user, an_expert_user, the_signer
from gongjian.appraisal.states import State
from gongjian.cases.errors import DutyConflict, MoveNotAllowed, NotYours, ReasonMissing
from gongjian.cases.models import Case
from gongjian.conclusions.actions import conclude, review, send_to_group
from gongjian.conclusions.errors import NoOpinion, OpinionDefective, OpinionNotFollowed
from gongjian.conclusions.models import Review
from gongjian.conclusions.queries import reopened, times_reopened
from gongjian.conclusions.tests.builders import OPINIONS, an_opined_case, an_opinion, another_office
from gongjian.conclusions.tests.test_review import also
from gongjian.opinions.models import Reopening, Round
from gongjian.opinions.states import Defect

pytestmark = pytest.mark.django_db
WHY = "第1项没有写明条款"


def a_case_with_a_round(**told: object) -> Case:
    """A case whose group has opined in its first round."""
    case = an_opined_case(**told)
    Round.objects.create(case=case, number=1, size=3, opened_at=case.received_at)
    return case


def sent_back(case: Case, by: User | None = None, *, reason: str = WHY, seen: str = "") -> Review:
    return send_to_group(case, Defect.CLAUSE, reason=reason, seen=seen, by=by or a_reviewer())


def test_article_34_the_opinion_goes_to_the_group_with_its_reason_and_is_counted():
    case = a_case_with_a_round()
    row = sent_back(case)
    case.refresh_from_db()
    assert (case.state, row.kind, times_reopened(case)) == (State.DELIBERATING, Review.Kind.REOPENED, 1)
    assert row.note == f"条款与等级对不上，或者没有写明条款：{WHY}"
    assert Reopening.objects.get().reason == WHY
    assert [each.number for each in Round.objects.filter(case=case).order_by("number")] == [1, 2]


def test_article_16_an_opinion_on_which_nothing_can_stand_is_not_passed_on_however_well_explained():
    case = a_case_with_a_round(opinion=an_opinion(7, ("5.9.2(16)",)))
    with pytest.raises(OpinionDefective, match="撑不起这个等级"):
        review(case, by=a_reviewer(), note="已核对")
    assert sent_back(case).kind == Review.Kind.REOPENED


@pytest.mark.parametrize("stranger", [a_clerk, the_signer, a_worker_user, an_expert_user])
def test_nobody_but_a_reviewer_sends_back(stranger: type[User]):
    case = a_case_with_a_round()
    with pytest.raises(NotYours):
        sent_back(case, stranger())
    assert not Reopening.objects.exists()


def test_a_reviewer_of_another_office_is_refused():
    with pytest.raises(NotYours):
        sent_back(a_case_with_a_round(), a_member(Role.REVIEWER, office=another_office()))


@pytest.mark.parametrize("state", [State.DELIBERATING, State.REVIEWED, State.CONCLUDED, State.TERMINATED])
def test_only_a_formed_opinion_goes_back(state: State):
    with pytest.raises(MoveNotAllowed):
        sent_back(a_case_with_a_round(state=state))


def test_the_acceptor_may_not_send_back_and_a_reason_is_written():
    case = a_case_with_a_round()
    with pytest.raises(DutyConflict):
        sent_back(case, also(a_clerk(), Role.REVIEWER))
    with pytest.raises(ReasonMissing):
        sent_back(case, reason="  ")
    with pytest.raises(OpinionNotFollowed):
        sent_back(case, seen="b" * 64)
    OPINIONS.clear()
    with pytest.raises(NoOpinion):
        sent_back(case)
    assert not Reopening.objects.exists()


def test_a_second_press_of_the_button_opens_no_second_round():
    case = a_case_with_a_round()
    sent_back(case)
    with pytest.raises(MoveNotAllowed):
        sent_back(case)
    assert Round.objects.filter(case=case).count() == 2


def test_what_came_back_is_reviewed_anew_before_it_is_signed():
    case = a_case_with_a_round()
    review(case, by=a_reviewer())
    case.refresh_from_db()
    Case.objects.filter(pk=case.pk).update(state=State.OPINED)
    sent_back(case)
    with pytest.raises(MoveNotAllowed):
        conclude(case, by=the_signer())


def test_the_supervisor_sees_what_went_back_and_how_often():
    case = a_case_with_a_round()
    sent_back(case)
    supervisor, abroad = a_member(Role.SUPERVISOR), a_member(Role.SUPERVISOR, office=another_office())
    assert [(row.case, times) for row, times in reopened(supervisor)] == [(case, 1)]
    assert reopened(abroad) == []


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_pages_of_the_reviewer_and_of_the_supervisor():
    case = a_case_with_a_round()
    reviewer = browser(a_reviewer())
    page = reviewer.get(f"/conclusions/review/{case.number}/").content.decode()
    assert "退回原专家组" in page
    address = f"/conclusions/review/{case.number}/reopen"
    assert reviewer.post(address, {"defect": "clause", "reason": ""}).status_code == 422
    assert reviewer.post(address, {"defect": "grade", "reason": WHY}).status_code == 422
    assert reviewer.post(address, {"defect": "clause", "reason": WHY}).status_code == 302
    supervisor = browser(a_member(Role.SUPERVISOR))
    assert WHY in supervisor.get("/conclusions/reopened/").content.decode()
    assert reviewer.get("/conclusions/reopened/").status_code == 403
    part = supervisor.get(f"/conclusions/part/{case.number}/").content.decode()
    assert "专家组意见退回专家组1次" in part


def test_a_defective_opinion_offers_no_button_to_pass_it_on():
    case = a_case_with_a_round(opinion=an_opinion(9, ()))
    page = browser(a_reviewer()).get(f"/conclusions/review/{case.number}/").content.decode()
    assert "意见有形式缺陷，不能转签发" in page
    assert "复核通过，转签发" not in page
