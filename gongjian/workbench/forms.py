"""What the examination form sends, as an opinion; and what its buttons do to it."""

from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict

from gongjian.grading.clauses import ground
from gongjian.grading.errors import ClauseUnknown, PartUnknown, SideNotAllowed, SideUnknown
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.parts import recognised_part
from gongjian.opinions.content import LONGEST, MOST_FINDINGS, MOST_SHEETS, TEXTS, Content, Finding
from gongjian.workbench.errors import TooManyFindings, TooManySheets
from gongjian.workbench.sheets import Person, begun, sheets_from

NOT_REACHED: Final = "none"
"""Value of the grade field for 未达到伤残等级."""


ACTS: Final = frozenset({"add", "sign", "mine", "remove", "pick", "choose", "unchoose", "measure", "sheet", "unsheet"})
_SAID: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Press:
    """The button that was pressed: what to do, with which finding (from 0), with what: a clause, a kind of finding, the number of a sheet."""

    act: str
    place: int = 0
    what: str = ""


def press_of(data: QueryDict) -> Press:
    """Read `do`: "add", "remove:1", "choose:1:5.9.2(23)", "sheet:0:hearing", "unsheet:0:2" … Anything unknown is "save"."""
    act, _, rest = str(data.get("do", "")).partition(":")
    place, _, what = rest.partition(":")
    return Press(act if act in ACTS else "save", _number(place), what)


def content_from(data: QueryDict) -> Content:
    """The opinion as it stands in the form. What cannot be (an unknown part, clause or side) is left empty."""
    count = min(max(_number(data.get("findings", "1")), 1), MOST_FINDINGS)
    grade = data.get("grade", "")
    told = Content.of(
        {
            "selfcare": data.getlist("selfcare"),
            "selfcare_none": bool(data.get("selfcare_none")),
            "is_decided": grade == NOT_REACHED or _number(grade) in range(1, 11),
            "grade": _number(grade) or None,
            "reason": data.get("reason", ""),
            "explanation": data.get("explanation", ""),
            "aggravated": _SAID.get(str(data.get("aggravated", ""))),
            "childless": bool(data.get("childless")),
            "recurring_obstruction": bool(data.get("recurring_obstruction")),
        }
    )
    return replace(told, findings=tuple(_finding(data, place) for place in range(count)))


def pressed(content: Content, press: Press, person: Person | None = None) -> Content:
    """The opinion after a button: a finding or a sheet more or less, a clause chosen or put back.

    person: whom a new sheet is about. Raises: TooManyFindings, TooManySheets, ClauseUnknown.
    """
    findings = list(content.findings)
    if press.act == "add":
        if len(findings) >= MOST_FINDINGS:
            raise TooManyFindings(limit=MOST_FINDINGS)
        findings.append(Finding())
    elif press.place < len(findings):
        findings[press.place : press.place + 1] = _changed(findings[press.place], press, person or Person())
    return replace(content, findings=tuple(findings) or (Finding(),))


def version_in(data: QueryDict) -> int:
    """The version of the draft that the page showed."""
    return _number(data.get("version", "1"))


def _changed(finding: Finding, press: Press, person: Person) -> list[Finding]:
    if press.act == "remove":
        return []
    if press.act == "choose":
        return [replace(finding, clause=ground(press.what).number, says_none=False)]
    if press.act == "unchoose":
        return [replace(finding, clause="", outside_reason="")]
    if press.act == "sheet" and press.what in KINDS:
        if len(finding.sheets) >= MOST_SHEETS:
            raise TooManySheets(limit=MOST_SHEETS)
        return [replace(finding, sheets=(*finding.sheets, begun(press.what, finding, person)))]
    if press.act == "unsheet":
        kept = tuple(each for n, each in enumerate(finding.sheets) if str(n) != press.what)
        return [replace(finding, sheets=kept)]
    return [finding]


def _finding(data: QueryDict, place: int) -> Finding:
    told = {name: str(data.get(f"{name}-{place}", ""))[:LONGEST] for name in TEXTS}
    part, side = _part(told["part"], told["side"])
    told |= {"part": part, "side": side, "clause": _clause(told["clause"])}
    return Finding(**told, says_none=bool(data.get(f"says_none-{place}")), sheets=sheets_from(data, place))


def _part(code: str, side: str) -> tuple[str, str]:
    try:
        return (code, side) if code and recognised_part(code, side) else ("", "")
    except PartUnknown:
        return "", ""
    except (SideNotAllowed, SideUnknown):
        return code, ""


def _clause(number: str) -> str:
    try:
        return ground(number).number if number else ""
    except ClauseUnknown:
        return ""


def _number(text: object) -> int:
    told = str(text)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
