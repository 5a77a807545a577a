"""The rules of appearing, as tables."""

from datetime import date, datetime
from typing import Any

import pytest

from gongjian.grading.parts import recognised_part
from gongjian.kernel.moment import ZONE
from gongjian.law.errors import DayOutOfBounds
from gongjian.sittings import codes
from gongjian.sittings.assistance import told
from gongjian.sittings.errors import (
    AbsenceNotEstablished,
    ConsentMissing,
    FactsMissing,
    HeadUnknown,
    NeedUnknown,
    NoShowsTooFew,
    NoticeNotGiven,
    NoticeTooLate,
    PlanWrong,
    ReasonMissing,
)
from gongjian.sittings.rules import (
    HEADS,
    Flag,
    NoShow,
    check_assistance,
    check_notice,
    check_request,
    check_specialties,
    check_termination,
    flags_for,
    missing_specialties,
    notice_days,
    postponed_until,
    slot_times,
    specialties_for,
)
from gongjian.sittings.states import (
    BOOKING_LABELS,
    LIVE,
    SITTING_LABELS,
    STEPS,
    AbsenceState,
    BookingState,
    QueueState,
    RequestState,
    SittingState,
)

ON = date(2026, 3, 20)
GONE = NoShow(is_unjustified=True, was_noticed=True, count=1)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([], []),
        (["999"], []),
        (["143"], ["orthopaedics"]),
        (["133"], ["hand_foot"]),
        (["011"], ["neurology"]),
        (["013"], ["burns_plastic"]),
        (["030", "143"], ["orthopaedics", "ophthalmology"]),
        (["143", "144"], ["orthopaedics"]),
        (["080", "090"], ["thoracic", "general_surgery"]),
        (["999", "050"], ["ent"]),
    ],
)
def test_recognised_parts_call_for_their_specialties(parts, wanted):
    assert specialties_for([recognised_part(code) for code in parts]) == wanted


def test_the_side_of_a_part_does_not_change_the_specialty():
    assert specialties_for([recognised_part("030", "left")]) == specialties_for([recognised_part("030", "right")])


@pytest.mark.parametrize(
    ("needs", "offered", "missing"),
    [
        ([], [], []),
        (["ent"], ["ent", "thoracic"], []),
        (["ent", "orthopaedics"], ["ent"], ["orthopaedics"]),
    ],
)
def test_what_a_sitting_does_not_offer_is_missing(needs, offered, missing):
    assert missing_specialties(needs, offered) == missing


@pytest.mark.parametrize(
    ("needs", "assistance", "step_free", "flags"),
    [
        ([], [], False, []),
        (["ent"], [], True, []),
        (["orthopaedics"], [], True, [Flag.SPECIALTY]),
        ([], ["wheelchair"], True, []),
        ([], ["wheelchair"], False, [Flag.STEP_FREE]),
        ([], ["bed"], False, [Flag.STEP_FREE]),
        ([], ["sign_language"], False, []),
        (["orthopaedics"], ["bed"], False, [Flag.SPECIALTY, Flag.STEP_FREE]),
    ],
)
def test_what_a_sitting_cannot_meet_is_flagged(needs, assistance, step_free, flags):
    assert flags_for(needs, assistance, offered=["ent"], step_free=step_free) == flags


def test_every_flag_says_what_is_wrong():
    assert all(flag.label for flag in Flag)


def test_special_needs_come_from_the_list_in_its_order():
    assert check_assistance(["companion", "wheelchair"]) == ["wheelchair", "companion"]
    assert told(["companion", "bed"]) == "需要卧床检查、需要家属或者护理人员陪同"
    with pytest.raises(NeedUnknown):
        check_assistance(["helicopter"])


@pytest.mark.parametrize(
    ("sent_on", "day", "days"),
    [
        (date(2026, 3, 10), date(2026, 3, 11), 0),
        (date(2026, 3, 10), date(2026, 3, 13), 2),
        (date(2026, 3, 10), date(2026, 3, 16), 3),
        (date(2026, 3, 13), date(2026, 3, 16), 0),
        (date(2026, 9, 30), date(2026, 10, 9), 1),
    ],
)
def test_art_12_the_days_of_a_notice_are_the_working_days_between(sent_on, day, days):
    assert notice_days(sent_on, day) == days


def test_art_12_a_notice_has_a_lead_or_the_consent_of_the_person():
    late: dict[str, Any] = {"sent_on": date(2026, 3, 10), "day": date(2026, 3, 13), "region": "990100"}
    with pytest.raises(NoticeTooLate):
        check_notice(**late)
    with pytest.raises(NoticeTooLate):
        check_notice(**late, consent="  ")
    check_notice(**late, consent="3月10日电话同意")
    check_notice(sent_on=date(2026, 3, 10), day=date(2026, 3, 16), region="990100")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"available_from": date(2026, 3, 24)}, DayOutOfBounds),
        ({"available_from": date(2026, 3, 1)}, DayOutOfBounds),
        ({"available_from": date(2026, 6, 23)}, DayOutOfBounds),
        ({"consent": False}, ConsentMissing),
    ],
)
def test_art_12_another_day_takes_a_reason_a_later_day_and_consent(changes, refusal):
    asked: dict[str, Any] = {
        "reason": "住院",
        "available_from": date(2026, 3, 25),
        "consent": True,
        "former": date(2026, 3, 24),
        "on": date(2026, 3, 18),
        "region": "990100",
    }
    check_request(**asked)
    with pytest.raises(refusal):
        check_request(**{**asked, **changes})


@pytest.mark.parametrize(
    ("available", "day", "until"),
    [
        (date(2026, 4, 3), date(2026, 4, 7), date(2026, 4, 7)),
        (date(2026, 4, 3), date(2026, 4, 9), date(2026, 4, 9)),
        (date(2026, 4, 3), date(2026, 4, 10), date(2026, 4, 9)),
        (date(2026, 4, 3), date(2026, 8, 3), date(2026, 4, 9)),
        (date(2026, 3, 25), date(2026, 3, 25), date(2026, 3, 25)),
    ],
)
def test_art_12_the_days_asked_for_and_those_of_the_notice_do_not_count_the_offices_own_do(available, day, until):
    assert postponed_until(available, day=day, on=date(2026, 3, 18), region="990100") == until


@pytest.mark.parametrize("head", HEADS)
def test_art_14_each_of_the_four_heads_can_end_the_appraisal(head):
    check_termination(head, facts="3月24日未到场", proof="签到记录", no_show=GONE, on=ON, region="990100")


@pytest.mark.parametrize("head", [0, 5, -1])
def test_art_14_there_is_no_fifth_head(head):
    with pytest.raises(HeadUnknown):
        check_termination(head, facts="x", proof="x", no_show=GONE, on=ON, region=None)


@pytest.mark.parametrize(("facts", "proof"), [("", "签到记录"), ("未到场", " ")])
def test_art_14_takes_facts_and_proof(facts, proof):
    with pytest.raises(FactsMissing):
        check_termination(2, facts=facts, proof=proof, no_show=GONE, on=ON, region=None)


@pytest.mark.parametrize(
    ("no_show", "refusal"),
    [
        (NoShow(is_unjustified=False, was_noticed=True, count=0), AbsenceNotEstablished),
        (NoShow(is_unjustified=True, was_noticed=False, count=1), NoticeNotGiven),
        (NoShow(is_unjustified=True, was_noticed=True, count=0), NoShowsTooFew),
    ],
)
def test_art_14_absence_must_be_made_out(no_show, refusal):
    with pytest.raises(refusal):
        check_termination(1, facts="未到场", proof="签到记录", no_show=no_show, on=ON, region=None)


def test_art_14_the_other_heads_do_not_ask_about_absence():
    present = NoShow(is_unjustified=False, was_noticed=True, count=0)
    check_termination(3, facts="伪装", proof="现场录像", no_show=present, on=ON, region=None)


def test_slots_follow_each_other_until_the_end():
    times = slot_times(_at(9), _at(11), minutes=30, capacity=4)
    assert [time.strftime("%H:%M") for time in times] == ["09:00", "09:30", "10:00", "10:30"]


def test_a_last_slot_may_be_shorter():
    assert len(slot_times(_at(9), _at(10), minutes=45, capacity=1)) == 2


@pytest.mark.parametrize(
    ("start", "end", "minutes", "capacity"),
    [(9, 9, 30, 4), (11, 9, 30, 4), (9, 11, 4, 4), (9, 11, 241, 4), (9, 11, 30, 0), (9, 11, 30, 101), (8, 18, 5, 100)],
)
def test_a_plan_that_cannot_be_held_is_refused(start, end, minutes, capacity):
    with pytest.raises(PlanWrong):
        slot_times(_at(start), _at(end), minutes=minutes, capacity=capacity)


def test_a_sitting_does_not_last_into_the_next_day():
    with pytest.raises(PlanWrong):
        slot_times(_at(20), datetime(2026, 3, 25, 1, tzinfo=ZONE), minutes=30, capacity=1)


@pytest.mark.parametrize("specialties", [[], ["astrology"], ["ent", "astrology"]])
def test_a_sitting_offers_specialties_of_the_table(specialties):
    with pytest.raises(PlanWrong):
        check_specialties(specialties)


def test_every_state_has_a_label():
    assert set(SITTING_LABELS) == set(SittingState)
    assert set(BOOKING_LABELS) == set(BookingState)
    assert all(
        state.label
        for states in (SittingState, BookingState, RequestState, AbsenceState, QueueState)
        for state in states
    )


def test_the_steps_of_a_sitting_lead_from_planning_to_the_end():
    assert [(step.start, step.end) for step in STEPS] == [
        (SittingState.PLANNED, SittingState.PUBLISHED),
        (SittingState.PUBLISHED, SittingState.OPEN),
        (SittingState.OPEN, SittingState.CLOSED),
    ]


def test_who_was_moved_or_ended_holds_no_place():
    assert set(BookingState) - set(LIVE) == {BookingState.MOVED, BookingState.ENDED}


@pytest.mark.parametrize("typed", ["K7M4Q2XP", "k7m4 q2xp", " K7M4-Q2XP\n", "GJQD:K7M4Q2XP", "Ｋ７Ｍ４Ｑ２ＸＰ"])
def test_a_code_is_read_as_typed_scanned_or_copied(typed):
    assert codes.read(typed) == "K7M4Q2XP"


def test_a_code_is_shown_in_two_halves_and_comes_back_from_its_qr():
    assert codes.shown("K7M4Q2XP") == "K7M4 Q2XP"
    assert codes.read(codes.qr_text("K7M4Q2XP")) == "K7M4Q2XP"


def test_codes_avoid_signs_that_look_alike():
    made = {codes.new_exam_code() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01IO")


def test_a_ticket_is_one_that_nobody_has():
    all_but_one = [number for number in codes.TICKETS if number != 555]
    assert codes.new_ticket(all_but_one[:500]) not in all_but_one[:500]
    assert codes.new_ticket(all_but_one) in codes.MORE_TICKETS


def _at(hour: int) -> datetime:
    return datetime(2026, 3, 24, hour, tzinfo=ZONE)
