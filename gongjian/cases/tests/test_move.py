"""Moves, obligations, duties and the clock of a case."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_reviewer,
    a_scheduler,
    a_worker_user,
    an_expert_user,
    an_office,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import extend, postpone, restart
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.move import allowed_moves, move, require_version
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import (
    CaseNotFound,
    ChangedMeanwhile,
    DutyConflict,
    ExtendedAlready,
    MovedMeanwhile,
    MoveNotAllowed,
    NotYours,
    ReasonMissing,
)
from gongjian.cases.models import Case, CaseDuty, CaseLimit, Obligation
from gongjian.cases.queries import case_for, open_obligations, search, visible_to, worklist
from gongjian.cases.queries.clock import deadline_of
from gongjian.cases.tests.builders import RECEIVED, a_case, put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.law.errors import ExtensionTooLate

pytestmark = pytest.mark.django_db


def test_a_new_case_owes_the_check_of_its_papers_within_five_working_days():
    case = a_case()
    [owed] = open_obligations(case)
    assert (owed.kind, owed.role, owed.due_on) == ("check_papers", "window_clerk", date(2026, 3, 9))


def test_a_new_case_must_be_decided_sixty_days_after_its_receipt():
    assert a_case().due_on == date(2026, 5, 1)


def test_case_numbers_of_an_office_and_year_follow_each_other():
    numbers = [a_case().number for _ in range(3)]
    assert numbers == ["YXJD-2026-000001", "YXJD-2026-000002", "YXJD-2026-000003"]


def test_the_clerk_accepts_a_submitted_case_and_the_scheduler_owes_the_booking():
    case = move(a_case(), "accept", by=a_clerk())
    assert case.state == State.ACCEPTED
    assert [owed.kind for owed in open_obligations(case)] == ["book"]


def test_a_move_leaves_a_passage_and_a_ledger_entry():
    case = move(a_case(), "accept", by=a_clerk())
    assert [passage.act for passage in case.passages.order_by("id")] == ["submit", "accept"]
    assert list(LedgerEntry.objects.filter(chain=case.chain).order_by("sequence").values_list("act", flat=True)) == [
        "case.opened",
        "case.accept",
    ]
    assert verify() == (2, [])


@pytest.mark.parametrize("person", [a_reviewer, a_scheduler, an_outsider, a_worker_user, an_expert_user])
def test_nobody_but_the_window_accepts(person):
    case = a_case()
    with pytest.raises(NotYours):
        move(case, "accept", by=person())
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_a_clerk_of_another_office_does_not_accept():
    case = a_case(office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with pytest.raises(NotYours):
        move(case, "accept", by=a_clerk())


def test_a_case_is_not_accepted_twice():
    case = move(a_case(), "accept", by=a_clerk())
    with pytest.raises(MoveNotAllowed, match="已受理"):
        move(case, "accept", by=a_clerk())


def test_the_second_of_two_who_move_from_the_same_sight_is_refused():
    seen = a_case()
    move(Case.objects.get(pk=seen.pk), "accept", by=a_clerk())
    with pytest.raises(MovedMeanwhile, match="已受理"):
        move(seen, "accept", by=a_clerk())
    assert LedgerEntry.objects.filter(act="case.accept").count() == 1


def test_buttons_are_the_moves_of_the_state_that_the_person_may_take():
    assert {step.act for step in allowed_moves(a_case(), by=a_clerk())} == {
        "accept",
        "ask_supplement",
        "end_by_death",
        "give_up",
        "receive_withdrawal",
        "refuse",
    }
    assert allowed_moves(a_case(), by=an_outsider()) == []


def test_an_edit_on_an_older_version_is_refused():
    case = a_case()
    require_version(case, 1)
    move(case, "accept", by=a_clerk())
    with pytest.raises(ChangedMeanwhile):
        require_version(case, 1)


@pytest.mark.django_db(transaction=True)
def test_l04_the_database_refuses_to_leave_an_open_case_without_an_obligation():
    case = a_case()
    with pytest.raises(IntegrityError, match="without an obligation"), transaction.atomic():
        fulfil(case, "check_papers")
    assert open_obligations(case).count() == 1


@pytest.mark.django_db(transaction=True)
def test_l04_the_database_refuses_an_open_case_that_never_had_one():
    case = a_case()
    with pytest.raises(IntegrityError, match="without an obligation"), transaction.atomic():
        Case.objects.create(
            number="X",
            office=case.office,
            procedure=case.procedure,
            state="submitted",
            person=case.person,
            received_at=RECEIVED,
        )


def test_l05_the_same_thing_is_not_owed_twice():
    case = a_case()
    first = owe(case, "chase", due=date(2026, 3, 5), article="令55 第十七条", role="delivery_clerk")
    again = owe(case, "chase", due=date(2026, 3, 6), article="令55 第十七条", role="delivery_clerk")
    assert first.pk == again.pk


def test_past_states_are_not_edited():
    passage = a_case().passages.get()
    with pytest.raises(Exception, match=r"[Cc]annot update"), transaction.atomic():
        type(passage).objects.filter(pk=passage.pk).update(end="accepted")


def test_acceptor_reviewer_draw_officer_and_signer_are_different_people():
    case, clerk = a_case(), a_clerk()
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=clerk)
    with pytest.raises(DutyConflict, match=r"受理.*签发"):
        take_duty(case, CaseDuty.Duty.SIGNER, by=clerk)
    take_duty(case, CaseDuty.Duty.SIGNER, by=the_signer())
    take_duty(case, CaseDuty.Duty.DRAW_OFFICER, by=a_draw_officer())
    assert case.duties.count() == 3


def test_an_extension_gives_thirty_days_once_and_moves_what_is_owed():
    case = put_in_state(a_case(), State.ACCEPTED)
    with moment.fixed(moment.at(date(2026, 4, 1))):
        extend(case, reason="伤情复杂，涉及三个科别", by=a_reviewer())
        assert case.due_on == date(2026, 5, 31)
        assert open_obligations(case).get().due_on == date(2026, 5, 31)
        with pytest.raises(ExtendedAlready):
            extend(case, reason="再延长", by=a_reviewer())


def test_an_extension_decided_after_the_limit_ran_out_is_refused():
    case = put_in_state(a_case(), State.ACCEPTED)
    with moment.fixed(moment.at(date(2026, 5, 2))), pytest.raises(ExtensionTooLate):
        extend(case, reason="伤情复杂", by=a_reviewer())


def test_an_extension_on_the_last_day_is_in_time():
    case = put_in_state(a_case(), State.ACCEPTED)
    with moment.fixed(moment.at(date(2026, 5, 1))):
        assert extend(case, reason="伤情复杂", by=a_reviewer()).due_on == date(2026, 5, 31)


def test_an_extension_without_a_reason_is_refused():
    with pytest.raises(ReasonMissing):
        extend(a_case(), reason="  ", by=a_reviewer())


def test_overlapping_reschedules_postpone_the_decision_by_each_day_once():
    case = a_case()
    postpone(case, first=date(2026, 4, 1), until=date(2026, 4, 8), reason="住院", by=a_scheduler())
    postpone(case, first=date(2026, 4, 1), until=date(2026, 4, 15), reason="住院", by=a_scheduler())
    assert case.due_on == date(2026, 5, 15)


def test_a_restarted_limit_counts_from_its_new_start_and_keeps_the_old_one():
    case = a_case()
    restart(case, "LA-DECIDE", start=date(2026, 3, 12), reason="补正材料收齐", article="令55 第十条", by=None)
    row = CaseLimit.objects.get(case=case, limit="LA-DECIDE")
    assert (row.start_on, case.due_on) == (date(2026, 3, 2), date(2026, 5, 11))
    assert deadline_of(row).start == date(2026, 3, 12)


def test_the_worklist_shows_a_desk_its_own_work_oldest_due_day_first():
    late = a_case(received_at=RECEIVED.replace(day=9))
    early = a_case()
    assert [row.case_id for row in worklist(a_clerk()).rows] == [early.pk, late.pk]
    assert worklist(a_scheduler()).rows == []


def test_the_worklist_goes_on_after_the_last_row_of_a_page():
    cases = [a_case() for _ in range(3)]
    first = worklist(a_clerk(), size=2)
    rest = worklist(a_clerk(), size=2, after=first.after)
    assert [row.case_id for row in first.rows + rest.rows] == [case.pk for case in cases]


def test_the_worklist_takes_the_same_number_of_queries_for_one_case_and_for_many(django_assert_num_queries):
    clerk = a_clerk()
    for _ in range(5):
        a_case()
    clerk.posts_held()
    with django_assert_num_queries(1):
        assert [row.case.person.name for row in worklist(clerk).rows] == ["林知远"] * 5


def test_l08_a_stranger_sees_no_case_in_list_detail_or_search():
    case = a_case()
    stranger = an_outsider()
    assert not visible_to(stranger).exists()
    assert search(stranger, "林知远") == []
    with pytest.raises(CaseNotFound):
        case_for(case.number, by=stranger)


def test_an_expert_finds_no_case_by_its_number():
    with pytest.raises(CaseNotFound):
        case_for(a_case().number, by=an_expert_user())


@pytest.mark.parametrize("text", ["林知", "lzy", "YXJD-2026-0000", "99010119850312001"])
def test_a_clerk_finds_a_case_by_name_initials_number_or_identity_number(text):
    case = a_case()
    wanted = case.person.id_number if text.isdigit() else text
    assert search(a_clerk(), wanted) == [case]


def test_only_the_party_withdraws():
    case = a_case()
    with pytest.raises(NotYours):
        move(case, "withdraw", by=a_clerk())
    assert move(case, "withdraw", by=a_worker_user()).state == State.WITHDRAWN


def test_a_role_or_a_party_owes_never_both():
    case = a_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.create(
            case=case,
            kind="x",
            office=case.office,
            role="signer",
            party="worker",
            due_on=RECEIVED.date(),
            article="",
            opened_at=RECEIVED,
        )


def test_constraints_are_checked_now():
    a_case()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
