"""What `gongjian check` finds in cases."""

from datetime import date

import pytest
from django.db import connection

from gongjian.cases import checks
from gongjian.cases.models import CaseLimit, Obligation
from gongjian.cases.tests.builders import a_case
from gongjian.config.checks import run_checks

pytestmark = pytest.mark.django_db


def past_the_triggers(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is due now is checked now, not at the end of the test
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_a_sound_house_has_no_problem():
    a_case()
    assert [found for _, found in run_checks(["limbo", "case_numbers", "due_days", "ledger"]) if found] == []


def test_l04_a_case_that_owes_nothing_is_found():
    case = a_case()
    past_the_triggers("UPDATE cases_obligation SET fulfilled_at = now()")
    assert [problem.about for problem in checks.limbo()] == [case.number]


def test_a_case_in_an_unknown_state_is_found():
    case = a_case()
    past_the_triggers("UPDATE cases_case SET state = 'nowhere'")
    assert [problem.about for problem in checks.limbo()] == [case.number]


def test_a_gap_in_the_case_numbers_is_found():
    a_case()
    past_the_triggers("UPDATE cases_numberseries SET last = 2")
    assert [problem.about for problem in checks.case_numbers()] == ["YXJD-2026-"]


def test_a_due_day_that_disagrees_with_its_working_is_found():
    a_case()
    CaseLimit.objects.filter(limit="LA-DECIDE").update(due_on=date(2026, 5, 2))
    assert [problem.sentence for problem in checks.due_days()] == ["期限LA-DECIDE存为2026-05-02，重算为2026-05-01。"]


def test_an_obligation_whose_day_left_its_limit_is_found():
    a_case()
    Obligation.objects.update(due_on=date(2026, 3, 20))
    assert [problem.sentence for problem in checks.due_days()] == ["待办的到期日与其期限不一致。"]


def test_a_check_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        list(run_checks(["nothing"]))
