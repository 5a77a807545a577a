"""What an opinion holds, as plain values: what is typed, drafted, sealed and read back. Knows no framework."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any, Final, Self

from gongjian.grading.clauses import ground
from gongjian.grading.outcomes import GRADES, SelfCareLevel, grade_label
from gongjian.grading.parts import RecognisedPart, recognised_part
from gongjian.grading.selfcare import SelfCareItem, level

LONGEST: Final = 2000
"""Characters of one text of an opinion."""
MOST_FINDINGS: Final = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One injury as the expert found it.

    injury: short words, equal words mean one injury; part, side: codes of grading.parts; clause: number of a clause or principle, "" for
    none chosen; says_none: "no clause of the standard applies"; outside_reason: why a clause outside the recognised parts is used.
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


@dataclass(frozen=True, slots=True)
class Content:
    """A whole opinion. is_decided with grade None: 未达到伤残等级. selfcare_none: "none of the five items", said outright.

    reason: why this grade; explanation: why a warning of the checks does not change it.
    """

    findings: tuple[Finding, ...] = (Finding(),)
    selfcare: tuple[str, ...] = ()
    selfcare_none: bool = False
    is_decided: bool = False
    grade: int | None = None
    reason: str = ""
    explanation: str = ""

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

    def plain(self) -> dict[str, Any]:
        """As JSON can say it."""
        return asdict(self)

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


def _finding(plain: Mapping[str, Any]) -> Finding:
    texts = {each.name: str(plain.get(each.name, ""))[:LONGEST] for each in fields(Finding) if each.name != "says_none"}
    return Finding(**texts, says_none=bool(plain.get("says_none")))
