"""The list of an accident's victims: one person's row from the form or a whole table, checked alike. Pure of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from gongjian.kernel.sheet_rows import Column, read_rows
from gongjian.kernel.sheets import SheetBroken
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document, check_mobile
from gongjian.recognition.errors import VictimListUnreadable

MOST_VICTIMS = 1000
"""Victims of one accident at the most."""


@dataclass(frozen=True)
class Asked:
    """One column of the list. longest: the most signs it may hold; empty: whether it may stay empty."""

    name: str
    title: str
    how: str
    longest: int = 200
    empty: bool = False
    kind: str = "text"
    width: int = 16

    @property
    def column(self) -> Column:
        """The column as it is read."""
        return Column(self.name, self.title, self.kind)


ASKED = (
    Asked("name", "姓名", "按身份证件填写。", 60),
    Asked("id_number", "身份证号码", "18位，这一列已设为文本格式。", 18, width=22),
    Asked("telephone", "手机号", "本人的；本人去世或者不能接听的，填近亲属的。", 20),
    Asked("address", "住址", "文书寄到这里。", width=28),
    Asked("occupation", "岗位", "职业、工种或者岗位。", 60),
    Asked("harm", "伤害程度", "伤在哪里，伤得怎么样；死亡的写明死亡。", width=24),
    Asked("parts", "受伤害部位", "写入决定书，例如“右上肢”。"),
    Asked("hospital", "医疗机构", "首次救治的医疗机构全称。", 100, width=24),
    Asked("diagnosed_on", "诊断日期", "写成2026-03-02这样。", 20, kind="day"),
    Asked("diagnosis", "诊断结论", "照诊断证明书抄写；死亡的写死亡原因。", 500, width=28),
    Asked("died_on", "死亡日期", "死亡的填写。", 20, empty=True, kind="day"),
    Asked("relative", "近亲属姓名", "本人死亡的必须填写，文书送达给近亲属。", 60, empty=True),
    Asked("employer", "用人单位", "和事故单位不同的才填写，例如劳务派遣、承包单位。", empty=True, width=24),
)
COLUMNS = tuple(each.column for each in ASKED)
TITLES = {each.name: each.title for each in ASKED}
DAYS = tuple(each.name for each in ASKED if each.kind == "day")
NUMBERS = ("id_number", "telephone")
"""What people write in groups, with blanks between them."""
Told = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: the row as the list shows it, the column's title, and the sentence."""

    row: int
    title: str
    why: str


@dataclass(frozen=True)
class Read:
    """What was read: the rows that may be kept, and every fault of the others. repeated: rows whose person stands on the list already."""

    good: tuple[Told, ...]
    faults: tuple[Fault, ...]
    repeated: int = 0


def read_list(stream: BinaryIO, *, on: date, since: date) -> Read:
    """Each row of an .xlsx table checked by itself; a row with a fault is not kept, and its faults are told. on: the day of reading; since: of the accident.

    Law: 条例 art. 18; 令8 art. 19. Raises: VictimListUnreadable.
    """
    try:
        rows = read_rows(stream, COLUMNS, most=MOST_VICTIMS)
    except SheetBroken as error:
        raise VictimListUnreadable(why=str(error)) from error
    good, found, seen = list[Told](), list[Fault](), dict[str, int]()
    for row in rows:
        told, wrong = checked(row.values, on=on, since=since)
        wrong = {**wrong, **row.faults}
        if not wrong and told["id_number"] in seen:
            wrong = {"id_number": f"和第{seen[told['id_number']]}行是同一人。"}
        found += [Fault(row.line, TITLES[name], why) for name, why in wrong.items()]
        if not wrong:
            seen[told["id_number"]] = row.line
            good.append(told)
    return Read(tuple(good), tuple(found))


def checked(values: Mapping[str, str], *, on: date, since: date) -> tuple[Told, dict[str, str]]:
    """One person as the list keeps them, and what is wrong by column: missing, too long, no document number, no telephone, no day.

    since: the day of the accident, before which nobody was hurt or died of it; whom it killed at once may be diagnosed later.
    Law: 条例 art. 18; 令8 art. 19.
    """
    told = {each.name: values.get(each.name, "").strip() for each in ASKED}
    told |= {name: "".join(told[name].split()) for name in NUMBERS}
    wrong = {each.name: why for each in ASKED if (why := _wrong(each, told, on))}
    if not wrong:
        wrong = {name: "不能早于事故日期。" for name in DAYS if told[name] and told[name] < since.isoformat()}
    if not wrong and told["died_on"] and not told["relative"]:
        wrong["relative"] = "本人死亡的，请填写近亲属姓名。"
    return told, wrong


def _wrong(asked: Asked, told: Told, on: date) -> str:
    value = told[asked.name]
    if not value:
        return "" if asked.empty else "没有填写。"
    if len(value) > asked.longest:
        return f"不能超过{asked.longest}个字。"
    try:
        if asked.name == "id_number":
            told["id_number"] = check_document(IdType.RESIDENT_ID, value, on=on)
        elif asked.name == "telephone":
            told["telephone"] = check_mobile(value)
        elif asked.kind == "day" and date.fromisoformat(value) > on:
            return "不能晚于今天。"
    except RuleError as refusal:
        return str(refusal)
    except ValueError:
        return "日期看不懂，请写成2026-03-02这样。"
    return ""
