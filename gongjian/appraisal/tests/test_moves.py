"""The window's and the parties' moves of a first appraisal: each from its own states only, and by its own people only."""

import pytest

from gongjian.accounts.roles import PARTY, PERMISSIONS, SYSTEM, Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_expert_user, an_outsider
from gongjian.appraisal.states import LABELS, MOVES, NEXT, OWED, PROCEDURE, State
from gongjian.cases.actions.move import allowed_move, allowed_moves, move
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import a_case

pytestmark = pytest.mark.django_db
OURS = [
    step
    for step in MOVES
    if step.act
    in {
        "accept",
        "ask_supplement",
        "supplement",
        "receive_supplement",
        "lapse",
        "give_up",
        "withdraw",
        "refuse",
        "end_by_death",
    }
]
BY_ID = [f"{step.act}-{step.start}" for step in OURS]
LIVE = [state for state in State if state != State.ARCHIVED]


def may(step, role: Role) -> bool:
    return step.permission in PERMISSIONS[role]


@pytest.mark.parametrize("step", OURS, ids=BY_ID)
def test_the_right_person_takes_the_step_and_the_next_thing_is_owed(step):
    case = a_case(state=State(step.start))
    if step.permission == SYSTEM:
        by = None
    elif step.permission == PARTY:
        by = a_worker_user()
    else:
        by = a_member(next(role for role in Role if may(step, role)))
    assert move(case, step.act, by=by).state == step.end
    assert [owed.kind for owed in open_obligations(case)] == [owed.kind for owed in OWED[State(step.end)]]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("step", OURS, ids=BY_ID)
def test_staff_without_the_permission_are_refused(step, role):
    case = a_case(state=State(step.start))
    if may(step, role):
        assert allowed_move(case, step.act, by=a_member(role)) == step
    else:
        with pytest.raises(NotYours):
            move(case, step.act, by=a_member(role))


@pytest.mark.parametrize("person", [an_outsider, an_expert_user])
@pytest.mark.parametrize("step", OURS, ids=BY_ID)
def test_strangers_and_experts_take_none_of_these_steps(step, person):
    case = a_case(state=State(step.start))
    with pytest.raises(NotYours):
        move(case, step.act, by=person())
    case.refresh_from_db()
    assert case.state == step.start


@pytest.mark.parametrize("step", OURS, ids=BY_ID)
def test_from_every_other_state_the_step_is_refused_whoever_asks(step):
    starts = {each.start for each in MOVES if each.act == step.act}
    case = a_case()
    for state in LIVE:
        if state not in starts:
            case.state = state
            with pytest.raises(MoveNotAllowed, match=LABELS[state]):
                allowed_move(case, step.act, by=None)


def test_art_10_only_the_clock_lets_an_application_lapse():
    case = a_case(state=State.SUPPLEMENT)
    for role in Role:
        assert "lapse" not in [step.act for step in allowed_moves(case, by=a_member(role))]
    assert move(case, "lapse", by=None).state == State.ABANDONED


def test_a_party_is_offered_what_parties_may_do():
    case = a_case(state=State.SUPPLEMENT)
    assert [step.act for step in allowed_moves(case, by=a_worker_user())] == ["supplement", "withdraw"]


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_label_a_promise_and_what_is_owed(state):
    assert LABELS[state]
    assert NEXT[state].endswith(("。", "查看。"))
    assert state in OWED or state.value in PROCEDURE.closed


@pytest.mark.parametrize("step", MOVES, ids=lambda step: f"{step.act}-{step.start}")
def test_every_move_names_its_article_and_its_words(step):
    assert step.article.startswith("令55 第")
    assert step.label
