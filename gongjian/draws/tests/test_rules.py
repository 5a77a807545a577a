"""Who must not judge whom, which groups are proposed, and the small rules around a draw."""

from datetime import datetime, timedelta

import pytest

from gongjian.draws.errors import DoorWordWrong, TooManyTries
from gongjian.draws.rules import (
    MOST_WRONG_CODES,
    WINDOW,
    Judge,
    Judged,
    check_tries,
    conflicts,
    door_word,
    is_borne_out,
    only_group_for,
    plain,
    spelled_once,
    uncovered,
)
from gongjian.draws.states import MOVES, WHYS, Act, Decision, Ground, Kind, Reason, Sealed, State, public_label
from gongjian.kernel import moment

NOW = datetime(2026, 3, 20, 10, 0, tzinfo=moment.ZONE)
FIRST, OTHER = "云溪市第一人民医院", "云溪市中医院"
BONE, EYE, NERVE = "orthopaedics", "ophthalmology", "neurology"


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("云溪市第一人民医院", "云溪市第一人民医院"),
        (" 云溪市 第一人民医院 ", "云溪市第一人民医院"),
        ("云溪市第一人民医院（东院）", "云溪市第一人民医院(东院)"),
        ("云溪市第一人民医院　", "云溪市第一人民医院"),
        ("ＡＢＣ医院", "abc医院"),
        ("云溪·第一医院", "云溪第一医院"),
        ("云溪-第一医院", "云溪第一医院"),
    ],
)
def test_names_are_compared_without_width_case_blanks_and_brackets(typed, same):
    assert plain(typed) == plain(same)


@pytest.mark.parametrize(
    ("hospital", "department", "treated_at", "treated_in", "employer", "grounds"),
    [
        (FIRST, "骨科", FIRST, "骨科", "", (Ground.TREATED,)),
        (FIRST, "骨科", "云溪市第一人民医院 ", "骨 科", "", (Ground.TREATED,)),
        (FIRST, "骨科", "云溪市第一人民医院（东院区）", "骨科", "", (Ground.TREATED,)),
        (FIRST, "创伤骨科", FIRST, "骨科", "", (Ground.TREATED,)),
        (FIRST, "眼科", FIRST, "骨科", "", ()),
        (FIRST, "眼科", FIRST, "", "", (Ground.TREATED,)),
        (FIRST, "眼科", FIRST, "  ", "", (Ground.TREATED,)),
        (OTHER, "骨科", FIRST, "骨科", "", ()),
        (OTHER, "骨科", "", "", "", ()),
        (FIRST, "眼科", OTHER, "骨科", FIRST, (Ground.EMPLOYED,)),
        (FIRST, "骨科", FIRST, "骨科", FIRST, (Ground.TREATED, Ground.EMPLOYED)),
        (FIRST, "骨科", OTHER, "骨科", "云溪恒信机械有限公司", ()),
        ("医院", "骨科", FIRST, "骨科", "", ()),
    ],
)
def test_art_28_an_expert_of_the_treating_department_or_the_own_hospital_recuses(
    hospital, department, treated_at, treated_in, employer, grounds
):
    assert conflicts(Judge("Z1", hospital, department), Judged(treated_at, treated_in, employer)) == grounds


@pytest.mark.parametrize(
    ("needs", "groups", "only"),
    [
        ([BONE], [(BONE, "*"), (EYE,)], 0),
        ([EYE], [(BONE, "*"), (EYE,)], 1),
        ([BONE], [(BONE,), (BONE,)], None),
        ([NERVE], [(BONE, "*"), (EYE,)], None),
        ([], [(BONE,)], 0),
        ([], [(BONE,), (EYE,)], None),
        ([BONE, EYE], [(BONE, EYE), (BONE,)], 0),
    ],
)
def test_the_only_group_for_somebody(needs, groups, only):
    assert only_group_for(needs, groups) == only


@pytest.mark.parametrize(
    ("needs", "left"),
    [
        ({"A": [BONE]}, []),
        ({"A": []}, []),
        ({"A": [EYE], "B": [BONE]}, ["A"]),
        ({"B": [NERVE], "A": [EYE]}, ["B", "A"]),
    ],
)
def test_an_open_seat_promises_no_specialty(needs, left):
    assert uncovered(needs, [(BONE, "*", "*")]) == left


def test_one_hospital_spelled_twice_is_one():
    assert spelled_once(["云溪市中医院", "云溪市　中医院", "云溪市(中)医院"]) == {
        "云溪市中医院": "云溪市中医院",
        "云溪市　中医院": "云溪市中医院",
        "云溪市(中)医院": "云溪市中医院",
    }
    assert spelled_once(["东溪 医院"]) == {"东溪 医院": "东溪 医院"}


@pytest.mark.parametrize(("text", "word"), [("", ""), ("  平安 ", "平安"), ("字" * 64, "字" * 64)])
def test_a_word_at_the_door_may_be_left_out(text, word):
    assert door_word(text) == word


@pytest.mark.parametrize("text", ["字" * 65, "一\n二", "一\x00二", "\u200e平安"])
def test_a_word_at_the_door_that_cannot_be_kept_is_refused(text):
    with pytest.raises(DoorWordWrong, match="64个字以内"):
        door_word(text)


def test_one_wrong_code_fewer_than_the_limit_is_let_through():
    check_tries([NOW] * (MOST_WRONG_CODES - 1), at=NOW)


def test_too_many_wrong_codes_make_an_address_wait_until_the_oldest_is_forgotten():
    with pytest.raises(TooManyTries, match="请4分钟后"):
        check_tries([NOW - timedelta(minutes=6)] * MOST_WRONG_CODES, at=NOW)


def test_old_mistakes_are_forgotten():
    check_tries([NOW - WINDOW] * 100, at=NOW)


def test_the_life_of_a_draw_is_a_table_with_an_article_and_a_label_for_each_step():
    assert [(move.act, move.start, move.end) for move in MOVES] == [
        ("hold", State.COMMITTED, State.HELD),
        ("void", State.COMMITTED, State.VOID),
        ("close", State.HELD, State.CLOSED),
    ]
    assert all(move.article and move.label for move in MOVES)


def test_every_state_kind_and_ground_has_a_label():
    assert all(one.label for one in (*State, *Kind, *Ground))
    assert all(one.label for one in (*Act, *Decision, *Reason, *Sealed))
    assert all(why.label and why.article and why.public for why in WHYS.values())
    assert [public_label(code) for code in ("cannot_come", "kinship", "unfit")] == [
        "本场不能到场",
        "依法回避",
        "不符合本次条件",
    ]


@pytest.mark.parametrize(
    ("act", "kind", "records", "holds"),
    [
        (Act.LEAVE, "no_show", {}, True),
        (Act.LEAVE, "unfit", {}, False),
        (Act.LEAVE, "unfit", {"is_unfit": True}, True),
        (Act.LEAVE, "conflict", {}, False),
        (Act.LEAVE, "list_wrong", {}, False),
        (Act.VOID, "list_wrong", {}, True),
        (Act.VOID, "witness_left", {}, False),
        (Act.VOID, "witness_left", {"is_missing": True}, True),
        (Act.VOID, "word_lost", {"is_missing": True}, False),
        (Act.VOID, "word_lost", {"is_shut": True}, True),
        (Act.VOID, "not_seated", {}, False),
    ],
)
def test_a_kind_of_reason_must_be_borne_out_by_the_records(act, kind, records, holds):
    assert is_borne_out(act, kind, **records) is holds
