"""What an opinion holds, as plain values: what is typed, drafted, sealed and read back. Knows no framework."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any, Final, Self

from gongjian.grading.clauses import ground
from gongjian.grading.outcomes import GRADES, SelfCareLevel, grade_label
from gongjian.grading.parts import RecognisedPart, recognised_part
from gongjian.grading.selfcare import SelfCareItem, level
from gongjian.grading.sheet import Sheet
from gongjian.opinions.errors import StatementFormUnknown

LONGEST: Final = 2000
"""Characters of one text of an opinion."""
FORM: Final = "gj-opinion-2"
"""The form in which statements are signed now. The first one, before anything was measured, knew no sheets; it is read as it stands."""
FORM_AWAY: Final = "gj-opinion-3"
"""The same as written down and signed by a kit that was away from the platform: it names the kit where the others name the case."""
FORMS: Final = frozenset({"gj-opinion-1", FORM, FORM_AWAY})
MOST_FINDINGS: Final = 30
MOST_SHEETS: Final = 12
"""Measurement sheets of one finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One injury as the expert found it.

    injury: short words, equal words mean one injury; part, side: codes of grading.parts; clause: number of a clause or principle, "" for
    none chosen; says_none: "no clause of the standard applies"; outside_reason: why a clause outside the recognised parts is used;
    sheets: what was measured; measurements: what else was, in words.
    """

    injury: str = ""
    part: str = ""
    side: str = ""
    condition: str = ""
    measurements: str = ""
    diagnosis: str = ""
    clause: str = ""
    says_none: bool = False
    outside_reason: str = ""
    sheets: tuple[Sheet, ...] = ()

    @property
    def measured(self) -> str:
        """All that was measured, in one line."""
        return "；".join(text for text in (*(each.words for each in self.sheets), self.measurements.strip()) if text)

    @property
    def recognised(self) -> RecognisedPart | None:
        """The part as a value of grading; None while nothing is chosen. Raises: PartUnknown, SideNotAllowed."""
        return recognised_part(self.part, self.side) if self.part else None

    @property
    def part_label(self) -> str:
        """ "左膝", or "" while no part is chosen."""
        return self.recognised.label if self.recognised else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been written yet."""
        return self == Finding()


TEXTS: Final = tuple(each.name for each in fields(Finding) if each.type is str)
"""The fields of a finding that are words."""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole opinion. is_decided with grade None: 未达到伤残等级. selfcare_none: "none of the five items", said outright.

    reason: why this grade; explanation: why a warning of the checks does not change it. aggravated: whether this injury made worse what
    was there before (4.3), None while not said; childless, recurring_obstruction: the two raises of appendix B.
    """

    findings: tuple[Finding, ...] = (Finding(),)
    selfcare: tuple[str, ...] = ()
    selfcare_none: bool = False
    is_decided: bool = False
    grade: int | None = None
    reason: str = ""
    explanation: str = ""
    aggravated: bool | None = None
    childless: bool = False
    recurring_obstruction: bool = False

    @property
    def selfcare_level(self) -> SelfCareLevel:
        """What the ticked items come to. Law: GB/T 16180-2014 4.1.5."""
        return level(self.selfcare).level

    @property
    def grade_label(self) -> str:
        return grade_label(self.grade) if self.is_decided else ""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Numbers of all chosen clauses and principles, the worst first, each once."""
        return in_order({each.clause for each in self.findings if each.clause})

    @property
    def has_sheets(self) -> bool:
        """Whether anything was measured on a sheet."""
        return any(each.sheets for each in self.findings)

    def plain(self) -> dict[str, Any]:
        """As JSON can say it."""
        findings = [_plain_finding(each) for each in self.findings]
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"findings": findings}

    def worked(self) -> Self:
        """The same with what the standard computes from each sheet, as it is signed."""
        return self._with_sheets(Sheet.worked)

    def unworked(self) -> Self:
        """The same as it was written, to go on from."""
        return self._with_sheets(Sheet.unworked)

    def _with_sheets(self, change: Callable[[Sheet], Sheet]) -> Self:
        findings = tuple(replace(each, sheets=tuple(map(change, each.sheets))) for each in self.findings)
        return replace(self, findings=findings)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Read `plain()` back; what is missing is empty, what is unknown is left out, texts are cut to length."""
        known = {each.name: plain[each.name] for each in fields(cls) if each.name in plain}
        findings = tuple(_finding(each) for each in known.get("findings", ())[:MOST_FINDINGS]) or (Finding(),)
        ticked = tuple(item.value for item in SelfCareItem if item in known.get("selfcare", ()))
        grade = known.get("grade") if known.get("grade") in GRADES else None
        return cls(
            reason=str(known.get("reason", ""))[:LONGEST],
            explanation=str(known.get("explanation", ""))[:LONGEST],
            findings=findings,
            selfcare=ticked,
            selfcare_none=bool(known.get("selfcare_none")) and not ticked,
            is_decided=bool(known.get("is_decided")),
            grade=grade if known.get("is_decided") else None,
            aggravated=known.get("aggravated") if isinstance(known.get("aggravated"), bool) else None,
            childless=bool(known.get("childless")),
            recurring_obstruction=bool(known.get("recurring_obstruction")),
        )


def in_order(numbers: set[str]) -> tuple[str, ...]:
    """Clause numbers, the worst grade first, then as the standard counts; a principle stands before its clauses. Raises: ClauseUnknown."""
    return tuple(sorted(numbers, key=lambda number: (ground(number).grade, getattr(ground(number), "ordinal", 0))))


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way a statement is written down before it is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def hash_of(statement: bytes) -> str:
    """SHA-256 (hex) of a statement."""
    return sha256(statement).hexdigest()


def content_told(statement: Mapping[str, Any]) -> Content:
    """What a signed statement says, by the form it was written in. Raises: StatementFormUnknown."""
    if statement["form"] not in FORMS:
        raise StatementFormUnknown(form=statement["form"])
    return Content.of(statement["content"])


def _plain_finding(finding: Finding) -> dict[str, Any]:
    told = {each.name: getattr(finding, each.name) for each in fields(finding)}
    return told | {"sheets": [each.plain() for each in finding.sheets]}


def _finding(plain: Mapping[str, Any]) -> Finding:
    texts = {name: str(plain.get(name, ""))[:LONGEST] for name in TEXTS}
    sheets = tuple(Sheet.of(each) for each in plain.get("sheets", ())[:MOST_SHEETS])
    return Finding(**texts, says_none=bool(plain.get("says_none")), sheets=sheets)
