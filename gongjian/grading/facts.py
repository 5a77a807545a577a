"""Everything known about a person, ready to be asked by clauses: findings by kind, values that several clauses share, the body."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from gongjian.grading.body import Body, body
from gongjian.grading.findings.base import Finding, Value, Values
from gongjian.grading.findings.limbs import Amputation, DigitFunction, DigitLoss, FunctionLoss, Joint

LIMB_KINDS: Final = frozenset(each.kind for each in (Amputation, DigitLoss, FunctionLoss, DigitFunction, Joint))
# Values of these kinds are asked by clauses of other kinds, too.
_SHARING: Final = {
    "respiratory": ("lung_function", "hypoxemia", "dyspnea"),
    "liver_function": ("liver_function",),
    "urination": ("urination",),
    "mouth_opening": ("mouth_opening",),
    "disfigurement": ("disfigurement", "severe_items", "moderate_items"),
    "renal": ("stage",),
}
_STRENGTHS: Final = frozenset({"mrc"})
"""Numbers that are the lighter the larger they are."""
_WORSE_LAST: Final = ("normal", "mild", "moderate", "severe")
SHARED_NAMES: Final = frozenset(
    {
        "disfigurement_items",
        "limited_large_joints",
        "limited_joints",
        *(name for names in _SHARING.values() for name in names),
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """One finding, its values, and the injuries it rests on. of_two: made of one on the left and one on the right."""

    finding: Finding
    values: Values
    injuries: frozenset[str]
    of_two: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """shared: name → (value, injuries); injuries: all but those of findings that are well."""

    by_kind: Mapping[str, tuple[Known, ...]]
    shared: Mapping[str, tuple[Value, frozenset[str]]]
    body: Body
    injuries: tuple[str, ...]


def facts(findings: Iterable[Finding]) -> Facts:
    """What follows from the findings. A finding without words for its injury is an injury of its own."""
    named = [(finding, finding.injury or f"第{n}项（{finding.title}）") for n, finding in enumerate(findings, start=1)]
    expanded = [(each, injury) for finding, injury in named for each in finding.expanded()]
    by_kind: defaultdict[str, list[Known]] = defaultdict(list)
    for finding, injury in expanded:
        by_kind[finding.kind].append(Known(finding, finding.values(), frozenset({injury})))
    for kind, known in by_kind.items():
        if kind not in LIMB_KINDS:
            known += _both_sides(known)
    found = body((finding, injury) for finding, injury in expanded if finding.kind in LIMB_KINDS)
    injuries = tuple(dict.fromkeys(injury for finding, injury in named if not finding.is_normal))
    return Facts({kind: tuple(known) for kind, known in by_kind.items()}, _shared(by_kind, found), found, injuries)


def _both_sides(known: list[Known]) -> list[Known]:
    """A finding on the left and one on the right are one on both sides, too, as far as both of them go."""
    found = []
    for one in known:
        for other in known:
            if (one.values.get("side"), other.values.get("side")) != ("left", "right"):
                continue
            shared = _in_common(one.values, other.values)
            if shared is not None:
                finding = replace(one.finding, side="both")  # type: ignore[call-arg]  # only findings with a side come here
                found.append(Known(finding, {**shared, "side": "both"}, one.injuries | other.injuries, of_two=True))
    return found


def _in_common(left: Values, right: Values) -> Values | None:
    """What holds on both sides: of two numbers the lighter one; None when the two are not the same kind of harm."""
    if set(left) != set(right):
        return None
    common = {name: _lighter(name, left[name], right[name]) for name in left if name != "side"}
    known = {name: value for name, value in common.items() if value is not None}
    return known if len(known) == len(common) else None


def _lighter(name: str, left: Value, right: Value) -> Value | None:
    if left == right:
        return left
    if isinstance(left, (bool, str, tuple, frozenset)) or isinstance(right, (bool, str, tuple, frozenset)):
        return None
    return max(left, right) if name in _STRENGTHS else min(left, right)


def _weight(value: Value) -> float:
    """How heavy a shared value is: told more than once, the heaviest counts, whichever came first."""
    if isinstance(value, str):
        return _WORSE_LAST.index(value) if value in _WORSE_LAST else -1
    return len(value) if isinstance(value, (tuple, frozenset)) else value


def _shared(by_kind: Mapping[str, list[Known]], found: Body) -> dict[str, tuple[Value, frozenset[str]]]:
    shared: dict[str, tuple[Value, frozenset[str]]] = {}
    for kind, names in _SHARING.items():
        for known in by_kind.get(kind, ()):
            for name in names:
                if name in known.values and (
                    name not in shared or _weight(known.values[name]) > _weight(shared[name][0])
                ):
                    shared[name] = (known.values[name], known.injuries)
    if "disfigurement" in shared:
        counts = [shared[name][0] for name in ("severe_items", "moderate_items")]
        shared["disfigurement_items"] = (max(int(str(each)) for each in counts), shared["disfigurement"][1])
    if found.limited_count or Joint.kind in by_kind:
        shared["limited_large_joints"] = (found.limited_large_count, found.limited_by)
        shared["limited_joints"] = (found.limited_count, found.limited_by)
    return shared
