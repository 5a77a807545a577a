"""The employer's table: every column is a field of the online form, and a row tells what the form would be told."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gongjian.applications.filing import TO_MEND
from gongjian.kernel.sheet_rows import Row, read_rows
from gongjian.kernel.sheets import SheetBroken
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.answers import faults
from gongjian.recognition.sheet import ASKED, COLUMNS, injury_named, table_rows, told_of
from gongjian.recognition.sheet_file import given_back, mend_text, template
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.builders import MONDAY
from gongjian.recognition.tests.tables import ONCE, a_line, a_table


def read(*lines: list[Any]) -> list[Row]:
    return read_rows(a_table(*lines), COLUMNS, most=2000)


def told(**changes: Any) -> dict[str, dict[str, Any]]:
    (row,) = read(a_line(**changes))
    return told_of(row)


def test_every_column_is_a_field_of_the_online_form_with_its_article():
    assert len({each.name for each in ASKED}) == len(ASKED)
    assert all(each.name in STEPS.of(each.step).fields for each in ASKED)
    assert all(each.basis for each in ASKED)


def test_every_field_that_must_be_told_is_a_column_or_told_once():
    once = {name for fields in ONCE.values() for name in fields}
    wanted = {name for step in STEPS.filled_in for name in step.required}
    assert wanted <= {each.name for each in ASKED} | once


def test_a_right_row_has_no_fault_in_any_step():
    (row,) = table_rows(a_table(a_line()), ONCE)
    wrong = {step.code: faults(step, row.told.get(step.code, {}), on=MONDAY.date()) for step in STEPS.filled_in}
    assert set(map(bool, wrong.values())) == {False}
    assert row.faults == {}


def test_words_become_the_answers_of_the_form():
    found = told(id_type="护照", id_number="E99010001", employment="劳务派遣", insured="否", kind="职业病")
    assert found["person"]["id_type"] == "passport"
    assert (found["employer"]["employment"], found["employer"]["insured"]) == ("dispatch", "no")
    assert found["injury"]["kind"] == "disease"


def test_what_is_left_empty_is_an_identity_card_and_ordinary_employment_and_nothing_else():
    found = told(insured="")
    assert (found["person"]["id_type"], found["employer"]["employment"]) == ("resident_id", "ordinary")
    assert (found["employer"]["insured"], found["injury"]["died_on"]) == ("", "")


@pytest.mark.parametrize(
    ("step", "name", "said"),
    [("injury", "kind", "摔伤"), ("employer", "employment", "外包"), ("person", "id_type", "工作证")],
)
def test_a_word_that_is_none_of_those_is_left_to_the_rules_of_the_form(step: str, name: str, said: str):
    found = told(**{name: said})
    assert name in faults(STEPS.of(step), found[step], on=MONDAY.date())


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("右指", ["133:right"]),
        ("右指、左指", ["133:right", "133:left"]),
        ("右指，左指；", ["133:right", "133:left"]),
        ("", []),
    ],
)
def test_parts_are_named_by_the_words_of_the_template(said: str, codes: list[str]):
    assert told(parts=said)["injury"]["parts"] == codes


def test_a_part_that_has_no_such_name_is_told_and_not_guessed():
    (row,) = read(a_line(parts="右指、右手食指"))
    assert told_of(row)["injury"]["parts"] == ["133:right"]
    assert "“右手食指”不是部位名称" in row.faults["parts"]


def test_two_rows_of_one_injury_are_named_alike_however_the_number_is_written():
    one, two = (told(id_number=number) for number in (an_id_number(), f" {an_id_number()} "))
    assert injury_named(one) == injury_named(two) != ""
    assert injury_named(told(injured_on="2026-02-11")) != injury_named(one)
    assert injury_named(told(kind="职业病")) != injury_named(one)


@pytest.mark.parametrize("changes", [{"id_number": "990101199003070010"}, {"id_number": ""}, {"id_type": "工作证"}])
def test_who_cannot_be_known_names_no_injury(changes: dict[str, Any]):
    assert injury_named(told(**changes)) == ""


def test_the_template_keeps_what_is_typed_as_text_and_offers_the_words():
    book = load_workbook(BytesIO(template()))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [each.title for each in ASKED]
    assert sheet.column_dimensions["C"].number_format == "@"
    offered = [each.formula1 for each in sheet.data_validations.dataValidation]
    assert '"事故伤害,职业病"' in offered
    assert all(len(each) <= 255 for each in offered)


def test_the_template_explains_each_column_with_its_article():
    cells = [cell.value for row in load_workbook(BytesIO(template())).worksheets[1].iter_rows() for cell in row]
    for each in ASKED:
        assert each.how in cells
        assert each.basis in cells
    assert any("右指" in str(value) for value in cells)


def test_the_empty_template_holds_nobody():
    with pytest.raises(SheetBroken, match="没有一名职工"):
        table_rows(BytesIO(template()), ONCE)


def test_rows_that_are_given_back_can_be_mended_and_sent_again():
    (row,) = read(a_line(telephone="123", injured_on=datetime(2026, 2, 10), place="=1+1"))
    back = given_back([(row.cells, {"telephone": "手机号不对。", "elsewhere": "整行的话。"})])
    sheet = load_workbook(BytesIO(back)).worksheets[0]
    assert sheet.cell(1, len(ASKED) + 1).value == TO_MEND
    assert sheet.cell(2, len(ASKED) + 1).value == "职工手机号：手机号不对。\n整行：整行的话。"
    sheet.cell(2, 4, "19900000001")
    out = BytesIO()
    sheet.parent.save(out)
    (again,) = table_rows(BytesIO(out.getvalue()), ONCE)
    assert again.told["person"]["telephone"] == "19900000001"
    assert again.told["injury"]["injured_on"] == "2026-02-10"


def test_what_is_to_mend_is_told_column_by_column():
    assert mend_text({"name": "这一项要填写。"}) == "职工姓名：这一项要填写。"
