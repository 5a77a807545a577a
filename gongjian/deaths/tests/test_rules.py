"""The day of a report, the hours between first diagnosis and death, and what an application takes over: by tables, without a database."""

from datetime import date

import pytest

from gongjian.deaths.rules import LATE, course_faults, hours_lived, is_late, report_by, taken_over
from gongjian.deaths.tests.builders import DIED, NUMBER, ONSET, REPORTED, SEEN, at, told
from gongjian.law.errors import NotInForce
from gongjian.law.limits import limit

REGION = "990100"


@pytest.mark.parametrize(
    ("died", "due"),
    [
        (date(2026, 3, 4), date(2026, 3, 11)),  # a Wednesday: Thu, Fri, Mon, Tue, Wed
        (date(2026, 3, 6), date(2026, 3, 13)),  # a Friday: the weekend does not count
        (date(2026, 4, 30), date(2026, 5, 11)),  # the day before the May holiday; the make-up Saturday counts
    ],
)
def test_five_working_days_run_from_the_day_after_the_death(died, due):
    """Law: 人社部发〔2013〕34号 第六条."""
    found = report_by(died, region=REGION)
    assert (found.due, found.start, found.is_partys) == (due, died, True)
    assert found.article == "人社部发〔2013〕34号 第六条" and found.lines


def test_a_report_on_the_last_day_is_in_time_and_one_on_the_next_day_is_late():
    by = report_by(date(2026, 3, 4), region=REGION)
    assert not is_late(by, date(2026, 3, 11)) and is_late(by, date(2026, 3, 12))


def test_being_late_takes_nothing_from_the_application_and_the_law_data_say_so_too():
    assert "不影响工伤认定的申请" in LATE
    assert "不影响工伤认定申请" in limit("WI-DEATH-REPORT").note


def test_a_death_before_the_rule_has_no_day():
    with pytest.raises(NotInForce):
        report_by(date(2013, 4, 24), region=REGION)


@pytest.mark.parametrize(
    ("seen", "died", "text"),
    [
        (SEEN, DIED, "31小时50分"),
        (at(2, 22, 15), at(4, 22, 14), "47小时59分"),
        (at(2, 22, 15), at(4, 22, 15), "48小时0分"),
        (at(2, 22, 15), at(4, 22, 16), "48小时1分"),
        (at(2, 22, 15), at(2, 22, 15), "0小时0分"),
        (at(2, 8), at(9, 9, 30), "169小时30分"),
    ],
)
def test_the_hours_are_counted_from_the_first_diagnosis_and_never_judged(seen, died, text):
    """Law: 劳社部函〔2004〕256号."""
    found = hours_lived(seen, died)
    assert found is not None and found.text == text
    told_in_words = "".join((found.text, *found.working))
    assert not any(word in told_in_words for word in ("超过", "未超", "以内", "属于", "符合"))


def test_the_working_names_both_instants_and_the_sum():
    found = hours_lived(SEEN, DIED)
    assert found is not None and found.working == (
        "初次诊断：2026年3月2日22:15",
        "死亡：2026年3月4日06:05",
        "相隔1天7小时50分，即1×24＋7＝31小时，另50分",
    )


def test_within_a_day_nothing_is_multiplied():
    found = hours_lived(at(2, 8), at(2, 9, 5))
    assert found is not None and found.working[-1] == "相隔1小时5分，即1小时5分"


def test_who_died_before_any_doctor_came_has_no_hours():
    assert hours_lived(None, DIED) is None


RIGHT = {"onset_at": ONSET, "first_seen_at": SEEN, "died_at": DIED, "reported_at": REPORTED, "now": REPORTED}


def test_a_course_that_follows_itself_is_right():
    assert course_faults(**RIGHT) == {}
    assert course_faults(**{**RIGHT, "first_seen_at": None}) == {}
    assert course_faults(**{**RIGHT, "onset_at": DIED, "first_seen_at": DIED}) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_seen_at": at(2, 21)}, "first_seen_at"),
        ({"died_at": at(2, 22)}, "died_at"),
        ({"died_at": at(2, 21), "first_seen_at": None}, "died_at"),
        ({"died_at": at(6, 9)}, "died_at"),
        ({"reported_at": at(4, 6)}, "reported_at"),
        ({"reported_at": at(5, 10)}, "reported_at"),
    ],
)
def test_what_cannot_have_been_so_is_said_at_its_field(change, field):
    assert field in course_faults(**{**RIGHT, **change})


def test_whoever_is_still_being_rescued_is_rescued_first():
    assert "全力抢救" in course_faults(**{**RIGHT, "died_at": at(6, 9)})["died_at"]


FACTS = {**told(), "employer_name": "云溪恒信仓储有限公司", "credit_code": "91990100MA0000001X", "employer_address": ""}


def test_everything_that_was_reported_is_taken_over_into_the_application():
    found = taken_over(FACTS, by_employer=True)
    assert found["applicant"] == {"capacity": "employer", "applicant_name": "周若岚"}
    assert found["person"]["id_number"] == NUMBER and found["person"]["occupation"] == "夜班保管员"
    assert found["employer"]["contact_name"] == "周若岚" and found["employer"]["employer_telephone"] == "19900000002"
    assert found["injury"] == {
        "kind": "accident",
        "injured_on": "2026-03-02",
        "happened_at": "21:40",
        "place": "三号仓库值班室",
        "cause": "当班巡库时胸口疼，倒在值班室门口。",
        "harm": "突发疾病死亡",
        "died_on": "2026-03-04",
    }
    assert found["medical"] == {"hospital": "云溪市第一人民医院", "diagnosed_on": "2026-03-02"}


def test_what_was_not_told_is_no_answer():
    found = taken_over({**FACTS, "telephone": "", "hospital": "", "first_seen_at": None}, by_employer=True)
    assert "telephone" not in found["person"] and "employer_address" not in found["employer"]
    assert found["medical"] == {}


def test_what_a_relative_told_makes_nobody_the_applicant():
    found = taken_over(FACTS, by_employer=False)
    assert "applicant" not in found and "contact_name" not in found["employer"]
