"""When a member leaves after the draw: the next committed reserve takes the seat, and nobody else."""

import json

import pytest

from gongjian.accounts.tests.builders import a_draw_officer, a_supervisor, an_exam_staff, an_expert_user, an_outsider
from gongjian.draws.actions.changes import ask_conflict, ask_leave, ask_step_back, confirm
from gongjian.draws.actions.recusal import late_conflict
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.errors import NoDrawYet, NotAMember, NotTaking, NotTheExpert, NotTied, RecusedAlready
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import ChangeRequest, Draw, Group, Recusal, Seat
from gongjian.draws.queries import members
from gongjian.draws.queries.groups import panels_of
from gongjian.draws.states import NO_SHOW, Ground
from gongjian.draws.tests.house import (
    BONE,
    a_committed,
    a_held,
    a_prepared,
    an_open_door,
    cannot_come,
    comes,
    experts_draw,
    people_of,
    sent,
)
from gongjian.experts.models import Expert
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import NotAllowed

pytestmark = pytest.mark.django_db


def reserves(draw: Draw) -> list[str]:
    return [one["expert"] for one in json.loads(draw.receipt)["reserves"] if one["expert"]]


def everybody(draw: Draw) -> dict[tuple[str, int], str]:
    rows = Seat.objects.filter(group__draw=draw).select_related("group", "expert")
    return {(row.group.code, row.position): row.expert.number if row.expert else "" for row in rows}


def leaves(draw: Draw, place: tuple[str, int] = ("G01", 1)) -> Expert:
    expert = Expert.objects.get(number=everybody(draw)[place])
    cannot_come(draw.sitting, expert, by=a_draw_officer())
    draw.refresh_from_db()
    return expert


def a_draw_with_reserves() -> Draw:
    """Twenty experts, four of 骨科 in reserve, hospitals left aside: whatever is drawn, reserves of 骨科 are left."""
    return a_held(a_prepared(each=10), reserves=[BONE] * 4, one_per_hospital=False)


def test_l24_the_next_reserve_who_fits_takes_the_seat_and_nobody_else_moves():
    draw = a_draw_with_reserves()
    before = everybody(draw)
    leaves(draw)
    after = everybody(draw)
    assert {place for place in after if after[place] != before[place]} == {("G01", 1)}
    assert after["G01", 1] == reserves(draw)[0]
    leaves(draw, ("G02", 1))
    assert everybody(draw) == {**after, ("G02", 1): reserves(draw)[1]}


def test_art_34_the_receipt_still_verifies_and_tells_who_left_and_why():
    draw = a_held()
    gone = leaves(draw)
    told = json.loads(draw.receipt)
    assert verify_text(draw.receipt.encode()) == []
    assert [(one["expert"], one["group"], one["reason"]) for one in told["late"]] == [(gone.number, "*", "absent")]
    assert told["hash"] == draw.receipt_hash
    entry = LedgerEntry.objects.get(chain=draw.chain, act="draw.late_conflict")
    change = ChangeRequest.objects.get()
    assert entry.by == a_supervisor()
    assert entry.facts == {
        "expert": gone.number, "reason": "absent", "hash": told["late"][0]["hash"], "change": change.pk,
    }  # fmt: skip


def test_when_no_reserve_is_left_the_seat_stays_empty_and_says_so():
    draw = a_held(reserves=())
    leaves(draw)
    assert everybody(draw)["G01", 1] == ""
    assert [panel.empty for panel in panels_of(draw)] == [1, 0]
    assert verify_text(draw.receipt.encode()) == []


def test_a_reserve_who_cannot_come_is_passed_over():
    draw = a_draw_with_reserves()
    first, second, *_ = reserves(draw)
    cannot_come(draw.sitting, Expert.objects.get(number=first), by=a_draw_officer())
    leaves(draw)
    assert everybody(draw)["G01", 1] == second
    assert first not in everybody(draw).values()
    assert verify_text(draw.receipt.encode()) == []


def test_who_was_not_drawn_has_nothing_to_leave():
    draw = a_held()
    taken = {*everybody(draw).values(), *reserves(draw)}
    other = Expert.objects.exclude(number__in=taken).first()
    assert other is not None
    with pytest.raises(NotTaking, match=other.number):
        cannot_come(draw.sitting, other, by=a_draw_officer())


def test_nobody_leaves_before_the_draw():
    draw = a_committed()
    with pytest.raises(NoDrawYet):
        cannot_come(draw.sitting, Expert.objects.all()[0], by=a_draw_officer())


@pytest.mark.parametrize("who", [an_exam_staff, an_outsider, an_expert_user])
def test_only_who_draws_may_note_that_somebody_cannot_come(who):
    draw = a_held()
    with pytest.raises(NotAllowed):
        ask_leave(draw.sitting, Expert.objects.get(number=everybody(draw)["G01", 1]), kind=NO_SHOW, facts="x", by=who())


def in_a_group() -> tuple[Draw, Group, Expert]:
    """A person has been sent to a group; its first member signs in."""
    draw = a_draw_with_reserves()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    group = sent(booking)
    expert = members(group)[0]
    expert.user = an_expert_user()
    expert.save(update_fields=["user"])
    return draw, group, expert


def test_l24_an_expert_who_declares_a_conflict_leaves_and_is_barred():
    draw, group, expert = in_a_group()
    case = people_of(draw)[0].case
    (seat,) = late_conflict(case, expert, Ground.KINSHIP, by=an_expert_user(), facts="表亲")
    assert expert not in members(group)
    assert seat.expert in members(group)
    row = Recusal.objects.get(case=case)
    assert (row.expert, row.source, row.decision) == (expert, "expert", "granted")
    assert "表亲" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert verify_text(experts_draw(draw.sitting).receipt.encode()) == []


def test_a_conflict_is_declared_once():
    draw, _, expert = in_a_group()
    case = people_of(draw)[0].case
    late_conflict(case, expert, Ground.KINSHIP, by=an_expert_user())
    with pytest.raises(NotAMember):
        late_conflict(case, expert, Ground.KINSHIP, by=an_expert_user())
    with pytest.raises(RecusedAlready):
        record_recusal(case, expert, Ground.KINSHIP, source=Recusal.Source.OFFICE, by=a_draw_officer())


def test_nobody_declares_a_conflict_for_somebody_else():
    draw, group, expert = in_a_group()
    with pytest.raises(NotTheExpert):
        late_conflict(people_of(draw)[0].case, expert, Ground.KINSHIP, by=an_exam_staff())
    assert expert in members(group)


def test_the_office_may_note_a_conflict_that_it_finds():
    draw, _, expert = in_a_group()
    case = people_of(draw)[0].case
    with pytest.raises(NotTheExpert):
        late_conflict(case, expert, Ground.INVOLVED, by=a_draw_officer())
    change = ask_conflict(case, expert, Ground.INVOLVED, facts="参加过原鉴定", by=a_draw_officer())
    assert not Recusal.objects.exists()
    confirm(change, by=an_exam_staff())
    assert Recusal.objects.get().source == "office"
    assert expert not in members(draw.groups.get(number=1)) + members(draw.groups.get(number=2))


def test_who_does_not_sit_in_the_group_has_no_late_conflict():
    draw, group, expert = in_a_group()
    other = Expert.objects.exclude(pk__in=[one.pk for one in members(group)]).first()
    assert other is not None
    with pytest.raises(NotAMember):
        ask_conflict(people_of(draw)[0].case, other, Ground.KINSHIP, facts="x", by=a_draw_officer())
    with pytest.raises(NotAMember):
        late_conflict(people_of(draw)[1].case, expert, Ground.KINSHIP, by=an_expert_user())


def test_art_28_a_reserve_who_must_recuse_too_is_passed_over_on_record():
    draw, group, expert = in_a_group()
    case = people_of(draw)[0].case
    first, second = (Expert.objects.get(number=number) for number in reserves(draw)[:2])
    record_recusal(case, first, Ground.INVOLVED, source=Recusal.Source.OFFICE, by=a_draw_officer())
    late_conflict(case, expert, Ground.KINSHIP, by=an_expert_user())
    told = json.loads(experts_draw(draw.sitting).receipt)["late"]
    assert [(one["expert"], one["reason"]) for one in told] == [(first.number, "recused"), (expert.number, "recused")]
    assert second in members(group)
    assert first not in members(group)
    assert verify_text(experts_draw(draw.sitting).receipt.encode()) == []


def test_a_member_steps_back_only_on_a_ground_that_is_known():
    draw = a_draw_with_reserves()
    booking, group = people_of(draw)[0], draw.groups.get(number=1)
    expert = members(group)[0]
    with pytest.raises(NotTied, match=booking.exam_code):
        ask_step_back(booking, expert, group, by=a_draw_officer())
    record_recusal(booking.case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=a_draw_officer())
    change = ask_step_back(booking, expert, group, by=a_draw_officer())
    assert expert in members(group)
    confirm(change, by=a_supervisor())
    assert expert not in members(group)
    assert Recusal.objects.count() == 1
    with pytest.raises(NotAMember):
        ask_step_back(booking, expert, group, by=a_draw_officer())


def test_a_ground_that_follows_from_the_papers_is_recorded_when_it_counts():
    draw = a_draw_with_reserves()
    group = draw.groups.get(number=1)
    expert = members(group)[0]
    booking = people_of(draw)[0]
    booking.case.application.hospital, booking.case.application.department = expert.hospital, expert.department
    booking.case.application.save()
    confirm(ask_step_back(booking, expert, group, by=a_draw_officer()), by=a_supervisor())
    assert Recusal.objects.get(expert=expert).ground == "treated"


def test_only_who_draws_lets_a_member_step_back():
    draw = a_held()
    group = draw.groups.get(number=1)
    with pytest.raises(NotAllowed):
        ask_step_back(people_of(draw)[0], members(group)[0], group, by=an_exam_staff())
