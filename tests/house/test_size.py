"""Whoever opens a file finds it short."""

from tests.house.tree import functions, lines, name, own_tests, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
TESTS_PER_SOURCE = 1.2


def test_no_source_file_is_longer_than_400_lines():
    assert [name(path) for path in sources() if lines(path) > LONGEST_FILE] == []


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in sources()
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_there_are_more_lines_of_tests_than_of_source():
    source = sum(lines(path) for path in sources())
    assert sum(lines(path) for path in own_tests()) >= TESTS_PER_SOURCE * source
