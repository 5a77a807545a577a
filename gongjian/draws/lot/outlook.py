"""What the page shows before any word is given: every chance, why it is not higher, who is certain, and where one more expert would help."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from gongjian.draws.lot.demand import group_demand
from gongjian.draws.lot.drawing import run
from gongjian.draws.lot.infeasible import rehearsal_seed, specialty_names
from gongjian.draws.lot.leximin import CERTAIN, HOSPITAL, Level, leximin
from gongjian.draws.lot.plan import Expert, Plan


@dataclass(frozen=True)
class Outlook:
    """Chances by expert id, and a Chinese sentence for each level. certain and impossible are so by the list, not by lot."""

    chances: dict[str, Fraction]
    reasons: tuple[str, ...]
    certain: tuple[str, ...]
    impossible: tuple[str, ...]


def outlook(plan: Plan) -> Outlook:
    """The outlook of a plan that can be drawn."""
    found = leximin(group_demand(plan.ordered()))
    ids = [expert.id for expert in plan.ordered().experts]
    chances = dict(zip(ids, found.of, strict=True))
    return Outlook(
        chances,
        tuple(explain(level, plan) for level in found.levels),
        tuple(id for id in ids if chances[id] == 1),
        tuple(id for id in ids if chances[id] == 0),
    )


@dataclass(frozen=True)
class Rehearsal:
    """Practice draws: how many, how many needed a redraw, and how often each expert sat."""

    tried: int
    redrawn: int
    frequency: dict[str, Fraction]


def rehearse(plan: Plan, times: int) -> Rehearsal:
    """Hold practice draws with public seeds.

    Where redraws are frequent, the hospital condition shifts the real chances away from the published ones: then these
    frequencies are the better guide, and the page must show them beside the chances. Raises: NotSeated.
    """
    ordered = plan.ordered()
    of = leximin(group_demand(ordered)).of
    outcomes = [run(ordered, rehearsal_seed(number), of) for number in range(times)]
    counts = Counter(place.expert for outcome in outcomes for place in outcome.places)
    frequency = {expert.id: Fraction(counts[expert.id], times) for expert in ordered.experts}
    return Rehearsal(times, sum(outcome.redraws > 0 for outcome in outcomes), frequency)


def explain(level: Level, plan: Plan) -> str:
    """Why these experts' chance is what it is."""
    count = len(level.experts)
    if level.chance == 0:
        return f"{count} 名专家没有可坐的席位（专业不在所需之列，或须全部回避）：机会为 0，由名单决定，不是抽签的结果。"
    if level.cut.why == CERTAIN:
        return f"{count} 名专家是排满席位必不可少的人选：必然入选，由名单决定，不是抽签的结果。"
    return f"{_limit(level, plan)}，{_share(level)}。"


def _limit(level: Level, plan: Plan) -> str:
    together, places = len(level.together), level.cut.places
    seats = specialty_names({plan.slots[slot].wants for slot in level.cut.slots})
    if level.cut.why != HOSPITAL:
        return f"{together} 名专家合计只有 {places} 席可坐（{seats}）"
    names = "、".join(level.cut.hospitals)
    needed = f"，其中 {len(level.cut.slots)} 个{seats}席位须由其他人员坐" if seats else ""
    return f"同一医院每组至多一人，{names}的 {together} 名专家合计至多 {places} 席{needed}"


def _share(level: Level) -> str:
    count, together = len(level.experts), len(level.together)
    who = "每人" if count == together else f"除机会已定的 {together - count} 人外，其余 {count} 人每人"
    return f"{who}的机会为 {level.chance}（约 {float(level.chance):.1%}）"


def gains(plan: Plan) -> list[tuple[str, Fraction]]:
    """For each specialty, how much one more expert of it would narrow the gap between the largest and the smallest chance.

    Largest gain first. Experts who cannot sit at all are left aside.
    """
    now = _gap(plan)
    wanted = sorted({specialty for expert in plan.experts for specialty in expert.specialties})
    found = [(specialty, now - _gap(_with_one_more(plan, specialty))) for specialty in wanted]
    return sorted((gain for gain in found if gain[1] > 0), key=lambda gain: (-gain[1], gain[0]))


def _gap(plan: Plan) -> Fraction:
    possible: Sequence[Fraction] = [chance for chance in leximin(group_demand(plan.ordered())).of if chance]
    return max(possible) - min(possible)


def _with_one_more(plan: Plan, specialty: str) -> Plan:
    return replace(plan, experts=(*plan.experts, Expert("+", (specialty,))))
