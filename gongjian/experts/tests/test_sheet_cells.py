"""Every column of the sheet, wrong in every way that people and programs get it wrong; and the sheet as a whole."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from gongjian.experts.errors import SheetUnreadable
from gongjian.experts.specialties import SPECIALTIES
from gongjian.experts.spreadsheet import (
    COLUMNS,
    LEVELS,
    MOST_ROWS,
    Row,
    read_rows,
    specialties_text,
    write_rows,
)
from gongjian.kernel.sheets import ACTING

TODAY = date(2026, 3, 10)
GOOD: dict[str, Any] = {
    "number": "",
    "name": "骆骨生",
    "title": "主任医师",
    "title_level": "正高级",
    "hospital": "云溪市第一人民医院",
    "department": "骨科",
    "specialties": "骨科、手足外科",
    "telephone": "19900000101",
    "recommended_by": "云溪市第一人民医院",
    "trained_on": datetime(2025, 8, 20),
    "term_from": datetime(2025, 9, 1),
    "term_until": None,
}
REQUIRED = [column for column in COLUMNS if column.required]
OPTIONAL = [column for column in COLUMNS if not column.required]
TEXTS = [column for column in COLUMNS if column.name not in ("trained_on", "term_from", "term_until")]
DAYS = [column for column in COLUMNS if column not in TEXTS]
FREE = [column for column in TEXTS if column.name not in ("title_level", "specialties")]


def named(column: Any) -> str:
    return str(column.name)


def a_book(*rows: list[Any], titles: list[str] | None = None) -> BytesIO:
    """A sheet of these raw lines under our columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(titles if titles is not None else [column.title for column in COLUMNS])
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def line(**changes: Any) -> list[Any]:
    """The good line with changes."""
    return [{**GOOD, **changes}[column.name] for column in COLUMNS]


def read_one(**changes: Any) -> Row:
    """The good row with changes, read."""
    [row] = read_rows(a_book(line(**changes)), today=TODAY)
    return row


@pytest.mark.parametrize("column", REQUIRED, ids=named)
@pytest.mark.parametrize("empty", [None, ""])
def test_a_required_column_that_is_empty_is_named(column, empty):
    assert read_one(**{column.name: empty}).errors == [f"缺少“{column.title}”"]


@pytest.mark.parametrize("column", OPTIONAL, ids=named)
@pytest.mark.parametrize("empty", [None, ""])
def test_an_optional_column_may_be_empty(column, empty):
    row = read_one(**{column.name: empty})
    assert row.errors == []
    assert row.values[column.name] in (None, "")


@pytest.mark.parametrize("column", COLUMNS, ids=named)
def test_a_formula_in_any_column_is_refused_and_never_worked_out(column):
    assert read_one(**{column.name: "=TODAY()"}).errors == [f"“{column.title}”是公式，请改为填写内容"]


@pytest.mark.parametrize("column", TEXTS, ids=named)
@pytest.mark.parametrize("sign", ["+", "-", "@"])
def test_a_text_that_begins_like_a_formula_is_refused_in_any_column(column, sign):
    assert read_one(**{column.name: f"{sign}SUM(A1)"}).errors == [f"“{column.title}”不能以等号、加减号等符号开头"]


@pytest.mark.parametrize("column", TEXTS, ids=named)
def test_an_apostrophe_does_not_carry_a_formula_in(column):
    assert read_one(**{column.name: "'=1+1"}).errors == [f"“{column.title}”不能以等号、加减号等符号开头"]


@pytest.mark.parametrize("column", FREE, ids=named)
def test_a_text_may_fill_its_column(column):
    row = read_one(**{column.name: "长" * column.longest})
    assert (row.errors, len(row.values[column.name])) == ([], column.longest)


@pytest.mark.parametrize("column", TEXTS, ids=named)
def test_a_text_that_is_one_sign_too_long_is_refused_and_the_length_told(column):
    assert read_one(**{column.name: "长" * (column.longest + 1)}).errors == [
        f"“{column.title}”不能超过{column.longest}个字"
    ]


@pytest.mark.parametrize("column", FREE, ids=named)
@pytest.mark.parametrize("text", ["  甲 ", "甲\n", "\u3000甲\u3000", "\t甲"])
def test_blanks_around_a_text_are_left_out(column, text):
    assert read_one(**{column.name: text}).values[column.name] == "甲"


@pytest.mark.parametrize("column", FREE, ids=named)
def test_signs_that_nobody_can_see_are_refused(column):
    assert read_one(**{column.name: "骆\u200b骨\u202e生"}).errors != []


@pytest.mark.parametrize("column", FREE, ids=named)
@pytest.mark.parametrize(("given", "read"), [(7, "7"), (7.0, "7"), (19900000101.0, "19900000101")])
def test_a_number_in_a_text_column_is_read_as_it_is_shown(column, given, read):
    assert read_one(**{column.name: given}).values[column.name] == read


@pytest.mark.parametrize("column", DAYS, ids=named)
@pytest.mark.parametrize(
    "text",
    [
        "去年",
        "2025年9月1日",
        "2025-13-01",
        "2025-02-29",
        "2025-00-10",
        "01/09/2025",
        "9月",
        "0",
        "x",
        "2025-9-1-1",
        " ",
    ],
)
def test_what_is_no_day_is_refused_in_any_column_of_days(column, text):
    assert read_one(**{column.name: text}).errors == [f"“{column.title}”应为日期，如2026-07-01"]


@pytest.mark.parametrize("column", DAYS, ids=named)
@pytest.mark.parametrize("value", [45901, 45901.5, True, time(9, 30)])
def test_a_bare_number_or_a_time_is_no_day(column, value):
    assert read_one(**{column.name: value}).errors == [f"“{column.title}”应为日期，如2026-07-01"]


@pytest.mark.parametrize(
    "value", [date(2025, 9, 1), datetime(2025, 9, 1), datetime(2025, 9, 1, 23, 59), " 2025-09-01 "]
)
def test_a_day_is_read_however_the_program_keeps_it(value):
    assert read_one(term_from=value).values["term_from"] == "2025-09-01"


@pytest.mark.parametrize(("text", "level"), LEVELS.items())
def test_both_ways_of_writing_a_level_are_understood(text, level):
    assert read_one(title_level=text).values["title_level"] == level


@pytest.mark.parametrize("text", ["中级", "初级", "主治医师", "高级", "正 高级", "特级", "无"])
def test_any_other_level_is_refused_by_the_article(text):
    [fault] = read_one(title_level=text).errors
    assert "第二十四条" in fault


@pytest.mark.parametrize("code", SPECIALTIES)
def test_every_specialty_is_read_by_its_label(code):
    assert read_one(specialties=SPECIALTIES[code]).values["specialties"] == [code]


def test_all_specialties_at_once_are_read_and_written_alike():
    text = specialties_text(SPECIALTIES)
    assert read_one(specialties=text).values["specialties"] == list(SPECIALTIES)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("占星科", "占星科"),
        ("骨科、占星科", "占星科"),
        ("占星科、骨科、风水科", "占星科、风水科"),
        ("骨科;眼科", "骨科;眼科"),
    ],
)
def test_each_unknown_specialty_is_named(text, unknown):
    assert read_one(specialties=text).errors == [f"专业“{unknown}”不在目录中"]


@pytest.mark.parametrize("text", ["、", "、、", ",", "，、,"])
def test_marks_without_a_specialty_between_them_are_no_specialty(text):
    [fault] = read_one(specialties=text).errors
    assert "专业目录" in fault


def test_a_comma_too_many_between_specialties_does_no_harm():
    assert read_one(specialties="骨科、、眼科、").values["specialties"] == ["orthopaedics", "ophthalmology"]


@pytest.mark.parametrize(
    ("begins", "ends", "is_fine"),
    [
        ("2025-09-01", None, True),
        ("2025-09-01", "2025-09-02", True),
        ("2025-09-01", "2028-08-31", True),
        ("2025-09-01", "2028-09-01", False),
        ("2025-09-01", "2025-09-01", False),
        ("2025-09-01", "2025-08-31", False),
    ],
)
def test_art_24_the_term_of_a_row_is_judged_on_both_sides(begins, ends, is_fine):
    row = read_one(term_from=begins, term_until=ends)
    assert (row.errors == []) is is_fine
    assert all("聘期" in fault for fault in row.errors)


@pytest.mark.parametrize(("passed", "is_fine"), [("2026-03-09", True), ("2026-03-10", True), ("2026-03-11", False)])
def test_art_24_the_training_of_a_row_was_passed_today_at_the_latest(passed, is_fine):
    assert (read_one(trained_on=passed).errors == []) is is_fine


@pytest.mark.parametrize("begins", ["9999-01-01", "9997-03-01"])
def test_a_term_beyond_the_calendar_is_a_fault_of_its_row_and_not_of_the_program(begins):
    assert len(read_one(term_from=begins).errors) == 1


def test_every_fault_of_a_row_is_told_not_the_first_alone():
    faults = read_one(name="", hospital="=1", department="长" * 61, term_from="去年").errors
    assert faults == [
        "缺少“姓名”",
        "“所在医院”是公式，请改为填写内容",
        "“科室”不能超过60个字",
        "“聘期开始”应为日期，如2026-07-01",
    ]


def test_a_row_with_faults_in_its_cells_is_not_judged_further():
    assert read_one(name="", title_level="中级").errors == ["缺少“姓名”"]


def test_a_short_line_is_told_what_it_lacks():
    [row] = read_rows(a_book(["", "骆骨生"]), today=TODAY)
    assert row.errors == [f"缺少“{column.title}”" for column in REQUIRED if column.name != "name"]


def test_what_stands_beside_our_columns_is_not_read():
    [row] = read_rows(a_book([*line(), "随手记", "=1+1"]), today=TODAY)
    assert row.errors == []
    assert set(row.values) == {column.name for column in COLUMNS}


@pytest.mark.parametrize("empty", [[], [None] * 12, [""] * 12, ["", None] * 6])
def test_an_empty_line_is_passed_over_and_the_lines_keep_their_numbers(empty):
    rows = read_rows(a_book(line(), empty, line(), empty), today=TODAY)
    assert [row.line for row in rows] == [2, 4]


def test_a_line_of_blanks_is_a_line_with_faults():
    [row] = read_rows(a_book([" "] * 12), today=TODAY)
    assert row.errors != []


@pytest.mark.parametrize("place", range(len(COLUMNS)))
def test_a_renamed_column_is_refused_before_any_row_is_read(place):
    titles = [column.title for column in COLUMNS]
    titles[place] = "其他"
    with pytest.raises(SheetUnreadable, match="列名"):
        read_rows(a_book(line(), titles=titles), today=TODAY)


@pytest.mark.parametrize("titles", [[], ["姓名", "专家编号"], [column.title for column in COLUMNS][::-1]])
def test_columns_that_are_missing_or_exchanged_are_refused(titles):
    with pytest.raises(SheetUnreadable, match="列名"):
        read_rows(a_book(line(), titles=titles), today=TODAY)


def test_blanks_around_a_columns_name_do_no_harm():
    titles = [f" {column.title} " for column in COLUMNS]
    assert len(read_rows(a_book(line(), titles=titles), today=TODAY)) == 1


def test_a_sheet_of_empty_lines_has_no_expert():
    with pytest.raises(SheetUnreadable, match="没有一行"):
        read_rows(a_book([None] * 12, [""] * 12), today=TODAY)


def test_a_number_three_times_is_told_with_the_line_where_it_stood_first():
    rows = read_rows(a_book(line(number="Z1"), line(number="Z2"), line(number="Z1"), line(number="Z1")), today=TODAY)
    assert [row.errors for row in rows] == [[], [], ["专家编号Z1与第2行重复"], ["专家编号Z1与第2行重复"]]


def test_a_number_both_known_and_twice_is_told_for_both():
    rows = read_rows(a_book(line(number="Z1"), line(number="Z1")), today=TODAY, known=["Z1"])
    assert [row.errors for row in rows] == [
        ["专家编号Z1已在专家库中"],
        ["专家编号Z1已在专家库中", "专家编号Z1与第2行重复"],
    ]


def test_rows_without_numbers_are_not_taken_for_one_another():
    assert [row.errors for row in read_rows(a_book(line(), line()), today=TODAY, known=[""])] == [[], []]


def test_a_thousand_rows_are_read_each_with_its_line_and_only_the_wrong_ones_have_faults():
    lines = [line(number=f"Z{serial}", name=f"专家{serial}") for serial in range(1, 1001)]
    lines[499] = line(number="Z500", name="")
    lines[998] = line(number="Z1")
    rows = read_rows(a_book(*lines), today=TODAY)
    assert [row.line for row in rows] == list(range(2, 1002))
    assert [(row.line, row.errors) for row in rows if row.errors] == [
        (501, ["缺少“姓名”"]),
        (1000, ["专家编号Z1与第2行重复"]),
    ]


def test_a_sheet_holds_so_many_rows_and_not_one_more():
    assert len(read_rows(a_book(*[["", "甲"]] * MOST_ROWS), today=TODAY)) == MOST_ROWS
    with pytest.raises(SheetUnreadable, match=str(MOST_ROWS)):
        read_rows(a_book(*[["", "甲"]] * (MOST_ROWS + 1)), today=TODAY)


def test_only_the_first_sheet_of_a_book_is_read():
    book = load_workbook(a_book(line()))
    book.create_sheet("备注").append(["=1+1"])
    out = BytesIO()
    book.save(out)
    out.seek(0)
    assert len(read_rows(out, today=TODAY)) == 1


@pytest.mark.parametrize("sign", ACTING)
def test_no_sign_that_acts_leaves_the_house_as_a_formula(sign):
    [_, cells] = load_workbook(BytesIO(write_rows([[f"{sign}1"]]))).worksheets[0].iter_rows()
    assert cells[0].data_type == "s"
    assert str(cells[0].value).startswith("'")


def test_days_leave_the_house_as_days_and_texts_as_texts():
    told = ["Z1", "骆骨生", date(2025, 9, 1), None]
    [_, cells] = load_workbook(BytesIO(write_rows([told]))).worksheets[0].iter_rows()
    assert [cell.is_date for cell in cells][:4] == [False, False, True, False]
    assert cells[2].value == datetime(2025, 9, 1)


def test_what_was_written_is_read_back_column_by_column():
    told = line(
        number="YXJD-Z0007", term_until=date(2028, 8, 31), trained_on=date(2025, 8, 20), term_from=date(2025, 9, 1)
    )
    [row] = read_rows(BytesIO(write_rows([told])), today=TODAY)
    assert row.errors == []
    assert row.values == {
        **GOOD,
        "number": "YXJD-Z0007",
        "title_level": "senior",
        "specialties": ["orthopaedics", "hand_foot"],
        "trained_on": "2025-08-20",
        "term_from": "2025-09-01",
        "term_until": "2028-08-31",
    }


def test_the_first_line_stays_in_sight_and_is_bold():
    sheet = load_workbook(BytesIO(write_rows([]))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
