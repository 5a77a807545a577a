"""What is missing or no longer works on each side, as words that clauses ask for: "lost:hand", "gone.pip:fingers>=2".

lost: missing; dead: no function left; gone: either of them; scar: no function because of scars; a heavier loss contains the lighter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.limbs import DIGITS, Amputation, DigitFunction, DigitLoss, FunctionLoss, Joint

FINGERS: Final = ("index", "middle", "ring", "little")
INNER: Final = FINGERS[1:]
LESSER: Final = ("toe2", "toe3", "toe4", "toe5")
LARGE: Final = ("shoulder", "hip", "knee", "elbow")
_HAND: Final = ("thumb", *FINGERS)
_FOOT: Final = ("hallux", *LESSER)
_CONTAINS: Final = {
    "arm": ("arm", "forearm", "hand"),
    "forearm": ("forearm", "hand"),
    "hand": ("hand",),
    "thigh": ("thigh", "leg", "foot", "forefoot"),
    "leg": ("leg", "foot", "forefoot"),
    "foot": ("foot", "forefoot"),
    "forefoot": ("forefoot",),
    "upper_limb": ("upper_limb", "above_elbow", "hand"),
    "above_elbow": ("above_elbow", "hand"),
    "lower_limb": ("lower_limb", "below_knee", "foot", "forefoot"),
    "below_knee": ("below_knee", "foot", "forefoot"),
}
_AS_FUNCTION: Final = {"arm": "upper_limb", "forearm": "hand", "thigh": "lower_limb", "leg": "below_knee"}
_LEVELS: Final = {
    "whole": ("", ".pip", ".dip", ".half"),
    "pip": (".pip", ".dip"),
    "dip": (".dip", ".half"),
    "half_tip": (".half",),
}
_WORST_FIRST: Final = ("absent", "complete", "severe", "moderate", "mild", "normal", "")
_GROUPS: Final = {"fingers": FINGERS, "inner": INNER, "lesser": LESSER}

Side = Mapping[str, frozenset[str]]
"""word → the injuries it rests on"""


@dataclass(frozen=True, slots=True)
class Body:
    """Both sides, what is asked of the body as a whole, and how many joints are limited (with the injuries this rests on)."""

    sides: Mapping[str, Side] = field(default_factory=dict)
    whole: Side = field(default_factory=dict)
    limited_by: frozenset[str] = frozenset()
    limited_large_count: int = 0
    limited_count: int = 0


class _Told(NamedTuple):
    """A joint of one side, by its worst degree, and the injuries that say so."""

    joint: str
    degree: str
    injuries: frozenset[str]


class _Words:
    def __init__(self) -> None:
        self.held: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, word: str, injuries: Iterable[str]) -> None:
        self.held[word] |= set(injuries)

    def frozen(self) -> Side:
        return {word: frozenset(injuries) for word, injuries in self.held.items()}


def body(findings: Iterable[tuple[Finding, str]]) -> Body:
    """The body by all findings about limbs, each with its injury."""
    sides = {"left": _Words(), "right": _Words()}
    joints: defaultdict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for finding, injury in findings:
        for side in _sides(getattr(finding, "side", None)):
            _read(finding, injury, sides[side])
            if isinstance(finding, Joint):
                joints[side, str(finding.joint)][str(finding.values().get("degree", ""))].add(injury)
    for words in sides.values():
        _join(words)
        _count(words)
    return _body(sides, [_worst(joint, degrees) for (_, joint), degrees in joints.items()])


def _worst(joint: str, degrees: Mapping[str, set[str]]) -> _Told:
    """One joint is one joint, however often it was told: else a hip entered twice would be two large joints."""
    degree = min(degrees, key=_WORST_FIRST.index)
    return _Told(joint, degree, frozenset(degrees[degree]))


def _sides(side: str | None) -> tuple[str, ...]:
    return ("left", "right") if side == "both" else (side,) if side else ()


def _read(finding: Finding, injury: str, words: _Words) -> None:
    if isinstance(finding, Amputation):
        _amputation(str(finding.level), injury, words)
    elif isinstance(finding, DigitLoss):
        for level in _LEVELS[str(finding.level)]:
            words.add(f"lost{level}:{finding.digit}", [injury])
            words.add(f"gone{level}:{finding.digit}", [injury])
    elif isinstance(finding, FunctionLoss):
        _function(finding, injury, words)
    elif isinstance(finding, DigitFunction):
        _digit_function(finding, injury, words)
    elif isinstance(finding, Joint):
        degree = finding.values().get("degree")
        for each in {"absent": ("absent", "complete")}.get(str(degree), (degree,)):
            words.add(f"{each}:{finding.joint}", [injury])


def _amputation(level: str, injury: str, words: _Words) -> None:
    for part in _CONTAINS[level]:
        words.add(f"lost:{part}", [injury])
        for function in _CONTAINS.get(_AS_FUNCTION.get(part, part), (part,)):
            words.add(f"gone:{function}", [injury])
    for digit in _HAND if level in {"arm", "forearm", "hand"} else _FOOT:
        for joint in _LEVELS["whole"]:
            words.add(f"lost{joint}:{digit}", [injury])
            words.add(f"gone{joint}:{digit}", [injury])


def _function(finding: FunctionLoss, injury: str, words: _Words) -> None:
    part = str(finding.part)
    if finding.degree != "complete":
        words.add(f"{finding.degree}:{part}", [injury])
        return
    parts = _CONTAINS.get(part, (part,))
    for each in parts:
        for state in ("dead", "gone", *(["scar"] if finding.scar else [])):
            words.add(f"{state}:{each}", [injury])
    for digit in _HAND if "hand" in parts else _FOOT:
        for joint in _LEVELS["whole"]:
            words.add(f"dead{joint}:{digit}", [injury])
            words.add(f"gone{joint}:{digit}", [injury])


def _digit_function(finding: DigitFunction, injury: str, words: _Words) -> None:
    if finding.degree == "complete":
        for level in _LEVELS[str(finding.level)]:
            words.add(f"dead{level}:{finding.digit}", [injury])
            words.add(f"gone{level}:{finding.digit}", [injury])
            words.add(f"partial:{finding.digit}", [injury])
    else:
        words.add(f"{_DEGREES.get(str(finding.degree), '')}:{finding.digit}", [injury])


_DEGREES: Final = {"functional_position": "functional", "partial": "partial", "deformed": "deformed"}


def _join(words: _Words) -> None:
    """A digit that is missing and one that does not work are one digit: what says either rests on both, and counts once."""
    told = defaultdict(list)
    for word in words.held:
        state, _, digit = word.partition(":")
        if digit in DIGITS:
            told["half" if state.endswith(".half") else "", digit].append(word)
    for same in told.values():
        injuries = set().union(*(words.held[word] for word in same))
        for word in same:
            words.add(word, injuries)


def _count(words: _Words) -> None:
    """Add how many of a group of digits are in a state: "lost.pip:fingers>=2"."""
    states = {word.split(":")[0] for word in words.held}
    for state in states:
        for group, digits in _GROUPS.items():
            found = [words.held[f"{state}:{digit}"] for digit in digits if f"{state}:{digit}" in words.held]
            for n in range(1, len(found) + 1):
                words.add(f"{state}:{group}>={n}", set().union(*found))


def _body(sides: Mapping[str, _Words], joints: Sequence[_Told]) -> Body:
    whole = _Words()
    complete = [each for each in joints if each.degree in {"absent", "complete"}]
    large = [each.injuries for each in complete if each.joint in LARGE]
    for n in range(1, len(large) + 1):
        whole.add(f"complete:large>={n}", frozenset().union(*large))
    first = [each.injuries for each in complete if each.joint in {"hip", "knee"}]
    second = [each.injuries for each in joints if each.joint in {"hip", "knee"} and each.degree == "severe"]
    if first and second:
        whole.add("hipknee:complete+severe", frozenset().union(*first, *second))
    for state in ("lost", "partial"):
        toes = [
            words.held[f"{state}:{toe}"] for words in sides.values() for toe in LESSER if f"{state}:{toe}" in words.held
        ]
        for n in range(1, len(toes) + 1):
            whole.add(f"{state}:lesser>={n}", set().union(*toes))
    limited = [each for each in joints if each.degree not in {"", "normal"}]
    return Body(
        sides={side: words.frozen() for side, words in sides.items()},
        whole=whole.frozen(),
        limited_by=frozenset().union(*(each.injuries for each in limited)),
        limited_large_count=sum(each.joint in LARGE for each in limited),
        limited_count=len(limited),
    )
