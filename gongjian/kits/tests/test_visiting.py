"""A home visit where there is no line: taken along before anybody was met, declared at the bedside, and counted only when the office has drawn."""

import pytest

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.draws.models import Recusal
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import comes, sent
from gongjian.experts.models import Expert
from gongjian.kits.errors import NothingToTake
from gongjian.kits.jobs import merge_waiting
from gongjian.kits.models import KitEvent
from gongjian.kits.queries import cases_to_take, taking_today
from gongjian.kits.states import Stage
from gongjian.kits.tests.builders import Device, a_visit, members_of
from gongjian.law.modes import Mode
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.models import Opinion, Vote
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Sitting
from gongjian.sittings.tests.builders import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def stages() -> list[str]:
    return list(KitEvent.objects.order_by("kit", "n").values_list("stage", flat=True))


def test_l22_three_drawn_experts_examine_without_a_line_and_nothing_counts_before_the_office_has_received_drawn_and_called():
    booking = a_visit()
    code = booking.exam_code
    devices = [Device(user, booking.sitting) for user in members_of(booking.sitting)]
    for device in devices:
        assert device.case(code)["declared"] is False
        device.adds("declared", code, {})
        device.writes(code, an_opinion_of(9))
        device.seals(code, an_opinion_of(9))
        device.comes_back()
    assert (set(stages()), Opinion.objects.count()) == ({Stage.WAITING}, 0)
    comes(booking)
    assert merge_waiting() == 0
    sent(booking)
    assert (merge_waiting(), Opinion.objects.count()) == (6, 0)
    call_next(booking.sitting, 1, by=an_exam_staff())
    assert merge_waiting() == 3
    assert set(stages()) == {Stage.MERGED}
    assert (Vote.objects.get().grade, Case.objects.get(pk=booking.case_id).state) == (9, State.OPINED)


def test_art_28_without_the_declaration_at_the_bedside_nothing_is_sealed():
    booking = a_visit()
    device = Device(members_of(booking.sitting)[0], booking.sitting)
    device.seals(booking.exam_code, an_opinion_of(9))
    device.comes_back()
    sent(comes(booking))
    call_next(booking.sitting, 1, by=an_exam_staff())
    merge_waiting()
    assert (stages(), Opinion.objects.count()) == ([Stage.CONFLICT], 0)
    assert KitEvent.objects.get().refusal == "opinions.not_declared"


def test_a_declaration_made_twice_is_one():
    booking = a_visit()
    device = Device(members_of(booking.sitting)[0], booking.sitting)
    device.adds("declared", booking.exam_code, {})
    sent(comes(booking))
    declare_no_conflict(booking.exam_code, by=device.user)
    device.comes_back()
    assert stages() == [Stage.MERGED]


def test_who_does_not_sit_in_the_team_or_was_recused_takes_nobody_along():
    booking = a_visit()
    team = members_of(booking.sitting)
    outside = next(each.user for each in Expert.objects.all() if each.user not in team)
    with pytest.raises(NothingToTake):
        Device(outside, booking.sitting)
    Recusal.objects.create(
        case_id=booking.case_id,
        expert=Expert.objects.get(user=team[0]),
        ground=Ground.TREATED,
        source=Recusal.Source.OFFICE,
        told_at=MORNING,
        told_by=an_exam_staff(),
    )
    assert cases_to_take(booking.sitting, team[0]) == []
    assert len(cases_to_take(booking.sitting, team[1])) == 1


@pytest.mark.parametrize(("decision", "along"), [("asked", 0), ("granted", 0), ("refused", 1)])
def test_art_28_whom_a_recusal_is_about_that_has_no_answer_yet_is_in_no_kit_of_that_expert(decision, along):
    booking = a_visit()
    asked, colleague = members_of(booking.sitting)[:2]
    Recusal.objects.create(
        case_id=booking.case_id,
        expert=Expert.objects.get(user=asked),
        ground=Ground.TREATED,
        source=Recusal.Source.PARTY,
        decision=decision,
        told_at=MORNING,
        told_by=an_exam_staff(),
    )
    assert len(cases_to_take(booking.sitting, asked)) == along
    assert len(cases_to_take(booking.sitting, colleague)) == 1


def test_in_the_hall_nobody_is_known_before_the_door_has_sent_them():
    booking = a_visit()
    user = members_of(booking.sitting)[0]
    assert [each.sitting for each in taking_today(user)] == [booking.sitting]
    Sitting.objects.update(mode=Mode.HALL)
    assert taking_today(user) == []
