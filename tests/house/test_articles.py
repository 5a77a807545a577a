"""Every article of 令55 that the first appraisal touches has tests that bear its number."""

import re

import pytest

from tests.house.tree import own_tests

TOUCHED = (5, *range(7, 21), *range(22, 29), 31, 34)
NAMED = re.compile(r"def test_(?:l\d+_)*art(?:icle)?s?_((?:\d+_(?:and_)?)+)")

RECOGNITION = re.compile(r"def (test_\w*(?:order_8|regulation)_art_\w+)")
LAWS = re.compile(r"(order_8|regulation)_art_((?:\d+_(?:and_)?)+)")
ASKED = {"order_8": range(4, 25), "regulation": range(14, 21)}
"""令8 articles 4 to 24 and 条例 articles 14 to 20: what a recognition must do."""


def articles() -> set[int]:
    """The numbers that stand in the names of tests."""
    found = (match for path in own_tests() for match in NAMED.findall(path.read_text(encoding="utf-8")))
    return {int(number) for numbers in found for number in re.findall(r"\d+", numbers)}


def of_recognition() -> dict[str, dict[int, list[str]]]:
    """Order 8 and the Regulation: article → the tests that bear its number."""
    found: dict[str, dict[int, list[str]]] = {law: {} for law in ASKED}
    names = (name for path in own_tests() for name in RECOGNITION.findall(path.read_text(encoding="utf-8")))
    for name in names:
        for law, numbers in LAWS.findall(name):
            for number in re.findall(r"\d+", numbers):
                found[law].setdefault(int(number), []).append(name)
    return found


@pytest.mark.parametrize(("law", "article"), [(law, article) for law, asked in ASKED.items() for article in asked])
def test_an_article_of_recognition_has_a_test_that_says_what_it_asks(law: str, article: int):
    names = of_recognition()[law].get(article, [])
    assert [name for name in names if len(name.split(f"{article}_")[-1]) > len("it_is_so")]


@pytest.mark.parametrize("article", TOUCHED)
def test_an_article_that_the_walk_touches_has_a_test_named_after_it(article: int):
    assert article in articles()
