"""Prints of pictures: the same picture is known again however it was sent, and nothing else is."""

from itertools import combinations

import pytest
from PIL import Image

from gongjian.authenticity.prints import TURNS, prints_of, turned_prints_of
from gongjian.authenticity.rules import FEWEST_MARKS, Print, difference, is_same
from gongjian.authenticity.tests.scenes import CHANGES, a_form, a_scene, recompressed, trimmed

SCENES = {number: prints_of(a_scene(number)) for number in range(14)}
FORMS = {number: prints_of(a_form(number)) for number in range(14)}


def found(one: list[Print], other: list[Print]) -> bool:
    """Whether the index would find the pair and the fine marks would confirm it."""
    pairs = [(left, right) for left in one for right in other]
    return any(set(zip(range(4), left.bands, strict=True)) & set(zip(range(4), right.bands, strict=True)) and is_same(left, right) for left, right in pairs)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_photo_that_was_changed_as_photos_are_is_known_again(change):
    again = [number for number, mine in SCENES.items() if found(mine, prints_of(CHANGES[change](a_scene(number))))]
    assert again == list(SCENES)


@pytest.mark.parametrize("change", CHANGES)
def test_a_scan_that_was_changed_as_scans_are_is_known_again(change):
    again = [number for number, mine in FORMS.items() if found(mine, prints_of(CHANGES[change](a_form(number))))]
    assert again == list(FORMS)


@pytest.mark.parametrize("share", [0.01, 0.02, 0.03])
def test_a_photo_whose_edges_were_trimmed_is_known_again_whichever_of_the_two_came_first(share):
    again = [number for number, mine in SCENES.items() if found(prints_of(trimmed(a_scene(number), share)), mine)]
    assert len(again) >= 13
    back = [number for number, mine in SCENES.items() if found(mine, prints_of(trimmed(a_scene(number), share)))]
    assert again == back


def test_a_photo_that_was_trimmed_sent_on_and_made_smaller_at_once_is_mostly_known_again():
    changed = {number: recompressed(trimmed(a_scene(number), 0.015).resize((240, 180)), 50) for number in SCENES}
    assert sum(found(mine, prints_of(changed[number])) for number, mine in SCENES.items()) >= 12


@pytest.mark.parametrize("turn", TURNS)
def test_what_was_turned_or_mirrored_and_sent_on_is_known_again_by_looking_for_it_as_it_may_lie(turn):
    for pictures, prints in ((a_scene, SCENES), (a_form, FORMS)):
        laid = {number: recompressed(pictures(number).transpose(turn), 60) for number in list(prints)[:4]}
        assert [number for number in laid if found(prints[number], turned_prints_of(laid[number]))] == list(laid)


def test_whichever_of_two_that_lie_differently_comes_later_finds_the_earlier():
    upright, quarter = a_scene(5), a_scene(5).transpose(TURNS[2])
    assert found(prints_of(upright), turned_prints_of(quarter))
    assert found(prints_of(quarter), turned_prints_of(upright))


@pytest.mark.parametrize("pictures", [a_scene, a_form])
def test_turned_or_not_no_two_different_pictures_are_taken_for_one(pictures):
    prints = SCENES if pictures is a_scene else FORMS
    turned = {number: turned_prints_of(pictures(number)) for number in prints}
    assert [(one, two) for one in prints for two in turned if one != two and found(prints[one], turned[two])] == []


def test_no_two_different_photos_are_taken_for_one():
    assert [pair for pair in combinations(SCENES, 2) if found(SCENES[pair[0]], SCENES[pair[1]])] == []


def test_the_same_form_filled_in_by_different_people_is_not_the_same_picture():
    assert [pair for pair in combinations(FORMS, 2) if found(FORMS[pair[0]], FORMS[pair[1]])] == []


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (600, 850), "white"),
        Image.new("RGB", (600, 850), (236, 234, 228)),
        recompressed(Image.new("RGB", (600, 850), (250, 249, 244))),
        Image.new("L", (3, 3), 0),
        Image.linear_gradient("L"),
    ],
    ids=["white", "grey", "a blank back", "tiny", "a shade"],
)
def test_white_pages_and_blank_backs_resemble_nothing_not_even_each_other(picture):
    assert not [each for each in prints_of(picture) if is_same(each, each)]


def test_a_sheet_is_told_from_a_scene():
    assert all(each.is_sheet for prints in FORMS.values() for each in prints)
    assert not any(each.is_sheet for prints in SCENES.values() for each in prints)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [(b"\xff", b"\xff", 0), (b"\xf0", b"\x0f", 1), (b"\xff", b"\xf0", 0.5), (b"\0", b"\0", 0)],
)
def test_the_difference_is_the_share_of_marks_that_only_one_has(one, other, share):
    assert difference(one, other) == share


@pytest.mark.parametrize(("marks", "same"), [(FEWEST_MARKS - 1, False), (FEWEST_MARKS, True)])
def test_what_has_few_marks_is_the_same_as_nothing(marks, same):
    mine = Print(0, ((1 << marks) - 1).to_bytes(128, "big"), False)
    assert is_same(mine, mine) is same


def test_sheets_must_agree_in_more_than_pictures():
    one, other = ((1 << 100) - 1).to_bytes(128, "big"), ((1 << 130) - 1).to_bytes(128, "big")
    assert is_same(Print(0, one, False), Print(0, other, False))
    assert not is_same(Print(0, one, True), Print(0, other, True))
    assert not is_same(Print(0, one, False), Print(0, other, True))


def test_the_bands_of_a_print_fit_their_columns():
    assert Print(0, b"", False).bands == (-0x8000,) * 4
    assert Print(2**64 - 1, b"", False).bands == (0x7FFF,) * 4
    assert Print(1, b"", False).bands == (-0x8000, -0x8000, -0x8000, -0x7FFF)
