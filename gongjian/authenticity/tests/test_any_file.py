"""Whatever a file is made of: it is looked at or called unreadable, in words of ours, and stops nothing."""

import io
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from gongjian.authenticity.errors import AnswerWrong
from gongjian.authenticity.oddities import TOLD, Oddity, editor_in, oddities_of
from gongjian.authenticity.prints import prints_of, turned_prints_of
from gongjian.authenticity.rules import FINDINGS, LONGEST, MOST_FACTS, Print, difference, finding_of, is_same
from gongjian.authenticity.tests.scenes import a_form, a_scene, as_jpeg
from gongjian.authenticity.tests.test_oddities import SCANNED, WRITTEN, a_written_pdf, added_to
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.tests.files import a_pdf

UNREADABLE = [Oddity("unreadable")]
quick = settings(deadline=None, max_examples=60, derandomize=True)
MARKS = st.binary(min_size=128, max_size=128)


def a_png(picture: Image.Image) -> bytes:
    told, file = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text("Software", "GIMP")
    picture.save(file, "PNG", pnginfo=told)
    return file.getvalue()


@cache
def whole_files() -> list[tuple[bytes, Kind]]:
    exif = Image.Exif()
    exif[0x0131] = "Adobe Photoshop"
    text = WRITTEN.format(font="F1", top=700, text="2026-02-10")
    return [
        (added_to(a_pdf()), Kind.PDF),
        (a_written_pdf(f"{SCANNED} {text}", scan=a_form(1).resize((60, 85)), Producer="x", ModDate="D:2"), Kind.PDF),
        (as_jpeg(a_form(1), exif=exif), Kind.JPEG),
        (a_png(a_form(1)), Kind.PNG),
    ]


@st.composite
def broken_files(draw):
    """A good file in which some places were overwritten, left out or doubled, or whose end is missing."""
    content, kind = draw(st.sampled_from(whole_files()))
    found = bytearray(content)
    reach = len(found) if kind is Kind.PDF else min(400, len(found))
    for place, what in draw(st.lists(st.tuples(st.integers(0, reach - 1), st.binary(max_size=4)), max_size=10)):
        found[place : place + draw(st.integers(0, 12))] = what
    return bytes(found[: draw(st.sampled_from([len(found), len(found) // 2, 64]))]), kind


@settings(deadline=None, max_examples=250, derandomize=True)
@given(broken_files())
def test_a_file_broken_anywhere_is_told_of_in_known_words_and_raises_nothing(file):
    content, kind = file
    found = oddities_of(io.BytesIO(content), kind)
    assert all(each.code in TOLD and len(each.about) <= 40 for each in found)
    assert Oddity("unreadable") not in found or found == UNREADABLE


@quick
@given(st.binary(max_size=300), st.sampled_from(sorted(Kind)))
def test_what_is_no_file_of_its_kind_is_unreadable_and_what_is_not_looked_into_says_nothing(content, kind):
    assert oddities_of(io.BytesIO(content), Kind(kind)) in ([], UNREADABLE)


def a_png_of(wide: int, tall: int) -> bytes:
    """The picture says it is so large; there is no more of it than a line."""
    content = a_png(Image.new("L", (8, 8)))
    return content[:16] + wide.to_bytes(4, "big") + tall.to_bytes(4, "big") + content[24:]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_png_of(60_000, 60_000), Kind.PNG),
        (a_png(Image.new("L", (8, 8)))[:33] + b"\0\0\0\5\x10\x02\x10\xda12345", Kind.PNG),
        (b"%PDF-1.7\n" + b"1 0 obj\n" + b"[" * 5000 + b"\nendobj\nstartxref\n9\n%%EOF", Kind.PDF),
    ],
    ids=["a picture that would fill the machine", "a chunk of no name", "brackets without end"],
)
def test_a_trap_for_readers_is_unreadable_and_the_next_file_is_looked_at(content, kind):
    assert oddities_of(io.BytesIO(content), kind) == UNREADABLE
    assert oddities_of(io.BytesIO(a_png(a_form(1))), Kind.PNG) == [Oddity("editor", "GIMP")]


@quick
@given(st.text(max_size=60))
def test_only_names_of_the_list_are_ever_repeated_out_of_a_file(told):
    assert editor_in(told) == "" or editor_in(told).casefold() in told.casefold()
    assert editor_in(f"{told} gimp {told}") != ""


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr", "HSV"])
@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (33, 32)])
def test_a_picture_of_any_kind_and_shape_has_two_prints_and_those_twice_alike(mode, size):
    picture = Image.new(mode, size)
    first, again = prints_of(picture), prints_of(picture)
    assert first == again
    assert [len(each.fine) for each in first] == [128, 128]
    assert not [each for each in first if is_same(each, each)], "an empty picture resembles nothing"
    assert len(turned_prints_of(picture)) == 7 * len(first)


@pytest.mark.parametrize("turned", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180])
def test_a_photo_in_a_mirror_is_not_said_to_be_the_same_picture(turned):
    mine, other = prints_of(a_scene(3)), prints_of(a_scene(3).transpose(turned))
    assert not [1 for one in mine for two in other if is_same(one, two)]


@quick
@given(MARKS, MARKS, MARKS)
def test_the_difference_of_marks_is_a_distance(one, two, three):
    assert difference(one, one) == 0
    assert difference(one, two) == difference(two, one)
    assert 0 <= difference(one, two) <= 1
    assert difference(one, three) <= difference(one, two) + difference(two, three) + 1e-9


@quick
@given(MARKS, MARKS, st.booleans(), st.booleans())
def test_two_pictures_are_the_same_in_either_order_and_a_sheet_is_never_judged_more_loosely(one, two, left, right):
    mine, other = Print(0, one, left), Print(0, two, right)
    assert is_same(mine, other) == is_same(other, mine)
    loose = is_same(Print(0, one, False), Print(0, two, False))
    assert loose or not is_same(mine, other)


@quick
@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=3))
def test_a_picture_of_which_three_rough_marks_changed_is_still_among_the_candidates(rough, changed):
    other = rough
    for place in changed:
        other ^= 1 << place
    mine, theirs = Print(rough, b"", False).bands, Print(other, b"", False).bands
    assert any(one == two for one, two in zip(mine, theirs, strict=True))
    assert all(-0x8000 <= band <= 0x7FFF for band in mine + theirs)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FACT = st.fixed_dictionaries(
    {"name": ANYTHING | st.text(min_size=1, max_size=5), "value": ANYTHING | st.just("手足外科")}
)


@settings(deadline=None, max_examples=200, derandomize=True)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "key": st.just("K-1") | ANYTHING,
            "finding": st.sampled_from([*FINDINGS, "CONFIRMED"]) | ANYTHING,
            "facts": st.lists(FACT, max_size=3) | ANYTHING,
        },
    )
    | ANYTHING
)
def test_an_answer_is_either_understood_whole_or_refused(told):
    try:
        found = finding_of(told, key="K-1")
    except AnswerWrong:
        return
    assert told["key"] == "K-1"
    assert found.finding == told["finding"] in FINDINGS
    assert [list(fact) for fact in found.facts] == [[each["name"], each["value"]] for each in told.get("facts", [])]


@pytest.mark.parametrize(
    ("facts", "taken"),
    [(MOST_FACTS, True), (MOST_FACTS + 1, False)],
)
@pytest.mark.parametrize(("length", "fits"), [(1, True), (LONGEST, True), (LONGEST + 1, False), (0, False)])
def test_the_bounds_of_an_answer_are_what_they_say(facts, taken, length, fits):
    told = {"key": "K", "finding": "differs", "facts": [{"name": "科室", "value": "长" * length}] * facts}
    if taken and fits:
        assert len(finding_of(told, key="K").facts) == facts
    else:
        with pytest.raises(AnswerWrong):
            finding_of(told, key="K")
