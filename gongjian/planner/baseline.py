"""What an office does without a planner: first come, first served."""

from collections import Counter

from gongjian.planner.aims import Costs
from gongjian.planner.problem import in_order


def first_come(costs: Costs) -> dict[str, str]:
    """Case → sitting: in the order of the queue each takes the first sitting that fits and has room."""
    where: dict[str, str] = {}
    taken: Counter[str] = Counter()
    sittings = in_order(costs.problem.sittings)
    for case in sorted(costs.problem.cases, key=lambda case: (case.queue, case.id)):
        open_to_it = (one for one in sittings if taken[one.id] + case.places <= one.places and costs.fits(case, one))
        if sitting := next(open_to_it, None):
            where[case.id] = sitting.id
            taken[sitting.id] += case.places
    return where
