"""Between the examination and the conclusion parties are told one thing only, however it is deliberated."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, the_signer
from gongjian.appraisal.states import LABELS, MOVES, NEXT, PROCEDURE, State
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import put_in_state
from gongjian.portal import following

pytestmark = pytest.mark.django_db
INSIDE = [State.EXAMINING, State.DELIBERATING, State.OPINED, State.REVIEWED]
TOLD = "专家组已检查，正在形成结论"
LEAKS = {LABELS[state] for state in INSIDE} | {"合议", "退回", "复核", "签发", "意见不一致", "封存"}


def page(case: Case, user: User, name: str = "case") -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"portal:{name}", args=[case.number] if name != "home" else [])).content.decode()


def leaks(text: str) -> set[str]:
    return {word for word in LEAKS if word in text}


def a_case_sent_back_and_forth() -> Case:
    """Deliberated, opined, reviewed, sent back, and reviewed again."""
    case = put_in_state(a_submitted_case(), State.EXAMINING)
    move(case, "deliberate", by=None)
    move(case, "opine", by=None)
    move(case, "review", by=a_reviewer())
    move(case, "return", by=the_signer())
    return move(case, "review", by=a_reviewer())


@pytest.mark.parametrize("state", INSIDE)
def test_each_inner_state_reads_the_same_for_a_party(state):
    case = put_in_state(a_submitted_case(), state)
    assert following.state_label(case) == TOLD
    assert following.promise(case) == PROCEDURE.quiet.promise
    assert [(each.what, each.who) for each in following.owed_now(case)] == [("形成鉴定结论", case.office.name)]
    for name in ("case", "home"):
        body = page(case, a_worker_user(), name)
        assert TOLD in body
        assert not leaks(body)


@pytest.mark.parametrize("state", INSIDE)
def test_the_staff_see_the_state_as_it_is(state):
    case = put_in_state(a_submitted_case(), state)
    assert following.state_label(case, by=a_clerk()) == LABELS[state]
    assert TOLD not in following.state_label(case, by=a_clerk())


@pytest.mark.parametrize(
    ("state", "owed"),
    [
        (State.EXAMINING, ("专家检查并封存意见", "医疗卫生专家组")),
        (State.DELIBERATING, ("专家组合议", "医疗卫生专家组")),
        (State.OPINED, ("复核专家组意见", "云溪市劳动能力鉴定委员会（复核）")),
        (State.REVIEWED, ("签发鉴定结论", "云溪市劳动能力鉴定委员会（签发）")),
    ],
)
def test_the_staff_read_who_owes_what_in_each_of_them(state, owed):
    case = put_in_state(a_submitted_case(), state)
    assert [(each.what, each.who) for each in following.owed_now(case, by=a_clerk())] == [owed]
    assert following.promise(case, by=a_clerk()) == NEXT[state]


def test_how_often_it_went_back_stands_in_no_timeline_of_a_party():
    case = a_case_sent_back_and_forth()
    assert not leaks(" ".join(event.title + event.text for event in following.events(case)))
    assert not leaks(page(case, a_worker_user()))
    titles = [event.title for event in following.events(case, by=a_clerk())]
    assert titles[1:6] == ["无多数意见，合议", "合议形成专家组意见", "复核", "退回复核", "复核"]


def test_not_even_after_the_conclusion_does_the_timeline_tell_how_it_was_deliberated():
    case = a_case_sent_back_and_forth()
    move(case, "conclude", by=the_signer())
    titles = [event.title for event in following.events(case)]
    assert "签发结论" in titles
    assert not {"退回复核", "无多数意见，合议"} & set(titles)


@pytest.mark.parametrize("state", INSIDE)
def test_a_refusal_names_no_inner_state_to_a_party(state):
    case = put_in_state(a_submitted_case(), state)
    with pytest.raises(MoveNotAllowed, match=TOLD):
        allowed_move(case, "withdraw", by=a_worker_user())
    with pytest.raises(MoveNotAllowed, match=LABELS[state]):
        allowed_move(case, "accept", by=a_clerk())


def test_the_quiet_states_are_those_between_examination_and_signature():
    assert PROCEDURE.quiet.states == {state.value for state in INSIDE}
    assert {step.start for step in MOVES if step.act == "conclude"} <= PROCEDURE.quiet.states
