"""An expert's list of the day and the list of what was sealed."""

from datetime import date

import pytest

from gongjian.accounts.tests.builders import PASSWORD, a_clerk, an_expert_user
from gongjian.appraisal.states import State
from gongjian.kernel import moment
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.queries.access import Stage
from gongjian.opinions.queries.duties import Service, sealed_by, service_of, todays_lines
from gongjian.opinions.tests.builders import an_examining_case, an_opinion_of, the_experts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]


def sealed(code: str) -> None:
    user = the_experts(1)[0]
    declare_no_conflict(code, by=user)
    save_draft(code, an_opinion_of(9), version=1, by=user)
    seal_opinion(code, version=2, password=PASSWORD, by=user)


def test_what_is_still_to_do_stands_before_what_is_done(seated):
    codes = [seated.seat(an_examining_case()).exam_code for _ in range(3)]
    sealed(codes[0])
    declare_no_conflict(codes[1], by=the_experts(1)[0])
    lines = todays_lines(the_experts(1)[0])
    assert [(line.duty.exam_code, line.duty.stage) for line in lines] == [
        (codes[1], Stage.EXAMINE),
        (codes[2], Stage.DECLARE),
        (codes[0], Stage.SEALED),
    ]


@pytest.mark.parametrize("who", [a_clerk, lambda: an_expert_user("expert-other", "别组专家")])
def test_others_have_no_list(seated, who):
    seated.seat(an_examining_case())
    assert todays_lines(who()) == []


@pytest.mark.parametrize(("state", "stage"), [(State.GROUPED, Stage.DECLARE), (State.TERMINATED, Stage.OVER)])
def test_a_line_says_what_the_state_of_its_case_asks(seated, state, stage):
    seated.seat(an_examining_case(state=state))
    assert [line.duty.stage for line in todays_lines(the_experts(1)[0])] == [stage]


def test_what_was_sealed_is_listed_newest_first_and_for_its_author_only(seated):
    codes = [seated.seat(an_examining_case()).exam_code for _ in range(2)]
    for code in codes:
        sealed(code)
    assert [each.assignment.exam_code for each in sealed_by(the_experts(1)[0])] == codes[::-1]
    assert not sealed_by(the_experts(2)[1]).exists()


def test_art_26_the_service_of_each_year_is_proved_by_days_and_cases(seated):
    days = [date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 4)]
    for day in days:
        with moment.fixed(moment.at(day, 9)):
            sealed(seated.seat(an_examining_case()).exam_code)
    assert service_of(the_experts(1)[0]) == [Service(2027, days=1, cases=1), Service(2026, days=1, cases=2)]
    assert service_of(the_experts(2)[1]) == []
