"""Who may apply until when, where, and which unit answers."""

import pytest

from gongjian.law.recognition.answers import read_answers
from gongjian.law.recognition.wording import as_answer

KNOWN = {"injured_on": "2026-03-02", "applied_on": "2026-03-20", "applicant": "worker", "insured": True}


def answer(**told):
    return as_answer(read_answers({name: value for name, value in {**KNOWN, **told}.items() if value is not ...}))


def limits(**told):
    return {one["side"]: one for one in answer(**told)["time_limits"]}


def texts(**told):
    return "".join(one["text"] for one in answer(**told)["notes"])


@pytest.mark.parametrize(
    ("applied_on", "employer", "worker"),
    [
        ("2026-03-02", True, True),
        ("2026-04-01", True, True),
        ("2026-04-02", False, True),
        ("2027-03-02", False, True),
        ("2027-03-03", False, False),
        (..., None, None),
    ],
)
def test_thirty_days_for_the_employer_and_a_year_for_the_workers_side(applied_on, employer, worker):
    found = limits(applied_on=applied_on)
    assert (found["employer"]["in_time"], found["worker"]["in_time"]) == (employer, worker)


def test_the_employers_time_may_be_extended():
    found = limits(employer_extended_on="2026-03-30", employer_extension_days=30, applied_on="2026-05-05")
    assert (found["employer"]["act_by"], found["worker"]["act_by"]) == ("2026-05-06", "2027-03-02")


@pytest.mark.parametrize(
    "ground", ["force_majeure", "liberty_restricted", "employer_cause", "registration_failed", "labour_dispute"]
)
def test_five_grounds_do_not_count_in_the_year(ground):
    told = [{"ground": ground, "from": "2026-05-01", "until": "2026-05-31"}]
    found = limits(not_counted=told, applied_on="2027-04-01")
    assert found["worker"]["in_time"] is True
    assert found["employer"]["act_by"] == "2026-04-01"
    assert limits(applied_on="2027-04-01")["worker"]["in_time"] is False


def test_a_ground_that_still_lasts_keeps_the_year_open():
    told = [{"ground": "labour_dispute", "from": "2026-05-01"}]
    assert limits(not_counted=told, applied_on="2028-01-10")["worker"]["in_time"] is True


def test_without_the_day_of_the_injury_there_is_no_limit_and_it_is_asked_for():
    found = answer(injured_on=...)
    assert found["time_limits"] == []
    assert "injured_on" in [one["question"] for one in found["missing"]]


def test_the_employer_that_is_late_bears_the_costs_of_the_delay():
    assert "由该用人单位负担" in texts(applied_on="2026-06-01")
    assert "由该用人单位负担" not in texts(applied_on="2026-03-20")


@pytest.mark.parametrize(("region", "words"), [("330100", "以先申请者为申请人"), ("370000", "为前提")])
def test_inside_the_employers_time_zhejiang_lets_the_worker_apply(region, words):
    assert words in texts(region=region)


def test_a_disputed_relation_is_sent_to_arbitration():
    assert "可以申请仲裁" in texts(relation_disputed=True)


def test_a_sudden_death_is_reported_within_five_working_days():
    assert "5个工作日" in texts(sudden_illness=True, died_at_once_or_within_48_hours=True)


@pytest.mark.parametrize(
    ("told", "region", "missing"),
    [
        ({"insured": True, "insured_region": "330100", "business_region": "370100"}, "330100", set()),
        ({"insured": False, "insured_region": "330100", "business_region": "370100"}, "370100", set()),
        ({"insured": True}, None, {"insured_region"}),
        ({"insured": False}, None, {"business_region"}),
        ({"insured": ...}, None, {"insured"}),
    ],
)
def test_the_insured_place_or_else_the_place_of_business(told, region, missing):
    found = answer(**told, employment="ordinary")
    asked = {one["question"] for one in found["missing"]} & {"insured", "insured_region", "business_region"}
    assert (found["jurisdiction"]["region"], asked) == (region, missing)


@pytest.mark.parametrize(
    ("employment", "words", "source"),
    [
        ("ordinary", "由用人单位承担", "条例 第二条"),
        ("dual", "受伤时为之工作的单位", "法释9 第三条、令13 第九条"),
        ("dispatch", "由派遣单位承担", "法释9 第三条"),
        ("assigned", "由指派单位承担", "法释9 第三条"),
        ("illegal_subcontract", "可以追偿", "法释9 第三条"),
        ("affiliated", "由被挂靠单位承担", "法释9 第三条"),
        ("seconded", "由原用人单位承担", "条例 第四十三条"),
        ("over_age", "年龄不是障碍", "令56 第二条、第十五条"),
    ],
)
def test_which_unit_answers(employment, words, source):
    found = answer(employment=employment)
    assert (words in found["liable_unit"]["text"], found["liable_unit"]["source"]) == (True, source)
    assert found["other_procedure"] is False


@pytest.mark.parametrize("employment", ["platform", "civil_servant", "illegal_unit"])
def test_some_kinds_of_work_have_a_procedure_of_their_own(employment):
    assert answer(employment=employment)["other_procedure"] is True


def test_the_kind_of_work_is_asked_for():
    found = answer(employment=...)
    assert found["liable_unit"] is None
    assert "employment" in [one["question"] for one in found["missing"]]


def test_being_late_by_the_year_names_what_is_no_ground_and_asks_for_the_five():
    late = as_answer(read_answers({"injured_on": "2025-03-02", "applied_on": "2026-03-04", "applicant": "worker"}))
    in_time = as_answer(read_answers({"injured_on": "2025-03-02", "applied_on": "2026-03-02", "applicant": "worker"}))
    assert any("住院治疗" in one["text"] for one in late["notes"])
    assert not any("住院治疗" in one["text"] for one in in_time["notes"])
