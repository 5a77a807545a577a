"""An employer's table of applications: its columns, and what a row tells as the online form's answers. Pure of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, BinaryIO

from gongjian.applications.filing import MOST_ROWS, TO_MEND, TableRow
from gongjian.applications.forms import part_choices
from gongjian.kernel.sheet_rows import Column, Row, read_rows
from gongjian.kernel.sheets import SheetBroken
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document
from gongjian.recognition.choices import EMPLOYMENT
from gongjian.recognition.rules import HARMS
from gongjian.recognition.steps import STEPS

INSURED = MappingProxyType({"是": "yes", "否": "no"})
DOCUMENTS = MappingProxyType({kind.label: kind.value for kind in IdType})
KINDS = MappingProxyType({label: code for code, label in HARMS.items()})
WAYS = MappingProxyType({label: code for code, label in EMPLOYMENT.items()})
SHOWN = 60
"""So much of what is no name of a part is repeated."""


@dataclass(frozen=True)
class Asked:
    """One column. how: what to write; choices: the words one may choose from → the answer; empty: the answer where nothing is written."""

    step: str
    name: str
    title: str
    how: str
    example: str = ""
    width: int = 14
    kind: str = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""

    @property
    def required(self) -> bool:
        """Whether the form asks for it from everybody."""
        return self.name in STEPS.of(self.step).required and not self.empty

    @property
    def basis(self) -> str:
        """The article on which it is asked."""
        return STEPS.of(self.step).basis[self.name]

    @property
    def column(self) -> Column:
        """The column as it is read."""
        return Column(self.name, self.title, self.kind)


ASKED = (
    Asked("person", "name", "职工姓名", "按身份证件填写。", "林知远"),
    Asked(
        "person", "id_type", "证件类型", "不填的按居民身份证。", "居民身份证", choices=DOCUMENTS, empty="resident_id"
    ),
    Asked("person", "id_number", "证件号码", "这一列已设为文本格式，18位要写全。", "990101199003070011", 22),
    Asked(
        "person",
        "telephone",
        "职工手机号",
        "11位。职工已经去世或者没有手机的，填写近亲属或者单位经办人的。",
        "19900000001",
    ),
    Asked("person", "address", "职工住址", "现在居住的地方。", "云溪市东溪县柳桥路1号", 28),
    Asked("person", "occupation", "做什么工作", "职业、工种或者岗位。", "车工"),
    Asked("employer", "employment", "用工情形", "不填的按一般用工。", "一般用工", choices=WAYS, empty="ordinary"),
    Asked("employer", "insured", "是否参加工伤保险", "是或者否，不清楚的不填。", "是", choices=INSURED),
    Asked("injury", "kind", "伤害类别", "事故伤害或者职业病。", "事故伤害", choices=KINDS),
    Asked(
        "injury",
        "injured_on",
        "受伤的日期",
        "职业病填写诊断（鉴定）为职业病的日期。写成2026-03-02这样。",
        "2026-02-10",
        kind="day",
    ),
    Asked("injury", "happened_at", "几点钟", "大约的时间也可以。", "10:20", kind="time"),
    Asked("injury", "place", "在哪里受的伤", "写到具体地点。职业病不用填。", "二车间3号车床", 24),
    Asked(
        "injury", "cause", "怎么受的伤", "当时在做什么，发生了什么。职业病不用填。", "更换刀具时工件松脱，击中右手", 40
    ),
    Asked("injury", "harm", "伤得怎么样", "伤害的程度。", "右手食指断了一节", 24),
    Asked("injury", "parts", "受伤的部位", "照下面“部位名称”写，几处用顿号隔开；说不准的不填。", "右指"),
    Asked("injury", "died_on", "去世的日期", "职工已经去世的填写。写成2026-03-02这样。", "", kind="day"),
    Asked("medical", "hospital", "第一次看病的医院", "写全称。", "云溪市第一人民医院", 24),
    Asked(
        "medical", "diagnosed_on", "诊断的日期", "诊断证明书上的日期。写成2026-03-02这样。", "2026-02-10", kind="day"
    ),
    Asked("medical", "diagnosis", "医生的诊断", "照诊断证明书抄写。", "右手示指离断伤", 28),
    Asked("medical", "disease", "职业病名称", "职业病要填写，照职业病诊断证明书抄写。", "", 20),
    Asked(
        "time",
        "late_reason",
        "为什么现在才申请",
        "超过30日的填写。不拦截提交，是否受理由工作人员审查后书面决定。",
        "",
        28,
    ),
)
COLUMNS = tuple(each.column for each in ASKED)
TITLES = MappingProxyType({each.name: each.title for each in ASKED})


def table_rows(sheet: BinaryIO, once: Mapping[str, Mapping[str, Any]]) -> list[TableRow]:
    """Every filled row with what its employer tells once, by step. Raises: SheetBroken."""
    rows = read_rows(sheet, COLUMNS, most=MOST_ROWS, ignored=(TO_MEND,))
    if not rows:
        raise SheetBroken("表格里没有一名职工，请从第2行开始填写")
    return [_told(row, once) for row in rows]


def told_of(row: Row) -> dict[str, dict[str, Any]]:
    """What a row tells, by step, as the forms keep it; what cannot be understood is written at the row. Law: 条例 art. 18; 令8 art. 6."""
    told: dict[str, dict[str, Any]] = {}
    for each in ASKED:
        said = row.values.get(each.name, "")
        told.setdefault(each.step, {})[each.name] = _parts(row, said) if each.name == "parts" else _answer(each, said)
    return told


def injury_named(told: Mapping[str, Mapping[str, Any]]) -> str:
    """Which injury of whom an application is about, in one text; "" while that cannot be told. Two rows of one injury say the same."""
    person, injury = told.get("person", {}), told.get("injury", {})
    try:
        number = check_document(IdType(str(person.get("id_type", ""))), str(person.get("id_number", "")))
    except (RuleError, ValueError):
        return ""
    return f"{person['id_type']}/{number}/{injury.get('kind', '')}/{injury.get('injured_on', '')}"


def _told(row: Row, once: Mapping[str, Mapping[str, Any]]) -> TableRow:
    said = told_of(row)
    told = {step: {**once.get(step, {}), **said.get(step, {})} for step in {**once, **said}}
    return TableRow(row.line, row.cells, told, dict(row.faults))


@cache
def part_codes() -> dict[str, str]:
    """The words by which a part of the body is named → its code with its side."""
    return {label: code for code, label in part_choices()}


def codes_of(said: str) -> tuple[str, ...]:
    """The codes of the parts that a text names; what it says otherwise has none."""
    codes = part_codes()
    return tuple(codes[name] for name in _split(said) if name in codes)


def _answer(asked: Asked, said: str) -> str:
    if not asked.choices:
        return said
    return asked.choices.get(said, said) if said else asked.empty


def _parts(row: Row, said: str) -> list[str]:
    codes = part_codes()
    names = [name for name in _split(said) if name]
    unknown = [name for name in names if name not in codes]
    if unknown:
        shown = "、".join(unknown)[:SHOWN]
        row.faults["parts"] = f"“{shown}”不是部位名称，请照“填写说明”里的名称写；说不准的可以不填。"
    return list(codes_of(said))


def _split(said: str) -> list[str]:
    for sign in ("，", ",", "；", ";", "\n"):
        said = said.replace(sign, "、")
    return [name.strip() for name in said.split("、")]
