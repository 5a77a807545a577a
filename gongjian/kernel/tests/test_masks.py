"""Numbers of persons with their middle hidden."""

import pytest

from gongjian.kernel.masks import number_masked, telephone_masked


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("990101198503120010", "990101********0010"),
        ("99010119850312001X", "990101********001X"),
        ("E12345678", "E12****78"),
        ("A1", "**"),
        ("", ""),
    ],
)
def test_an_identity_number_keeps_its_ends(number, shown):
    assert number_masked(number) == shown


@pytest.mark.parametrize(
    ("telephone", "shown"),
    [("19900000001", "199****0001"), ("0991-55550100", "099******0100"), ("110", "1*0"), ("", "")],
)
def test_a_telephone_keeps_its_ends(telephone, shown):
    assert telephone_masked(telephone) == shown


@pytest.mark.parametrize("length", range(1, 25))
def test_something_is_always_hidden(length):
    number = "1234567890ABCDEFGHJKLMNPQ"[:length]
    for shown in (number_masked(number), telephone_masked(number)):
        assert len(shown) == length
        assert shown.count("*") * 3 >= length
