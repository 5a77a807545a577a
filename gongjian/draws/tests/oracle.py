"""Slow and independent ways to the same answers: every set tried, and an exact linear program. For pools of a few experts."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from gongjian.draws.lot.demand import may_take
from gongjian.draws.lot.plan import Expert, Plan, Slot

ZERO, ONE = Fraction(0), Fraction(1)


def seatings(experts: Sequence[Expert], slots: Sequence[Slot], *, one_per_hospital: bool) -> Iterator[tuple[str, ...]]:
    """Every way to put these experts, one each, into all the slots."""
    for order in permutations(experts):
        pairs = list(zip(order, slots, strict=True))
        if all(may_take(expert, slot) for expert, slot in pairs) and not (one_per_hospital and _clash(pairs)):
            yield tuple(expert.id for expert in order)


def _clash(pairs: Sequence[tuple[Expert, Slot]]) -> bool:
    taken = [(slot.group, expert.hospital) for expert, slot in pairs if expert.hospital]
    return len(set(taken)) < len(taken)


def drawable_sets(plan: Plan) -> list[tuple[int, ...]]:
    """Numbers of every set that fills the slots: recusals kept, and no hospital with more people than groups."""
    slots = plan.slots
    return [
        numbers
        for numbers in combinations(range(len(plan.experts)), len(slots))
        if _within_hospitals(plan, numbers) and _matches([plan.experts[n] for n in numbers], slots)
    ]


def _matches(experts: Sequence[Expert], slots: Sequence[Slot]) -> bool:
    if not slots:
        return True
    return any(
        may_take(expert, slots[0]) and _matches([*experts[:n], *experts[n + 1 :]], slots[1:])
        for n, expert in enumerate(experts)
    )


def _within_hospitals(plan: Plan, numbers: Sequence[int]) -> bool:
    names = [plan.experts[number].hospital for number in numbers]
    return not plan.one_per_hospital or all(names.count(name) <= len(plan.groups) for name in names if name)


def leximin_by_programs(plan: Plan) -> list[Fraction]:
    """The leximin chances over all lotteries of drawable sets, one exact linear program after another."""
    sets = drawable_sets(plan)
    fixed: dict[int, Fraction] = {}
    while len(fixed) < len(plan.experts):
        free = [expert for expert in range(len(plan.experts)) if expert not in fixed]
        least = _best(sets, fixed, free, None, ZERO)
        fixed |= {expert: least for expert in free if _best(sets, fixed, free, expert, least) == least}
    return [fixed[expert] for expert in range(len(plan.experts))]


def _best(
    sets: Sequence[tuple[int, ...]], fixed: dict[int, Fraction], free: Sequence[int], only: int | None, least: Fraction
) -> Fraction:
    """The largest common chance of the free, or (only) of one of them while the others keep the least.

    Variables: a weight for each set, the common chance t, and a surplus for each free expert.
    """
    width = len(sets) + 1 + len(free)
    rows, right = [[ONE] * len(sets) + [ZERO] * (1 + len(free))], [ONE]
    for expert, chance in fixed.items():
        rows.append([_in(expert, one) for one in sets] + [ZERO] * (1 + len(free)))
        right.append(chance)
    for number, expert in enumerate(free):
        row = [_in(expert, one) for one in sets] + [ZERO] * (1 + len(free))
        row[len(sets)] = -ONE if only in (None, expert) else ZERO
        row[len(sets) + 1 + number] = -ONE
        rows.append(row)
        right.append(ZERO if only in (None, expert) else least)
    goal = [ZERO] * width
    goal[len(sets)] = ONE
    return maximum(rows, right, goal)


def _in(expert: int, one: Sequence[int]) -> Fraction:
    return ONE if expert in one else ZERO


def maximum(rows: Sequence[Sequence[Fraction]], right: Sequence[Fraction], goal: Sequence[Fraction]) -> Fraction:
    """max goal·x, rows·x = right ≥ 0, x ≥ 0: two-phase simplex on fractions, Bland's rule."""
    count, width = len(rows), len(goal)
    table = [[*row, *(ONE if n == m else ZERO for m in range(count)), right[n]] for n, row in enumerate(rows)]
    basis = list(range(width, width + count))
    _climb(table, basis, [ZERO] * width + [-ONE] * count, width + count)
    assert all(table[n][-1] == 0 for n, column in enumerate(basis) if column >= width), "no solution"
    _drop_helpers(table, basis, width)
    return _climb(table, basis, [*goal, *[ZERO] * count], width)


def _drop_helpers(table: list[list[Fraction]], basis: list[int], width: int) -> None:
    """Take the helper columns of the first phase out of the basis; a row with nothing else says nothing new."""
    for n in [n for n, column in enumerate(basis) if column >= width]:
        if any(table[n][:width]):
            _pivot(table, basis, n, next(c for c in range(width) if table[n][c]))
    kept = [n for n, column in enumerate(basis) if column < width]
    table[:], basis[:] = [table[n] for n in kept], [basis[n] for n in kept]


def _climb(table: list[list[Fraction]], basis: list[int], goal: Sequence[Fraction], width: int) -> Fraction:
    """Pivot until no column among the first `width` improves the goal; gives its value."""
    while True:
        gains = (goal[c] - sum(goal[basis[n]] * row[c] for n, row in enumerate(table)) for c in range(width))
        entering = next((column for column, gain in enumerate(gains) if gain > 0), None)
        if entering is None:
            return sum((goal[basis[n]] * row[-1] for n, row in enumerate(table)), ZERO)
        ratios = [(row[-1] / row[entering], basis[n], n) for n, row in enumerate(table) if row[entering] > 0]
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(table: list[list[Fraction]], basis: list[int], leaving: int, entering: int) -> None:
    head = table[leaving][entering]
    table[leaving] = [value / head for value in table[leaving]]
    for n, row in enumerate(table):
        if n != leaving and row[entering]:
            factor = row[entering]
            table[n] = [value - factor * pivot for value, pivot in zip(row, table[leaving], strict=True)]
    basis[leaving] = entering
