"""What the business flow page says, read from the tables that the platform itself works by: nothing is written down twice.

Law: 令55 art. 6 (the policies, the rules of work and the flow are public).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from gongjian.accounts.roles import LABELS as ROLE_LABELS
from gongjian.accounts.roles import Role
from gongjian.appraisal.rules import CAPACITIES
from gongjian.appraisal.states import PROCEDURE, State
from gongjian.cases.states import Move, Owed
from gongjian.law.limits import limit
from gongjian.law.parameters import Parameter, parameter
from gongjian.law.working import UNIT_LABELS
from gongjian.materials.catalog import KINDS, Channel, Kind, checklist

WAY = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.SCHEDULED,
    State.PRESENT,
    State.GROUPED,
    State.EXAMINING,
    State.OPINED,
    State.REVIEWED,
    State.CONCLUDED,
    State.DELIVERED,
    State.EFFECTIVE,
    State.ARCHIVED,
)
"""The way of a case on which nothing goes wrong. A test sees that each state leads to the next."""
LIMITS = (
    "LA-REVIEW",
    "LA-SUPPLEMENT",
    "LA-DECIDE",
    "LA-DELIVER",
    "SV-PUBLIC",
    "LA-REAPPEAL",
    "LA-REVIEW-1Y",
    "LA-ARCHIVE",
)
PARTIES = {"applicant": "申请人", "experts": "专家组"}
ROLLS = {
    "strict": "最后一日是休息日的，不顺延",
    "forward": "最后一日是休息日的，顺延到其后第一个工作日",
}


@dataclass(frozen=True)
class Length:
    """A limit as a citizen reads it."""

    title: str
    start: str
    length: str
    article: str
    notes: tuple[str, ...]
    is_local: bool


@dataclass(frozen=True)
class Stage:
    """One state on the way: what is done in it, by whom, within what, and what it may lead to besides."""

    label: str
    promise: str
    work: str
    who: str
    article: str
    within: Length | None
    leads_to: str
    turnings: tuple[Move, ...]


@dataclass(frozen=True)
class Paper:
    """One line of the checklist: a kind of paper and who must bring it ("" = nobody must)."""

    kind: Kind
    asked_of: str


def stages(*, on: date, region: str) -> list[Stage]:
    """The way, state by state, as the law of a day and a region has it."""
    following = dict(pairwise(WAY))
    return [_stage(state, following.get(state), on, region) for state in WAY]


def lengths(*, on: date, region: str) -> list[Length]:
    """The limits of the procedure."""
    return [length_of(each, on=on, region=region) for each in LIMITS]


def length_of(limit_id: str, *, on: date, region: str) -> Length:
    """One limit in words. Raises: LimitUnknown, NotInForce."""
    rule = limit(limit_id)
    number = parameter(rule.parameter, on=on, region=region)
    notes = ["期满之后可以办理"] if rule.kind == "earliest" else [ROLLS[rule.roll]]
    if rule.extension:
        most = parameter(rule.extension.most, on=on, region=region)
        notes.append(f"伤情复杂、涉及专业较多的，可以延长一次，最多{in_words(most)}")
    notes += [f"{ground.title}的，按所占的天数顺延" for ground in rule.pauses]
    return Length(
        rule.title, rule.start, in_words(number), rule.article(on), tuple(notes), number.confidence == "local"
    )


def in_words(number: Parameter) -> str:
    """A length with its unit: 5个工作日, 60日."""
    return f"{number.number}{UNIT_LABELS[number.unit].partition('（')[0]}"


def papers() -> list[Paper]:
    """Every paper that may be asked for, and of whom."""
    return [Paper(kind, _asked_of(code)) for code, kind in KINDS.items()]


def _asked_of(code: str) -> str:
    online = {label for kind, label in CAPACITIES.items() if code in _required(kind, Channel.ONLINE)}
    if len(online) == len(CAPACITIES):
        return "每一位申请人"
    if online:
        return "、".join(label for label in CAPACITIES.values() if label in online)
    at_window = any(code in _required(kind, Channel.WINDOW) for kind in CAPACITIES)
    return "到窗口申请的" if at_window else ""


def _required(capacity: str, channel: str) -> set[str]:
    return {wanted.kind.code for wanted in checklist(capacity=capacity, channel=channel) if wanted.required}


def _stage(state: State, then: State | None, on: date, region: str) -> Stage:
    owed = next(iter(PROCEDURE.owed.get(state, ())), None)
    onward = next((move for move in PROCEDURE.moves_from(state) if move.end == then), None)
    within = length_of(owed.limit, on=on, region=region) if owed and owed.limit else None
    return Stage(
        label=PROCEDURE.labels[state],
        promise=PROCEDURE.promises[state],
        work=owed.label if owed else "",
        who=_who(owed) if owed else "",
        article=owed.article if owed else "",
        within=within,
        leads_to=onward.label if onward else "",
        turnings=tuple(_turnings(state, then)),
    )


def _who(owed: Owed) -> str:
    return ROLE_LABELS[Role(owed.role)] + "岗位" if owed.role else PARTIES[owed.party]


def _turnings(state: State, then: State | None) -> Iterator[Move]:
    seen: set[str] = set()
    for move in PROCEDURE.moves_from(state):
        if move.end != then and move.act not in seen:
            seen.add(move.act)
            yield move
