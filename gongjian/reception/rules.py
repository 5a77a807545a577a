"""Who is where, how long it will take, and what follows from what happens on the day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from statistics import median

from gongjian.reception.states import Stage
from gongjian.sittings.codes import Shape
from gongjian.sittings.states import BookingState, QueueState

TAIL = 4
"""How many last signs of a number are the second thing a person is asked for at a kiosk."""
LATE_MINUTES = 20
"""From how many minutes after the end of their slot on people are told, and again after as many."""
TOLD_AHEAD = timedelta(hours=2)
"""How long before their time people who have not come yet are told."""
PACE_FROM = 3
"""From how many finished examinations on the day's own pace is believed."""
DEFAULT_MINUTES = 15
OVER = {
    BookingState.ABSENT: Stage.ABSENT,
    BookingState.MOVED: Stage.MOVED,
    BookingState.ENDED: Stage.ENDED,
    BookingState.DONE: Stage.FINISHED,
}
IN_THE_QUEUE = {
    QueueState.WAITING: Stage.WAITING,
    QueueState.CALLED: Stage.CALLED,
    QueueState.FINISHED: Stage.FINISHED,
}


def asks_for_telephone(shape: Shape) -> bool:
    """Whether the second thing is the end of the telephone, not of the identity number: after an identity number, which cannot prove itself.

    Law: 个保法 art. 6, 9 (no more than needed, kept safe).
    """
    return shape is Shape.ID_NUMBER


def tail_matches(told: str, numbers: Iterable[str]) -> bool:
    """Whether what was told is the end of one of the numbers. A number too short has no end that proves anything.

    Law: 个保法 art. 9.
    """
    ends = [number[-TAIL:].upper() for number in numbers if len(number) > TAIL]
    return len(told) == TAIL and any(compare_digest(told.upper().encode(), end.encode()) for end in ends)


def stage_of(booking: str, *, has_come: bool, queue: str | None) -> Stage:
    """The stage from the state of the booking, whether the person has come, and the state in a group's queue (None: in none).

    Law: 令55 art. 11, 12, 14.
    """
    state = BookingState(booking)
    if state in OVER:
        return OVER[state]
    if state == BookingState.BOOKED:
        return Stage.ARRIVED if has_come else Stage.EXPECTED
    return IN_THE_QUEUE.get(QueueState(queue), Stage.IDENTIFIED) if queue else Stage.IDENTIFIED


def planned_pace(*, slot_minutes: int, slot_people: int, groups: int) -> timedelta:
    """How long the plan gives one group for one person: the slot's time, shared among the people each group has to see in it.

    Law: 令55 art. 12 (told the time).
    """
    if slot_minutes <= 0 or slot_people <= 0:
        return timedelta(minutes=DEFAULT_MINUTES)
    return max(timedelta(minutes=1), timedelta(minutes=slot_minutes) * max(1, groups) / slot_people)


def pace(took: Sequence[timedelta], planned: timedelta) -> timedelta:
    """How long one person takes today: the middle of what it took so far, the plan until three have finished.

    Law: 令55 art. 12.
    """
    if len(took) < PACE_FROM:
        return planned
    return max(timedelta(minutes=1), timedelta(seconds=median(each.total_seconds() for each in took)))


@dataclass(frozen=True)
class Standing:
    """One person as the forecast needs them. due_at: the appointed time; since: for how long they stand where they stand; group: 0 without one."""

    id: int
    stage: Stage
    due_at: datetime
    since: datetime
    group: int = 0


def forecast(
    people: Iterable[Standing], *, now: datetime, pace: timedelta, groups: Sequence[int], not_before: datetime
) -> dict[int, datetime]:
    """When each person who has the examination still before them will be called, at this pace; id → instant.

    Groups take their own queue in turn; who has no group yet goes to the group that is free first, those who are here before those still to
    come, who are not called before their time. not_before: no group begins earlier.
    Law: 令55 art. 12 (told the time).
    """
    found: dict[int, datetime] = {}
    rows = list(people)
    free = {group: max(now, not_before) for group in groups or [0]}
    for one in rows:
        if one.stage is Stage.CALLED and one.group in free:
            free[one.group] = max(free[one.group], one.since + pace)
    for one in sorted((row for row in rows if row.stage in TURN), key=lambda row: (TURN[row.stage], _turn(row))):
        group = one.group if one.group in free else min(free, key=lambda each: free[each])
        earliest = one.due_at if one.stage is Stage.EXPECTED else now
        found[one.id] = max(free[group], earliest)
        free[group] = found[one.id] + pace
    return found


TURN = {Stage.WAITING: 0, Stage.IDENTIFIED: 1, Stage.ARRIVED: 1, Stage.EXPECTED: 2}


def _turn(one: Standing) -> tuple[datetime, int]:
    return (one.due_at if one.stage is Stage.EXPECTED else one.since, one.id)


def minutes_late(expected: datetime, *, due_by: datetime, since: datetime) -> int:
    """By how many whole minutes a person is called after their slot is over; for who came later than that, after they came.

    Within the slot nobody is late: all its people are called to its beginning, and one group sees one after the other.
    Law: 令55 art. 12.
    """
    return max(0, int((expected - max(due_by, since)).total_seconds() // 60))


def late_step(minutes: int) -> int:
    """Which word about being late is due: 0 none, 1 from twenty minutes on, 2 from forty on.

    Law: 令55 art. 12.
    """
    return minutes // LATE_MINUTES


@dataclass(frozen=True)
class Effect:
    """What may happen on the day, what follows in law, and on which article."""

    title: str
    follows: str
    article: str


EFFECTS = {
    "own_cause": Effect(
        "本人因故要改期（如突发疾病）",
        "说明正当理由、写明何时能来，经本人同意，推后的时间不计入作出结论的期限；由另一位同事答复。同意后案件立即回到待安排名单，另行通知。",
        "令55 第十二条",
    ),
    "our_cause": Effect(
        "因本单位原因今天不能检查",
        "案件立即回到待安排名单，另行通知；鉴定期限不顺延，不算本人未到场。",
        "令55 第十一条、第十二条",
    ),
    "absence": Effect(
        "没有到场",
        "本场结束后登记，先听取说明。有正当理由的另行安排；确无正当理由并且事先通知到本人的，才可以终止当次鉴定。",
        "令55 第十四条第一项",
    ),
    "refusal": Effect(
        "到场但拒绝检查、诊断",
        "先当面说明后果并记明事实、在场人和证据。仍拒绝的，终止当次鉴定，发给终止通知书；以后可以重新申请。",
        "令55 第十四条第二项",
    ),
    "faking": Effect(
        "采取伪装等手段",
        "由专家组记明所见和依据，不能凭印象认定。致使不能真实反映伤残情况的，终止当次鉴定，发给终止通知书。",
        "令55 第十四条第三项",
    ),
    "other": Effect(
        "其他拒不配合的情形",
        "记明事实和证据，经提醒仍不配合的，终止当次鉴定，发给终止通知书。",
        "令55 第十四条第四项",
    ),
}
"""In plain words, so that whoever stands beside the person can say what follows before it does."""
