"""Who may not be drawn for a day never sits: not by the draw, not by a late call, not by a statement typed into the database."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.tests.builders import a_draw_officer
from gongjian.draws.actions import experts
from gongjian.draws.errors import ListOutdated
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Draw, Seat
from gongjian.draws.states import State
from gongjian.draws.tests.house import DRAWN, a_committed, a_held, all_words, void
from gongjian.draws.tests.test_leaving import a_draw_with_reserves, everybody, leaves, reserves
from gongjian.experts.models import Expert
from gongjian.sittings.tests.builders import at

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 24)
BARRED = {
    "out of term": {"term_from": date(2022, 3, 23), "term_until": date(2026, 3, 23)},
    "not yet in term": {"term_from": date(2026, 3, 25), "term_until": date(2029, 3, 24)},
    "untrained": {"trained_on": None},
    "suspended": {"suspended_from": date(2026, 3, 24), "suspension_reason": "另有处理"},
    "unwell": {"in_good_health": False},
    "dismissed": {"dismissed_on": date(2026, 3, 24), "dismissal_reason": "本人辞任"},
}


def not_drawn(draw: Draw) -> Expert:
    """Somebody of the pool who neither sits nor waits."""
    return Expert.objects.exclude(number__in={*everybody(draw).values(), *reserves(draw)}).order_by("pk")[0]


def loses(expert: Expert, **changes: object) -> Expert:
    Expert.objects.filter(pk=expert.pk).update(**changes)
    expert.refresh_from_db()
    return expert


@pytest.mark.parametrize("why", BARRED)
def test_art_24_a_seat_is_refused_by_the_database_to_who_may_not_be_drawn(why):
    draw = a_held()
    before = everybody(draw)
    other = loses(not_drawn(draw), **BARRED[why])
    seat = Seat.objects.filter(group__draw=draw)[0]
    with pytest.raises(IntegrityError, match="may not be drawn"), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(expert=other)
    assert everybody(draw) == before


def test_an_update_typed_by_hand_is_refused_too():
    draw = a_held()
    other = loses(not_drawn(draw), **BARRED["suspended"])
    with pytest.raises(IntegrityError, match="may not be drawn"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE draws_seat SET expert_id = %s WHERE position = 1", [other.pk])
    with pytest.raises(IntegrityError, match="may not be drawn"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO draws_seat (group_id, position, wants, expert_id) SELECT id, 9, '*', %s FROM draws_group LIMIT 1",
            [other.pk],
        )


def test_the_day_is_that_of_the_sitting_on_both_sides():
    draw = a_held()
    seat = Seat.objects.filter(group__draw=draw)[0]
    assert draw.sitting.day == DAY
    last_day = loses(not_drawn(draw), term_from=date(2023, 3, 25), term_until=DAY)
    Seat.objects.filter(pk=seat.pk).update(expert=last_day)
    with pytest.raises(IntegrityError), transaction.atomic():
        loses(last_day, term_until=date(2026, 3, 23))
        Seat.objects.filter(pk=seat.pk).update(expert=last_day)


def test_a_seat_may_always_fall_empty():
    draw = a_held()
    seat = Seat.objects.filter(group__draw=draw)[0]
    loses(seat.expert, **BARRED["suspended"])
    Seat.objects.filter(pk=seat.pk).update(expert=None)
    assert everybody(draw)[seat.group.code, seat.position] == ""


@pytest.mark.parametrize("why", BARRED)
def test_a_reserve_who_may_be_drawn_no_more_is_passed_over_on_record(why):
    draw = a_draw_with_reserves()
    first, second, *_ = reserves(draw)
    loses(Expert.objects.get(number=first), **BARRED[why])
    leaves(draw)
    assert everybody(draw)["G01", 1] == second
    assert verify_text(draw.receipt.encode()) == []
    assert f'"expert":"{first}","group":"*","hash"' in draw.receipt


def test_a_list_on_which_somebody_may_be_drawn_no_more_is_not_drawn_whoever_would_win():
    draw = all_words(a_committed())
    expert = loses(Expert.objects.order_by("pk")[0], **BARRED["dismissed"])
    with at(DRAWN), pytest.raises(ListOutdated, match=expert.number):
        experts.hold(draw, by=a_draw_officer())
    draw.refresh_from_db()
    assert (draw.state, Seat.objects.count()) == (State.COMMITTED, 0)


def test_such_a_list_is_voided_and_committed_anew_without_the_expert():
    draw = all_words(a_committed())
    expert = loses(Expert.objects.order_by("pk")[0], **BARRED["suspended"])
    void(draw, reason="名单中有专家已暂停", by=a_draw_officer())
    again = a_held(draw.sitting)
    assert expert.number not in {one["id"] for one in again.commitment["plan"]["experts"]}
    assert again.state == State.HELD
