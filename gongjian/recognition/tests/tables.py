"""Employers' tables, filled in as a person fills in the template. Everybody in them is invented."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_applicant
from gongjian.applications.actions.filing import file_rows
from gongjian.applications.models import Draft, Filing
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.sheet import ASKED, table_rows
from gongjian.recognition.sheet_file import template
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import INJURED, a_bureau

ONCE: dict[str, dict[str, Any]] = {
    "applicant": {"capacity": "employer", "applicant_name": "周若岚"},
    "employer": {
        "employer_name": "云溪恒信机械有限公司", "credit_code": "", "contact_name": "周若岚",
        "employer_telephone": "19900000002", "employer_address": "云溪市工业大道8号",
    },
    "address": {
        "delivery_name": "周若岚", "delivery_telephone": "19900000002", "delivery_address": "云溪市工业大道8号",
        "electronic_consent": True,
    },
}  # fmt: skip
"""What the employer tells once."""


EMPTY = template()


def the_boss() -> User:
    """Who files for the employer."""
    return an_applicant("19900000002", "周若岚")


def a_line(number: int = 1, **changes: Any) -> list[Any]:
    """One person's row, right in every column; a change replaces the cell of a column."""
    cells: dict[str, Any] = {
        "name": f"林知{'远近东西南北中'[number % 7]}",
        "id_number": an_id_number(number),
        "telephone": "19900000001",
        "address": "云溪市东溪县柳桥路1号",
        "occupation": "车工",
        "insured": "是",
        "kind": "事故伤害",
        "injured_on": date.fromisoformat(INJURED),
        "happened_at": "10:20",
        "place": "二车间3号车床",
        "cause": "更换刀具时工件松脱",
        "harm": "右手食指断了一节",
        "parts": "右指",
        "hospital": "云溪市第一人民医院",
        "diagnosed_on": INJURED,
        "diagnosis": "右手示指离断伤",
        **changes,
    }
    return [cells.get(each.name, "") for each in ASKED]


def a_table(*lines: list[Any]) -> BytesIO:
    """The template with these rows from line 2 on."""
    book = load_workbook(BytesIO(EMPTY))
    for line, cells in enumerate(lines, start=2):
        for column, value in enumerate(cells, start=1):
            book.worksheets[0].cell(line, column, value if value != "" else None)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def a_filing(*lines: list[Any], by: User | None = None) -> Filing:
    """A table sent in; by default of two people."""
    rows = table_rows(a_table(*(lines or (a_line(1), a_line(2)))), ONCE)
    return file_rows(rows, by=by or the_boss(), office=a_bureau(), procedure=RECOGNITION, name="名单.xlsx")


def with_papers(filing: Filing) -> list[Draft]:
    """One paper for each person of a table; their drafts in the order of the rows."""
    drafts = [
        row.draft for row in filing.rows.exclude(draft=None).select_related("draft").order_by("line") if row.draft
    ]
    for number, draft in enumerate(drafts):
        page = a_picture(number % 40)
        add_page(material_of("medical_diagnosis", draft_id=draft.pk), page, name="诊断.png", by=draft.user)
    return drafts
