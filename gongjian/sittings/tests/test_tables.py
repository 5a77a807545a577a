"""The rules of appearing over the whole calendar and on both sides of every threshold; the words of the room."""

from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any

import pytest

from gongjian.accounts.roles import PERMISSIONS
from gongjian.cases.labels import label_of
from gongjian.experts.specialties import SPECIALTIES, in_order
from gongjian.grading.parts import all_parts, recognised_part
from gongjian.kernel.moment import ZONE
from gongjian.law.calendar import working_day_after
from gongjian.law.errors import DayOutOfBounds, NotAllowed, NotFound, RuleError
from gongjian.sittings import codes, errors
from gongjian.sittings.access import ACTS
from gongjian.sittings.actions.absences import EXPLAIN_DAYS
from gongjian.sittings.assistance import ASSISTANCE, NEEDS_STEP_FREE, told
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
from gongjian.sittings.forms import (
    AbsenceForm,
    AnswerForm,
    AskForm,
    CapacityForm,
    ReasonForm,
    SkipForm,
    TerminationForm,
    VenueForm,
)
from gongjian.sittings.messages import said
from gongjian.sittings.owes import LOOSE_ENDS
from gongjian.sittings.rules import (
    BLOCKING,
    HEADS,
    LARGEST_SITTING,
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
    slot_times,
    specialties_for,
)
from gongjian.sittings.shown import KINDS, state_counts
from gongjian.sittings.states import (
    BOOKABLE,
    LIVE,
    STEPS,
    AbsenceState,
    BookingState,
    QueueState,
    RequestState,
    SittingState,
)

FIRST_DAYS = [
    # the notice goes out, the first day for which it is in time
    ("2025-12-30", "2026-01-06"),  # 元旦; Sunday 01-04 is worked
    ("2026-01-04", "2026-01-08"),
    ("2026-01-30", "2026-02-05"),
    ("2026-02-10", "2026-02-14"),  # 春节; Saturday 02-14 is worked
    ("2026-02-11", "2026-02-15"),
    ("2026-02-12", "2026-02-25"),
    ("2026-02-13", "2026-02-26"),
    ("2026-02-14", "2026-02-27"),
    ("2026-02-15", "2026-02-27"),
    ("2026-02-18", "2026-02-27"),
    ("2026-02-23", "2026-02-27"),
    ("2026-02-24", "2026-02-28"),
    ("2026-02-26", "2026-03-03"),  # Saturday 02-28 is worked
    ("2026-03-09", "2026-03-13"),  # ordinary weeks
    ("2026-03-10", "2026-03-14"),
    ("2026-03-13", "2026-03-19"),
    ("2026-03-14", "2026-03-19"),
    ("2026-03-15", "2026-03-19"),
    ("2026-04-02", "2026-04-09"),  # 清明节
    ("2026-04-29", "2026-05-08"),  # 劳动节; Saturday 05-09 is worked
    ("2026-05-07", "2026-05-12"),
    ("2026-06-17", "2026-06-24"),  # 端午节
    ("2026-09-18", "2026-09-23"),  # 中秋节; Sunday 09-20 is worked
    ("2026-09-24", "2026-10-01"),
    ("2026-09-28", "2026-10-09"),  # 国庆节; Saturday 10-10 is worked
    ("2026-09-29", "2026-10-10"),
    ("2026-09-30", "2026-10-11"),
    ("2026-10-01", "2026-10-11"),
    ("2026-10-07", "2026-10-11"),
    ("2026-10-08", "2026-10-13"),
]
SENT = date(2026, 3, 9)


@pytest.mark.parametrize(("sent_on", "first"), FIRST_DAYS)
def test_art_12_a_notice_is_in_time_from_its_first_day_on(sent_on, first):
    check_notice(sent_on=date.fromisoformat(sent_on), day=date.fromisoformat(first), region="990100")
    assert notice_days(date.fromisoformat(sent_on), date.fromisoformat(first)) == 3


@pytest.mark.parametrize(("sent_on", "first"), FIRST_DAYS)
def test_art_12_a_day_earlier_it_would_come_too_late_and_what_is_left_is_told(sent_on, first):
    eve = date.fromisoformat(first) - timedelta(days=1)
    with pytest.raises(NoticeTooLate) as caught:
        check_notice(sent_on=date.fromisoformat(sent_on), day=eve, region="990100")
    assert caught.value.facts == {"days": 3, "left": 2}


@pytest.mark.parametrize("region", [None, "990000", "990100", "990121"])
def test_art_12_where_no_other_number_of_days_is_set_three_hold(region):
    check_notice(sent_on=SENT, day=date(2026, 3, 13), region=region)
    with pytest.raises(NoticeTooLate):
        check_notice(sent_on=SENT, day=date(2026, 3, 12), region=region)


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 3, 8), date(2026, 3, 1)])
def test_art_12_no_working_day_lies_before_a_sitting_of_today_or_earlier(day):
    assert notice_days(SENT, day) == 0


@pytest.mark.parametrize("consent", ["", " ", "\n", "\u3000"])
def test_art_12_blanks_are_no_consent(consent):
    with pytest.raises(NoticeTooLate):
        check_notice(sent_on=SENT, day=date(2026, 3, 10), region="990100", consent=consent)


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 12)])
def test_art_12_with_the_consent_of_the_person_any_day_is_in_time(day):
    check_notice(sent_on=SENT, day=day, region="990100", consent="3月9日电话同意")


@pytest.mark.parametrize(
    ("noted_on", "until"),
    [
        ("2026-03-23", "2026-03-26"),
        ("2026-03-24", "2026-03-27"),
        ("2026-03-25", "2026-03-30"),
        ("2026-03-27", "2026-04-01"),
        ("2026-02-11", "2026-02-14"),
        ("2026-02-12", "2026-02-24"),
        ("2026-02-13", "2026-02-25"),
        ("2026-04-03", "2026-04-09"),
        ("2026-09-29", "2026-10-09"),
        ("2026-09-30", "2026-10-10"),
        ("2026-10-09", "2026-10-13"),
        ("2026-12-28", "2026-12-31"),
    ],
)
def test_art_14_a_person_has_three_working_days_to_say_why_they_did_not_come(noted_on, until):
    assert working_day_after(date.fromisoformat(noted_on), EXPLAIN_DAYS) == date.fromisoformat(until)


@pytest.mark.parametrize(
    ("begins", "ends", "minutes", "times"),
    [
        ("09:00", "09:05", 5, ["09:00"]),
        ("09:00", "09:01", 5, ["09:00"]),
        ("09:00", "09:30", 30, ["09:00"]),
        ("09:00", "09:31", 30, ["09:00", "09:30"]),
        ("09:00", "10:00", 30, ["09:00", "09:30"]),
        ("09:00", "10:00", 25, ["09:00", "09:25", "09:50"]),
        ("08:45", "10:00", 45, ["08:45", "09:30"]),
        ("13:30", "17:30", 240, ["13:30"]),
        ("13:30", "17:31", 240, ["13:30", "17:30"]),
        ("00:00", "23:59", 240, ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00"]),
        ("23:00", "23:59", 30, ["23:00", "23:30"]),
    ],
)
def test_art_12_people_are_called_every_so_many_minutes_and_never_at_the_end(begins, ends, minutes, times):
    found = slot_times(on_the_day(begins), on_the_day(ends), minutes=minutes, capacity=1)
    assert [each.strftime("%H:%M") for each in found] == times


@pytest.mark.parametrize("minutes", [5, 6, 239, 240])
@pytest.mark.parametrize("capacity", [1, 2, 99, 100])
def test_a_slot_within_its_bounds_is_held(minutes, capacity):
    assert slot_times(on_the_day("09:00"), on_the_day("09:05"), minutes=minutes, capacity=capacity)


@pytest.mark.parametrize("minutes", [-30, 0, 4, 241, 1440])
def test_a_slot_too_short_or_too_long_is_refused(minutes):
    with pytest.raises(PlanWrong, match="5至240分钟"):
        slot_times(on_the_day("09:00"), on_the_day("11:00"), minutes=minutes, capacity=1)


@pytest.mark.parametrize("capacity", [-1, 0, 101, 1000])
def test_a_slot_for_nobody_or_for_a_crowd_is_refused(capacity):
    with pytest.raises(PlanWrong, match="1至100人"):
        slot_times(on_the_day("09:00"), on_the_day("11:00"), minutes=30, capacity=capacity)


@pytest.mark.parametrize(("ends", "people"), [("12:00", LARGEST_SITTING), ("11:30", LARGEST_SITTING - 100)])
def test_a_sitting_may_be_as_large_as_it_gets(ends, people):
    assert len(slot_times(on_the_day("09:00"), on_the_day(ends), minutes=30, capacity=100)) * 100 == people


def test_a_sitting_of_one_slot_more_is_refused_with_the_number():
    with pytest.raises(PlanWrong, match="700"):
        slot_times(on_the_day("09:00"), on_the_day("12:01"), minutes=30, capacity=100)


@pytest.mark.parametrize(("begins", "ends"), [("09:00", "09:00"), ("09:00", "08:59"), ("11:00", "09:00")])
def test_a_sitting_ends_after_it_begins(begins, ends):
    with pytest.raises(PlanWrong, match="结束时间"):
        slot_times(on_the_day(begins), on_the_day(ends), minutes=30, capacity=4)


@pytest.mark.parametrize(
    ("unjustified", "noticed", "count", "refusal"),
    [
        (False, False, 0, AbsenceNotEstablished),
        (False, False, 1, AbsenceNotEstablished),
        (False, True, 0, AbsenceNotEstablished),
        (False, True, 1, AbsenceNotEstablished),
        (True, False, 0, NoticeNotGiven),
        (True, False, 1, NoticeNotGiven),
        (True, True, 0, NoShowsTooFew),
    ],
)
def test_art_14_an_absence_ends_nothing_while_one_condition_is_missing(unjustified, noticed, count, refusal):
    with pytest.raises(refusal):
        end(1, no_show=NoShow(is_unjustified=unjustified, was_noticed=noticed, count=count))


@pytest.mark.parametrize("count", [1, 2, 9])
def test_art_14_an_absence_made_out_ends_the_appraisal(count):
    end(1, no_show=NoShow(is_unjustified=True, was_noticed=True, count=count))


@pytest.mark.parametrize("head", [2, 3, 4])
@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("noticed", [True, False])
def test_art_14_the_three_other_heads_stand_without_an_absence(head, count, noticed):
    end(head, no_show=NoShow(is_unjustified=False, was_noticed=noticed, count=count))


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(("facts", "proof"), [("", ""), (" ", "记录"), ("未到场", "\n"), ("\u3000", "记录")])
def test_art_14_no_head_stands_without_facts_and_proof(head, facts, proof):
    with pytest.raises(FactsMissing):
        end(head, facts=facts, proof=proof)


@pytest.mark.parametrize("head", [-1, 0, 5, 14, 100])
def test_art_14_a_head_that_is_not_in_the_article_is_refused_before_the_facts_are_read(head):
    with pytest.raises(HeadUnknown):
        end(head, facts="", proof="")


@pytest.mark.parametrize(("days", "refusal"), [(-30, DayOutOfBounds), (-1, DayOutOfBounds), (0, DayOutOfBounds)])
def test_art_12_the_other_day_lies_after_the_first(days, refusal):
    with pytest.raises(refusal, match="2026-03-24"):
        ask(available_from=date(2026, 3, 24) + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 2, 60, 90])
def test_art_12_a_later_day_up_to_ninety_days_off_may_be_asked_for(days):
    ask(available_from=date(2026, 3, 24) + timedelta(days=days))


@pytest.mark.parametrize(
    ("reason", "days", "consent", "refusal"),
    [
        ("", 0, False, ReasonMissing),
        ("", 1, True, ReasonMissing),
        ("住院", 0, False, DayOutOfBounds),
        ("住院", 0, True, DayOutOfBounds),
        ("住院", 1, False, ConsentMissing),
    ],
)
def test_art_12_of_several_things_missing_the_first_on_the_page_is_told(reason, days, consent, refusal):
    with pytest.raises(refusal):
        ask(reason=reason, available_from=date(2026, 3, 24) + timedelta(days=days), consent=consent)


@pytest.mark.parametrize("needs", [(), ("ent",), ("ent", "thoracic"), ("orthopaedics",)])
@pytest.mark.parametrize("offered", [(), ("ent",), ("ent", "thoracic", "neurology"), tuple(SPECIALTIES)])
def test_art_11_what_is_missing_is_what_is_needed_and_not_offered(needs, offered):
    assert missing_specialties(needs, offered) == in_order(set(needs) - set(offered))
    flags = flags_for(needs, [], offered=offered, step_free=True)
    assert (Flag.SPECIALTY in flags) is not (set(needs) <= set(offered))


@pytest.mark.parametrize("code", ASSISTANCE)
@pytest.mark.parametrize("step_free", [True, False])
def test_art_18_only_who_cannot_climb_stairs_needs_a_house_without_them(code, step_free):
    flags = flags_for([], [code], offered=[], step_free=step_free)
    assert flags == [Flag.STEP_FREE] * (code in NEEDS_STEP_FREE and not step_free)


@pytest.mark.parametrize("size", range(len(ASSISTANCE) + 1))
def test_art_18_every_combination_of_needs_is_kept_in_the_order_of_the_list(size):
    every = [list(chosen) for chosen in combinations(ASSISTANCE, size)]
    assert [check_assistance(chosen[::-1] * 2) for chosen in every] == every
    assert [told(chosen) for chosen in every] == ["、".join(ASSISTANCE[code] for code in chosen) for chosen in every]


@pytest.mark.parametrize("codes_told", [["helicopter"], ["wheelchair", "helicopter"], [""], ["Wheelchair"]])
def test_art_18_a_need_that_is_not_in_the_list_is_refused(codes_told):
    with pytest.raises(NeedUnknown):
        check_assistance(codes_told)


def test_a_change_of_needs_alone_does_not_move_anybody():
    assert set(Flag) - BLOCKING == {Flag.ASSISTANCE}
    assert len({flag.label for flag in Flag}) == len(Flag)


@pytest.mark.parametrize("part", [part.code for part in all_parts()])
def test_art_11_no_part_calls_for_more_than_one_specialty_and_all_of_the_table(part):
    [*wanted] = specialties_for([recognised_part(part)])
    assert len(wanted) == (part != "999")
    assert set(wanted) <= set(SPECIALTIES)


@pytest.mark.parametrize("code", SPECIALTIES)
def test_a_sitting_may_be_for_one_specialty(code):
    assert check_specialties([code]) == [code]


def test_a_sitting_may_be_for_all_and_they_are_put_in_order():
    assert check_specialties(list(SPECIALTIES)[::-1]) == list(SPECIALTIES)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k7m4q2xp", "K7M4Q2XP"),
        ("K7M4–Q2XP", "K7M4Q2XP"),
        ("K7M4—Q2XP", "K7M4Q2XP"),
        ("K7M4\u3000Q2XP", "K7M4Q2XP"),
        ("gjqd:k7m4q2xp", "K7M4Q2XP"),
        ("ＧＪＱＤ：Ｋ７Ｍ４Ｑ２ＸＰ", "K7M4Q2XP"),
        ("99010119850312001x", "99010119850312001X"),
        ("990101 19850312 001X", "99010119850312001X"),
        ("", ""),
        (" \t\r\n", ""),
    ],
)
def test_a_code_or_number_is_read_however_it_comes(typed, read):
    assert codes.read(typed) == read


@pytest.mark.parametrize("taken", [0, 599])
def test_tickets_have_three_digits_while_there_are_plenty(taken):
    assert codes.new_ticket(list(codes.TICKETS)[:taken]) in set(codes.TICKETS) - set(list(codes.TICKETS)[:taken])


@pytest.mark.parametrize("taken", [600, 899])
def test_tickets_have_four_digits_when_those_of_three_are_nearly_used_up(taken):
    assert codes.new_ticket(list(codes.TICKETS)[:taken]) in codes.MORE_TICKETS


def test_the_last_ticket_there_is_is_found():
    used = [*codes.TICKETS, *(number for number in codes.MORE_TICKETS if number != 7777)]
    assert codes.new_ticket(used) == 7777


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (date(2026, 3, 4), "2026年3月4日"),
        (datetime(2026, 3, 24, 9, 5, tzinfo=ZONE), "2026年3月24日9时05分"),
        (datetime.fromisoformat("2026-03-24T01:00:00+00:00"), "2026年3月24日9时00分"),
        (datetime.fromisoformat("2026-03-23T16:30:00+00:00"), "2026年3月24日0时30分"),
        ("一号诊室", "一号诊室"),
        (7, "7"),
    ],
)
def test_l21_a_message_says_days_and_times_as_they_are_in_china(fact, words):
    assert said(fact) == words


@pytest.mark.parametrize("state", BookingState)
def test_every_state_of_a_booking_has_its_colour_and_is_counted_in_words(state):
    assert state_counts({state.value: 3}) == [(state.label, 3, KINDS[state])]


def test_states_that_nobody_is_in_are_not_shown_and_the_rest_follow_the_day():
    counts = {"ended": 1, "booked": 2, "present": 0}
    assert [word for word, _, _ in state_counts(counts)] == ["已安排", "当次鉴定终止"]


@pytest.mark.parametrize("states", [SittingState, BookingState, RequestState, AbsenceState, QueueState])
def test_no_two_states_of_a_thing_are_said_with_the_same_words(states):
    assert len({state.label for state in states}) == len(states)


def test_whoever_holds_a_place_could_still_be_examined():
    assert set(LIVE) == set(BookingState) - {BookingState.MOVED, BookingState.ENDED}
    assert set(BOOKABLE) == {SittingState.PLANNED, SittingState.PUBLISHED}


@pytest.mark.parametrize("permission", ACTS)
def test_every_permission_of_the_room_is_held_by_a_role(permission):
    assert any(permission in held for held in PERMISSIONS.values())


def test_no_role_holds_a_permission_of_the_room_that_is_not_said_in_words():
    held = {permission for held in PERMISSIONS.values() for permission in held if permission.startswith("sittings.")}
    assert held == set(ACTS)
    assert {step.permission for step in STEPS} <= held


def test_everything_the_room_owes_is_said_in_words():
    assert all(kind.isidentifier() and label_of(kind) != kind for kind in LOOSE_ENDS)


REFUSALS = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, RuleError) and each.__module__ == errors.__name__
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: each.__name__)
def test_every_refusal_is_a_full_chinese_sentence_under_the_rooms_name(refusal):
    assert refusal.code.startswith("sittings.")
    assert refusal.message.endswith("。")


def test_no_two_refusals_share_a_code_or_a_sentence():
    assert (
        len({refusal.code for refusal in REFUSALS}) == len({refusal.message for refusal in REFUSALS}) == len(REFUSALS)
    )


def test_what_is_hidden_is_not_found_and_what_is_forbidden_is_told():
    assert {each.__name__ for each in REFUSALS if issubclass(each, NotFound)} == {
        "SittingNotFound",
        "BookingNotFound",
        "RequestNotFound",
        "WishNotFound",
        "CollectiveNotFound",
    }
    forbidden = {"SittingNotYours", "ForTheOtherSide", "AskedByYourself"}
    assert {each.__name__ for each in REFUSALS if issubclass(each, NotAllowed)} == forbidden


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("一号诊室", ["一号诊室"]),
        ("一号诊室、二号诊室", ["一号诊室", "二号诊室"]),
        ("一号诊室，二号诊室,三号诊室", ["一号诊室", "二号诊室", "三号诊室"]),
        (" 一号诊室 、、 ", ["一号诊室"]),
        ("长" * 50, ["长" * 40]),
    ],
)
def test_the_rooms_of_a_venue_are_told_as_people_part_them(text, rooms):
    form = VenueForm({"name": "中心", "address": "路1号", "rooms": text}, districts={})
    assert form.is_valid()
    assert form.room_names() == rooms


@pytest.mark.parametrize(
    ("capacity", "valid"), [("0", False), ("1", True), ("100", True), ("101", False), ("x", False)]
)
def test_the_form_of_a_slot_has_the_bounds_of_the_rule(capacity, valid):
    assert CapacityForm({"capacity": capacity}).is_valid() is valid


ASKED = {"reason": "住院", "available_from": "2026-04-01", "consent": "on"}


@pytest.mark.parametrize("missing", [[], ["reason"], ["available_from"], ["consent"]])
def test_the_form_of_a_request_asks_for_everything(missing):
    form = AskForm({name: value for name, value in ASKED.items() if name not in missing})
    assert sorted(form.errors) == missing


@pytest.mark.parametrize(
    ("form", "given", "wrong"),
    [
        (ReasonForm, {"reason": ""}, ["reason"]),
        (ReasonForm, {"reason": "长" * 501}, ["reason"]),
        (ReasonForm, {"reason": "长" * 500}, []),
        (SkipForm, {"reason": "长" * 101}, ["reason"]),
        (SkipForm, {"reason": "未到"}, []),
        (AnswerForm, {"approve": "yes"}, []),
        (AnswerForm, {"approve": "no"}, []),
        (AnswerForm, {"approve": "maybe"}, ["approve"]),
        (AnswerForm, {}, ["approve"]),
        (AbsenceForm, {"justified": "yes", "reason": "住院"}, []),
        (AbsenceForm, {"justified": "yes"}, ["reason"]),
        (AbsenceForm, {"reason": "住院"}, ["justified"]),
        (AbsenceForm, {"justified": "no", "reason": "无", "available_from": "明天"}, ["available_from"]),
        (TerminationForm, {"facts": "x", "proof": "x"}, ["head"]),
        (TerminationForm, {"head": "5", "facts": "x", "proof": "x"}, ["head"]),
    ],
)
def test_a_form_names_the_fields_that_are_wrong(form, given, wrong):
    assert sorted(form(given).errors) == wrong


def on_the_day(text: str) -> datetime:
    """That time of 2026-03-24."""
    return datetime.combine(date(2026, 3, 24), time.fromisoformat(text), ZONE)


def end(head: int, **changes: Any) -> None:
    """`check_termination` with facts, proof and an absence made out, but for the changes."""
    gone = NoShow(is_unjustified=True, was_noticed=True, count=1)
    given: dict[str, Any] = {"facts": "3月24日未到场", "proof": "签到记录", "no_show": gone}
    check_termination(head, **{**given, **changes}, on=date(2026, 3, 30), region="990100")


def ask(**changes: Any) -> None:
    """`check_request` with everything that is asked, but for the changes."""
    given: dict[str, Any] = {"reason": "住院", "available_from": date(2026, 4, 1), "consent": True}
    check_request(**{**given, **changes}, former=date(2026, 3, 24), on=date(2026, 3, 18), region="990100")
