"""What an application may tell beyond the plain case: old injuries, several periods that do not count, the agent of a dead worker's relative."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.applications.actions import drafts
from gongjian.applications.actions.drafts import start_draft
from gongjian.applications.asking import all_faults
from gongjian.applications.errors import TooManyDrafts
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.law.parameters import parameter
from gongjian.law.recognition import standing
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.answers import as_kept, between, faults, not_counted
from gongjian.recognition.choices import NOT_COUNTED, PERIODS
from gongjian.recognition.models import Application
from gongjian.recognition.queries import missing_papers
from gongjian.recognition.queries.drafts import checklist_of
from gongjian.recognition.rules import is_in_time, standing_of
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.steps import STEPS, UNCOUNTED
from gongjian.recognition.tests.builders import MONDAY, a_bureau, the_clerk
from gongjian.recognition.tests.online import a_sent_case, a_written_draft, answers

ON = MONDAY.date()
RELATIVE = {
    "capacity": "agent",
    "applicant_name": "陆代言",
    "acts_for": "relative",
    "giver_name": "林母",
    "relation": "母亲",
}


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def standing_on(injured: date, **told: Any) -> Any:
    return standing_of(applicant="worker", injured_on=injured, applied_on=ON, region="990100", **told)


def wrong(step: str, **told: Any) -> dict[str, str]:
    return faults(STEPS.of(step), {**answers()[step], **told}, on=ON)


# Old injuries.


@pytest.mark.parametrize(
    ("injured", "last"),
    [
        (date(1998, 5, 6), "1999-05-06"),
        (date(2003, 12, 31), "2004-12-31"),
        (date(2004, 1, 1), "2005-01-01"),
        (date(2010, 12, 31), "2011-12-31"),
        (date(2011, 1, 1), "2012-01-01"),
    ],
)
def test_art_67_an_injury_before_the_rules_of_today_has_its_limit_and_its_mark(injured: date, last: str):
    worker = standing.time_limits(standing_on(injured))[1]
    assert worker.clock["strict"] == last
    assert worker.in_time is False
    sure = parameter("worker_apply_years", on=injured).confidence
    assert (sure == "memory") == (injured < date(2011, 1, 1))


def test_art_67_of_an_injury_before_2004_it_is_said_that_the_start_is_read_in_different_ways():
    for injured, said in ((date(2003, 12, 31), True), (date(2004, 1, 1), False)):
        told = standing_on(injured)
        notes = standing.notes(told, standing.time_limits(told))
        assert any(note.source == "条例 第六十七条" for note in notes) is said


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_an_old_injury_is_entered_with_the_reason_and_is_not_stopped():
    old = {"injury": {"injured_on": "2002-04-05"}, "medical": {"diagnosed_on": "2002-04-05"}}
    draft = a_written_draft(**old)
    assert [field for _, field, _ in all_faults(draft)] == ["late_reason"]
    page = text_of(signed_in_as(draft.user).get(reverse("portal:step", args=[draft.token, "time"])))
    assert "2004年1月1日以前的伤害" in page
    case = a_sent_case(by=a_worker_user(), **old, time={"late_reason": "当年单位停产，一直没有办理。"})
    assert Application.objects.get(case=case).injured_on == date(2002, 4, 5)


# Several periods.


def test_each_period_has_its_fields_and_the_ministrys_list_is_offered():
    assert len(UNCOUNTED) == 3 * len(PERIODS) == 9
    assert set(UNCOUNTED) <= set(STEPS.of("time").fields)
    assert "材料遗失" in NOT_COUNTED["registration_failed"]
    assert "强制措施" in NOT_COUNTED["liberty_restricted"]
    assert "other_by_law" in NOT_COUNTED


def test_several_periods_are_taken_each_with_its_ground():
    told = {
        "not_counted": "labour_dispute", "not_counted_from": "2025-03-01", "not_counted_until": "2025-06-01",
        "not_counted_2": "force_majeure", "not_counted_from_2": "2025-07-01", "not_counted_until_2": "",
        "not_counted_3": "other_by_law", "not_counted_from_3": "",
    }  # fmt: skip
    assert not_counted(told) == [
        {"ground": "labour_dispute", "from": "2025-03-01", "until": "2025-06-01"},
        {"ground": "force_majeure", "from": "2025-07-01", "until": None},
    ]


def test_art_7_of_the_court_two_periods_count_together_and_what_overlaps_once():
    injured = date(2024, 12, 1)
    first = {"ground": "labour_dispute", "from": "2025-03-01", "until": "2025-04-01"}
    second = {"ground": "other_by_law", "from": "2025-06-01", "until": "2025-08-15"}
    inside = {"ground": "force_majeure", "from": "2025-06-10", "until": "2025-06-20"}
    assert not is_in_time(standing_on(injured, not_counted=[first]))
    assert is_in_time(standing_on(injured, not_counted=[first, second]))
    ends = [
        standing.time_limits(standing_on(injured, not_counted=each))[1].clock["strict"]
        for each in ([first, second], [first, second, inside])
    ]
    assert ends[0] == ends[1]


@pytest.mark.parametrize("ending", PERIODS)
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"not_counted": "labour_dispute"}, "not_counted_from"),
        ({"not_counted_from": "2025-03-01"}, "not_counted"),
        ({"not_counted": "weather", "not_counted_from": "2025-03-01"}, "not_counted"),
        (
            {"not_counted": "labour_dispute", "not_counted_from": "2025-03-02", "not_counted_until": "2025-03-01"},
            "not_counted_until",
        ),
        ({"not_counted": "labour_dispute", "not_counted_from": "2027-03-02"}, "not_counted_from"),
    ],
)
def test_each_period_is_checked_by_itself(ending: str, told: dict[str, str], field: str):
    assert set(wrong("time", **{f"{name}{ending}": value for name, value in told.items()})) == {f"{field}{ending}"}


# The agent of a dead worker's relative.


def test_who_acts_for_a_relative_of_the_dead_says_for_whom():
    assert wrong("applicant", **RELATIVE) == {}
    assert set(wrong("applicant", **{**RELATIVE, "giver_name": "", "relation": ""})) == {"giver_name", "relation"}
    assert set(wrong("applicant", **{**RELATIVE, "acts_for": "friend"})) == {"acts_for"}


def test_the_dead_give_no_power():
    told = {**RELATIVE, "acts_for": "worker", "died_on": "2026-02-11"}
    assert [(step, field) for step, field, _ in between(told)] == [("applicant", "acts_for")]
    assert list(between({**told, "acts_for": "relative"})) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_the_agent_of_a_relative_stands_on_the_workers_side_and_proves_power_and_relation():
    draft = a_written_draft(applicant=RELATIVE, injury={"died_on": "2026-02-11"})
    asked = [each.kind.code for each in checklist_of(draft) if each.required]
    assert {"mandate", "relation_proof"} <= set(asked)
    case = a_sent_case(applicant=RELATIVE, injury={"died_on": "2026-02-11"})
    row = Application.objects.get(case=case)
    assert (row.giver_name, row.relation, row.side) == ("林母", "母亲", Side.WORKER)
    assert {"mandate", "relation_proof"} <= {kind.code for kind in missing_papers(case)}
    page = text_of(signed_in_as(the_clerk()).get(reverse("recognition:check", args=[case.number])))
    assert "受林母（职工的母亲）委托" in page


def test_a_giver_told_by_somebody_else_is_not_kept():
    told = {name: value for fields in answers().values() for name, value in fields.items()}
    assert as_kept({**told, "giver_name": "林母"})["giver_name"] == ""


# Drafts.


@pytest.mark.django_db
def test_an_account_begins_only_so_many_applications(monkeypatch):
    monkeypatch.setattr(drafts, "MOST_BEGUN", 2)
    for _ in range(2):
        start_draft(by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    with pytest.raises(TooManyDrafts, match="已有2份"):
        start_draft(by=a_worker_user(), office=a_bureau(), procedure=RECOGNITION)
    start_draft(by=the_clerk(), office=a_bureau(), procedure=RECOGNITION, channel="window")
