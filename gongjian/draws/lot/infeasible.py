"""A quota that cannot be met is refused before anything is committed, naming each shortage and the least that would help."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongjian.draws.errors import HospitalsTooFew, QuotaImpossible
from gongjian.draws.lot.canonical import digest
from gongjian.draws.lot.demand import Demand, Seats, group_demand, reserve_demand
from gongjian.draws.lot.drawing import attempt
from gongjian.draws.lot.leximin import leximin
from gongjian.draws.lot.plan import ANY, Plan
from gongjian.draws.lot.stream import Stream

REHEARSALS = 16
SEATED_AT_LEAST = 2


@dataclass(frozen=True)
class Shortage:
    """Seats (numbers of slots) that only `experts` could take, of whom `available` at most can be used at once."""

    slots: tuple[int, ...]
    experts: tuple[int, ...]
    available: int
    hospitals: tuple[str, ...]

    @property
    def missing(self) -> int:
        return len(self.slots) - self.available


def check_possible(plan: Plan) -> None:
    """Raises: QuotaImpossible, HospitalsTooFew."""
    demand = group_demand(plan)
    reasons = [sentence(plan, demand, shortage) for shortage in shortages(demand)]
    reasons += _reserve_reasons(plan) if not reasons else []
    if reasons:
        raise QuotaImpossible(reasons="".join(reasons))
    seated = rehearsed(plan, demand) if plan.one_per_hospital else REHEARSALS
    if seated < SEATED_AT_LEAST:
        raise HospitalsTooFew(tried=REHEARSALS, seated=seated)


def rehearsed(plan: Plan, demand: Demand) -> int:
    """How many of REHEARSALS practice draws could be seated at the first attempt. Their seeds are public and serve nothing else."""
    of = leximin(demand).of
    streams = [Stream(rehearsal_seed(number), "draw") for number in range(REHEARSALS)]
    return sum(attempt(plan, demand, of, stream)[1].fill() for stream in streams)


def rehearsal_seed(number: int) -> bytes:
    """The public seed of a practice draw: no secret and no word is in it, so it can never be that of a draw."""
    return bytes.fromhex(digest("rehearsal", number.to_bytes(8)))


def shortages(demand: Demand) -> list[Shortage]:
    """The smallest sets of seats that cannot all be filled, kept apart when they share no expert. None: all can be filled."""
    seats = Seats(demand, 1)
    idle = [0] * len(demand.experts)
    if seats.feed_rest(idle) == len(demand.slots):
        return []
    short = seats.net.reaching(seats.sink)
    kinds = [number for number in range(len(demand.kinds)) if seats.kind(number) in short]
    return [found for part in _apart(demand, kinds) if (found := _shortage(seats, short, part)).missing > 0]


def _apart(demand: Demand, kinds: Iterable[int]) -> list[list[int]]:
    """Kinds of seats joined into parts that share experts or a large hospital."""
    of_hospital = demand.hospital_of()
    parts: list[tuple[set[int], list[int]]] = []
    for kind in kinds:
        ties = {-1 - of_hospital[e] if e in of_hospital else e for e in demand.kinds[kind].fits}
        joined = [part for part in parts if part[0] & ties]
        parts = [part for part in parts if not part[0] & ties]
        parts.append((ties.union(*(p[0] for p in joined)), [k for p in joined for k in p[1]] + [kind]))
    return [sorted(part) for _, part in parts]


def _shortage(seats: Seats, short: set[int], kinds: list[int]) -> Shortage:
    """One part of the cut: its seats, the experts open to them, and how many of these can sit at once."""
    demand = seats.demand
    experts = sorted({expert for kind in kinds for expert in demand.kinds[kind].fits})
    full = [h for n, h in enumerate(demand.hospitals) if seats.hospital(n) in short and {*h.members} & {*experts}]
    capped = {member for hospital in full for member in hospital.members}
    available = sum(expert not in capped for expert in experts) + sum(hospital.most for hospital in full)
    slots = sorted(slot for kind in kinds for slot in demand.kinds[kind].slots)
    return Shortage(tuple(slots), tuple(experts), available, tuple(hospital.name for hospital in full))


def sentence(plan: Plan, demand: Demand, shortage: Shortage) -> str:
    """What is short, and the least that would have to give."""
    wants = sorted({demand.slots[slot].wants for slot in shortage.slots})
    name = specialty_names(wants)
    kept = [expert for number, expert in enumerate(plan.experts) if number not in shortage.experts]
    barred = sum(any(expert.has(wanted) for wanted in wants) for expert in kept)
    unfit = sum(any(wanted in one.specialties for wanted in wants) for one in plan.excluded)
    where = _where(demand, shortage, set(wants))
    return (
        f"{where}{name}需要 {len(shortage.slots)} 席，可用 {shortage.available} 人"
        f"{_aside(barred, unfit)}{_hospital_aside(plan, shortage)}："
        f"需增派 {shortage.missing} 名{'其他医院的' if shortage.hospitals else ''}{name}专家，"
        f"或减少 {shortage.missing} 个{name}席位。"
    )


def specialty_names(wants: Iterable[str]) -> str:
    return "、".join("不限专业" if wanted == ANY else wanted for wanted in sorted(wants))


def _aside(barred: int, unfit: int) -> str:
    parts = [f"{barred} 人回避"] * (barred > 0) + [f"{unfit} 人不符合抽取条件"] * (unfit > 0)
    return f"（另有 {'、'.join(parts)}）" if parts else ""


def _hospital_aside(plan: Plan, shortage: Shortage) -> str:
    if not shortage.hospitals:
        return ""
    return f"（{'、'.join(shortage.hospitals)}每组至多 1 人，各至多 {len(plan.groups)} 席）"


def _where(demand: Demand, shortage: Shortage, wants: set[str]) -> str:
    """Names the groups when the same specialty in other groups is not short."""
    alike = {number for number, slot in enumerate(demand.slots) if slot.wants in wants}
    if alike == set(shortage.slots):
        return ""
    groups = dict.fromkeys(demand.slots[slot].group for slot in shortage.slots)
    return f"{'、'.join(groups)}的"


def _reserve_reasons(plan: Plan) -> list[str]:
    """Seats and reserves together must fit the list; hospitals and recusals do not limit reserves."""
    wants = [*(slot.wants for slot in plan.slots), *plan.reserves]
    demand = reserve_demand(plan.experts, wants)
    whole = [shortage for shortage in shortages(demand) if any(n >= len(plan.slots) for n in shortage.slots)]
    return ["连同候补名额，" + sentence(plan, demand, shortage) for shortage in whole]
