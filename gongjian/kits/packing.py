"""What goes into a kit, as JSON can say it: codes, sex, age, recognised parts, the sheet as far as it was filled. Never a name or a case number."""

from typing import Any

from gongjian.grading.clauses import all_clauses, ground, principles, standard
from gongjian.grading.outcomes import GRADES, grade_label
from gongjian.grading.parts import Side, all_parts, outside_recognised
from gongjian.grading.selfcare import SelfCareItem
from gongjian.kernel import moment
from gongjian.kits.actions.taking import Taken
from gongjian.kits.sealing import public_half
from gongjian.kits.visiting import round_of
from gongjian.opinions.content import LONGEST, MOST_FINDINGS
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.workbench.shown import about


def packed(taken: Taken) -> dict[str, Any]:
    """Everything the device is given at once, over a line that only the expert has."""
    kit = taken.kit
    return {
        "number": kit.number,
        "code": kit.code,
        "expires": kit.expires_at.isoformat(),
        "office": public_half(kit.secret),
        "place": kit.sitting.venue.name,
        "day": kit.sitting.day.isoformat(),
        "cases": [_case(duty) for duty in taken.duties],
        "standard": _standard(),
    }


def _case(duty: Duty) -> dict[str, Any]:
    told = about(duty)
    return {
        "exam_code": duty.exam_code,
        "room": duty.panel.room,
        "round": round_of(duty),
        "seat": duty.member.seat,
        "expert": duty.member.number,
        "declared": duty.assignment is not None,
        "sex": told.sex,
        "age": told.age,
        "parts": [each.label for each in told.parts],
        "outside": [each.number for each in all_clauses() if outside_recognised(each, told.parts)],
        "content": content_of(draft_of(duty)).worked().plain(),
    }


def _standard() -> dict[str, Any]:
    """What one chooses from: public text, so that choosing needs no network."""
    return {
        "name": standard(moment.today()).name,
        "clauses": [_clause(number) for number in _numbers()],
        "parts": [[each.code, each.name, each.is_paired] for each in all_parts()],
        "sides": [[side.value, side.label] for side in Side],
        "grades": [[grade, grade_label(grade)] for grade in GRADES],
        "items": [[item.value, item.label] for item in SelfCareItem],
        "longest": LONGEST,
        "most": MOST_FINDINGS,
    }


def _numbers() -> list[str]:
    """Every number that can be chosen, the principles first."""
    return [*(each.number for each in principles()), *(each.number for each in all_clauses())]


def _clause(number: str) -> list[Any]:
    found = ground(number)
    return [number, found.grade, grade_label(found.grade), found.text]
