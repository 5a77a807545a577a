"""The pool as a spreadsheet: every fault named by its line, all or nothing, and no cell that acts."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_draw_officer, a_scheduler, an_administrator, an_office
from gongjian.experts.actions import read_sheet, take_in
from gongjian.experts.errors import ImportGone, PoolNotYours, SheetHasErrors, SheetUnreadable
from gongjian.experts.export import pool_sheet, template_sheet
from gongjian.experts.models import Expert, PoolImport
from gongjian.experts.spreadsheet import COLUMNS, read_rows
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.sheets import MOST_BYTES
from gongjian.kernel.tests.test_sheet_rows import remade
from gongjian.sittings.tests.builders import PLANNED, at

TODAY = PLANNED.date()
GOOD = {
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


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_sheet(*rows: dict[str, object], titles: list[str] | None = None) -> BytesIO:
    """A sheet of these rows, each the good row with changes."""
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(titles or [column.title for column in COLUMNS])
    for changes in rows:
        sheet.append([{**GOOD, **changes}[column.name] for column in COLUMNS])
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def read_well(sheet: BytesIO) -> PoolImport:
    """A sheet without faults, read and waiting."""
    _, waiting = read_sheet(an_office(), sheet, by=a_scheduler())
    assert waiting is not None
    return waiting


def errors_of(*rows: dict[str, object]) -> list[list[str]]:
    return [row.errors for row in read_rows(a_sheet(*rows), today=TODAY)]


def test_a_good_row_is_read_with_codes_and_days():
    [row] = read_rows(a_sheet({}), today=TODAY)
    assert row.errors == []
    assert row.values["specialties"] == ["orthopaedics", "hand_foot"]
    assert (row.values["title_level"], row.values["term_from"]) == ("senior", "2025-09-01")


@pytest.mark.parametrize("text", ["2025-09-01", "2025/09/01", "2025.09.01"])
def test_a_day_may_be_written_as_people_write_it(text):
    [row] = read_rows(a_sheet({"term_from": text}), today=TODAY)
    assert row.values["term_from"] == "2025-09-01"


@pytest.mark.parametrize("text", ["骨科、手足外科", "骨科,手足外科", "骨科，手足外科", " 骨科 、 手足外科 "])
def test_specialties_may_be_parted_as_people_part_them(text):
    [row] = read_rows(a_sheet({"specialties": text}), today=TODAY)
    assert row.values["specialties"] == ["orthopaedics", "hand_foot"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": ""}, "缺少“姓名”"),
        ({"title_level": "中级"}, "高级专业技术职务"),
        ({"specialties": "占星科"}, "专业“占星科”不在目录中"),
        ({"term_from": "去年"}, "“聘期开始”应为日期"),
        ({"term_until": datetime(2030, 1, 1)}, "不超过3年"),
        ({"trained_on": datetime(2026, 12, 1)}, "不能晚于今天"),
        ({"name": "=1+1"}, "公式"),
        ({"hospital": "@SUM(A1)"}, "不能以等号、加减号等符号开头"),
        ({"hospital": "+8613"}, "不能以等号、加减号等符号开头"),
        ({"department": "-2+3"}, "不能以等号、加减号等符号开头"),
        ({"name": "长" * 61}, "不能超过60个字"),
    ],
)
def test_each_fault_of_a_row_is_said_in_words(changes, fault):
    [found] = errors_of(changes)
    assert fault in "；".join(found)


def test_faults_stand_at_their_own_lines():
    rows = read_rows(a_sheet({}, {"name": ""}, {}), today=TODAY)
    assert [(row.line, bool(row.errors)) for row in rows] == [(2, False), (3, True), (4, False)]


def test_a_number_twice_or_known_is_a_fault():
    rows = read_rows(a_sheet({"number": "Z1"}, {"number": "Z1"}, {"number": "Z2"}), today=TODAY, known=["Z2"])
    assert [row.errors for row in rows] == [[], ["专家编号Z1与第2行重复"], ["专家编号Z2已在专家库中"]]


def test_a_telephone_typed_as_a_number_is_read_as_text():
    [row] = read_rows(a_sheet({"telephone": 19900000101}), today=TODAY)
    assert row.values["telephone"] == "19900000101"


def test_empty_lines_are_passed_over():
    book = a_sheet({}, {})
    assert len(read_rows(book, today=TODAY)) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"not a sheet", b"PK\x03\x04broken", "姓名,职称\n".encode()],
    ids=["empty", "text", "broken", "csv"],
)
def test_what_is_no_sheet_is_refused(content):
    with pytest.raises(SheetUnreadable):
        read_rows(BytesIO(content), today=TODAY)


def test_a_sheet_that_is_too_large_is_refused_before_it_is_opened():
    with pytest.raises(SheetUnreadable, match="5MB"):
        read_rows(BytesIO(b"x" * (MOST_BYTES + 1)), today=TODAY)


def test_a_sheet_that_swells_when_unpacked_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 1024 * 1024))
    out.seek(0)
    with pytest.raises(SheetUnreadable, match="解开后过大"):
        read_rows(out, today=TODAY)


def test_another_sheet_or_one_without_rows_is_refused():
    with pytest.raises(SheetUnreadable, match="列名"):
        read_rows(a_sheet({}, titles=["姓名"]), today=TODAY)
    with pytest.raises(SheetUnreadable, match="没有一行"):
        read_rows(a_sheet(), today=TODAY)


@pytest.mark.django_db
def test_an_exported_cell_never_acts():
    an_expert(name="=HYPERLINK(1)", hospital="@x")
    sheet = load_workbook(BytesIO(pool_sheet(an_office(), by=a_scheduler()))).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert [cell.value for cell in cells if "HYPERLINK" in str(cell.value)] == ["'=HYPERLINK(1)"]


@pytest.mark.django_db
def test_what_was_exported_can_be_read_back():
    an_expert()
    exported = BytesIO(pool_sheet(an_office(), by=a_scheduler()))
    [row] = read_rows(exported, today=TODAY)
    assert (row.errors, row.values["name"]) == ([], "骆骨生")


@pytest.mark.django_db
def test_art_25_telephones_are_exported_for_the_keeper_only_and_that_is_noted():
    an_expert()
    assert _telephones(a_scheduler()) == ["19900000101"]
    assert readings_of("office:YXJD").count() == 1
    assert _telephones(a_draw_officer()) == [None]
    assert readings_of("office:YXJD").count() == 1


@pytest.mark.django_db
def test_nobody_else_exports():
    with pytest.raises(PoolNotYours):
        pool_sheet(an_office(), by=a_clerk())


def test_the_template_has_the_columns_and_no_rows():
    sheet = load_workbook(BytesIO(template_sheet())).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[column.title for column in COLUMNS]]


@pytest.mark.django_db
def test_a_sheet_is_first_shown_and_then_taken_in():
    waiting = read_well(a_sheet({}, {"name": "章手一", "specialties": "手足外科"}))
    assert (waiting.count, Expert.objects.count()) == (2, 0)
    made = take_in(waiting.pk, by=a_scheduler())
    assert [(expert.number, expert.name) for expert in made] == [("YXJD-Z0001", "骆骨生"), ("YXJD-Z0002", "章手一")]
    assert PoolImport.objects.get().rows == []


@pytest.mark.django_db
def test_one_fault_keeps_the_whole_sheet_out():
    rows, waiting = read_sheet(an_office(), a_sheet({}, {"name": ""}), by=a_scheduler())
    assert (len(rows), waiting, Expert.objects.count()) == (2, None, 0)


@pytest.mark.django_db
def test_a_sheet_is_taken_in_once_and_by_who_read_it():
    waiting = read_well(a_sheet({}))
    with pytest.raises(ImportGone):
        take_in(waiting.pk, by=an_administrator())
    take_in(waiting.pk, by=a_scheduler())
    with pytest.raises(ImportGone):
        take_in(waiting.pk, by=a_scheduler())
    assert Expert.objects.count() == 1


@pytest.mark.django_db
def test_a_number_given_to_somebody_meanwhile_keeps_the_whole_sheet_out():
    waiting = read_well(a_sheet({"number": "Z1"}, {"number": "Z2"}))
    an_expert(number="Z2")
    with pytest.raises(SheetHasErrors):
        take_in(waiting.pk, by=a_scheduler())
    assert Expert.objects.count() == 1


@pytest.mark.django_db
def test_a_number_made_here_never_takes_one_that_the_sheet_brings():
    waiting = read_well(a_sheet({}, {"number": "YXJD-Z0001"}))
    assert {expert.number for expert in take_in(waiting.pk, by=a_scheduler())} == {"YXJD-Z0001", "YXJD-Z0002"}


@pytest.mark.django_db
def test_nobody_but_the_keeper_of_the_pool_imports():
    with pytest.raises(PoolNotYours):
        read_sheet(an_office(), a_sheet({}), by=a_draw_officer())


def _telephones(person: User) -> list[object]:
    sheet = load_workbook(BytesIO(pool_sheet(an_office(), by=person))).worksheets[0]
    place = [column.name for column in COLUMNS].index("telephone")
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(("before", "after"), [(b"</sheetData>", b""), (b'<row r="2"', b'<row r="two"')])
def test_a_sheet_that_is_damaged_within_its_rows_is_refused_in_words(before, after):
    with pytest.raises(SheetUnreadable, match="损坏"):
        read_rows(remade(a_sheet({}), damage=(before, after)), today=PLANNED.date())
