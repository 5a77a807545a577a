"""The rules of an application as tables of cases, without a database."""

from datetime import date
from typing import Any

import pytest

from gongjian.applications.asking import all_faults
from gongjian.applications.errors import ReceivedDayWithoutReason, StepUnknown
from gongjian.applications.models import Draft
from gongjian.applications.rules import RELATIONS, Capacity, check_received_day, day_of
from gongjian.appraisal.errors import SupplementLate
from gongjian.appraisal.rules import (
    CAPACITIES,
    GROUNDS,
    check_handed_in,
    check_later_day,
    faults,
    is_lapsed,
    last_day,
    normal_number,
)
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import STEPS
from gongjian.law.errors import DayOutOfBounds
from gongjian.law.identity import id_check_digit

TODAY = date(2026, 3, 2)
NUMBER = "99010119850312001" + id_check_digit("99010119850312001")
RIGHT: dict[str, dict[str, Any]] = {
    "applicant": {"capacity": "worker", "applicant_name": "林知远"},
    "person": {
        "name": "林知远",
        "id_type": "resident_id",
        "id_number": NUMBER,
        "telephone": "19900000001",
        "address": "云溪市",
    },
    "employer": {"employer_name": "云溪恒信机械有限公司"},
    "recognition": {
        "recognition_number": "云溪人社工认〔2025〕31号",
        "recognition_on": "2025-11-20",
        "injured_on": "2025-09-08",
    },
    "injury": {"ground": "stable", "parts": ["133:right"], "injury_state": "活动不便"},
    "hospital": {"hospital": "云溪市人民医院"},
    "address": {"delivery_name": "林知远", "delivery_telephone": "19900000001", "delivery_address": "云溪市"},
}


def wrong_fields(step: str, **changes: object) -> list[str]:
    return sorted(faults(STEPS.of(step), {**RIGHT[step], **changes}, on=TODAY))


def test_complete_answers_have_no_fault():
    assert all_faults(Draft(procedure=INITIAL, told=RIGHT), on=TODAY) == []


def test_an_empty_application_lacks_every_required_field_in_the_order_of_the_steps():
    found = all_faults(Draft(procedure=INITIAL, told={}), on=TODAY)
    assert [step for step, _, _ in found] == [step.code for step in STEPS.filled_in for _ in step.required]


@pytest.mark.parametrize(
    ("step", "changes", "wrong"),
    [
        ("applicant", {"capacity": "neighbour"}, ["capacity"]),
        ("applicant", {"capacity": "employer"}, []),
        ("applicant", {"capacity": "agent"}, ["acts_for"]),
        ("applicant", {"capacity": "agent", "acts_for": "worker"}, []),
        ("applicant", {"capacity": "agent", "acts_for": "employer"}, []),
        ("applicant", {"capacity": "agent", "acts_for": "bank"}, ["acts_for"]),
        ("applicant", {"capacity": "agent", "acts_for": "worker", "mandate_until": "2026-03-02"}, []),
        ("applicant", {"capacity": "agent", "acts_for": "worker", "mandate_until": "2026-03-01"}, ["mandate_until"]),
        ("applicant", {"capacity": "agent", "acts_for": "worker", "mandate_until": "明年"}, ["mandate_until"]),
        ("applicant", {"capacity": "relative", "relation": "女儿"}, ["unable_reason"]),
        ("person", {"id_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, ["id_number"]),
        ("person", {"id_number": "990101850312001"}, ["id_number"]),
        ("person", {"id_type": "passport", "id_number": "E12345678"}, []),
        ("person", {"id_type": "library_card"}, ["id_type"]),
        ("person", {"id_type": "residence_permit"}, ["id_number"]),
        ("person", {"telephone": "+86 199 0000 0001"}, []),
        ("person", {"telephone": "0571-1234567"}, ["telephone"]),
        ("employer", {"credit_code": "not a code"}, []),
        ("recognition", {"recognition_on": "2025-09-08"}, []),
        ("recognition", {"recognition_on": "2025-09-07"}, ["recognition_on"]),
        ("recognition", {"recognition_on": "2026-03-02"}, []),
        ("recognition", {"recognition_on": "2026-03-03"}, ["recognition_on"]),
        ("recognition", {"injured_on": "someday"}, ["injured_on"]),
        ("injury", {"parts": ["133:both", "040"]}, []),
        ("injury", {"parts": ["000"]}, ["parts"]),
        ("injury", {"parts": ["040:left"]}, ["parts"]),
        ("injury", {"parts": []}, ["parts"]),
        ("injury", {"ground": "bored"}, ["ground"]),
        ("address", {"delivery_telephone": "1"}, ["delivery_telephone"]),
        ("address", {"electronic_consent": False}, []),
    ],
)
def test_art_09_what_is_right_and_what_is_wrong_in_a_step(step, changes, wrong):
    assert wrong_fields(step, **changes) == wrong


@pytest.mark.parametrize("relation", RELATIONS)
def test_art_08_a_near_relative_names_the_relation(relation):
    assert wrong_fields("applicant", capacity="relative", relation=relation, unable_reason="住院治疗") == []


@pytest.mark.parametrize("relation", ["", "邻居", None])
def test_art_08_who_is_no_near_relative_does_not_apply_as_one(relation):
    assert wrong_fields("applicant", capacity="relative", relation=relation, unable_reason="住院治疗") == ["relation"]


@pytest.mark.parametrize("ground", list(GROUNDS))
def test_art_07_stable_or_leave_ended(ground):
    assert wrong_fields("injury", ground=ground) == []


def test_every_capacity_has_its_words():
    assert set(CAPACITIES) == set(Capacity) - {Capacity.UNION, Capacity.OFFICE}


def test_no_fault_repeats_the_number_it_refuses():
    [sentence] = faults(STEPS.of("person"), {**RIGHT["person"], "id_number": "123456"}, on=TODAY).values()
    assert "123456" not in sentence


@pytest.mark.parametrize(("text", "day"), [("2026-03-02", TODAY), ("", None), (None, None), ("2026-02-30", None)])
def test_days_as_they_are_written(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("received", "reason", "refusal"),
    [
        (date(2026, 3, 2), "", None),
        (date(2026, 3, 1), "邮寄", None),
        (date(2026, 3, 1), " ", ReceivedDayWithoutReason),
        (date(2026, 3, 3), "预收", DayOutOfBounds),
        (date(2026, 1, 1), "补录", None),
        (date(2025, 12, 31), "补录", DayOutOfBounds),
    ],
)
def test_art_10_the_day_a_paper_application_came(received, reason, refusal):
    if refusal is None:
        check_received_day(received, today=TODAY, reason=reason)
    else:
        with pytest.raises(refusal):
            check_received_day(received, today=TODAY, reason=reason)


DUE = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("granted", "today", "lapsed"),
    [
        (None, date(2026, 3, 12), False),
        (None, date(2026, 3, 13), True),
        (date(2026, 3, 20), date(2026, 3, 20), False),
        (date(2026, 3, 20), date(2026, 3, 21), True),
        (date(2026, 3, 1), date(2026, 3, 12), False),
    ],
)
def test_art_10_the_last_day_counts_whole(granted, today, lapsed):
    assert is_lapsed(DUE, granted, today=today) is lapsed


def test_a_later_day_never_makes_the_period_shorter():
    assert last_day(DUE, date(2026, 3, 1)) == DUE


@pytest.mark.parametrize(
    ("handed_in", "today", "refusal"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), None),
        (date(2026, 3, 12), date(2026, 3, 14), None),
        (date(2026, 3, 1), date(2026, 3, 5), DayOutOfBounds),
        (date(2026, 3, 6), date(2026, 3, 5), DayOutOfBounds),
        (date(2026, 3, 13), date(2026, 3, 14), SupplementLate),
    ],
)
def test_art_10_posted_in_time_is_in_time(handed_in, today, refusal):
    facts = {"sent_on": TODAY, "due": DUE, "granted": None, "today": today}
    if refusal is None:
        check_handed_in(handed_in, **facts)
    else:
        with pytest.raises(refusal):
            check_handed_in(handed_in, **facts)


@pytest.mark.parametrize(
    ("until", "today", "good"),
    [
        (date(2026, 3, 13), date(2026, 3, 12), True),
        (date(2026, 3, 12), date(2026, 3, 2), False),
        (date(2026, 3, 14), date(2026, 3, 14), False),
    ],
)
def test_art_10_a_later_day_lies_after_the_first_and_after_today(until, today, good):
    if good:
        check_later_day(until, due=DUE, today=today)
    else:
        with pytest.raises(DayOutOfBounds):
            check_later_day(until, due=DUE, today=today)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)
def test_every_field_asked_stands_on_an_article(step):
    assert set(step.basis) == set(step.fields)
    assert all(step.basis.values())


def test_the_steps_follow_each_other_and_the_last_follows_itself():
    assert [STEPS.after(step.code).code for step in STEPS] == [*(step.code for step in STEPS[1:]), "declare"]


def test_a_step_nobody_knows_is_refused():
    with pytest.raises(StepUnknown):
        STEPS.of("wish")


@pytest.mark.parametrize(
    "text",
    [
        "云溪人社工认〔2025〕31号",
        "云溪人社工认[2025]31号",
        " 云溪人社工认（2025）第31号 ",
        "云溪人社工认【2025】３１号",
    ],
)
def test_one_decision_is_recognised_however_its_number_is_typed(text):
    assert normal_number(text) == "云溪人社工认202531"


def test_another_decision_is_another_number():
    assert normal_number("云溪人社工认〔2025〕31号") != normal_number("云溪人社工认〔2025〕32号")
