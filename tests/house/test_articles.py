"""Every article of 令55 that the first appraisal touches has tests that bear its number."""

import re

import pytest

from tests.house.tree import own_tests

TOUCHED = (5, *range(7, 21), *range(22, 29), 31, 34)
NAMED = re.compile(r"def test_(?:l\d+_)*art(?:icle)?s?_((?:\d+_(?:and_)?)+)")


def articles() -> set[int]:
    """The numbers that stand in the names of tests."""
    found = (match for path in own_tests() for match in NAMED.findall(path.read_text(encoding="utf-8")))
    return {int(number) for numbers in found for number in re.findall(r"\d+", numbers)}


@pytest.mark.parametrize("article", TOUCHED)
def test_an_article_that_the_walk_touches_has_a_test_named_after_it(article: int):
    assert article in articles()
