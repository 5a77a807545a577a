"""Measurement forms: one for every kind of finding, made from its fields; and the clauses that follow, finding by finding."""

from dataclasses import replace
from typing import Any

import pytest

from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS, REGIONS
from gongjian.grading.findings.fields import Field
from gongjian.grading.parts import recognised_part
from gongjian.grading.sheet import Sheet
from gongjian.opinions.content import MOST_SHEETS, Content, Finding
from gongjian.opinions.rules import remarks
from gongjian.opinions.tests.builders import a_finding, a_hearing_sheet, a_sheet, an_opinion_of
from gongjian.workbench.candidates_shown import measured
from gongjian.workbench.errors import TooManySheets
from gongjian.workbench.forms import Press, content_from, pressed
from gongjian.workbench.sheets import Person, begun
from gongjian.workbench.sheets_shown import Input, SheetShown, kind_picker, sheet_shown
from gongjian.workbench.tests.builders import form_of
from gongjian.workbench.tests.test_forms import sent

NEEDED = {"digit": "index"}  # a thumb has no middle joint


def an_example(kind: str, edge: str) -> Sheet:
    """Every field filled in at one edge of what is allowed."""
    texts = {name: [NEEDED.get(name, _text(each, edge))] for name, each in described(KINDS[kind]).items()}
    return Sheet.typed(kind, texts)


def _text(field: Field, edge: str) -> str:
    if field.choices:
        return list(field.choices)[0 if edge == "low" else -1]
    return "yes" if field.sort == "flag" else str(field.low if edge == "low" else field.high)


def inputs(shown: SheetShown) -> list[Input]:
    return [
        each for block in shown.blocks for each in (*block.inputs, *(cell for row in block.rows for cell in row.cells))
    ]


@pytest.mark.parametrize("edge", ["low", "high"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_every_kind_gives_back_the_typed_finding(kind: str, edge: str) -> None:
    sheet = an_example(kind, edge)
    content = Content(findings=(Finding(injury="伤", sheets=(sheet,)),))
    (back,) = content_from(sent(**form_of(content, version=1))).findings[0].sheets
    assert back == sheet
    assert back.faults == {}
    assert back.finding("伤") == sheet.finding("伤")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_exactly_one_labelled_input(kind: str) -> None:
    told = inputs(sheet_shown(0, 0, Sheet(kind)))
    assert sorted(each.name for each in told) == sorted(f"sheet-0-0-{name}" for name in described(KINDS[kind]))
    assert all(each.label for each in told)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if any(each.high for each in described(KINDS[kind]).values())])
def test_a_form_says_which_input_is_out_of_range_and_shows_it_again(kind: str) -> None:
    name, field = next((name, each) for name, each in described(KINDS[kind]).items() if each.high)
    content = Content(findings=(Finding(sheets=(Sheet.typed(kind, {name: [str(field.high + 1)]}),)),))
    back = content_from(sent(**form_of(content, version=1)))
    shown = sheet_shown(0, 0, back.findings[0].sheets[0])
    wrong = next(each for each in inputs(shown) if each.name == f"sheet-0-0-{name}")
    assert wrong.fault in dict(shown.faults)[wrong.name]
    assert float(wrong.text) == field.high + 1
    assert any(each.where == wrong.name and each.blocks for each in remarks(back))


def test_the_healthy_side_stands_beside_the_hurt_one_and_the_ears_beside_each_other() -> None:
    joint = next(block for block in sheet_shown(0, 0, a_sheet()).blocks if block.columns)
    assert joint.columns == ("伤侧", "健侧")
    assert [row.label for row in joint.rows if not row.first.is_hidden] == [
        "屈曲",
        "伸展",
        "各方向合计",
    ]
    assert joint.rows[0].note == "腕掌屈、踝跖屈"
    ears = next(block for block in sheet_shown(0, 0, a_hearing_sheet()).blocks if block.columns)
    assert (ears.columns, [row.label for row in ears.rows]) == (("右耳", "左耳"), ["500Hz", "1000Hz", "2000Hz"])


def test_a_sheet_shows_its_steps() -> None:
    (working,) = sheet_shown(0, 0, a_hearing_sheet()).workings
    assert "×4" in working.steps[-1].text


@pytest.mark.parametrize(
    ("kind", "finding", "person", "known"),
    [
        ("hearing", Finding(), Person("男", 44), {"age": 44, "sex": "male"}),
        ("hearing", Finding(), Person(), {}),
        ("joint", Finding(part="143", side="left"), Person("女", 30), {"side": "left", "joint": "knee"}),
        ("fracture", Finding(part="144", side="right"), Person(), {"side": "right"}),
        ("scar", Finding(part="143", side="left"), Person("女", 30), {}),
    ],
)
def test_a_new_sheet_begins_with_what_is_known_and_no_result(
    kind: str, finding: Finding, person: Person, known: dict[str, Any]
) -> None:
    assert dict(begun(kind, finding, person).values) == known


@pytest.mark.parametrize(
    ("press", "kinds"),
    [
        (Press("sheet", 0, "vision"), ["joint", "hearing", "vision"]),
        (Press("sheet", 0, "phrenology"), ["joint", "hearing"]),
        (Press("unsheet", 0, "0"), ["hearing"]),
        (Press("unsheet", 0, "1"), ["joint"]),
        (Press("unsheet", 0, "9"), ["joint", "hearing"]),
        (Press("unsheet", 0, "x"), ["joint", "hearing"]),
        (Press("sheet", 7, "vision"), ["joint", "hearing"]),
    ],
)
def test_a_sheet_is_begun_and_taken_away(press: Press, kinds: list[str]) -> None:
    content = Content(findings=(a_finding(sheets=(a_sheet(), a_hearing_sheet())),))
    assert [each.kind for each in pressed(content, press).findings[0].sheets] == kinds


def test_a_thirteenth_sheet_is_refused() -> None:
    content = Content(findings=(a_finding(sheets=(a_sheet(),) * MOST_SHEETS),))
    with pytest.raises(TooManySheets):
        pressed(content, Press("sheet", 0, "vision"))


@pytest.mark.parametrize(
    ("asked", "kinds", "suggested"),
    [
        ({"query": "tl"}, "hearing", None),
        ({"region": "眼"}, "glaucoma", None),
        ({"part": "143"}, None, "joint"),
        ({"region": "nowhere"}, None, None),
    ],
)
def test_what_to_measure_is_found_by_words_by_region_and_by_part(
    asked: dict[str, str], kinds: str | None, suggested: str | None
) -> None:
    picker = kind_picker(0, **asked)
    assert picker.regions == tuple(REGIONS)
    assert kinds is None or kinds in [each.code for each in picker.kinds]
    assert suggested is None or suggested in [each.code for each in picker.suggested]


EARS = a_finding(injury="双耳", part="050", side="both", clause="", sheets=(a_hearing_sheet(),))


def test_each_finding_has_its_own_clauses_with_reasons_and_what_is_missing() -> None:
    content = Content(findings=(a_finding(), EARS))
    found = measured(content, ())
    assert list(found.by_place) == [1]
    ears = found.by_place[1]
    assert ears.holds[0].number == "5.8.2(34)"
    assert ears.holds[0].reasons == ("双耳听力损失不少于41dB（48dB）",)
    assert [(each.number, each.missing) for each in ears.near] == [
        ("5.7.2(32)", ("双耳听力损失不少于56dB（现为：48dB）",))
    ]
    assert all(not each.is_chosen for each in ears.holds)


def test_a_clause_that_is_not_decided_names_the_measurement_that_would_decide() -> None:
    knee = a_finding(sheets=(a_sheet("vertebra", anterior_height_loss=0.4),), clause="")
    undecided = measured(Content(findings=(knee,)), ()).by_place[0].undecided
    assert all(any("未测或未填" in text or "由专家组判断" in text for text in each.missing) for each in undecided)


def test_a_clause_outside_the_recognised_parts_is_flagged() -> None:
    found = measured(Content(findings=(EARS,)), [recognised_part("144", "left")])
    assert "不在工伤认定的受伤部位" in found.by_place[0].holds[0].outside


def test_where_the_standard_leaves_room_the_group_decides_and_no_grade_is_set() -> None:
    half = a_sheet(side="left", joint="knee", range_deg=50, healthy_deg=100)
    content = Content(findings=(a_finding(sheets=(half,), clause=""),))
    found = measured(content, ())
    assert any("由专家组决定" in room.text for room in found.rooms)
    assert not content.is_decided
    assert "grade" not in {name for name in dir(found) if not name.startswith("_")}


def test_the_chosen_clause_is_marked_and_may_be_taken_by_one_press() -> None:
    content = Content(findings=(EARS,))
    taken = pressed(content, Press("choose", 0, "5.8.2(34)"))
    assert measured(taken, ()).by_place[0].holds[0].is_chosen
    assert not taken.is_decided
    assert taken == replace(content, findings=(replace(EARS, clause="5.8.2(34)"),))


def test_two_injuries_under_one_clause_name_each_other() -> None:
    hands = [
        a_finding(injury=f"{word}手", clause="", sheets=(a_sheet("amputation", side=side, level="hand"),))
        for side, word in (("left", "左"), ("right", "右"))
    ]
    found = measured(Content(findings=tuple(hands)), ())
    assert found.by_place[0].holds[0].beside == ("右手",)


def test_an_opinion_with_measurements_comes_back_from_its_own_form() -> None:
    content = replace(
        an_opinion_of(9), findings=(a_finding(sheets=(a_sheet(), a_hearing_sheet())),), aggravated=False, childless=True
    )
    assert content_from(sent(**form_of(content, version=3))) == content
