"""Nobody leaves a seat or the reserves after the draw, and no list is voided, on one person's word: one asks, another confirms."""

import json

import pytest
from django.db import IntegrityError, transaction

from gongjian.accounts.models import Post
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_draw_officer,
    a_member,
    a_supervisor,
    an_exam_staff,
    an_expert_user,
    an_office,
)
from gongjian.cases.models import Obligation
from gongjian.draws import checks
from gongjian.draws.actions import door, experts
from gongjian.draws.actions.changes import ask_leave, ask_void, confirm, refuse, withdraw
from gongjian.draws.actions.leaving import Leaving, member_leaves
from gongjian.draws.actions.recusal import ask_recusal, decide_recusal, late_conflict
from gongjian.draws.errors import (
    ChangeAskedAlready,
    ChangeDecided,
    ChangeWaiting,
    KindUnfounded,
    NotTheAsker,
    ReasonMissing,
    SecondPersonNeeded,
)
from gongjian.draws.lot.receipt import EVERYWHERE
from gongjian.draws.models import ChangeRequest, Draw, Recusal, Seat
from gongjian.draws.queries import members
from gongjian.draws.queries.changes import departures_of, voided_before
from gongjian.draws.queries.exact import Bar
from gongjian.draws.queries.groups import group_of
from gongjian.draws.states import (
    CANNOT_ATTEND,
    LIST_OUTDATED,
    LIST_WRONG,
    NO_SHOW,
    UNFIT,
    WITNESS_LEFT,
    WORD_LOST,
    Ground,
    Reason,
    State,
)
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    a_committed,
    a_held,
    a_prepared,
    all_words,
    an_open_door,
    cannot_come,
    comes,
    people_of,
    sent,
    void,
)
from gongjian.experts.models import Expert
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import NotAllowed
from gongjian.opinions.queries.group import has_recusal_waiting
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db


def first_member(draw: Draw) -> Expert:
    return members(draw.groups.get(number=1))[0]


def asked(draw: Draw, expert: Expert | None = None) -> ChangeRequest:
    who = expert or first_member(draw)
    return ask_leave(draw.sitting, who, kind=CANNOT_ATTEND, facts="急诊手术", by=a_draw_officer())


def an_officer_who_is_also_on_duty() -> object:
    """The very officer who asks, with the post of a second person besides."""
    officer = a_draw_officer()
    Post.objects.get_or_create(user=officer, office=an_office(), role=Role.EXAM_STAFF)
    return type(officer).objects.get(pk=officer.pk)


def with_reserves() -> Draw:
    return a_held(a_prepared(each=10), reserves=[BONE] * 4, one_per_hospital=False)


def test_art_11_an_officer_alone_moves_nobody():
    """What the office could do before: choose who sits by "late conflicts" until the right reserve came up."""
    draw = with_reserves()
    before, receipt = list(Seat.objects.order_by("pk").values_list("expert", flat=True)), draw.receipt
    asked(draw)
    draw.refresh_from_db()
    assert list(Seat.objects.order_by("pk").values_list("expert", flat=True)) == before
    assert draw.receipt == receipt


@pytest.mark.parametrize("who", [a_supervisor, an_exam_staff])
def test_a_second_person_brings_it_into_force(who):
    draw = with_reserves()
    gone = first_member(draw)
    change = confirm(asked(draw, gone), by=who())
    assert gone not in members(draw.groups.get(number=1))
    assert (change.decision, change.decided_by, change.asked_by) == ("confirmed", who(), a_draw_officer())
    assert list(checks.changes()) == list(checks.reasons()) == []


@pytest.mark.parametrize("who", [a_draw_officer, an_officer_who_is_also_on_duty, an_expert_user])
def test_who_asked_is_no_second_person_whatever_posts_they_hold(who):
    draw = with_reserves()
    change = asked(draw)
    for answer in (confirm, refuse):
        with pytest.raises(SecondPersonNeeded):
            answer(change, by=who())
    assert ChangeRequest.objects.get().decision == "asked"


def test_somebody_on_duty_of_another_city_is_no_second_person():
    draw = with_reserves()
    stranger = a_member(Role.SUPERVISOR, office=an_office("BZJD", "邻州市劳动能力鉴定委员会"))
    with pytest.raises(SecondPersonNeeded):
        confirm(asked(draw), by=stranger)


def test_the_database_takes_no_confirmation_by_who_asked():
    change = asked(with_reserves())
    with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
        ChangeRequest.objects.filter(pk=change.pk).update(decision="confirmed", decided_by=change.asked_by)


def test_a_request_is_answered_once_and_for_good():
    draw = with_reserves()
    change = asked(draw)
    refuse(change, by=a_supervisor())
    for answer, who in ((confirm, an_exam_staff()), (withdraw, a_draw_officer())):
        with pytest.raises(ChangeDecided, match="不予确认"):
            answer(change, by=who)
    with pytest.raises(Exception, match="decided_once"), transaction.atomic():
        ChangeRequest.objects.filter(pk=change.pk).update(decision="confirmed")
    assert asked(draw).pk != change.pk


def test_who_asked_may_take_it_back_and_nobody_else():
    draw = with_reserves()
    change = asked(draw)
    with pytest.raises(NotTheAsker):
        withdraw(change, by=a_supervisor())
    assert withdraw(change, by=a_draw_officer()).decision == "withdrawn"
    assert not Obligation.objects.filter(kind="confirm_change", fulfilled_at=None).exists()


def test_the_same_person_is_asked_for_once_at_a_time():
    draw = with_reserves()
    asked(draw)
    with pytest.raises(ChangeAskedAlready):
        asked(draw)


def test_a_reserve_is_passed_over_only_with_a_second_person():
    draw = with_reserves()
    told = json.loads(draw.receipt)["reserves"]
    reserve = Expert.objects.get(number=next(one["expert"] for one in told if one["expert"]))
    change = asked(draw, reserve)
    assert departures_of(draw).skipped == 0
    confirm(change, by=a_supervisor())
    draw.refresh_from_db()
    assert departures_of(draw).passed == (("本场不能到场", 1),)


@pytest.mark.parametrize("kind", ["", "other", LIST_WRONG, "conflict"])
def test_a_kind_outside_the_closed_list_is_refused(kind):
    draw = with_reserves()
    with pytest.raises(KindUnfounded):
        ask_leave(draw.sitting, first_member(draw), kind=kind, facts="x", by=a_draw_officer())


def test_kinds_must_be_borne_out_by_the_records_and_told_where_needed():
    draw = with_reserves()
    gone = first_member(draw)
    with pytest.raises(ReasonMissing):
        ask_leave(draw.sitting, gone, kind=NO_SHOW, facts=" ", by=a_draw_officer())
    with pytest.raises(KindUnfounded, match="不再符合"):
        ask_leave(draw.sitting, gone, kind=UNFIT, by=a_draw_officer())
    Expert.objects.filter(pk=gone.pk).update(suspended_from=draw.sitting.day, suspension_reason="待查")
    gone.refresh_from_db()
    confirm(ask_leave(draw.sitting, gone, kind=UNFIT, by=a_draw_officer()), by=a_supervisor())
    draw.refresh_from_db()
    assert departures_of(draw).seats == (("不符合本次条件", 1),)


# Somebody owes the answer, and what happens meanwhile.


def test_an_open_request_is_owed_by_the_supervisor_and_on_the_day_by_exam_day_staff():
    draw = with_reserves()
    with at(DRAWN):
        change = asked(draw)
    (owed,) = Obligation.objects.filter(kind="confirm_change", fulfilled_at=None)
    assert (owed.role, owed.about, owed.article) == (Role.SUPERVISOR, str(change.pk), "令55 第二十七条")
    withdraw(change, by=a_draw_officer())
    with at(MORNING):
        asked(draw)
    assert Obligation.objects.get(kind="confirm_change", fulfilled_at=None).role == Role.EXAM_STAFF
    assert list(checks.changes()) == []
    Obligation.objects.filter(kind="confirm_change").update(fulfilled_at=MORNING)
    assert [problem.sentence for problem in checks.changes()] == ["有一项变更申请待确认，却不是任何人的待办。"]


def test_meanwhile_nothing_is_published_and_afterwards_it_may_be():
    draw = with_reserves()
    change = asked(draw)
    with pytest.raises(ChangeWaiting, match="专家离席"):
        door.close(draw, by=a_draw_officer())
    refuse(change, by=a_supervisor())
    assert door.close(draw, by=a_draw_officer()).state == State.CLOSED


def test_meanwhile_a_list_is_not_drawn():
    draw = a_committed()
    change = ask_void(draw, kind=WITNESS_LEFT, by=a_draw_officer())
    all_words(draw)
    with pytest.raises(ChangeWaiting, match="作废承诺"):
        experts.hold(draw, by=a_draw_officer())
    withdraw(change, by=a_draw_officer())
    assert experts.hold(draw, by=a_draw_officer()).state == State.HELD


# A party's request that names somebody who has been drawn.


def test_art_28_a_request_granted_against_a_member_waits_for_a_second_person():
    draw = with_reserves()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    group = sent(booking)
    gone = members(group)[0]
    party = booking.case.parties.first()
    row = Recusal.objects.create(
        case=booking.case, ground=Ground.KINSHIP, source="party", facts="表亲", told_at=MORNING,
        told_by=party.user if party else an_exam_staff(), decision="asked",
    )  # fmt: skip
    with at(MORNING):
        waiting = decide_recusal(row, expert=gone, answer="属实", by=a_draw_officer())
        assert (waiting.decision, gone in members(group), has_recusal_waiting(booking.case)) == ("asked", True, True)
        confirm(ChangeRequest.objects.get(), by=an_exam_staff())
    row.refresh_from_db()
    assert (row.decision, row.decided_by, row.answer) == ("granted", a_draw_officer(), "属实")
    assert (gone in members(group), has_recusal_waiting(booking.case)) == (False, False)
    assert list(checks.changes()) == []


# Voiding.


def test_voiding_takes_two_and_the_next_list_tells_why_and_when():
    draw = a_committed()
    change = ask_void(draw, kind=LIST_WRONG, facts="漏了一人", by=a_draw_officer())
    draw.refresh_from_db()
    assert draw.state == State.COMMITTED
    confirm(change, by=a_supervisor())
    again = a_committed(draw.sitting)
    (before,) = voided_before(again)
    assert (before.hash, before.why, before.given, before.asked) == (draw.commitment_hash, "名单或者席位有误", 0, 2)
    entry = LedgerEntry.objects.get(chain=draw.chain, act="draw.void")
    assert (entry.by, entry.facts["asked_by"], entry.facts["kind"]) == (a_supervisor(), a_draw_officer().pk, LIST_WRONG)


@pytest.mark.parametrize("kind", [LIST_OUTDATED, WORD_LOST, CANNOT_ATTEND])
def test_a_list_is_not_voided_for_what_is_not_so(kind):
    with pytest.raises(KindUnfounded):
        ask_void(a_committed(), kind=kind, facts="x", by=a_draw_officer())


def test_nobody_left_when_all_words_are_in():
    with pytest.raises(KindUnfounded, match="给词人离场"):
        ask_void(all_words(a_committed()), kind=WITNESS_LEFT, by=a_draw_officer())


def test_exam_day_staff_do_not_ask_to_void_the_draw_of_experts():
    with pytest.raises(NotAllowed):
        ask_void(a_committed(), kind=WITNESS_LEFT, by=an_exam_staff())


# The ledger, and the check.


def test_art_34_the_ledger_names_who_asked_who_confirmed_and_the_kind_and_no_particulars():
    draw = with_reserves()
    change = confirm(asked(draw), by=a_supervisor())
    acts = {entry.act: entry for entry in LedgerEntry.objects.filter(chain=draw.chain)}
    assert acts["draw.change_asked"].by == a_draw_officer()
    assert acts["draw.change_confirmed"].by == a_supervisor()
    assert acts["draw.change_confirmed"].facts == {
        "change": change.pk, "kind": CANNOT_ATTEND, "asked_by": a_draw_officer().pk,
    }  # fmt: skip
    assert "急诊手术" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))


def test_an_experts_own_declaration_needs_nobody_else_and_its_ground_is_kept():
    draw = with_reserves()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    group = sent(booking)
    expert = members(group)[0]
    Expert.objects.filter(pk=expert.pk).update(user=an_expert_user())
    expert.refresh_from_db()
    late_conflict(booking.case, expert, Ground.KINSHIP, by=an_expert_user())
    assert expert not in members(group_of(booking.case) or group)
    (kept,) = draw.reasons.filter(declared_by=an_expert_user())
    assert "亲属关系" in kept.exact
    assert list(checks.changes()) == []


def test_the_check_sees_a_departure_without_a_second_pair_of_eyes():
    draw = with_reserves()
    gone = first_member(draw)
    bar = Bar(EVERYWHERE, Reason.ABSENT, {"expert": gone.number})
    member_leaves(draw.sitting, Leaving(gone, bar, a_draw_officer()))
    (problem,) = checks.changes()
    assert (problem.about, gone.number in problem.sentence) == (draw.number, True)


def test_the_check_sees_a_list_voided_by_hand():
    draw = a_committed()
    void(draw)
    assert list(checks.changes()) == []
    other = a_committed(draw.sitting)
    Draw.objects.filter(pk=other.pk).update(state=State.VOID, void_kind=LIST_WRONG)
    assert [problem.about for problem in checks.changes()] == [other.number]


def test_departures_are_counted_in_neutral_words():
    draw = with_reserves()
    for expert in members(draw.groups.get(number=1))[:2]:
        cannot_come(draw.sitting, expert)
    draw.refresh_from_db()
    asked(draw, members(draw.groups.get(number=2))[0])
    found = departures_of(draw)
    assert (found.left, found.seats, found.waiting) == (2, (("本场不能到场", 2),), 1)


def test_a_request_for_recusal_before_the_draw_needs_no_second_person():
    case = people_of(a_committed())[0].case
    row = ask_recusal(case, ground=Ground.KINSHIP, facts="表亲", by=case.parties.get(is_applicant=True).user)
    expert = Expert.objects.all()[0]
    assert decide_recusal(row, expert=expert, answer="属实", by=a_draw_officer()).decision == "granted"
