"""Reading a deliberation: only its members, only after the seal is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongjian.opinions.content import Content, content_told
from gongjian.opinions.errors import NotOpenNow
from gongjian.opinions.models import Assignment, Deliberation, Reopening, View
from gongjian.opinions.queries.access import Duty, Stage
from gongjian.opinions.sealing import opened_statements

FORM = "gj-deliberation-1"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one seat has sealed, and what it says now. Names stand nowhere."""

    seat: int
    content: Content | None
    view: View | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """An open deliberation as a member sees it."""

    round: int
    voices: tuple[Voice, ...]
    chair: int
    is_chair: bool
    said_mine: bool
    all_said: bool
    grades: tuple[tuple[int | None, int], ...]
    selfcares: tuple[tuple[str, int], ...]


def talk_of(duty: Duty) -> Talk:
    """The opinions of the last round side by side, with the views said so far. Raises: NotOpenNow, StillSealed, SealBroken."""
    if duty.stage != Stage.DELIBERATE or duty.talk is None:
        raise NotOpenNow(state=duty.stage.label)
    talk = duty.talk
    told = {row.assignment.seat: content_told(said) for row, said in opened_statements(talk.round)}
    views = {view.assignment.seat: view for view in talk.views.select_related("assignment")}
    members = list(Assignment.objects.filter(case=duty.case, closed_at=None).order_by("seat"))
    mine = duty.member.seat
    voices = tuple(Voice(each.seat, told.get(each.seat), views.get(each.seat), each.seat == mine) for each in members)
    chair = chair_of(members).seat
    tally = talk.round.vote.tally
    return Talk(
        round=talk.round.number,
        voices=voices,
        chair=chair,
        is_chair=chair == mine,
        said_mine=mine in views,
        all_said=all(each.view for each in voices),
        grades=tuple((grade, votes) for grade, votes in tally["grades"]),
        selfcares=tuple((level, votes) for level, votes in tally["selfcares"]),
    )


def reopening_of(duty: Duty) -> Reopening | None:
    """Why the round before was not the last one, for the members who seal anew; None where nothing was defective."""
    if duty.round is None:
        return None
    return Reopening.objects.filter(
        round__case=duty.case, round__turn=duty.round.turn, round__number=duty.round.number - 1
    ).first()


def chair_of(members: Sequence[Assignment]) -> Assignment:
    """Who keeps the record: the lowest seat, as the draw has ordered them."""
    return min(members, key=lambda each: each.seat)


def statement_of(talk: Deliberation, *, seat: int, text: str) -> dict[str, Any]:
    """What a member signs in a deliberation."""
    return {"form": FORM, "case": talk.case.number, "round": talk.round.number, "seat": seat, "text": text}
