"""What the table of modes means for a wish, a plan and a booking. Pure: it reads rows of the table and plain values."""

from collections.abc import Collection

from gongjian.appraisal.states import State
from gongjian.law.modes import Mode, ModeRule
from gongjian.sittings.errors import (
    AddressMissing,
    CollectiveSize,
    ConsentToModeMissing,
    ModeCannotJudge,
    ModeNotAsked,
    PlanWrong,
    ProofMissing,
    ReasonMissing,
    SlotTooShort,
)

ASKED_IN = (State.ACCEPTED, State.SCHEDULED)
"""States of a case in which its mode may still be asked for."""
VISITS_A_DAY = 8
"""The most stops one team is sent to in a day."""


def minutes_for(rule: ModeRule, needs: Collection[str]) -> int:
    """How long one person takes: the longest of the mode's own minutes and those of the specialties needed.

    Law: 令55 art. 12, 13 (the condition is recorded accurately; how long that takes is the locality's).
    """
    return max([rule.minutes, *(rule.minutes_by_specialty.get(code, 0) for code in needs)])


def why_not(rule: ModeRule, needs: Collection[str], parts: Collection[str]) -> list[str]:
    """Why a mode may not judge somebody, each reason once; nothing where it may. A part stands for the finer parts below it.

    needs: specialty codes; parts: codes of recognised parts. Law: 令55 art. 13 (experts record the condition accurately).
    """
    by_specialty = [reason for code, reason in rule.cannot_specialties.items() if code in needs]
    by_part = [reason for code, reason in rule.cannot_parts.items() if any(_belongs(part, code) for part in parts)]
    return list(dict.fromkeys([*by_specialty, *by_part]))


def check_judges(rule: ModeRule, needs: Collection[str], parts: Collection[str]) -> None:
    """Refuse a mode that may not judge the injury. Law: 令55 art. 13. Raises: ModeCannotJudge."""
    if reasons := why_not(rule, needs, parts):
        raise ModeCannotJudge(title=rule.title, reasons="；".join(reasons), article="令55 第十三条")


def check_wish(
    rule: ModeRule, *, side: str, ground: str, reason: str, address: str, contact: str, has_proof: bool
) -> None:
    """Refuse a wish of the wrong side or on no ground of the table, without reason, without address where we come, or without its proof.

    side: "worker" or "employer". Law: 令55 art. 12 (cannot attend because critically ill or injured; 上门鉴定 and other ways).
    Raises: ModeNotAsked, ReasonMissing, AddressMissing, ProofMissing.
    """
    if side not in rule.asked_by or ground not in rule.grounds:
        raise ModeNotAsked(title=rule.title, article=rule.article)
    if not reason.strip():
        raise ReasonMissing
    check_address(rule, address=address, contact=contact)
    if rule.needs_proof and not has_proof:
        raise ProofMissing(title=rule.title)


def check_address(rule: ModeRule, *, address: str, contact: str) -> None:
    """Where we come, an address and somebody to call there are needed. Law: 令55 art. 12. Raises: AddressMissing."""
    if rule.comes_to_them and not (address.strip() and contact.strip()):
        raise AddressMissing(title=rule.title, article=rule.article)


def check_consent(rule: ModeRule, how: str) -> None:
    """Refuse a mode that needs consent without it. how: in which way it was given. Law: 个保法 art. 29. Raises: ConsentToModeMissing."""
    if rule.consent and not how.strip():
        raise ConsentToModeMissing(title=rule.title)


def check_slots(rule: ModeRule, *, minutes: int, capacity: int, count: int) -> None:
    """One group examines one person after another: such a sitting calls one person to a slot, long enough; a team is not sent to too many stops.

    Law: 令55 art. 11, 12. Raises: PlanWrong.
    """
    if not rule.has_one_group:
        return
    if capacity != 1:
        raise PlanWrong(what=f"{rule.title}只有一个专家组，每个时段只能安排1人")
    if minutes < rule.minutes:
        raise PlanWrong(what=f"{rule.title}每人至少需要{rule.minutes}分钟")
    if rule.comes_to_them and count > VISITS_A_DAY:
        raise PlanWrong(what=f"一支队伍一天最多上门{VISITS_A_DAY}处，现在是{count}处")


def check_people(rule: ModeRule, *, places: int) -> None:
    """Refuse a day on which more people are called than the mode takes at once. Law: 令55 art. 12. Raises: PlanWrong."""
    if rule.most_people and places > rule.most_people:
        raise PlanWrong(what=f"{rule.title}一天最多{rule.most_people}人，现在是{places}人")


def check_collective(rule: ModeRule, *, people: int) -> None:
    """Refuse an employer's application for too few or too many of its workers. Law: 令55 art. 12. Raises: CollectiveSize, ModeNotAsked."""
    if "employer" not in rule.asked_by:
        raise ModeNotAsked(title=rule.title, article=rule.article)
    if not rule.least_people <= people <= rule.most_people:
        raise CollectiveSize(least=rule.least_people, most=rule.most_people, count=people, article=rule.article)


def check_length(rule: ModeRule, needs: Collection[str], *, number: str, minutes: int) -> None:
    """Refuse a slot too short for what somebody needs, where a group examines one after another. Law: 令55 art. 13. Raises: SlotTooShort."""
    wanted = minutes_for(rule, needs)
    if rule.has_one_group and wanted > minutes:
        raise SlotTooShort(title=rule.title, minutes=wanted, number=number, slot=minutes)


def offers(rules: Collection[ModeRule], *, asked: str, needs: Collection[str], parts: Collection[str]) -> list[Mode]:
    """What the office may offer instead of what was asked for: every mode people may ask for that can judge them.

    Law: 令55 art. 12 ("or other ways").
    """
    able = [rule for rule in rules if "worker" in rule.asked_by and rule.mode != asked]
    return [rule.mode for rule in able if not why_not(rule, needs, parts)]


def _belongs(part: str, code: str) -> bool:
    """Whether a part is this one or a finer one of it: "041" belongs to "040"."""
    return part == code or (code.endswith("0") and part[:2] == code[:2])
