"""What the examination form sends, as an opinion; and what its buttons do to it."""

from dataclasses import dataclass, fields, replace
from typing import Final

from django.http import QueryDict

from gongjian.grading.clauses import ground
from gongjian.grading.errors import ClauseUnknown, PartUnknown, SideNotAllowed, SideUnknown
from gongjian.grading.parts import recognised_part
from gongjian.opinions.content import MOST_FINDINGS, Content, Finding
from gongjian.workbench.errors import TooManyFindings

TEXTS: Final = [each.name for each in fields(Finding) if each.name != "says_none"]
NOT_REACHED: Final = "none"
"""Value of the grade field for 未达到伤残等级."""


@dataclass(frozen=True, slots=True)
class Press:
    """The button that was pressed: what to do, with which finding (from 0), with which clause."""

    act: str
    place: int = 0
    clause: str = ""


def press_of(data: QueryDict) -> Press:
    """Read `do`: "save", "add", "sign", "mine", "remove:1", "pick:1", "choose:1:5.9.2(23)", "unchoose:1". Anything else is "save"."""
    act, _, rest = str(data.get("do", "")).partition(":")
    place, _, clause = rest.partition(":")
    known = act in {"add", "sign", "mine", "remove", "pick", "choose", "unchoose"}
    return Press(act if known else "save", _number(place), clause)


def content_from(data: QueryDict) -> Content:
    """The opinion as it stands in the form. What cannot be (an unknown part, clause or side) is left empty."""
    count = min(max(_number(data.get("findings", "1")), 1), MOST_FINDINGS)
    grade = data.get("grade", "")
    return Content.of(
        {
            "findings": [_finding(data, place) for place in range(count)],
            "selfcare": data.getlist("selfcare"),
            "selfcare_none": bool(data.get("selfcare_none")),
            "is_decided": grade == NOT_REACHED or _number(grade) in range(1, 11),
            "grade": _number(grade) or None,
            "reason": data.get("reason", ""),
            "explanation": data.get("explanation", ""),
        }
    )


def pressed(content: Content, press: Press) -> Content:
    """The opinion after a button: one finding more or less, a clause chosen or put back. Raises: TooManyFindings, ClauseUnknown."""
    findings = list(content.findings)
    if press.act == "add":
        if len(findings) >= MOST_FINDINGS:
            raise TooManyFindings(limit=MOST_FINDINGS)
        findings.append(Finding())
    elif press.place < len(findings):
        findings[press.place : press.place + 1] = _changed(findings[press.place], press)
    return replace(content, findings=tuple(findings) or (Finding(),))


def version_in(data: QueryDict) -> int:
    """The version of the draft that the page showed."""
    return _number(data.get("version", "1"))


def _changed(finding: Finding, press: Press) -> list[Finding]:
    if press.act == "remove":
        return []
    if press.act == "choose":
        return [replace(finding, clause=ground(press.clause).number, says_none=False)]
    if press.act == "unchoose":
        return [replace(finding, clause="", outside_reason="")]
    return [finding]


def _finding(data: QueryDict, place: int) -> dict[str, object]:
    told: dict[str, object] = {name: data.get(f"{name}-{place}", "") for name in TEXTS}
    part, side = _part(str(told["part"]), str(told["side"]))
    return {
        **told,
        "part": part,
        "side": side,
        "clause": _clause(str(told["clause"])),
        "says_none": bool(data.get(f"says_none-{place}")),
    }


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
