"""Conflicts of interest between experts and cases, gathered for a whole sitting in a few queries."""

from collections.abc import Collection, Sequence

from gongjian.appraisal.models import Application
from gongjian.cases.models import Case
from gongjian.draws.models import Recusal
from gongjian.draws.rules import Judge, Judged, conflicts
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert

Conflicts = dict[tuple[int, int], tuple[Ground, ...]]
"""(case id, expert id) → grounds; only pairs with a ground."""


def conflicts_of(cases: Collection[Case], experts: Sequence[Expert]) -> Conflicts:
    """Every ground between these cases and these experts: from the papers, from declarations, and from requests granted."""
    found: Conflicts = _recorded(cases, experts)
    judges = {expert.pk: Judge(expert.number, expert.hospital, expert.department) for expert in experts}
    for case_id, judged in _judged(cases).items():
        for expert_id, judge in judges.items():
            if grounds := conflicts(judge, judged):
                key = (case_id, expert_id)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *grounds)))
    return found


def _recorded(cases: Collection[Case], experts: Sequence[Expert]) -> Conflicts:
    rows = Recusal.objects.filter(
        case__in=[case.pk for case in cases],
        expert__in=[expert.pk for expert in experts],
        decision=Recusal.Decision.GRANTED,
    )
    found: Conflicts = {}
    for case_id, expert_id, ground in rows.order_by("pk").values_list("case_id", "expert_id", "ground"):
        if expert_id:
            found[case_id, expert_id] = (*found.get((case_id, expert_id), ()), Ground(ground))
    return found


def _judged(cases: Collection[Case]) -> dict[int, Judged]:
    told = {one.case_id: one for one in Application.objects.filter(case__in=[case.pk for case in cases])}
    return {
        case.pk: Judged(
            hospital=told[case.pk].hospital if case.pk in told else "",
            department=told[case.pk].department if case.pk in told else "",
            employer=case.employer.name if case.employer else "",
        )
        for case in cases
    }
