"""Clocks at length: a hundred thousand random histories against the naive telling. Run with GONGJIAN_SOAK=1."""

import os

import pytest

from gongjian.law.tests.agreeing import disagreements
from gongjian.law.tests.naive import histories

HISTORIES = int(os.environ.get("GONGJIAN_SOAK_HISTORIES", "100000"))
SEED = 7


@pytest.mark.skipif(not os.environ.get("GONGJIAN_SOAK"), reason="takes minutes; set GONGJIAN_SOAK=1")
def test_a_hundred_thousand_histories_are_told_alike_by_walking_day_by_day():
    assert disagreements(histories(SEED, HISTORIES)) == []
