"""Many decisions signed in parallel, some of which break after their number was taken."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.papers.decided import tell as announce
from gongjian.recognition.actions import deciding
from gongjian.recognition.models import Accident, Decision
from gongjian.recognition.queries import proposal_of
from gongjian.recognition.tests.builders import MONDAY, the_signer

THREADS = 8


class Broken(Exception):
    """What comes after the paper was issued fails."""


def decided_at_once(row: Accident, monkeypatch: pytest.MonkeyPatch, *, broken_every: int) -> int:
    """Sign every victim's decision in parallel threads, each so-manieth failing once its paper has its number; how many are signed."""
    cases = list(Case.objects.filter(victim__accident=row).order_by("victim__row"))
    broken, by = {case.pk for case in cases[::broken_every]}, the_signer()

    def told(decision: Decision) -> None:
        if decision.case_id in broken:
            raise Broken
        announce(decision)

    def decide(case: Case) -> bool:
        try:
            with moment.fixed(MONDAY):
                deciding.decide(case, seen=proposal_of(case).digest, by=by)
        except Broken:
            return False
        finally:
            connections.close_all()
        return True

    with monkeypatch.context() as patch, ThreadPoolExecutor(THREADS) as pool:
        patch.setattr(deciding, "tell", told)
        return sum(pool.map(decide, cases))
