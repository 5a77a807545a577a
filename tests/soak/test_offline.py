"""Lines that break at length: a thousand random schedules on the real office, twenty thousand on the rules. Run with GONGJIAN_SOAK=1."""

import os

import pytest

from gongjian.kernel import moment
from gongjian.kits.tests.builders import a_morning
from gongjian.kits.tests.conftest import _cheap_passwords
from gongjian.kits.tests.real_schedules import unlike_in_truth
from gongjian.kits.tests.schedules import unlike
from gongjian.sittings.tests.builders import MORNING

SCHEDULES = int(os.environ.get("GONGJIAN_SOAK_SCHEDULES", "1000"))
ON_THE_RULES = 20
"""So many schedules on the rules alone for each on the real office."""
pytestmark = pytest.mark.skipif(not os.environ.get("GONGJIAN_SOAK"), reason="takes minutes; set GONGJIAN_SOAK=1")
__all__ = ["_cheap_passwords"]


@pytest.mark.django_db(transaction=True)
def test_l22_a_thousand_random_schedules_converge_on_the_real_office():
    with moment.fixed(MORNING):
        sitting = a_morning(called=1)
        assert [wrong for seed in range(SCHEDULES) for wrong in unlike_in_truth(sitting, seed)] == []


def test_l22_twenty_thousand_random_schedules_converge_on_the_rules():
    assert [wrong for seed in range(SCHEDULES * ON_THE_RULES) for wrong in unlike(seed)] == []
