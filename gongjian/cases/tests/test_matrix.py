"""Every move of the first appraisal against every state and every kind of person, from a table written out by hand."""

import random
from datetime import date

import pytest
from django.db import connection

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import PERMISSIONS, Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import MOVES, OWED, PROCEDURE, State
from gongjian.cases.actions.move import allowed_moves, join_case, move
from gongjian.cases.errors import MovedMeanwhile, MoveNotAllowed, NotYours
from gongjian.cases.models import Case, Passage
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import a_case
from gongjian.cases.tests.matrix import Matrix
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify

pytestmark = pytest.mark.django_db

CLOCK, WORKER = "clock", "worker"
"""Who acts when nobody does, and who acts as a party."""

WALK = (
    # act, from, to, who may
    ("accept", "submitted", "accepted", ("window_clerk",)),
    ("ask_supplement", "submitted", "supplement", ("window_clerk",)),
    ("give_up", "submitted", "abandoned", ("window_clerk",)),
    ("withdraw", "submitted", "withdrawn", (WORKER,)),
    ("supplement", "supplement", "submitted", (WORKER,)),
    ("receive_supplement", "supplement", "submitted", ("window_clerk",)),
    ("lapse", "supplement", "abandoned", (CLOCK,)),
    ("withdraw", "supplement", "withdrawn", (WORKER,)),
    ("withdraw", "accepted", "withdrawn", (WORKER,)),
    ("withdraw", "scheduled", "withdrawn", (WORKER,)),
    ("receive_withdrawal", "submitted", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "supplement", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "accepted", "withdrawn", ("window_clerk",)),
    ("receive_withdrawal", "scheduled", "withdrawn", ("window_clerk",)),
    ("book", "accepted", "scheduled", ("scheduler",)),
    ("reschedule", "scheduled", "accepted", ("scheduler",)),
    ("reschedule", "present", "accepted", ("scheduler",)),
    ("change_mode", "scheduled", "accepted", (CLOCK,)),
    ("change_mode", "present", "accepted", (CLOCK,)),
    ("entrust", "accepted", "entrusted", ("scheduler",)),
    ("bring_back", "entrusted", "accepted", (CLOCK,)),
    ("withdraw", "entrusted", "withdrawn", (WORKER,)),
    ("receive_withdrawal", "entrusted", "withdrawn", ("window_clerk",)),
    ("opine", "entrusted", "opined", (CLOCK,)),
    ("set_aside", "opined", "accepted", (CLOCK,)),
    ("check_in", "scheduled", "present", ("exam_staff",)),
    ("terminate", "scheduled", "terminated", ("scheduler", "exam_staff")),
    ("group", "present", "grouped", ("exam_staff",)),
    ("terminate", "present", "terminated", ("scheduler", "exam_staff")),
    ("regroup", "grouped", "present", ("draw_officer", "exam_staff")),
    ("regroup", "examining", "present", ("draw_officer", "exam_staff")),
    ("regroup", "deliberating", "present", ("draw_officer", "exam_staff")),
    ("examine", "grouped", "examining", (CLOCK,)),
    ("terminate", "grouped", "terminated", ("scheduler", "exam_staff")),
    ("deliberate", "examining", "deliberating", (CLOCK,)),
    ("opine", "examining", "opined", (CLOCK,)),
    ("terminate", "examining", "terminated", ("scheduler", "exam_staff")),
    ("opine", "deliberating", "opined", (CLOCK,)),
    ("review", "opined", "reviewed", ("reviewer",)),
    ("return", "reviewed", "opined", ("signer",)),
    ("conclude", "reviewed", "concluded", ("signer",)),
    ("served", "concluded", "delivered", (CLOCK,)),
    ("take_effect", "delivered", "effective", (CLOCK,)),
    ("take_back", "effective", "delivered", ("delivery_clerk",)),
    ("refuse", "submitted", "refused", ("window_clerk",)),
    ("reopen", "opined", "deliberating", ("reviewer",)),
    ("end_by_death", "submitted", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "supplement", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "accepted", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "entrusted", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "scheduled", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "present", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "grouped", "deceased", ("window_clerk", "delivery_clerk")),
    ("end_by_death", "examining", "deceased", ("window_clerk", "delivery_clerk")),
    ("archive", "refused", "archived", ("archivist",)),
    ("archive", "deceased", "archived", ("archivist",)),
    ("archive", "effective", "archived", ("archivist",)),
    ("archive", "abandoned", "archived", ("archivist",)),
    ("archive", "withdrawn", "archived", ("archivist",)),
    ("archive", "terminated", "archived", ("archivist",)),
)
"""The walk as 令55 gives it, written out a second time: what the program's own table is held against."""

OWES = {
    # state: (kind, by whom, which day)
    "submitted": ("check_papers", "window_clerk", date(2026, 3, 9)),
    "supplement": ("supplement", "applicant", date(2026, 3, 12)),
    "accepted": ("book", "scheduler", date(2026, 5, 1)),
    "entrusted": ("await_entrusted", "scheduler", date(2026, 5, 1)),
    "scheduled": ("receive_at_door", "exam_staff", date(2026, 5, 1)),
    "present": ("group", "exam_staff", date(2026, 5, 1)),
    "grouped": ("call", "exam_staff", date(2026, 5, 1)),
    "examining": ("opine", "experts", date(2026, 5, 1)),
    "deliberating": ("deliberate", "experts", date(2026, 5, 1)),
    "opined": ("review", "reviewer", date(2026, 5, 1)),
    "reviewed": ("sign", "signer", date(2026, 5, 1)),
    "concluded": ("deliver", "delivery_clerk", date(2026, 3, 17)),
    "delivered": ("remedies", "delivery_clerk", date(2026, 3, 17)),
    "effective": ("archive", "archivist", date(2026, 5, 1)),
    "refused": ("archive", "archivist", date(2026, 5, 1)),
    "deceased": ("archive", "archivist", date(2026, 5, 1)),
    "abandoned": ("archive", "archivist", date(2026, 5, 1)),
    "withdrawn": ("archive", "archivist", date(2026, 5, 1)),
    "terminated": ("archive", "archivist", date(2026, 5, 1)),
}
"""What a case received, and put in this state, on Monday 2026-03-02 owes."""

STATES = [state.value for state in State]
MATRIX = Matrix(WALK, tuple(STATES), a_case)
ACTS, answers, expected = MATRIX.acts, MATRIX.answers, MATRIX.expected
STAFF = [role.value for role in Role]
NOON = moment.at(date(2026, 3, 2), 12)


@pytest.fixture(autouse=True)
def monday_noon():
    with moment.fixed(NOON):
        yield


def somebody(who: str) -> User | None:
    """Whoever a word of the table means."""
    if who == CLOCK:
        return None
    return a_worker_user() if who == WORKER else a_member(Role(who))


# The table itself.


def test_the_programs_table_is_the_one_of_the_law():
    assert {(step.act, step.start, step.end) for step in MOVES} == {(act, start, end) for act, start, end, _ in WALK}
    assert len(MOVES) == len(WALK)


def test_no_act_leads_from_one_state_to_two():
    assert len({(step.act, step.start) for step in MOVES}) == len(MOVES)


def test_every_state_but_the_first_is_reached_and_every_state_but_the_last_is_left():
    assert {step.end for step in MOVES} == set(State)
    assert {step.start for step in MOVES} == set(State) - {State.ARCHIVED}


def test_from_every_state_there_is_a_way_to_the_archive():
    known = {State.ARCHIVED.value}
    for _ in STATES:
        known |= {step.start for step in MOVES if step.end in known}
    assert known == set(STATES)


def test_exactly_the_permissions_of_some_role_the_clock_and_the_parties_stand_in_the_table():
    held = {permission for role in Role for permission in PERMISSIONS[role]}
    assert {step.permission for step in MOVES} <= held | {"system", "party"}


# Who is answered what: 17 states by 20 acts for each person.


@pytest.mark.parametrize("role", STAFF)
def test_every_act_in_every_state_for_each_role(role):
    assert answers(lambda: a_member(Role(role))) == expected(role)


def test_every_act_in_every_state_for_the_party():
    assert answers(a_worker_user) == expected(WORKER)


def test_every_act_in_every_state_for_the_clock():
    assert answers(lambda: None) == expected(CLOCK)


@pytest.mark.parametrize("stranger", [an_outsider, an_employer_user, an_expert_user])
def test_every_act_in_every_state_for_who_has_no_part_in_the_case(stranger):
    assert answers(stranger) == expected()


@pytest.mark.parametrize("role", STAFF)
def test_every_act_in_every_state_for_the_same_role_of_another_office(role):
    there = an_office("QT", "他市劳动能力鉴定委员会")
    assert answers(lambda: a_member(Role(role), office=there)) == expected()


@pytest.mark.parametrize("role", STAFF)
def test_every_act_in_every_state_for_who_had_the_post_and_left_it(role):
    def former() -> User:
        user = a_member(Role(role))
        Post.objects.filter(user=user).update(ended_on=date(2026, 3, 1))
        return user

    assert answers(former) == expected()


@pytest.mark.parametrize("role", STAFF)
def test_every_act_in_every_state_for_whose_account_is_closed(role):
    def closed() -> User:
        user = a_member(Role(role))
        user.is_active = False
        return user

    assert answers(closed) == expected()


def test_somebody_with_two_posts_may_what_either_may():
    def both() -> User:
        user = a_member(Role.SCHEDULER)
        Post.objects.create(user=user, office=an_office(), role=Role.ARCHIVIST)
        return user

    assert answers(both) == expected("scheduler", "archivist")


def test_a_clerk_who_is_the_worker_of_a_case_has_both_hats():
    case, clerk = a_case(), a_clerk()
    join_case(case, clerk, capacity="worker")
    assert MATRIX.tried(case, clerk) == expected("window_clerk", WORKER)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["window_clerk", "scheduler", "exam_staff", "reviewer", "signer", "archivist"])
def test_the_buttons_are_what_would_be_allowed_and_nothing_else(state, role):
    case = a_case()
    case.state = state
    offered = {step.act for step in allowed_moves(case, by=a_member(Role(role)))}
    assert offered == {act for act, start, _, may in WALK if start == state and role in may}


def test_an_act_nobody_knows_is_refused_by_its_own_name():
    with pytest.raises(MoveNotAllowed, match="飞走"):
        move(a_case(), "飞走", by=a_clerk())


# What each allowed move leaves behind.


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=[f"{act}-{start}" for act, start, *_ in WALK])
def test_an_allowed_move_changes_the_state_and_tells_it_once(act, start, end, may):
    case = a_case(state=State(start))
    by, version = somebody(may[0]), case.version
    moved = move(case, act, by=by)
    stored = Case.objects.get(pk=case.pk)
    assert (moved.state, stored.state, stored.version) == (end, end, version + 1)
    passage = Passage.objects.filter(case=case).latest("pk")
    assert (passage.act, passage.start, passage.end, passage.by, passage.at) == (act, start, end, by, NOON)
    [entry] = LedgerEntry.objects.filter(chain=case.chain, act=f"case.{act}")
    assert (entry.facts["start"], entry.facts["end"], entry.by) == (start, end, by)
    assert entry.facts["article"].startswith("令55 第")


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=[f"{act}-{start}" for act, start, *_ in WALK])
def test_an_allowed_move_closes_what_was_owed_and_opens_what_is_owed_next(act, start, end, may):
    case = a_case(state=State(start))
    move(case, act, by=somebody(may[0]))
    owed = [each.kind for each in open_obligations(case)]
    assert owed == [each.kind for each in OWED.get(State(end), ())]
    assert not case.obligations.filter(state=start, fulfilled_at=None).exclude(state=end).exists()


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=[f"{act}-{start}" for act, start, *_ in WALK])
def test_a_refused_move_leaves_no_trace(act, start, end, may):
    case = a_case(state=State(start))
    before = (case.version, case.passages.count(), LedgerEntry.objects.count(), list(open_obligations(case)))
    with pytest.raises(NotYours):
        move(case, act, by=an_outsider())
    case.refresh_from_db()
    assert (case.state, case.version, case.passages.count()) == (start, *before[:2])
    assert (LedgerEntry.objects.count(), list(open_obligations(case))) == before[2:]


@pytest.mark.parametrize(("act", "start", "end", "may"), WALK, ids=[f"{act}-{start}" for act, start, *_ in WALK])
def test_a_move_from_a_sight_that_is_past_is_refused(act, start, end, may):
    seen = a_case(state=State(start))
    Case.objects.filter(pk=seen.pk).update(state=State.ARCHIVED, closed_at=NOON)
    with pytest.raises(MovedMeanwhile, match="已归档"):
        move(seen, act, by=somebody(may[0]))
    assert not LedgerEntry.objects.filter(act=f"case.{act}").exists()


@pytest.mark.parametrize("state", list(OWES))
def test_each_state_owes_one_thing_by_one_desk_or_party_until_its_day(state):
    case = a_case() if state == "submitted" else a_case(state=State(state))
    kind, who, due = OWES[state]
    [owed] = open_obligations(case)
    assert (owed.kind, owed.role or owed.party, owed.due_on) == (kind, who, due)
    assert owed.article.startswith("令55 第")
    assert owed.office == case.office


def test_an_archived_case_owes_nothing_and_is_closed():
    case = a_case(state=State.EFFECTIVE)
    moved = move(case, "archive", by=a_member(Role.ARCHIVIST))
    assert (moved.closed_at, open_obligations(moved).count()) == (NOON, 0)
    assert moved.state in PROCEDURE.closed


def test_what_is_late_already_is_not_owed_for_a_day_gone_by():
    case = a_case()
    with moment.fixed(moment.at(date(2026, 8, 3))):
        moved = move(case, "withdraw", by=a_worker_user())
        assert open_obligations(moved).get().due_on == date(2026, 8, 3)


def test_coming_back_to_a_state_owes_its_work_anew():
    case = a_case(state=State.SCHEDULED)
    move(case, "reschedule", by=a_member(Role.SCHEDULER))
    move(case, "book", by=a_member(Role.SCHEDULER))
    assert [each.kind for each in open_obligations(case)] == ["receive_at_door"]
    assert case.obligations.filter(kind="receive_at_door").count() == 2


# Walks through the table at random; the same ones every time.


def step_at_random(case: Case, dice: random.Random) -> tuple[str, int]:
    """Take one of the steps that somebody may take here; (state, how much is owed then)."""
    act, _, _, may = dice.choice([row for row in WALK if row[1] == case.state])
    move(case, act, by=somebody(dice.choice(may)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the database's own guard against limbo, now
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return case.state, open_obligations(case).count()


def walk(seed: int, most: int = 15) -> tuple[Case, list[tuple[str, int]]]:
    """A walk until the archive or for `most` steps."""
    dice, case, seen = random.Random(seed), a_case(), []
    while case.state != State.ARCHIVED and len(seen) < most:
        seen.append(step_at_random(case, dice))
    return case, seen


@pytest.mark.parametrize("seed", range(8))
def test_l04_whatever_happens_an_open_case_owes_something_and_its_ledger_holds(seed):
    case, seen = walk(seed)
    assert {owed for state, owed in seen if state != "archived"} == {1}
    assert {owed for state, owed in seen if state == "archived"} <= {0}
    passages = list(case.passages.order_by("id"))
    assert [each.end for each in passages[:-1]] == [each.start for each in passages[1:]]
    assert (len(passages), passages[-1].end, case.version) == (1 + len(seen), case.state, 1 + len(seen))
    assert verify() == (1 + len(seen), [])
