"""Holding the draw of experts: when it may be held, what it gives, and that anybody can repeat it."""

import json

import pytest

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_draw_officer, a_member, a_supervisor, an_exam_staff
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.models import CaseDuty
from gongjian.draws.actions import door, experts
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.errors import DrawStateWrong, NotSeated, OfficerTied, WordsMissing, WordsNotAllIn
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Draw, Seat
from gongjian.draws.queries import members
from gongjian.draws.queries.groups import live_draw, panels_of
from gongjian.draws.states import Kind, State
from gongjian.draws.tests.house import DRAWN, a_committed, a_held, a_prepared, all_words, people_of, void
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import NotAllowed
from gongjian.sittings.tests.builders import at

pytestmark = pytest.mark.django_db


def holding(draw: Draw, by=None) -> Draw:
    with at(DRAWN):
        return experts.hold(draw, by=by or a_draw_officer())


def seated(draw: Draw) -> set[tuple[str, int, str, str]]:
    rows = Seat.objects.filter(group__draw=draw).select_related("group", "expert")
    return {(row.group.code, row.position, row.wants, row.expert.number if row.expert else "") for row in rows}


def test_art_11_the_receipt_repeats_and_the_seats_are_those_of_the_receipt():
    draw = a_held()
    assert verify_text(draw.receipt.encode()) == []
    told = json.loads(draw.receipt)["sitting"]
    assert seated(draw) == {(one["group"], one["seat"], one["wants"], one["expert"]) for one in told}
    assert len(seated(draw)) == 6


def test_art_11_each_seat_has_an_expert_of_the_specialty_it_asks_for():
    draw = a_held()
    for row in Seat.objects.filter(group__draw=draw).select_related("expert"):
        assert row.expert is not None
        assert row.wants in ("*", *row.expert.specialty_labels.split("、"))


def test_no_two_of_a_hospital_sit_in_one_group():
    for panel in panels_of(a_held()):
        assert len({expert.hospital for expert in panel.members}) == 3


def test_nobody_sits_twice_and_no_reserve_sits():
    draw = a_held()
    numbers = [expert for _, _, _, expert in seated(draw)]
    reserves = [one["expert"] for one in json.loads(draw.receipt)["reserves"]]
    assert len(set(numbers)) == 6
    assert len(reserves) == 3
    assert not set(numbers) & set(reserves)


def test_members_come_by_seat():
    draw = a_held()
    group = draw.groups.get(number=1)
    by_seat = [seat.expert for seat in group.seats.order_by("position")]
    assert members(group) == by_seat


def test_the_draw_waits_for_every_word():
    draw = a_committed()
    with pytest.raises(WordsNotAllIn, match="监督员、职工代表"):
        holding(draw)
    give_word(draw.witnesses.get(position=1).entry_code, "一")
    with pytest.raises(WordsNotAllIn, match="职工代表还没有给词"):
        holding(draw)
    draw.refresh_from_db()
    assert draw.state == State.COMMITTED


def test_a_draw_without_witnesses_cannot_be_held():
    draw = a_committed()
    draw.witnesses.model.objects.filter(draw=draw).update(draw=_another(draw))
    with pytest.raises(WordsMissing):
        holding(draw)


def _another(draw: Draw) -> Draw:
    """A void draw to which rows can be moved away."""
    return Draw.objects.create(
        number="X", kind="door", sitting=draw.sitting, office=draw.office, state=State.VOID, commitment={},
        commitment_hash="0" * 64, secret="", secret_hash="0" * 64, view_key="x", committed_at=DRAWN,
        committed_by=a_draw_officer(),
    )  # fmt: skip


@pytest.mark.parametrize("who", [an_exam_staff, a_supervisor, a_clerk])
def test_art_11_only_who_draws_may_hold(who):
    draw = all_words(a_committed())
    with pytest.raises(NotAllowed):
        holding(draw, by=who())
    assert not Seat.objects.exists()


def test_a_second_click_changes_nothing():
    draw = all_words(a_committed())
    first = holding(draw)
    again = holding(draw)
    assert (again.receipt, again.held_at) == (first.receipt, first.held_at)
    assert LedgerEntry.objects.filter(chain=draw.chain, act="draw.held").count() == 1
    assert Seat.objects.count() == 6


def test_a_void_draw_is_not_held():
    draw = all_words(a_committed())
    void(draw, reason="名单有误", by=a_draw_officer())
    with pytest.raises(DrawStateWrong, match="已作废"):
        holding(draw)


def test_art_34_what_was_held_is_in_the_ledger_of_draw_and_sitting():
    draw = a_held()
    told = LedgerEntry.objects.get(chain=draw.chain, act="draw.held").facts
    assert told["receipt"] == draw.receipt_hash == json.loads(draw.receipt)["hash"]
    assert LedgerEntry.objects.get(chain=draw.sitting.chain, act="draw.held").facts["draw"] == draw.number


def test_another_officer_may_hold_and_then_bears_the_duty():
    other = a_member(Role.DRAW_OFFICER, "唐二")
    draw = holding(all_words(a_committed()), by=other)
    assert draw.held_by == other
    assert set(CaseDuty.objects.values_list("user", flat=True)) == {other.pk}


def test_an_officer_with_another_duty_in_a_case_may_not_hold():
    other = a_member(Role.DRAW_OFFICER, "唐二")
    draw = all_words(a_committed())
    case = people_of(draw)[0].case
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=other)
    with pytest.raises(OfficerTied, match="唐二"):
        holding(draw, by=other)


def test_l20_two_draws_of_the_same_list_and_words_differ_in_secret_and_seed():
    sitting = a_prepared()
    first = a_committed(sitting)
    void(first, reason="重来", by=a_draw_officer())
    second = a_held(sitting)
    assert first.secret != second.secret
    assert json.loads(second.receipt)["commitment"]["prior"] == [first.commitment_hash]


def test_when_the_rules_end_without_a_seating_the_draw_is_void_and_nothing_is_patched(monkeypatch):
    def never(*args, **facts):
        raise NotSeated(attempts=64)

    monkeypatch.setattr(experts, "draw", never)
    draw = holding(all_words(a_committed()))
    assert draw.state == State.VOID
    assert "本次抽取作废" in draw.void_reason
    assert not Seat.objects.exists()
    assert live_draw(draw.sitting, Kind.EXPERTS) is None


def test_art_6_a_closed_draw_may_be_fetched_by_anyone_and_closing_twice_is_closing_once():
    draw = a_held()
    with at(DRAWN):
        door.close(draw, by=a_draw_officer())
        closed = door.close(draw, by=a_draw_officer())
    assert closed.state == State.CLOSED
    assert LedgerEntry.objects.filter(chain=draw.chain, act="draw.closed").count() == 1
    assert holding(draw).state == State.CLOSED


def test_a_draw_is_not_closed_before_it_is_held():
    draw = a_committed()
    with pytest.raises(DrawStateWrong, match="名单已承诺"):
        door.close(draw, by=a_draw_officer())


def test_only_who_draws_closes():
    draw = a_held()
    with pytest.raises(NotAllowed):
        door.close(draw, by=an_exam_staff())


def test_the_database_lets_no_draw_disappear():
    bare = _another(a_committed())
    with pytest.raises(Exception, match="draw_stays"):
        Draw.objects.filter(pk=bare.pk).delete()
