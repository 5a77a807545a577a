"""The limits as plain values: what each is, and everything that may happen to it. Names: docs/guide/law-answers.md."""

from collections.abc import Iterator
from datetime import date
from typing import TypedDict

from gongjian.law.clock import longest_extension
from gongjian.law.days import read_day
from gongjian.law.errors import NotInForce
from gongjian.law.events import ENDED, vocabulary
from gongjian.law.limits import Limit, all_limits
from gongjian.law.limits import limit as limit_by_id
from gongjian.law.parameters import NATIONAL, Confidence, parameter, places
from gongjian.law.working import UNIT_LABELS

NOW = date(2199, 12, 31)


class EventAnswer(TypedDict):
    """Something that may happen to a limit. role: start, pause, resume, extend, restart, replace, meet or end."""

    name: str
    title: str
    role: str
    article: str
    confidence: str


class LimitAnswer(TypedDict):
    """One limit as it stands on a day in a region."""

    limit: str
    title: str
    who: str
    bearer: str
    kind: str
    roll: str
    start_event: str
    start: str
    length: int
    unit: str
    length_text: str
    basis: str
    confidence: str
    region: str
    extension_by: str | None
    extension_most: int | None
    extension_times: int | None
    note: str
    events: list[EventAnswer]


def limits(limit: str | None = None, *, on: str | None = None, region: str | None = None) -> list[LimitAnswer]:
    """One limit, or all that were in force on a day. on: a day; without it the newest law in the data.

    Raises: LimitUnknown, DayWrong, RegionWrong, and NotInForce for the one limit asked for.
    """
    day = read_day(on, "on") if on else NOW
    places(region)
    if limit:
        return [_answer(limit_by_id(limit), day, region)]
    return [found for rule in all_limits().values() for found in _in_force(rule, day, region)]


def _in_force(rule: Limit, day: date, region: str | None) -> Iterator[LimitAnswer]:
    try:
        yield _answer(rule, day, region)
    except NotInForce:
        return


def _answer(rule: Limit, day: date, region: str | None) -> LimitAnswer:
    number = parameter(rule.parameter, on=day, region=region)
    article = rule.article(day)
    most = None
    if rule.extension:
        most = longest_extension(rule, on=day, region=region)
    return {
        "limit": rule.id,
        "title": rule.title,
        "who": rule.who,
        "bearer": rule.bearer,
        "kind": rule.kind,
        "roll": rule.roll,
        "start_event": rule.start_event,
        "start": rule.start,
        "length": number.number,
        "unit": number.unit,
        "length_text": f"{number.number}{UNIT_LABELS[number.unit]}",
        "basis": article if number.region == NATIONAL else f"{article}；{number.source}",
        "confidence": number.confidence,
        "region": number.region,
        "extension_by": rule.extension.by if rule.extension else None,
        "extension_most": most.number if most else None,
        "extension_times": rule.extension.times if rule.extension else None,
        "note": rule.note,
        "events": list(_events(rule, article)),
    }


def _events(rule: Limit, article: str) -> Iterator[EventAnswer]:
    yield _event(rule.start_event, "start", article)
    for ground in rule.pauses:
        yield _event(ground.name, "pause", ground.article, ground.confidence)
        if not ground.is_span:
            yield _event(ground.name + ENDED, "resume", ground.article, ground.confidence)
    if rule.extension:
        yield _event(rule.extension.event, "extend", rule.extension.article)
    if rule.restart:
        reading = parameter(rule.restart.choice, on=NOW).confidence
        yield _event(rule.restart.event, "restart", rule.restart.article, reading)
    if rule.instead:
        yield _event(rule.instead.event, "replace", rule.instead.article)
    yield from (_event(name, "meet", "") for name in rule.met_by)
    yield from (_event(name, "end", "") for name in rule.ended_by)


def _event(name: str, role: str, article: str, confidence: Confidence = "seen") -> EventAnswer:
    return {
        "name": name,
        "title": vocabulary().title(name),
        "role": role,
        "article": article,
        "confidence": confidence,
    }
