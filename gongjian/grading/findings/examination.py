"""A whole examination, read strictly from plain values: what is misspelt, out of range or of the wrong kind is refused with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from gongjian.grading.errors import (
    ExaminationUnreadable,
    FieldMissing,
    FieldUnknown,
    FieldWrong,
    FindingWrong,
    KindUnknown,
)
from gongjian.grading.findings.base import Finding, described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import Field
from gongjian.grading.selfcare import SelfCareItem
from gongjian.law.errors import RuleError

Appraisal = Literal["initial", "second", "review"]
LONGEST_INJURY: Final = 200
_MOST: Final = 200
_LONGEST_NAME: Final = 40
_PARTS: Final = ("appraisal", "findings", "prior", "aggravated", "selfcare", "childless", "recurring_obstruction")


@dataclass(frozen=True, kw_only=True)
class Examination:
    """findings: of this injury; prior: what the hurt organs had before (4.3); aggravated: whether this injury made it worse.

    selfcare: items that need help, None when not asked. childless: no children and never able to have any (B.4.2).
    recurring_obstruction: after an abdominal operation, again and again, with images (B.4.11).
    """

    findings: tuple[Finding, ...]
    appraisal: Appraisal = "initial"
    prior: tuple[Finding, ...] = ()
    aggravated: bool | None = None
    selfcare: tuple[str, ...] | None = None
    childless: bool = False
    recurring_obstruction: bool = False


def read_examination(data: object) -> Examination:
    """The examination from what a JSON document holds.

    Raises: ExaminationUnreadable, KindUnknown, FieldUnknown, FieldMissing, FieldWrong, FindingWrong.
    """
    if not isinstance(data, dict):
        raise ExaminationUnreadable(where="全文", fault="应为一个对象，含“findings”")
    unknown = [str(name) for name in data if name not in _PARTS]
    if unknown:
        raise ExaminationUnreadable(where=_told(unknown[0]), fault=f"没有这一项，可有{'、'.join(_PARTS)}")
    return Examination(
        findings=_findings(data.get("findings"), "findings", needed=True),
        appraisal=_appraisal(data.get("appraisal", "initial")),
        prior=_findings(data.get("prior", []), "prior"),
        aggravated=_yes_or_no(data, "aggravated"),
        selfcare=_selfcare(data.get("selfcare")),
        childless=_yes_or_no(data, "childless") or False,
        recurring_obstruction=_yes_or_no(data, "recurring_obstruction") or False,
    )


def read_finding(data: object, where: str = "findings[0]") -> Finding:
    """One finding. Raises: as read_examination."""
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str):
        raise ExaminationUnreadable(where=where, fault="应为一个对象，并以“kind”写明种类")
    kind = KINDS.get(data["kind"])
    if kind is None:
        raise KindUnknown(where=where, kind=_told(data["kind"]))
    known = described(kind)
    told = {name: value for name, value in data.items() if name not in {"kind", "injury"}}
    for name in told:
        if name not in known:
            raise FieldUnknown(where=where, title=kind.title, name=_told(name), allowed="、".join([*known, "injury"]))
    values = {name: value for name, value in told.items() if value is not None}
    for name, field in known.items():
        if field.subject and name not in values:
            raise FieldMissing(where=where, title=kind.title, label=field.label, name=name)
    read = {name: _value(value, known[name], f"{where}.{name}") for name, value in values.items()}
    injury = _injury(data.get("injury", ""), where)
    try:
        return kind.of(injury=injury, **read)
    except RuleError as refusal:
        raise FindingWrong(where=where, fault=str(refusal)) from refusal


def _findings(data: object, where: str, *, needed: bool = False) -> tuple[Finding, ...]:
    if not isinstance(data, list) or (needed and not data) or len(data) > _MOST:
        raise ExaminationUnreadable(where=where, fault=f"应为一至{_MOST}项所见的列表")
    return tuple(read_finding(each, f"{where}[{n}]") for n, each in enumerate(data))


def _appraisal(data: object) -> Appraisal:
    if data == "initial" or data == "second" or data == "review":
        return data
    raise ExaminationUnreadable(where="appraisal", fault="应为initial、second或review")


def _yes_or_no(data: Mapping[str, Any], name: str) -> bool | None:
    found = data.get(name)
    if found is not None and not isinstance(found, bool):
        raise ExaminationUnreadable(where=name, fault="应为true或false")
    return found


def _selfcare(data: object) -> tuple[str, ...] | None:
    if data is None:
        return None
    known = [each.value for each in SelfCareItem]
    if not isinstance(data, list) or any(each not in known for each in data):
        raise ExaminationUnreadable(where="selfcare", fault=f"应为列表，只含{'、'.join(known)}")
    return tuple(data)


def _injury(data: object, where: str) -> str:
    if not isinstance(data, str) or len(data) > LONGEST_INJURY:
        raise ExaminationUnreadable(where=f"{where}.injury", fault=f"应为不超过{LONGEST_INJURY}字的文字")
    return data.strip()


def _value(value: object, field: Field, where: str) -> object:
    if not field.fits(value):
        raise FieldWrong(where=where, label=field.label, allowed=allowed_values(field))
    if isinstance(value, float) and field.sort == "whole":
        return int(value)
    return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else value


def _told(name: object) -> str:
    """A name as it was told, in one short line; one that was cut says so."""
    told = " ".join(str(name).split())
    return told if len(told) <= _LONGEST_NAME else f"{told[:_LONGEST_NAME]}……"


def allowed_values(field: Field) -> str:
    """What may stand in a field, in Chinese."""
    if field.choices is not None:
        listed = "、".join(f"{code}（{text}）" for code, text in field.choices.items())
        return f"列表，取自{listed}" if field.sort == "choices" else listed
    if field.sort == "flag":
        return "true或false"
    sort = "整数" if field.sort == "whole" else "数"
    return f"{field.low:g}至{field.high:g}{field.unit}的{sort}"
