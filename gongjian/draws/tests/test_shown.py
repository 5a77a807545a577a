"""What pages are told about draws: lists with chances, words, seats, people per group, coming sittings."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.template import Context, Template

from gongjian.accounts.tests.builders import a_clerk, a_draw_officer, a_supervisor, an_exam_staff, an_outsider
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.lot.commitment import read_commitment
from gongjian.draws.lot.plan import ANY
from gongjian.draws.models import Draw
from gongjian.draws.queries import live_draw, members
from gongjian.draws.queries.exact import unkept
from gongjian.draws.queries.groups import bookings_for, panels_of, waiting_for_a_group
from gongjian.draws.queries.plan import GroupWish, code_of, labels_of, plan_of
from gongjian.draws.queries.preparing import preparation, rehearse
from gongjian.draws.queries.shown import (
    door_shown,
    groups_shown,
    list_shown,
    plan_shown,
    result_of,
    version_of,
    want_label,
    words_shown,
)
from gongjian.draws.queries.upcoming import upcoming
from gongjian.draws.states import Kind
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    EYE,
    KNEE,
    SIGHT,
    WISHES,
    WORDS,
    a_committed,
    a_held,
    a_list,
    a_prepared,
    an_available,
    an_open_door,
    cannot_come,
    comes,
    people_of,
    sent,
    void,
)
from gongjian.experts.tests.builders import an_expert
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import MORNING, at, put_in_sitting_state

pytestmark = pytest.mark.django_db


# lists and chances


def test_every_expert_of_the_list_stands_in_one_level_with_their_chance():
    draw = a_committed()
    shown = list_shown(draw)
    numbers = [expert.number for level in shown.levels for expert in level.experts]
    assert sorted(numbers) == [one["id"] for one in draw.commitment["plan"]["experts"]]
    assert (shown.experts, shown.seats) == (12, 6)


def test_the_chances_add_up_to_the_seats():
    shown = list_shown(a_committed())
    total = sum((Fraction(level.chance) * len(level.experts) for level in shown.levels), Fraction(0))
    assert total == shown.seats


def test_a_chance_is_told_exactly_and_about():
    levels = list_shown(a_committed()).levels
    assert {(level.chance, level.about, level.by_lot) for level in levels} == {("1/2", "50%", True)}
    assert all("每人的机会为 1/2（约 50.0%）" in level.why for level in levels)


def test_the_list_says_what_seats_there_are_and_who_may_not_come():
    sitting = a_prepared()
    silent = an_expert(SIGHT)
    shown = list_shown(a_committed(sitting, one_per_hospital=False))
    assert shown.groups == (("G01", "骨科、眼科、任意"), ("G02", "骨科、眼科、任意"))
    assert shown.reserves == "骨科、眼科、任意"
    assert shown.excluded == ((silent.number, "眼科", "本场不能到场"),)
    assert shown.one_per_hospital is False
    assert shown.practice is None


def test_a_recusal_on_the_list_names_expert_group_and_ground():
    sitting = a_prepared(people=[[KNEE]])
    doctor = an_available(sitting, BONE, hospital="云溪市第一人民医院", department="骨科")
    shown = list_shown(a_committed(sitting, wishes=WISHES[:1], reserves=()))
    assert shown.recusals == ((doctor.number, "G01", "依法回避"),)


def test_a_commitment_is_worked_out_once():
    draw = a_committed()
    assert list_shown(draw) is list_shown(Draw.objects.get(pk=draw.pk))


def test_a_plan_that_is_not_committed_is_shown_alike():
    draw = a_committed()
    assert plan_shown(read_commitment(draw.commitment).plan) == list_shown(draw)


@pytest.mark.parametrize(("want", "label"), [(ANY, "任意"), ("骨科", "骨科")])
def test_a_seat_says_what_it_asks_for(want, label):
    assert want_label(want) == label


def test_specialties_are_named_so_that_a_stranger_can_read_the_receipt():
    assert labels_of([BONE, SIGHT, ANY]) == ("骨科", "眼科", "*")
    assert [code_of(place) for place in (1, 12, 100)] == ["G01", "G12", "G100"]


# preparing


def test_a_rehearsal_is_what_would_be_committed():
    sitting = a_prepared()
    found = preparation(sitting)
    told = rehearse(found, WISHES, [BONE], one_per_hospital=True)
    committed = list_shown(a_committed(sitting, reserves=[BONE]))
    assert told.shown == committed


def test_a_rehearsal_says_where_one_more_expert_would_help():
    sitting = a_prepared(people=[[KNEE], [EYE]], each=0)
    for code, count in ((BONE, 2), (SIGHT, 6)):
        for _ in range(count):
            an_available(sitting, code, hospital="", department="康复科")
    wishes = [GroupWish("一号诊室", (BONE, SIGHT, SIGHT))]
    told = rehearse(preparation(sitting), wishes, (), one_per_hospital=False)
    assert [specialty for specialty, _ in told.advice] == ["骨科"]
    assert all(gain.endswith("%") for _, gain in told.advice)


def test_the_people_of_a_sitting_are_told_by_code_and_need():
    sitting = a_prepared(people=[[KNEE], []])
    told = preparation(sitting).people
    assert sorted(needs for _, needs in told) == ["不限专业", "骨科"]
    assert {code for code, _ in told} == {booking.exam_code for booking in sitting.bookings.all()}


def test_reserves_are_proposed_only_where_somebody_is_left():
    found = preparation(a_prepared(people=[[KNEE], [EYE]], each=2))
    wishes = [GroupWish("一号诊室", (BONE, BONE, SIGHT))]
    assert found.reserves(wishes) == {BONE: 0, SIGHT: 1, ANY: 0}


def test_preparing_takes_few_queries_however_many_there_are(django_assert_max_num_queries):
    sitting = a_prepared(people=[[KNEE]] * 6, each=10)
    with django_assert_max_num_queries(9):
        preparation(sitting)


def test_planning_takes_few_queries_however_many_there_are(django_assert_max_num_queries):
    sitting = a_prepared(people=[[KNEE]] * 6, each=10)
    bookings = list(bookings_for(sitting))
    with django_assert_max_num_queries(8):
        plan_of(sitting, "X", WISHES, (), bookings, one_per_hospital=True, note=unkept)


# words and results


def test_a_word_is_opened_with_the_draw_and_not_before():
    draw = a_committed()
    give_word(draw.witnesses.get(position=1).entry_code, WORDS[0])
    assert [(one.who, bool(one.seal), one.opened) for one in words_shown(draw)] == [
        ("监督员", True, ""),
        ("职工代表", False, ""),
    ]
    assert result_of(draw) is None


def test_after_the_draw_each_word_stands_with_its_part():
    draw = a_held()
    assert [(one.who, one.opened) for one in words_shown(draw)] == list(zip(("监督员", "职工代表"), WORDS, strict=True))
    result = result_of(draw)
    assert result is not None
    assert len(result.seed) == 64
    assert [want for want, _ in result.reserves] == ["骨科", "眼科", "任意"]
    assert result.calls == ()


def test_the_words_of_the_door_stay_closed_while_it_is_open():
    row = an_open_door()
    assert [one.opened for one in words_shown(row)] == ["", ""]
    assert result_of(row) is None


def test_a_change_after_the_draw_is_told_with_who_took_the_seat():
    draw = a_held(a_prepared(each=10), reserves=[BONE] * 3, one_per_hospital=False)
    gone = members(draw.groups.get(number=2))[0]
    cannot_come(draw.sitting, gone, by=a_draw_officer())
    draw.refresh_from_db()
    result = result_of(draw)
    assert result is not None
    (call,) = result.calls
    taker = members(draw.groups.get(number=2))[0]
    assert (call.expert, call.group, call.reason) == (gone.number, "", "本场不能到场")
    assert call.seats == (("G02", 1, taker.number),)


def test_the_groups_show_who_sits_where_in_one_query(django_assert_num_queries):
    draw = a_held()
    with django_assert_num_queries(1):
        shown = groups_shown(draw)
    assert [(one.group.code, [seat.position for seat in one.seats]) for one in shown] == [
        ("G01", [1, 2, 3]),
        ("G02", [1, 2, 3]),
    ]
    assert [seat.expert for seat in shown[0].seats] == members(draw.groups.get(number=1))


def test_panels_know_members_specialties_and_empty_seats(django_assert_num_queries):
    draw = a_held(reserves=())
    cannot_come(draw.sitting, members(draw.groups.get(number=1))[2], by=a_draw_officer())
    with django_assert_num_queries(2):
        first, second = panels_of(draw)
    assert (len(first.members), first.empty) == (2, 1)
    assert (len(second.members), second.empty) == (3, 0)
    assert {BONE, SIGHT} <= second.specialties


# the door


def test_the_door_tells_numbers_only():
    draw = a_held()
    row = an_open_door(draw)
    before = door_shown(row)
    assert (before.expected, before.came, before.last) == (3, 0, row.commitment_hash)
    group = sent(comes(people_of(draw)[0]))
    after = door_shown(row)
    assert after.came == 1
    assert {code: count for code, _, count in after.groups} == {"G01": 0, "G02": 0} | {group.code: 1}
    assert after.last == row.arrivals.get().hash


def test_those_who_wait_stand_in_the_order_in_which_they_came():
    draw = a_held()
    an_open_door(draw)
    late, early = people_of(draw)[:2]
    comes(early, at_=MORNING)
    comes(late, at_=MORNING + timedelta(minutes=5))
    assert list(waiting_for_a_group(draw.sitting)) == [early, late]
    sent(early)
    assert list(waiting_for_a_group(draw.sitting)) == [late]


def test_a_live_page_has_a_new_mark_whenever_something_happens():
    draw = a_committed()
    marks = [version_of(draw)]
    for witness, word in zip(draw.witnesses.all(), WORDS, strict=True):
        give_word(witness.entry_code, word)
        marks.append(version_of(draw))
    assert len(set(marks)) == 3
    assert version_of(draw) == marks[-1]


def test_a_live_page_of_the_door_has_a_new_mark_for_everybody_who_comes():
    draw = a_held()
    row = an_open_door(draw)
    marks = {version_of(row)}
    for booking in people_of(draw):
        sent(comes(booking))
        marks.add(version_of(row))
    assert len(marks) == 4


def test_the_page_of_the_experts_learns_that_the_door_is_there():
    draw = a_held()
    before = version_of(draw)
    a_list(draw)
    assert version_of(draw) != before


# coming sittings


def test_coming_sittings_say_what_is_to_be_done_and_by_whom():
    draw = a_committed()
    with at(DRAWN):
        (officer,) = upcoming(a_draw_officer())
        (staff,) = upcoming(an_exam_staff())
    assert (officer.experts, officer.door, officer.may_prepare) == (draw, None, False)
    assert (staff.may_prepare, staff.may_open) == (False, False)


def test_a_sitting_without_a_draw_is_the_officers_to_prepare():
    a_prepared()
    with at(DRAWN):
        assert [one.may_prepare for one in upcoming(a_draw_officer())] == [True]
        assert [one.may_prepare for one in upcoming(a_supervisor())] == [False]


def test_on_the_day_exam_day_staff_may_open_the_door():
    a_held()
    with at(DRAWN):
        assert [one.may_open for one in upcoming(an_exam_staff())] == [False]
    with at(MORNING):
        assert [one.may_open for one in upcoming(an_exam_staff())] == [True]
        assert [one.may_open for one in upcoming(a_draw_officer())] == [False]


def test_what_is_past_closed_or_far_away_is_not_coming():
    sitting = a_prepared()
    with at(MORNING + timedelta(days=1)):
        assert upcoming(a_draw_officer()) == []
    with at(MORNING - timedelta(days=46)):
        assert upcoming(a_draw_officer()) == []
    put_in_sitting_state(sitting, SittingState.CLOSED)
    with at(DRAWN):
        assert upcoming(a_draw_officer()) == []


@pytest.mark.parametrize("who", [a_clerk, an_outsider])
def test_who_sees_no_draws_sees_no_coming_ones(who):
    a_prepared()
    with at(DRAWN):
        assert upcoming(who()) == []


def test_a_void_draw_is_not_live():
    draw = a_committed()
    assert live_draw(draw.sitting, Kind.EXPERTS) == draw
    assert live_draw(draw.sitting, Kind.DOOR) is None
    void(draw, reason="重来", by=a_draw_officer())
    assert live_draw(draw.sitting, Kind.EXPERTS) is None


def test_only_those_still_expected_are_provided_for():
    sitting = a_prepared()
    gone = sitting.bookings.all()[0]
    give_back(gone, BookingState.MOVED)
    assert gone not in bookings_for(sitting)
    assert bookings_for(sitting).count() == 2


# how codes and hashes are written


def test_a_hash_is_written_in_four_parts_that_the_eye_can_compare():
    page = Template("{% load draws %}{{ hash|dr_quarters|join:'/' }}").render(Context({"hash": "0123456789abcdef" * 4}))
    assert page == "/".join(["0123 4567 89ab cdef"] * 4)


def test_a_code_is_written_in_two_halves():
    page = Template("{% load draws %}{{ code|dr_code }}").render(Context({"code": "K7M4Q2XP"}))
    assert page == "K7M4 Q2XP"
