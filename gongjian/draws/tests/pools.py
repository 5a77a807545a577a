"""Small pools for tables of tests: each is made from its number, the same every time."""

from gongjian.draws.lot.plan import ANY, Plan
from gongjian.draws.lot.stream import Stream
from gongjian.draws.tests.builders import BONE, EYE, HAND, NERVE, a_plan, an_expert, groups_of

WANTS = (BONE, BONE, NERVE, EYE, HAND, ANY)


def small_pool(number: int, *, hospitals: int = 0, groups: int = 1, experts: int = 7) -> Plan:
    """Seven experts of one to three specialties for a group of three, some barred from a group; perhaps impossible to seat."""
    source = Stream(bytes(32), f"pool/{number}/{hospitals}/{groups}")
    people = []
    for one in range(experts):
        specialties = [source.choose((BONE, NERVE, EYE, HAND)) for _ in range(1 + source.below(3))]
        hospital = f"H{source.below(hospitals)}" if hospitals else ""
        barred = [f"G{1 + source.below(groups)}"] if source.below(6) == 0 else []
        people.append(an_expert(f"E{one:02d}", *specialties, hospital=hospital, not_in=barred))
    seats = [[source.choose(WANTS) for _ in range(3)] for _ in range(groups)]
    return a_plan(people, groups_of(*seats)).ordered()
