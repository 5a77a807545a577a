"""What is shown before any word is given: chances, reasons, the certain and the impossible."""

from fractions import Fraction

import pytest

from gongjian.draws.lot.infeasible import rehearsal_seed
from gongjian.draws.lot.outlook import gains, outlook, rehearse
from gongjian.draws.lot.plan import ANY, Plan
from gongjian.draws.tests.builders import (
    BONE,
    CHEST,
    EYE,
    NERVE,
    a_plan,
    a_receipt,
    an_expert,
    experts_of,
    groups_of,
    the_city_plan,
)

SCARCE = a_plan(experts_of(EYE, BONE, BONE, BONE, CHEST), groups_of([EYE, BONE, BONE]))


def reasons(plan: Plan) -> str:
    return "\n".join(outlook(plan).reasons)


def test_every_expert_has_a_chance() -> None:
    found = outlook(SCARCE)
    assert found.chances == {
        "E01": Fraction(1),
        "E02": Fraction(2, 3),
        "E03": Fraction(2, 3),
        "E04": Fraction(2, 3),
        "E05": Fraction(0),
    }


def test_the_certain_and_the_impossible_are_named_apart() -> None:
    found = outlook(SCARCE)
    assert found.certain == ("E01",)
    assert found.impossible == ("E05",)


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        pytest.param(SCARCE, "1 名专家没有可坐的席位（专业不在所需之列，或须全部回避）：机会为 0", id="impossible"),
        pytest.param(SCARCE, "1 名专家是排满席位必不可少的人选：必然入选，由名单决定，不是抽签的结果。", id="certain"),
        pytest.param(SCARCE, "3 名专家合计只有 2 席可坐（骨科），每人的机会为 2/3（约 66.7%）。", id="one specialty"),
        pytest.param(
            the_city_plan(),
            "11 名专家合计只有 6 席可坐（不限专业、眼科、神经科、骨科），"
            "除机会已定的 8 人外，其余 3 人每人的机会为 2/3（约 66.7%）。",
            id="together with those fixed before",
        ),
        pytest.param(
            a_plan(
                [an_expert(f"E{n}", BONE, hospital="A院" if n < 6 else f"H{n}") for n in range(10)],
                groups_of([BONE] * 3),
            ),
            "同一医院每组至多一人，A院的 6 名专家合计至多 1 席，每人的机会为 1/6（约 16.7%）。",
            id="a large hospital",
        ),
        pytest.param(
            a_plan(
                [
                    an_expert("E0", EYE, hospital="A院"),
                    *(an_expert(f"E{n}", BONE, hospital="A院") for n in range(1, 6)),
                    *(an_expert(f"E{n}", BONE, hospital=f"H{n}") for n in range(6, 11)),
                ],
                groups_of([EYE, BONE, BONE], [BONE, BONE, BONE]),
            ),
            "A院的 5 名专家合计至多 1 席，其中 1 个眼科席位须由其他人员坐，每人的机会为 1/5",
            id="a large hospital needed elsewhere",
        ),
    ],
)
def test_every_level_is_explained_in_a_sentence(plan: Plan, sentence: str) -> None:
    assert sentence in reasons(plan)


def test_there_is_one_sentence_for_each_level_and_nobody_is_named() -> None:
    found = outlook(SCARCE)
    assert len(found.reasons) == 3
    assert not any("E0" in reason for reason in found.reasons)


def test_the_specialty_where_one_more_expert_changes_most_comes_first() -> None:
    plan = a_plan(experts_of(EYE, NERVE, NERVE, *[BONE] * 4), groups_of([EYE, NERVE, BONE]))
    found = gains(plan)
    assert found[0][0] == EYE
    assert found[0][1] == Fraction(1, 2)
    assert [gain for _, gain in found] == sorted((gain for _, gain in found), reverse=True)


def test_where_all_chances_are_equal_nothing_is_to_be_gained() -> None:
    assert gains(a_plan(experts_of(*[BONE] * 5), groups_of([ANY] * 3))) == []


def test_those_who_cannot_sit_do_not_count_for_the_gap() -> None:
    assert gains(a_plan(experts_of(CHEST, *[BONE] * 6), groups_of([BONE] * 3))) == []


def test_practice_draws_agree_with_the_chances_where_hospitals_never_get_in_the_way() -> None:
    plan = a_plan(experts_of(*[BONE] * 6), groups_of([BONE] * 3))
    found = rehearse(plan, 400)
    assert (found.tried, found.redrawn) == (400, 0)
    assert all(abs(frequency - Fraction(1, 2)) < Fraction(1, 10) for frequency in found.frequency.values())


def test_practice_draws_show_what_the_hospital_condition_really_does() -> None:
    found = rehearse(the_city_plan(), 400)
    assert found.redrawn > 40
    assert found.frequency["E10"] > outlook(the_city_plan()).chances["E10"]
    assert sum(found.frequency.values()) == 6


def test_practice_draws_are_the_same_each_time_and_never_those_of_a_draw() -> None:
    assert rehearse(the_city_plan(), 20) == rehearse(the_city_plan(), 20)
    assert rehearsal_seed(1) != rehearsal_seed(2)
    assert rehearsal_seed(1).hex() != a_receipt().document()["seed"]
