"""The machine form of a clause, compiled once: what it asks, and how far a person's facts answer it.

A form is one condition, {"any": […]} or {"all": […]}. A condition names a kind of finding and what its values must be;
kind "limbs" asks for words of the body, kind "judged" is left to the experts and is never computed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from gongjian.grading.facts import LIMB_KINDS, SHARED_NAMES, Facts, Known
from gongjian.grading.findings.base import Value, described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import SIDES, Field
from gongjian.grading.wording import body_word, constraint_words, value_words


class State(StrEnum):
    """How one requirement stands."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    JUDGED = "judged"


JUDGED: Final = "judged"
LIMBS: Final = "limbs"
NEAR: Final = 0.25
"""How far from a limit, as a share of it, still "nearly holds". Ours, to keep the list short; the standard knows no such word."""
_SLACK: Final = 1e-4
_WEAKEST: Final = (State.FAILS, State.UNKNOWN, State.JUDGED)
_PRESENCE: Final = {
    State.HOLDS: "有",
    State.FAILS: "未见",
    State.UNKNOWN: "未测或未填",
    State.JUDGED: "由专家组判断",
}
_ORDER: Final = ("normal", "borderline", "mild", "moderate", "severe", "profound")


class Line(NamedTuple):
    """One requirement and what was found. Words are made when they are asked for: most clauses are never shown."""

    required: str
    state: State
    value: Value | None = None
    asked: "Requirement | None" = None

    @property
    def found(self) -> str:
        """What was found, in Chinese."""
        if self.asked is None:
            return _PRESENCE[self.state]
        return "未测或未填" if self.value is None else value_words(self.asked.name, self.asked.field, self.value)

    @property
    def name(self) -> str:
        """Of the value asked for; empty for words of the body."""
        return self.asked.name if self.asked else ""

    @property
    def measured(self) -> bool:
        """Whether a number decided it, not a word of the expert."""
        return isinstance(self.value, (int, float)) and not isinstance(self.value, bool)

    @property
    def close(self) -> bool:
        """Whether it fails by little."""
        if self.state is not State.FAILS or self.value is None:
            return self.state is State.FAILS
        return self.asked is None or self.asked.is_close(self.value)


class Reading(NamedTuple):
    """How one condition stands: by these lines, resting on these injuries."""

    lines: tuple[Line, ...]
    injuries: frozenset[str]
    state: State

    @property
    def is_near(self) -> bool:
        """Whether exactly one requirement fails, by little or beside others that hold, and none is unknown."""
        failed = [each for each in self.lines if each.state is State.FAILS]
        others = [each.state for each in self.lines if each.state is not State.FAILS]
        if len(failed) != 1 or State.UNKNOWN in others or not failed[0].close:
            return False
        return failed[0].measured or State.HOLDS in others


def reading(lines: Iterable[Line], injuries: frozenset[str]) -> Reading:
    """The lines together: the weakest of them decides."""
    listed = tuple(lines)
    states = [each.state for each in listed]
    return Reading(listed, injuries, next((each for each in _WEAKEST if each in states), State.HOLDS))


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one value must be, also in words. is_subject: when it is not met, the clause is about something else."""

    name: str
    field: Field | None
    constraint: Any
    test: Callable[[Value], bool]
    is_subject: bool
    words: str

    def line(self, value: Value | None) -> Line:
        if value is None:
            return Line(self.words, State.UNKNOWN, None, self)
        return Line(self.words, State.HOLDS if self.test(value) else State.FAILS, value, self)

    def is_close(self, value: Value) -> bool:
        """Whether a value that fails is near its limit; a word is near the next one in order."""
        limits = _limits(self.constraint)
        if limits and isinstance(value, (int, float)) and not isinstance(value, bool):
            whole = self.field is not None and self.field.sort == "whole"
            return any(abs(value - limit) <= max(abs(limit) * NEAR, 1 if whole else 0) for limit in limits)
        if isinstance(value, str) and value in _ORDER and self.constraint in _ORDER:
            return abs(_ORDER.index(value) - _ORDER.index(self.constraint)) == 1
        return not limits


@dataclass(frozen=True, slots=True)
class Condition:
    """Asks one finding of a kind; what the finding does not hold itself is looked up among the shared values."""

    kind: str
    requirements: tuple[Requirement, ...]

    @property
    def about_both(self) -> bool:
        """Whether it asks for both sides: else two sides are two injuries."""
        return any(each.name == "side" and each.constraint == "both" for each in self.requirements)

    def readings(self, facts: Facts) -> list[Reading]:
        asked = (each for each in facts.by_kind.get(self.kind, ()) if self.about_both or not each.of_two)
        found = (self._reading(known, facts) for known in asked)
        return [each for each in found if each is not None]

    def _reading(self, known: Known, facts: Facts) -> Reading | None:
        lines, injuries = [], known.injuries
        for each in self.requirements:
            value = known.values.get(each.name)
            if value is None and each.name in facts.shared:
                value, others = facts.shared[each.name]
                injuries |= others
            if each.is_subject and (value is None or not each.test(value)):
                return None
            lines.append(each.line(value))
        return None if self._is_silent(lines, known) else reading(lines, injuries)

    def _is_silent(self, lines: Sequence[Line], known: Known) -> bool:
        """Whether the finding says nothing about this: none of several holds, or the only one was left out of a fuller finding."""
        if len(lines) > 1:
            return not any(each.state is State.HOLDS for each in lines)
        name, field = self.requirements[0].name, self.requirements[0].field
        is_own = name not in SHARED_NAMES and (field is not None or name in known.finding.quiet)
        return lines[0].state is State.UNKNOWN and is_own and bool(known.values)


@dataclass(frozen=True, slots=True)
class LimbCondition:
    """Asks for words of one side and of the other, or of the body as a whole."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    whole: tuple[str, ...]
    kind: str = LIMBS

    def readings(self, facts: Facts) -> list[Reading]:
        body = facts.body
        if self.whole:
            return self._whole(facts)
        left, right = body.sides.get("left", {}), body.sides.get("right", {})
        found = [self._reading(left, right, "左"), self._reading(right, left, "右")]
        best = [each for each in found if each is not None]
        if self.other:
            best = sorted(best, key=lambda each: sum(line.state is State.FAILS for line in each.lines))[:1]
        return best

    def _whole(self, facts: Facts) -> list[Reading]:
        held = facts.body.whole
        if not all(word in held for word in self.whole):
            return []
        lines = tuple(Line(body_word(word), State.HOLDS) for word in self.whole)
        return [reading(lines, frozenset().union(*(held[word] for word in self.whole)))]

    def _reading(
        self, one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]], side: str
    ) -> Reading | None:
        across = {"左": "右", "右": "左"}[side]
        asked = [(word, one, side) for word in self.one] + [(word, other, across) for word in self.other]
        held = [words[word] for word, words, _ in asked if word in words]
        if len(held) < max(len(asked) - 1, 1) or (self.other and not (one and other)):
            return None
        lines = tuple(
            Line(f"{each}{body_word(word)}", State.HOLDS if word in words else State.FAILS)
            for word, words, each in asked
        )
        return reading(lines, frozenset().union(*held))


@dataclass(frozen=True, slots=True)
class JudgedCondition:
    """What only the experts can say."""

    what: str
    kind: str = JUDGED

    def readings(self, facts: Facts) -> list[Reading]:
        return [reading((Line(self.what, State.JUDGED),), frozenset())]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several conditions together."""

    parts: tuple["Condition | LimbCondition | JudgedCondition", ...]

    def readings(self, facts: Facts) -> list[Reading]:
        each = [part.readings(facts) for part in self.parts]
        if not all(each):
            return []
        best = [min(found, key=lambda one: one.state is not State.HOLDS) for found in each]
        lines = tuple(line for one in best for line in one.lines)
        return [reading(lines, frozenset().union(*(one.injuries for one in best)))]


Alternative = Condition | LimbCondition | JudgedCondition | AllOf


def alternatives(form: Mapping[str, Any]) -> tuple[Alternative, ...]:
    """The form, compiled. Raises: ValueError for a kind or a name that does not exist."""
    parts = form.get("any", [form])
    return tuple(_alternative(part) for part in parts)


def kinds_asked(found: tuple[Alternative, ...]) -> frozenset[str]:
    """The kinds of findings that can make the clause worth asking."""
    parts = [each for found in found for each in (found.parts if isinstance(found, AllOf) else (found,))]
    kinds = {each.kind for each in parts} - {JUDGED}
    return frozenset(kinds | (LIMB_KINDS if LIMBS in kinds else set())) - {LIMBS}


def _alternative(part: Mapping[str, Any]) -> Alternative:
    return AllOf(tuple(_single(each) for each in part["all"])) if "all" in part else _single(part)


def _single(part: Mapping[str, Any]) -> Condition | LimbCondition | JudgedCondition:
    asked = {name: value for name, value in part.items() if name != "kind"}
    if part["kind"] == JUDGED:
        return JudgedCondition(str(asked["what"]))
    if part["kind"] == LIMBS:
        both = tuple(asked.get("both", ()))
        return LimbCondition(
            both or tuple(asked.get("one", ())), both or tuple(asked.get("other", ())), tuple(asked.get("body", ()))
        )
    if part["kind"] not in KINDS:
        raise ValueError(f"unknown kind of finding {part['kind']}")
    fields = described(KINDS[part["kind"]])
    return Condition(
        part["kind"],
        tuple(
            _requirement(name, fields.get(name), asked[name])
            for name in sorted(asked, key=lambda each: not _is_subject(fields.get(each)))
        ),
    )


def _requirement(name: str, field: Field | None, constraint: Any) -> Requirement:
    words = constraint_words(name, field, constraint)
    return Requirement(name, field, constraint, _test(name, constraint), _is_subject(field), words)


def _is_subject(field: Field | None) -> bool:
    return field is not None and field.subject


def _test(name: str, constraint: Any) -> Callable[[Value], bool]:
    if name == "side":
        return lambda value: value in SIDES and (constraint != "both" or value == "both")
    if isinstance(constraint, dict):
        return _comparison(constraint["op"], constraint["value"])
    if isinstance(constraint, list) and isinstance(constraint[0], dict):
        tests = [_comparison(each["op"], each["value"]) for each in constraint]
        return lambda value: all(test(value) for test in tests)
    if isinstance(constraint, list):
        return lambda value: value in constraint
    return lambda value: constraint in value if isinstance(value, (frozenset, tuple)) else value == constraint


_COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": lambda value, limit: value < limit - _SLACK,
    "<=": lambda value, limit: value <= limit + _SLACK,
    ">": lambda value, limit: value > limit + _SLACK,
    ">=": lambda value, limit: value >= limit - _SLACK,
    "==": lambda value, limit: abs(value - limit) <= _SLACK,
}


def _comparison(op: str, limit: float) -> Callable[[Value], bool]:
    compare = _COMPARISONS[op]
    return lambda value: isinstance(value, (int, float)) and compare(value, limit)


def _limits(constraint: Any) -> list[float]:
    parts = constraint if isinstance(constraint, list) else [constraint]
    return [each["value"] for each in parts if isinstance(each, dict)]
