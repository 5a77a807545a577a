"""`gongjian check` finds a receipt that does not repeat, and seats or arrivals that are not those of the receipt."""

import json

import pgtrigger
import pytest

from gongjian.accounts.tests.builders import a_draw_officer, an_exam_staff
from gongjian.config.checks import run_checks
from gongjian.draws.actions import door
from gongjian.draws.checks import receipts, seats
from gongjian.draws.models import Arrival, Draw, Seat
from gongjian.draws.queries import members
from gongjian.draws.tests.house import a_committed, a_held, an_open_door, cannot_come, comes, people_of, sent
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db


def a_whole_day() -> Draw:
    """Experts drawn, one of whom could not come; everybody sent; the door closed."""
    draw = a_held()
    cannot_come(draw.sitting, members(draw.groups.get(number=1))[0], by=a_draw_officer())
    row = an_open_door(draw)
    for booking in people_of(draw):
        sent(comes(booking))
    with at(MORNING):
        return door.close(row, by=an_exam_staff())


def test_a_day_as_it_should_be_has_no_problem():
    a_whole_day()
    assert list(receipts()) == []
    assert list(seats()) == []
    assert [found for _, found in run_checks(["draw_receipts", "draw_seats"])] == [[], []]


def test_what_is_not_held_or_opened_yet_is_no_problem():
    a_committed()
    assert list(receipts()) == []
    assert list(seats()) == []


def test_an_open_door_has_no_receipt_yet_and_that_is_right():
    an_open_door()
    assert list(receipts()) == []


def test_art_34_a_receipt_that_was_changed_is_found():
    draw = a_held()
    told = json.loads(draw.receipt)
    first, second = told["sitting"][0], told["sitting"][1]
    first["expert"], second["expert"] = second["expert"], first["expert"]
    changed = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    Draw.objects.filter(pk=draw.pk).update(receipt=changed)
    assert [problem.about for problem in receipts()] == [draw.number]
    assert "最终入席名单" in next(receipts()).sentence


def test_a_receipt_that_is_gone_or_broken_is_found():
    draw = a_held()
    Draw.objects.filter(pk=draw.pk).update(receipt="")
    assert {problem.about for problem in receipts()} == {draw.number}
    assert {problem.check for problem in receipts()} == {"draw_receipts"}
    assert [problem.check for problem in seats()] == ["draw_seats"]


def test_a_receipt_of_another_commitment_is_found():
    draw = a_held()
    Draw.objects.filter(pk=draw.pk).update(receipt_hash="0" * 64)
    assert [problem.sentence for problem in receipts()] == ["凭证的哈希与登记的不符。"]
    with pgtrigger.ignore("draws.Draw:commitment_stays"):
        Draw.objects.filter(pk=draw.pk).update(commitment_hash="1" * 64)
    assert "凭证依据的不是公布过的承诺。" in [problem.sentence for problem in receipts()]


def test_art_11_a_seat_that_changed_hands_behind_the_receipt_is_found():
    draw = a_held()
    seat = Seat.objects.filter(group__draw=draw)[0]
    Seat.objects.filter(pk=seat.pk).update(expert=None)
    (problem,) = seats()
    assert problem.about == draw.number
    assert "有2处不同" in problem.sentence


def test_somebody_sent_elsewhere_than_the_receipt_says_is_found():
    row = a_whole_day()
    with pgtrigger.ignore("draws.Arrival:append_only"):
        Arrival.objects.filter(draw=row, position=1).update(hash="1" * 64)
    assert Arrival.objects.filter(draw=row).count() == 3
    (problem,) = seats()
    assert (problem.about, problem.check) == (row.number, "draw_seats")
