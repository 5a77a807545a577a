"""Where a case stands, in words; and how the steps of an application are shown."""

from datetime import date, timedelta

import pytest

from gongjian.accounts.tests.builders import a_worker_user, an_employer_user
from gongjian.appraisal.actions import withdraw
from gongjian.appraisal.states import State
from gongjian.appraisal.steps import STEPS
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_draft,
    a_submitted_case,
    an_accepted_case,
)
from gongjian.cases.tests.builders import put_in_state
from gongjian.grading.parts import all_parts
from gongjian.kernel import moment
from gongjian.portal import following, wizard

pytestmark = pytest.mark.django_db


def test_what_is_owed_names_office_role_day_and_working():
    [owed] = following.owed_now(a_submitted_case())
    assert (owed.what, owed.who, owed.due) == ("审查材料", "云溪市劳动能力鉴定委员会（窗口受理）", date(2026, 3, 9))
    assert owed.deadline is not None
    assert owed.deadline.lines
    assert not owed.mine


def test_what_the_applicant_owes_is_marked_as_theirs():
    case, _ = a_case_to_supplement()
    [owed] = following.owed_now(case)
    assert (owed.what, owed.who, owed.mine) == ("补正材料", "您（申请人）", True)


def test_what_happened_comes_first_and_what_is_to_come_after_it():
    events = following.events(an_accepted_case())
    assert [(event.title, event.state) for event in events] == [
        ("提交申请", "done"),
        ("受理", "done"),
        ("安排鉴定时间和地点", "now"),
        ("现场鉴定", "later"),
        ("作出结论", "later"),
        ("送达结论书", "later"),
        ("结论生效", "later"),
    ]
    assert [event.on for event in events if event.title == "作出结论"] == [date(2026, 5, 1)]


@pytest.mark.parametrize("state", [State.REFUSED, State.ABANDONED, State.WITHDRAWN, State.TERMINATED, State.DECEASED])
def test_what_has_ended_promises_no_next_step(state):
    case = put_in_state(a_submitted_case(), state)
    assert [event.state for event in following.events(case)] == ["done"]


@pytest.mark.parametrize("state", [state for state in State if state != State.ARCHIVED])
def test_every_state_has_words_a_colour_and_a_promise(state):
    case = put_in_state(a_submitted_case(), state) if state != State.SUBMITTED else a_submitted_case()
    assert following.state_label(case)
    assert following.state_kind(case) in {"info", "good", "warn", "bad", "neutral"}
    assert following.promise(case)


def moves_of(case, user) -> list[str]:
    return [label for label, _ in following.my_moves(case, by=user)]


def test_a_worker_can_withdraw_and_when_asked_supplement():
    assert moves_of(a_submitted_case(), a_worker_user()) == ["撤回申请"]
    assert moves_of(a_case_to_supplement()[0], a_worker_user()) == ["补交材料", "撤回申请"]


def test_who_did_not_apply_is_offered_nothing():
    case = a_submitted_case()
    case.parties.create(user=an_employer_user(), capacity="employer", since=MONDAY)
    assert moves_of(case, an_employer_user()) == []


def test_what_has_ended_offers_nothing():
    assert moves_of(withdraw(a_submitted_case(), by=a_worker_user()), a_worker_user()) == []


def test_limits_carry_their_workings_met_or_not():
    limits = following.running_limits(an_accepted_case())
    assert [(deadline.limit, row.met_on) for deadline, row in limits] == [
        ("LA-DECIDE", None),
        ("LA-REVIEW", date(2026, 3, 2)),
    ]


# The steps of an application.


def test_the_stepper_marks_what_is_filled_in():
    draft = a_draft(papers=())
    standing = [state for _, state, _ in wizard.stepper_of(draft, "materials")]
    assert standing == [*["done"] * 7, "now", "later", "later"]
    assert len(standing) == len(STEPS)


def test_every_part_of_the_body_stands_once_in_the_groups():
    draft = a_draft(papers=())
    rows = [row.name for _, _, rows in wizard.part_groups(wizard.form_of(draft, "injury")["parts"]) for row in rows]
    assert sorted(rows) == sorted(part.name for part in all_parts())


def test_a_group_with_something_ticked_is_open():
    draft = a_draft(papers=())
    groups = wizard.part_groups(wizard.form_of(draft, "injury")["parts"])
    assert [title for title, ticked, _ in groups if ticked] == ["肩、手臂和手"]


def test_a_worker_does_not_type_the_own_name_and_telephone_twice():
    draft = a_draft(papers=())
    draft.told = {"applicant": draft.told["applicant"]}
    assert wizard.form_of(draft, "person")["name"].value() == "林知远"
    assert wizard.form_of(draft, "person")["telephone"].value() == "19900000001"
    assert wizard.form_of(draft, "address")["delivery_name"].value() == "林知远"
    assert wizard.form_of(draft, "hospital")["hospital"].value() is None


def test_the_summary_says_every_answer_in_words():
    facts = {label: value for each in wizard.summary(a_draft(papers=())) for label, value in each.facts}
    assert facts["您以什么身份申请"] == "工伤职工本人"
    assert facts["工伤认定的受伤部位"] == "右指"
    assert facts["证件类型"] == "居民身份证"
    assert facts["同意电子送达：文书送到本平台“消息”中即为送达"] == "是"


def test_the_summary_says_what_is_wrong_where_it_is():
    shown = wizard.summary(a_draft(papers=(), hospital={"hospital": ""}))
    assert [(each.title, len(each.problems)) for each in shown if each.problems] == [("医院和科室", 1)]


def test_missing_papers_are_named_by_their_titles():
    assert wizard.missing_titles(a_draft(papers=("diagnosis",))) == ["完整的病历资料", "被鉴定人的身份证件"]
    assert wizard.missing_titles(a_draft()) == []


def test_the_checklist_takes_a_known_number_of_queries(django_assert_max_num_queries):
    draft = a_draft()
    with django_assert_max_num_queries(5):
        assert [len(line.pages) for line in wizard.paper_lines(draft)] == [1, 1, 1, 0, 0]


def test_an_odd_credit_code_is_a_warning():
    draft = a_draft(papers=(), employer={"credit_code": "12"})
    assert wizard.warnings_of(draft)
    assert not wizard.warnings_of(a_draft(papers=()))


def test_days_left_follow_the_clock():
    case = a_submitted_case()
    [owed] = following.owed_now(case)
    with moment.fixed(MONDAY + timedelta(days=7)):
        assert owed.deadline is not None
        assert owed.deadline.days_left(moment.today()) == 0
