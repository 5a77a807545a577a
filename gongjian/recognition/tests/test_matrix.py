"""Every move of a recognition against every state and every kind of person, from a table written out by hand."""

from collections.abc import Callable
from datetime import date

import pytest

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import PERMISSIONS, Role
from gongjian.accounts.tests.builders import (
    a_member,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.cases.actions.move import allowed_moves, join_case, move
from gongjian.cases.actions.obligations import owe_for_state
from gongjian.cases.errors import MovedMeanwhile, NotYours
from gongjian.cases.models import Case, Passage
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.matrix import Matrix
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recognition.states import DECIDING, HEALTH, LABELS, MOVES, NEXT, OWED, PROCEDURE, State
from gongjian.recognition.tests.builders import MONDAY, an_entered_case, another_bureau, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
CLOCK, WORKER = "clock", "worker"
"""Who acts when nobody does, and who acts as a party."""

WALK = (
    # act, from, to, who may
    ("accept", "submitted", "accepted", ("window_clerk",)),
    ("ask_supplement", "submitted", "supplement", ("window_clerk",)),
    ("reject", "submitted", "rejected", ("window_clerk",)),
    ("transfer", "submitted", "transferred", ("window_clerk",)),
    ("supplement", "supplement", "submitted", (WORKER,)),
    ("receive_supplement", "supplement", "submitted", ("window_clerk",)),
    ("supplement_over", "supplement", "submitted", (CLOCK,)),
    ("withdraw", "submitted", "withdrawn", (WORKER,)),
    ("withdraw", "supplement", "withdrawn", (WORKER,)),
    ("withdraw", "accepted", "withdrawn", (WORKER,)),
    ("withdraw", "investigating", "withdrawn", (WORKER,)),
    ("withdraw", "simple", "withdrawn", (WORKER,)),
    ("withdraw", "suspended", "withdrawn", (WORKER,)),
    ("receive_withdrawal", "submitted", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "supplement", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "accepted", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "investigating", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "simple", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "suspended", "withdrawn", ("window_clerk",)),
    ("join", "submitted", "joined", (CLOCK,)),
    ("join", "supplement", "joined", (CLOCK,)),
    ("join", "accepted", "joined", (CLOCK,)),
    ("join", "investigating", "joined", (CLOCK,)),
    ("join", "simple", "joined", (CLOCK,)),
    ("begin", "accepted", "investigating", ("investigator",)),
    ("take_simple", "accepted", "simple", ("investigator",)),
    ("take_simple", "investigating", "simple", ("investigator",)),
    ("leave_simple", "simple", "investigating", ("investigator",)),
    ("suspend", "investigating", "suspended", ("investigator",)),
    ("suspend", "simple", "suspended", ("investigator",)),
    ("resume", "suspended", "investigating", ("investigator",)),
    ("terminate", "investigating", "terminated", ("signer",)),
    ("terminate", "suspended", "terminated", ("signer",)),
    ("propose", "investigating", "proposed", ("investigator",)),
    ("propose", "simple", "proposed", ("investigator",)),
    ("review", "proposed", "reviewed", ("reviewer",)),
    ("give_back", "proposed", "investigating", ("reviewer",)),
    ("return", "reviewed", "proposed", ("signer",)),
    ("decide", "reviewed", "decided", ("signer",)),
    ("served", "decided", "delivered", (CLOCK,)),
    ("served", "rejected", "delivered", (CLOCK,)),
    ("take_effect", "delivered", "effective", (CLOCK,)),
    ("take_back", "effective", "delivered", ("delivery_clerk",)),
    ("revoke", "delivered", "decided", ("signer",)),
    ("revoke", "effective", "decided", ("signer",)),
    ("revoke_anew", "delivered", "investigating", ("signer",)),
    ("revoke_anew", "effective", "investigating", ("signer",)),
    ("revoke_rejection", "delivered", "submitted", ("signer",)),
    ("revoke_rejection", "effective", "submitted", ("signer",)),
    ("archive", "effective", "archived", ("archivist",)),
    ("archive", "transferred", "archived", ("archivist",)),
    ("archive", "withdrawn", "archived", ("archivist",)),
    ("archive", "joined", "archived", ("archivist",)),
    ("archive", "terminated", "archived", ("archivist",)),
)
"""The walk as 令8 gives it, written out a second time: what the program's own table is held against."""

STATES = tuple(state.value for state in State)
ROLES = [role.value for role in Role]
BY_ID = [f"{act}-{start}" for act, start, *_ in WALK]


@pytest.fixture(autouse=True)
def on_monday():
    with moment.fixed(MONDAY):
        yield


def a_case(state: str = "submitted") -> Case:
    """A recognition whose worker takes part in it, set down in a state with what that state owes."""
    case = an_entered_case(papers=())
    join_case(case, a_worker_user(), capacity="worker", is_applicant=True)
    if state != "submitted":
        Case.objects.filter(pk=case.pk).update(state=state)
        case.refresh_from_db()
        owe_for_state(case, "submitted")
    return case


MATRIX = Matrix(WALK, STATES, a_case)


def somebody(who: str) -> User | None:
    """Whoever a word of the table means."""
    if who == CLOCK:
        return None
    return a_worker_user() if who == WORKER else staff(Role(who))


# The table itself.


def test_the_programs_table_is_the_one_of_the_law():
    assert {(step.act, step.start, step.end) for step in MOVES} == {(act, start, end) for act, start, end, _ in WALK}
    assert len(MOVES) == len(WALK) == len({(step.act, step.start) for step in MOVES})


def test_every_state_but_the_first_is_reached_and_every_state_but_the_last_is_left():
    assert {step.end for step in MOVES} == set(State)
    assert {step.start for step in MOVES} == set(State) - {State.ARCHIVED}


def test_only_permissions_of_some_role_the_clock_and_the_parties_stand_in_the_table():
    held = {permission for role in Role for permission in PERMISSIONS[role]}
    assert {step.permission for step in MOVES} <= held | {"system", "party"}


@pytest.mark.parametrize("step", MOVES, ids=lambda step: f"{step.act}-{step.start}")
def test_every_move_names_its_article_and_its_words(step):
    assert step.article.startswith(("令8 第", "条例 第"))
    assert step.label


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_label_a_promise_and_what_is_owed(state):
    assert LABELS[state]
    assert NEXT[state].endswith("。")
    assert (state in OWED) != (state.value in PROCEDURE.closed)


def test_regulation_art_20_health_is_read_for_a_step_only_until_the_decision_and_by_who_takes_that_step():
    assert set(HEALTH) == set(DECIDING)
    taken = {(step.start, step.permission) for step in MOVES}
    investigating = {(State.SUSPENDED, "recognition.investigate")}
    assert set(HEALTH.items()) - taken <= investigating


# Who is answered what: 17 states by 23 acts for each person.


@pytest.mark.parametrize("role", ROLES)
def test_every_act_in_every_state_for_each_role(role):
    assert MATRIX.answers(lambda: staff(Role(role))) == MATRIX.expected(role)


@pytest.mark.parametrize(("who", "word"), [(a_worker_user, WORKER), (lambda: None, CLOCK)])
def test_every_act_in_every_state_for_the_party_and_for_the_clock(who, word):
    assert MATRIX.answers(who) == MATRIX.expected(word)


@pytest.mark.parametrize("stranger", [an_outsider, an_employer_user, an_expert_user])
def test_every_act_in_every_state_for_who_has_no_part_in_the_case(stranger):
    assert MATRIX.answers(stranger) == MATRIX.expected()


@pytest.mark.parametrize("there", [another_bureau, an_office], ids=["the next bureau", "the committee"])
@pytest.mark.parametrize("role", ROLES)
def test_every_act_in_every_state_for_the_same_role_of_another_office(role, there: Callable[[], Office]):
    assert MATRIX.answers(lambda: a_member(Role(role), office=there())) == MATRIX.expected()


@pytest.mark.parametrize("role", ["window_clerk", "investigator", "reviewer", "signer", "archivist"])
def test_every_act_in_every_state_for_who_had_the_post_and_left_it(role):
    def former() -> User:
        user = staff(Role(role), "前任")
        Post.objects.filter(user=user).update(ended_on=date(2026, 3, 1))
        return user

    assert MATRIX.answers(former) == MATRIX.expected()


@pytest.mark.parametrize("role", ["window_clerk", "investigator", "reviewer", "signer", "archivist"])
def test_the_buttons_are_what_would_be_allowed_and_nothing_else(role):
    case, by = a_case(), staff(Role(role))
    offered = set()
    for state in STATES:
        case.state = state
        offered |= {(step.act, state) for step in allowed_moves(case, by=by)}
    assert offered == {(act, start) for act, start, _, may in WALK if role in may}


# What each allowed move leaves behind, and each refused one does not.


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=BY_ID)
def test_an_allowed_move_is_told_once_and_what_was_owed_makes_room_for_what_is_owed_next(act, start, end, may):
    case, by = a_case(start), somebody(may[0])
    move(case, act, by=by)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.closed_at) == (end, MONDAY if end == "archived" else None)
    passage = Passage.objects.filter(case=case).latest("pk")
    assert (passage.act, passage.start, passage.end, passage.by, passage.at) == (act, start, end, by, MONDAY)
    [entry] = LedgerEntry.objects.filter(chain=case.chain, act=f"case.{act}")
    assert (entry.facts["start"], entry.facts["end"], entry.by) == (start, end, by)
    assert [each.kind for each in open_obligations(case)] == [each.kind for each in OWED.get(State(end), ())]


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=BY_ID)
def test_a_refused_move_leaves_no_trace(act, start, end, may):
    case = a_case(start)
    before = (case.version, case.passages.count(), LedgerEntry.objects.count(), list(open_obligations(case)))
    for stranger in (an_outsider(), a_member(Role.SIGNER, office=another_bureau())):
        with pytest.raises(NotYours):
            move(case, act, by=stranger)
    case.refresh_from_db()
    after = (case.version, case.passages.count(), LedgerEntry.objects.count(), list(open_obligations(case)))
    assert (case.state, after) == (start, before)


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=BY_ID)
def test_a_move_from_a_sight_that_is_past_is_refused(act, start, end, may):
    seen = a_case(start)
    Case.objects.filter(pk=seen.pk).update(state=State.ARCHIVED, closed_at=MONDAY)
    with pytest.raises(MovedMeanwhile, match="已归档"):
        move(seen, act, by=somebody(may[0]))
    assert not LedgerEntry.objects.filter(act=f"case.{act}").exists()
