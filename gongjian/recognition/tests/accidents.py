"""An accident of the green channel with its victims, in every step, from no arguments. Everybody in it is invented."""

from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.actions import accident, batch
from gongjian.recognition.models import Accident, Batch
from gongjian.recognition.queries.batch import drafts_shown
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    a_kept_site,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.victims import ASKED

HAPPENED = datetime(2026, 2, 27, 10, 20, tzinfo=moment.ZONE)
Operation = Batch.Operation
SURNAMES = "赵钱孙李周吴郑王冯陈"


def about(**changes: Any) -> dict[str, Any]:
    """What the window tells of the accident."""
    return {
        "title": "2·27云溪恒信机械厂房坍塌事故",
        "ground": "major",
        "why": "市应急管理局通报为较大生产安全事故。",
        "happened_on": HAPPENED.date(),
        "happened_at": "10:20",
        "place": "云溪恒信机械有限公司一号厂房",
        "cause": "厂房屋面坍塌，正在调查。",
        "employer_name": "云溪恒信机械有限公司",
        "employer_address": "云溪市工业大道8号",
        "contact_name": "周若岚",
        "employer_telephone": "19900000002",
        **changes,
    }


def a_victim(serial: int = 1, **changes: str) -> dict[str, str]:
    """One person's row, in the columns of the list."""
    told = {
        "name": f"{SURNAMES[serial % 10]}工{serial}",
        "id_number": an_id_number(serial % 1000, born=f"19{70 + serial // 1000}0312"),
        "telephone": "19900000003",
        "address": f"云溪市东溪县柳桥路{serial}号",
        "occupation": "车工",
        "harm": "右下肢骨折",
        "parts": "右下肢",
        "hospital": "云溪市第一人民医院",
        "diagnosed_on": "2026-02-27",
        "diagnosis": "右胫骨骨折",
    }
    return {**{each.name: "" for each in ASKED}, **told, **changes}


def a_table(*rows: dict[str, str], titles: bool = True) -> BytesIO:
    """A table of victims as a spreadsheet program saves it."""
    book = Workbook()
    sheet = book.worksheets[0]
    if titles:
        sheet.append([each.title for each in ASKED])
    for row in rows:
        sheet.append([row[each.name] for each in ASKED])
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


@kept
def an_accident(count: int = 3, **changes: Any) -> Accident:
    """Registered on MONDAY, with so many victims on its list."""
    with moment.fixed(MONDAY):
        row = accident.register(a_bureau(), about(**changes), by=the_clerk())
        if count:
            accident.list_victims(row, a_table(*(a_victim(each) for each in range(1, count + 1))), by=the_clerk())
    return row


def done_for_all(row: Accident, operation: str, told: dict[str, Any], *, by: User, seen: str = "") -> Batch:
    """A batch, gone through to its end."""
    with moment.fixed(MONDAY):
        made = batch.begin_batch(row, operation, told, by=by, seen=seen)
        batch.advance(made)
    made.refresh_from_db()
    return made


@kept
def an_opened_accident(count: int = 3) -> Accident:
    """Every victim's case opened and accepted."""
    row = an_accident(count)
    done_for_all(row, Operation.OPEN, {}, by=the_clerk())
    return row


@kept
def a_begun_accident(count: int = 3) -> Accident:
    """Two investigators for everybody, and the record of the scene shared."""
    row = an_opened_accident(count)
    done_for_all(row, Operation.BEGIN, {"team": [a_colleague().pk]}, by=an_investigator())
    first = row.victims.order_by("row").select_related("case").first()
    assert first is not None
    assert first.case is not None
    first.case.refresh_from_db()
    with moment.fixed(MONDAY):
        site = a_kept_site(first.case)
        accident.share(row, "site", site.pk, by=an_investigator())
    return row


def in_common(row: Accident, **changes: Any) -> dict[str, Any]:
    """The draft that all have in common; it rests on what they share, and each one's own sentence too."""
    site = row.shared.get(kind="site").site_id
    told = {
        "outcome": "recognised",
        "heads": ["14-1"],
        "facts": [["2026年2月27日10时20分，一号厂房屋面坍塌。", [["site", site, None]]]],
        "own_rests": [["site", site, None]],
    }
    return {**told, **changes}


@kept
def a_proposed_accident(count: int = 3) -> Accident:
    """Every draft handed to the reviewer."""
    row = a_begun_accident(count)
    done_for_all(row, Operation.PROPOSE, in_common(row), by=an_investigator())
    return row


@kept
def a_reviewed_accident(count: int = 3) -> Accident:
    """Every draft passed on to the signer."""
    row = a_proposed_accident(count)
    done_for_all(row, Operation.REVIEW, {}, by=the_reviewer(), seen=seen_of(row, Operation.REVIEW))
    return row


@kept
def a_decided_accident(count: int = 3) -> Accident:
    """Every decision signed."""
    row = a_reviewed_accident(count)
    done_for_all(row, Operation.DECIDE, {}, by=the_signer(), seen=seen_of(row, Operation.DECIDE))
    return row


def seen_of(row: Accident, operation: Operation) -> str:
    """The digest of what the page shows to the reviewer or the signer."""
    who = {Operation.REVIEW: the_reviewer, Operation.DECIDE: the_signer}[operation]()
    return drafts_shown(row, operation, by=who).digest
