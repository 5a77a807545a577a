"""The machine form of a clause, compiled once: what it asks, and how far a person's facts answer it.

A form is one condition, {"any": […]} or {"all": […]}. A condition names a kind of finding and what its values must be;
kind "limbs" asks for words of the body, kind "judged" is left to the experts and is never computed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from gongjian.grading.facts import LIMB_KINDS, SHARED_NAMES, Facts, Known
from gongjian.grading.findings.base import Value, described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import SIDES, Field
from gongjian.grading.wording import body_word, constraint_words, value_words

JUDGED: Final = "judged"
LIMBS: Final = "limbs"
NEAR: Final = 0.25
"""How far from a limit, as a share of it, still "nearly holds". Ours, to keep the list short; the standard knows no such word."""
_SLACK: Final = 1e-4
_ORDER: Final = ("normal", "borderline", "mild", "moderate", "severe", "profound")


class State(StrEnum):
    """How one requirement stands."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement and what was found. close: it fails by little; measured: by a number; name: of the value asked for."""

    required: str
    found: str
    state: State
    close: bool = False
    measured: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one condition stands: by these lines, resting on these injuries."""

    lines: tuple[Line, ...]
    injuries: frozenset[str]

    @property
    def state(self) -> State:
        states = {each.state for each in self.lines}
        order = (State.FAILS, State.UNKNOWN, State.JUDGED)
        return next((each for each in order if each in states), State.HOLDS)

    @property
    def is_near(self) -> bool:
        """Whether exactly one requirement fails, by little or beside others that hold, and none is unknown."""
        failed = [each for each in self.lines if each.state is State.FAILS]
        others = [each.state for each in self.lines if each.state is not State.FAILS]
        if len(failed) != 1 or State.UNKNOWN in others or not failed[0].close:
            return False
        return failed[0].measured or State.HOLDS in others


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one value must be. is_subject: when it is not met, the clause is about something else."""

    name: str
    field: Field | None
    constraint: Any
    test: Callable[[Value], bool]
    is_subject: bool

    def line(self, value: Value | None) -> Line:
        words = constraint_words(self.name, self.field, self.constraint)
        if value is None:
            return Line(words, "未测或未填", State.UNKNOWN, name=self.name)
        holds = self.test(value)
        shown = value_words(self.name, self.field, value)
        measured = isinstance(value, (int, float)) and not isinstance(value, bool)
        state = State.HOLDS if holds else State.FAILS
        return Line(words, shown, state, not holds and self._close(value), measured, self.name)

    def _close(self, value: Value) -> bool:
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

    def readings(self, facts: Facts) -> list[Reading]:
        found = (self._reading(known, facts) for known in facts.by_kind.get(self.kind, ()))
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
        return None if self._is_silent(lines, known) else Reading(tuple(lines), injuries)

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
        lines = tuple(Line(body_word(word), "有", State.HOLDS) for word in self.whole)
        return [Reading(lines, frozenset().union(*(held[word] for word in self.whole)))]

    def _reading(
        self, one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]], side: str
    ) -> Reading | None:
        across = {"左": "右", "右": "左"}[side]
        asked = [(word, one, side) for word in self.one] + [(word, other, across) for word in self.other]
        held = [words[word] for word, words, _ in asked if word in words]
        if len(held) < max(len(asked) - 1, 1) or (self.other and not (one and other)):
            return None
        lines = tuple(
            Line(f"{each}{body_word(word)}", "有" if word in words else "未见", *_present(word in words))
            for word, words, each in asked
        )
        return Reading(lines, frozenset().union(*held))


@dataclass(frozen=True, slots=True)
class JudgedCondition:
    """What only the experts can say."""

    what: str
    kind: str = JUDGED

    def readings(self, facts: Facts) -> list[Reading]:
        return [Reading((Line(self.what, "由专家组判断", State.JUDGED),), frozenset())]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several conditions together."""

    parts: tuple["Condition | LimbCondition | JudgedCondition", ...]

    def readings(self, facts: Facts) -> list[Reading]:
        each = [part.readings(facts) for part in self.parts]
        if not all(each):
            return []
        best = [min(found, key=lambda reading: reading.state is not State.HOLDS) for found in each]
        lines = tuple(line for reading in best for line in reading.lines)
        return [Reading(lines, frozenset().union(*(reading.injuries for reading in best)))]


Alternative = Condition | LimbCondition | JudgedCondition | AllOf


def _present(there: bool) -> tuple[State, bool]:
    return (State.HOLDS, False) if there else (State.FAILS, True)


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
            Requirement(name, fields.get(name), asked[name], _test(name, asked[name]), _is_subject(fields.get(name)))
            for name in sorted(asked, key=lambda each: not _is_subject(fields.get(each)))
        ),
    )


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
