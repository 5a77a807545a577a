"""How many cases of each group can be examined in time, whatever the travel: the part of the problem that decides how many are late.

Cases of a group want the same; they differ in their due day only. Whether so many of each due day can be served by so many places on each
day is a matter of sums alone, since who may come by a day may come on every day before it: for every day, those due by then are no more than
the places given to the group by then. So the programme grows with groups and days, not with cases.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ortools.linear_solver import pywraplp

from gongjian.planner.fitting import could_take, in_time
from gongjian.planner.problem import Case, Problem, Sitting, in_order
from gongjian.planner.programme import NODES, Programme, Term


@dataclass(frozen=True)
class Group:
    """Cases that want the same of a sitting. due: last sitting day in time → how many cases."""

    one: Case
    due: tuple[tuple[date, int], ...]
    fits: tuple[Sitting, ...]

    @property
    def count(self) -> int:
        return sum(count for _, count in self.due)


def groups_of(problem: Problem) -> list[Group]:
    """The groups of a problem with the sittings that are in time for some of their cases; who has none in time is in no group."""
    sittings = in_order(problem.sittings)
    alike: defaultdict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in problem.cases:
        alike[
            replace(case, id="", due=date.min, since=date.min, queue=0, district="", at=None, told=False).kind
        ].append(case)
    made = (_group(problem, sittings, alike[want]) for want in sorted(alike))
    return [group for group in made if group.due]


def _group(problem: Problem, sittings: list[Sitting], cases: list[Case]) -> Group:
    fits = [sitting for sitting in sittings if could_take(problem, cases[0], sitting)]
    days = sorted({sitting.day for sitting in fits})
    last: Counter[date] = Counter()
    for case in cases:
        if reached := bisect_right(days, case.due):
            last[days[reached - 1]] += 1
    due = tuple(sorted(last.items()))
    return Group(cases[0], due, tuple(one for one in fits if due and one.day <= due[-1][0]))


class Filling:
    """The programme: `given[group, sitting]` cases of a group that the sitting examines in time; `served` all those in time."""

    def __init__(self, problem: Problem, groups: list[Group], nodes: int = NODES) -> None:
        self.problem, self.groups = problem, groups
        self.programme = Programme(nodes)
        self.given: dict[tuple[int, str], pywraplp.Variable] = {}
        self.at: defaultdict[str, list[tuple[int, pywraplp.Variable]]] = defaultdict(list)
        self.served: list[Term] = []
        for number, group in enumerate(groups):
            self._add(number, group)

    def _add(self, number: int, group: Group) -> None:
        for sitting in group.fits:
            variable = self.programme.number(group.count)
            self.given[number, sitting.id] = variable
            self.at[sitting.id].append((number, variable))
        served: list[Term] = []
        for day, count in group.due:
            served.append((self.programme.number(count), 1))
            places = [(self.given[number, one.id], -1.0) for one in group.fits if one.day <= day]
            self.programme.at_most([*served, *places], 0)
        self.programme.equal([*served, *((self.given[number, one.id], -1.0) for one in group.fits)], 0)
        if group.one.lock is not None:
            self.programme.equal(served, group.count)
        self.served += served

    def places_at(self, sitting: Sitting, *, wanting: str | None = None) -> list[Term]:
        """Places of a sitting that are used, by those who want a specialty or by all."""
        return [
            (variable, float(self.groups[number].one.places))
            for number, variable in self.at[sitting.id]
            if wanting is None or wanting in self.groups[number].one.specialties
        ]

    def cap(self, more: Mapping[str, pywraplp.Variable] | None = None) -> None:
        """No sitting takes more than its places, and what it is given in addition; who is locked to it though late takes places too."""
        late = Counter[str]()
        for case in self.problem.cases:
            late[case.lock or ""] += case.places * self._is_locked_late(case)
        for sitting in self.problem.sittings:
            extra = [((more or {})[sitting.id], -1.0)] if sitting.id in (more or {}) else []
            self.programme.at_most([*self.places_at(sitting), *extra], sitting.places - late[sitting.id])

    def _is_locked_late(self, case: Case) -> bool:
        return any(one.id == case.lock and not in_time(case, one) for one in self.problem.sittings)

    def serve_all(self) -> None:
        """Everybody is to be in time."""
        self.programme.equal(self.served, sum(group.count for group in self.groups))

    def cover(self, added: Mapping[tuple[str, str], pywraplp.Variable], *, room: Mapping[str, int]) -> None:
        """A sitting examines only whom it covers. added: (sitting, specialty) that may be added; room: most places a sitting can come to.

        One row for all who want the specialty: rows for each group as well make the programme slower and no tighter where it matters.
        """
        for sitting in self.problem.sittings:
            if self.problem.partial:
                self._cover_partly(sitting, added, room[sitting.id])
                continue
            for specialty in sorted(one for (id, one) in added if id == sitting.id):
                most = (added[sitting.id, specialty], -float(room[sitting.id]))
                self.programme.at_most([*self._wanting(sitting, specialty), most], 0)

    def _wanting(self, sitting: Sitting, specialty: str) -> Iterable[Term]:
        for number, given in self.at[sitting.id]:
            case = self.groups[number].one
            if case.lock is None and specialty in case.specialties:
                yield given, float(case.places)

    def _cover_partly(self, sitting: Sitting, added: Mapping[tuple[str, str], pywraplp.Variable], room: int) -> None:
        """Whoever finds none of their specialties announced hangs on any one that is added."""
        for number, given in self.at[sitting.id]:
            case = self.groups[number].one
            if case.lock is None and case.specialties and not case.specialties & sitting.specialties:
                ways = [
                    (added[pair], -float(room))
                    for one in sorted(case.specialties)
                    if (pair := (sitting.id, one)) in added
                ]
                self.programme.at_most([(given, float(case.places)), *ways], 0)
