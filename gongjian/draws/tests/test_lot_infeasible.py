"""L19: an impossible quota is refused, naming the shortage and the least that would have to give."""

import pytest

from gongjian.draws.errors import HospitalsTooFew, QuotaImpossible
from gongjian.draws.lot.demand import group_demand
from gongjian.draws.lot.infeasible import REHEARSALS, check_possible, rehearsed, shortages
from gongjian.draws.lot.plan import ANY, Excluded, Plan
from gongjian.draws.lot.sample import sample_plan
from gongjian.draws.tests.builders import (
    BONE,
    CHEST,
    EYE,
    HAND,
    NERVE,
    a_commitment,
    a_plan,
    an_expert,
    experts_of,
    groups_of,
    the_city_plan,
)

SIX_EYES = groups_of(*[[EYE, BONE, BONE]] * 6)
BONES = [an_expert(f"B{n:02d}", BONE) for n in range(14)]


def refusal(plan: Plan) -> str:
    with pytest.raises(QuotaImpossible) as caught:
        check_possible(plan.ordered())
    return str(caught.value)


def test_l19_one_short_fails_and_names_what_would_have_to_give() -> None:
    eyes = [an_expert(f"E{n}", EYE) for n in range(5)]
    reason = refusal(a_plan([*BONES, *eyes], SIX_EYES))
    assert reason == ("席位无法排满，不能抽取。眼科需要 6 席，可用 5 人：需增派 1 名眼科专家，或减少 1 个眼科席位。")


def test_l19_those_who_are_recused_and_those_excluded_are_counted_apart() -> None:
    every_group = [f"G{n}" for n in range(1, 7)]
    eyes = [an_expert(f"E{n}", EYE, not_in=every_group if n > 2 else []) for n in range(5)]
    plan = a_plan([*BONES, *eyes], SIX_EYES, excluded=[Excluded("E77", "任期届满", (EYE,))])
    assert "眼科需要 6 席，可用 3 人（另有 2 人回避、1 人不符合抽取条件）：需增派 3 名眼科专家" in refusal(plan)


def test_l19_one_more_expert_is_enough() -> None:
    eyes = [an_expert(f"E{n}", EYE) for n in range(6)]
    check_possible(a_plan([*BONES, *eyes], SIX_EYES).ordered())


def test_l19_one_seat_fewer_is_enough() -> None:
    eyes = [an_expert(f"E{n}", EYE) for n in range(5)]
    fewer = groups_of(*[[EYE, BONE, BONE]] * 5, [BONE, BONE, ANY])
    check_possible(a_plan([*BONES, *eyes], fewer).ordered())


def test_two_specialties_that_share_experts_are_short_together() -> None:
    people = experts_of(f"{EYE}+{HAND}", f"{EYE}+{HAND}", BONE, BONE)
    reason = refusal(a_plan(people, groups_of([EYE, EYE, HAND])))
    assert "手足外科、眼科需要 3 席，可用 2 人" in reason


def test_two_specialties_that_share_nobody_are_named_apart() -> None:
    reason = refusal(a_plan(experts_of(BONE), groups_of([EYE, HAND, BONE])))
    assert "眼科需要 1 席，可用 0 人：需增派 1 名眼科专家，或减少 1 个眼科席位。" in reason
    assert "手足外科需要 1 席，可用 0 人" in reason
    assert "骨科" not in reason


def test_a_specialty_that_is_just_enough_is_not_blamed_for_another() -> None:
    reason = refusal(a_plan(experts_of(CHEST, CHEST, EYE), groups_of([CHEST, CHEST, EYE], [EYE, CHEST, EYE])))
    assert "眼科需要 3 席，可用 1 人" in reason
    assert "胸外科需要 3 席，可用 2 人" in reason


def test_the_groups_are_named_when_only_some_are_short() -> None:
    eyes = [an_expert("E1", EYE, not_in=["G2"]), an_expert("E2", EYE, not_in=["G2"])]
    reason = refusal(a_plan([*eyes, *BONES], groups_of([EYE, BONE, BONE], [EYE, BONE, BONE])))
    assert "G2的眼科需要 1 席，可用 0 人（另有 2 人回避）" in reason


def test_too_few_people_altogether_is_said_of_any_seats() -> None:
    reason = refusal(a_plan(experts_of(BONE, BONE), groups_of([ANY, ANY, ANY])))
    assert "不限专业需要 3 席，可用 2 人：需增派 1 名不限专业专家" in reason


def test_a_hospital_that_has_all_the_experts_is_named() -> None:
    people = [an_expert(f"E{n}", BONE, hospital="云溪市人民医院") for n in range(5)]
    reason = refusal(a_plan(people, groups_of([BONE, BONE, BONE])))
    assert "骨科需要 3 席，可用 1 人（云溪市人民医院每组至多 1 人，各至多 1 席）" in reason
    assert "需增派 2 名其他医院的骨科专家，或减少 2 个骨科席位。" in reason


def test_the_same_hospital_is_enough_when_the_condition_is_not_asked_for() -> None:
    people = [an_expert(f"E{n}", BONE, hospital="云溪市人民医院") for n in range(5)]
    check_possible(a_plan(people, groups_of([BONE] * 3), one_per_hospital=False).ordered())


def test_reserves_that_could_never_be_filled_are_refused_too() -> None:
    people = experts_of(EYE, BONE, BONE, BONE)
    reason = refusal(a_plan(people, groups_of([EYE, BONE, BONE]), reserves=[EYE]))
    assert "连同候补名额，眼科需要 2 席，可用 1 人" in reason


def test_reserves_are_not_mentioned_while_the_seats_themselves_are_short() -> None:
    assert "候补" not in refusal(a_plan(experts_of(BONE), groups_of([EYE, BONE, BONE]), reserves=[EYE]))


def test_hospitals_that_hardly_ever_come_apart_are_refused_before_the_draw() -> None:
    people = [an_expert("E1", EYE, hospital="A"), an_expert("E2", NERVE, hospital="A"), *BONES]
    with pytest.raises(HospitalsTooFew, match="16次，只有0次") as caught:
        check_possible(a_plan(people, groups_of([EYE, NERVE, BONE], [BONE] * 3)).ordered())
    assert caught.value.facts == {"tried": REHEARSALS, "seated": 0}


def test_two_colleagues_who_alone_have_what_one_group_needs_are_named() -> None:
    people = [an_expert("E1", EYE, hospital="A"), an_expert("E2", NERVE, hospital="A"), an_expert("E3", BONE)]
    assert "眼科、神经科需要 2 席，可用 1 人（A每组至多 1 人" in refusal(a_plan(people, groups_of([EYE, NERVE, BONE])))


def test_a_pool_of_many_hospitals_is_seated_at_every_rehearsal() -> None:
    plan = sample_plan().ordered()
    assert rehearsed(plan, group_demand(plan)) == REHEARSALS


def test_a_rehearsal_gives_the_same_figure_each_time() -> None:
    plan = the_city_plan().ordered()
    assert rehearsed(plan, group_demand(plan)) == rehearsed(plan, group_demand(plan)) > 2


def test_nothing_impossible_is_ever_committed() -> None:
    with pytest.raises(QuotaImpossible):
        a_commitment(a_plan(experts_of(BONE), groups_of([EYE, BONE, BONE])))


@pytest.mark.parametrize("plan", [the_city_plan(), sample_plan(), sample_plan(size=5, groups=20, hospitals=30)])
def test_a_plan_that_can_be_drawn_has_no_shortage(plan: Plan) -> None:
    assert shortages(group_demand(plan.ordered())) == []


def test_no_expert_is_named_in_a_refusal() -> None:
    reason = refusal(a_plan([an_expert("E77", BONE)], groups_of([BONE, EYE, HAND])))
    assert "E77" not in reason
