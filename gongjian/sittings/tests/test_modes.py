"""What the table of modes means for a wish, a plan and a booking: pure rules."""

from datetime import date

import pytest

from gongjian.law.modes import Mode, mode_rule, mode_rules
from gongjian.sittings.errors import (
    AddressMissing,
    ConsentToModeMissing,
    ModeCannotJudge,
    ModeNotAsked,
    PlanWrong,
    ProofMissing,
    ReasonMissing,
    SlotTooShort,
)
from gongjian.sittings.modes import (
    check_consent,
    check_judges,
    check_length,
    check_slots,
    check_wish,
    minutes_for,
    offers,
    why_not,
)

ON = date(2026, 3, 10)
A_WISH = {
    "side": "worker",
    "ground": "immobile",
    "reason": "截瘫卧床",
    "address": "云溪市东溪县柳桥路1号",
    "contact": "林母 19900000011",
    "has_proof": True,
}


def the(mode):
    """The national row of a mode."""
    return mode_rule(mode, on=ON)


@pytest.mark.parametrize(
    ("mode", "needs", "minutes"),
    [("hall", [], 15), ("home", ["orthopaedics"], 60), ("home", ["orthopaedics", "neurology"], 75), ("clinic", [], 20)],
)
def test_how_long_one_person_takes_goes_by_the_longest(mode, needs, minutes):
    assert minutes_for(the(mode), needs) == minutes


@pytest.mark.parametrize(
    ("mode", "needs", "parts", "reasons"),
    [
        ("hall", ["ophthalmology", "ent"], ["030", "050"], []),
        ("home", ["orthopaedics"], ["143"], []),
        ("home", ["ophthalmology"], ["030"], ["视力、视野须用固定设备检查"]),
        ("home", [], ["051"], ["听力须在隔音室测听"]),
        ("home", ["ent"], ["050"], ["听力须在隔音室测听"]),
        ("video", ["psychiatry"], [], ["精神检查须专家当面进行"]),
        ("video", [], ["020", "143"], ["瘢痕和毁容须专家当面测量"]),
    ],
)
def test_what_a_mode_may_not_judge_is_said_with_its_reason(mode, needs, parts, reasons):
    assert why_not(the(mode), needs, parts) == reasons


def test_art_13_a_mode_that_cannot_see_the_injury_is_refused_in_a_sentence():
    with pytest.raises(ModeCannotJudge, match=r"不能用上门鉴定鉴定：听力须在隔音室测听（令55 第十三条）"):
        check_judges(the("home"), ["ent"], [])
    check_judges(the("home"), ["orthopaedics"], ["143"])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"side": "employer"}, ModeNotAsked),
        ({"ground": "far"}, ModeNotAsked),
        ({"reason": "  "}, ReasonMissing),
        ({"address": ""}, AddressMissing),
        ({"contact": " "}, AddressMissing),
        ({"has_proof": False}, ProofMissing),
    ],
)
def test_art_12_a_home_visit_needs_its_ground_reason_address_and_proof(changes, refusal):
    check_wish(the("home"), **A_WISH)
    with pytest.raises(refusal):
        check_wish(the("home"), **{**A_WISH, **changes})


def test_who_comes_to_us_gives_no_address_and_no_proof():
    check_wish(the("video"), **{**A_WISH, "ground": "far", "address": "", "contact": "", "has_proof": False})
    check_wish(the("clinic"), **{**A_WISH, "ground": "simple", "address": "", "contact": "", "has_proof": False})


def test_nobody_wishes_for_the_hall():
    with pytest.raises(ModeNotAsked, match="现场集中鉴定"):
        check_wish(the("hall"), **A_WISH)


def test_consent_is_needed_where_the_table_has_words_for_it():
    check_consent(the("clinic"), "")
    check_consent(the("video"), "本人在网上勾选同意")
    with pytest.raises(ConsentToModeMissing, match="远程视频鉴定须经被鉴定人同意"):
        check_consent(the("video"), " ")


@pytest.mark.parametrize(
    ("mode", "minutes", "capacity", "count", "wrong"),
    [
        ("hall", 30, 10, 20, ""),
        ("home", 60, 1, 8, ""),
        ("home", 90, 2, 3, "每个时段只能安排1人"),
        ("home", 45, 1, 3, "每人至少需要60分钟"),
        ("home", 60, 1, 9, "一天最多上门8处"),
        ("clinic", 20, 1, 20, ""),
        ("clinic", 20, 3, 20, "每个时段只能安排1人"),
        ("video", 20, 1, 4, "每人至少需要30分钟"),
    ],
)
def test_one_group_examines_one_person_after_another(mode, minutes, capacity, count, wrong):
    if not wrong:
        check_slots(the(mode), minutes=minutes, capacity=capacity, count=count)
        return
    with pytest.raises(PlanWrong, match=wrong):
        check_slots(the(mode), minutes=minutes, capacity=capacity, count=count)


def test_a_slot_is_as_long_as_the_injury_takes():
    check_length(the("home"), ["neurology"], number="S", minutes=75)
    with pytest.raises(SlotTooShort, match="约需75分钟，场次S每个时段只有60分钟"):
        check_length(the("home"), ["neurology"], number="S", minutes=60)
    check_length(the("hall"), ["neurology"], number="S", minutes=0)


def test_what_is_offered_instead_can_judge_the_injury():
    rules = mode_rules(on=ON)
    assert offers(rules, asked="home", needs=["orthopaedics"], parts=["143"]) == [
        Mode.CLINIC,
        Mode.VIDEO,
        Mode.ENTRUSTED,
    ]
    assert offers(rules, asked="home", needs=["ent"], parts=["050"]) == [Mode.CLINIC, Mode.ENTRUSTED]
    assert offers(rules, asked="clinic", needs=[], parts=[]) == [Mode.HOME, Mode.VIDEO, Mode.ENTRUSTED]
