"""What waits is tried again, a bounded number at once and for a bounded time; what breaks in one kit keeps no other waiting."""

import logging
from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.cases.models import Obligation
from gongjian.draws.tests.house import comes, sent
from gongjian.kernel import moment
from gongjian.kits.actions import waiting
from gongjian.kits.actions.bringing import bring
from gongjian.kits.actions.ending import end
from gongjian.kits.actions.merging import merge
from gongjian.kits.actions.settling import settle, ways_for
from gongjian.kits.chain import LONGEST_WAIT
from gongjian.kits.jobs import expire_kits, merge_waiting
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.owes import SETTLE_KIT
from gongjian.kits.queries import kits_waiting
from gongjian.kits.states import Ending, Stage, Way
from gongjian.kits.tests.builders import Device, a_morning, a_visit, codes_of, members_of
from gongjian.materials.tests.builders import a_picture
from gongjian.opinions.models import Opinion
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.tests.builders import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def standing() -> list[tuple[str, str]]:
    return list(KitEvent.objects.order_by("kit", "n").values_list("stage", "refusal"))


def owed() -> int:
    return Obligation.objects.filter(kind=SETTLE_KIT, fulfilled_at=None).count()


def three_that_wait() -> list[Device]:
    """Each expert has sealed for a person who is called only now."""
    sitting = a_morning(people=1, called=0)
    devices = [Device(user, sitting) for user in members_of(sitting)]
    for device in devices:
        device.seals(codes_of(sitting)[0], an_opinion_of(9))
        device.comes_back()
    call_next(sitting, 1, by=an_exam_staff())
    return devices


def test_what_breaks_in_one_kit_is_logged_without_its_content_and_keeps_no_other_waiting(monkeypatch, caplog):
    first = three_that_wait()[0]

    def breaks(kit: Kit) -> int:
        if kit == first.kit:
            raise ZeroDivisionError("左膝韧带断裂")
        return merge(kit)

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(waiting, "merge", breaks)
        assert merge_waiting() == 2
    assert [stage for stage, _ in standing()] == [Stage.WAITING, Stage.MERGED, Stage.MERGED]
    line, total = (vars(each) for each in caplog.records)
    assert [line[name] for name in ("message", "kit", "fault")] == [
        "kit.not_merged",
        first.kit.number,
        "ZeroDivisionError",
    ]
    assert "breaks:" in line["at"]
    assert [total[name] for name in ("message", "count", "of")] == ["kits.not_merged", 1, 3]
    assert [word for word in (codes_of(first.sitting)[0], "韧带") if word in caplog.text + str([line, total])] == []
    assert (merge_waiting(), Opinion.objects.count()) == (1, 3)


def test_so_many_kits_are_tried_at_once_and_each_has_its_minute():
    kits = [device.kit for device in three_that_wait()]
    seen = []
    for minute in range(3):
        with moment.fixed(MORNING + timedelta(minutes=minute)):
            seen.append(kits_waiting(most=2))
    assert [len(turn) for turn in seen] == [2, 2, 2]
    assert {kit for turn in seen for kit in turn} == set(kits)
    assert kits_waiting() == kits
    KitEvent.objects.update(stage=Stage.MERGED)
    assert kits_waiting() == []


def test_who_never_came_is_a_humans_after_the_longest_wait_and_not_a_moment_before():
    booking = a_visit()
    device = Device(members_of(booking.sitting)[0], booking.sitting)
    device.adds("declared", booking.exam_code, {})
    device.writes(booking.exam_code, an_opinion_of(9))
    device.seals(booking.exam_code, an_opinion_of(9))
    device.comes_back()
    with moment.fixed(device.kit.expires_at):
        expire_kits()
    last = device.kit.expires_at + LONGEST_WAIT
    with moment.fixed(last - timedelta(seconds=1)):
        assert (merge_waiting(), owed()) == (0, 0)
    assert set(standing()) == {(Stage.WAITING, "kits.not_come_yet"), (Stage.WAITING, "")}
    with moment.fixed(last):
        assert (merge_waiting(), merge_waiting(), owed()) == (3, 0, 1)
        assert standing()[2] == (Stage.CONFLICT, "kits.never_ready")
        assert Opinion.objects.count() == 0
        staff = an_exam_staff()
        for event in KitEvent.objects.filter(stage=Stage.CONFLICT):
            assert ways_for(event, by=staff) == (Way.NOTED,)
            settle(device.pack["number"], event.n, Way.NOTED, by=staff)
    assert (owed(), {stage for stage, _ in standing()} - {Stage.SETTLED, Stage.OVERTAKEN}) == (0, set())


def test_a_file_that_was_lost_with_the_device_is_waited_for_no_longer():
    sitting = a_morning()
    device, code = Device(members_of(sitting)[0], sitting), codes_of(sitting)[0]
    device.pictures(code, a_picture().read())
    bring(device.pack["number"], device.events, by=device.user)
    with moment.fixed(MORNING + timedelta(days=30)):
        assert merge_waiting() == 0, "a kit that has not ended waits on"
    end(device.pack["number"], Ending.LOST, by=an_exam_staff())
    with moment.fixed(MORNING + LONGEST_WAIT):
        assert merge_waiting() == 1
    assert (standing(), owed()) == ([(Stage.CONFLICT, "kits.file_never_came")], 1)


def test_what_comes_late_has_the_whole_wait_from_when_it_came():
    booking = a_visit()
    device = Device(members_of(booking.sitting)[0], booking.sitting)
    device.adds("declared", booking.exam_code, {})
    end(device.pack["number"], Ending.RETURNED, by=device.user)
    with moment.fixed(MORNING + LONGEST_WAIT + timedelta(days=1)):
        device.comes_back()
        assert standing() == [(Stage.WAITING, "kits.not_come_yet")]
    sent(comes(booking))
    assert merge_waiting() == 1
    assert standing() == [(Stage.MERGED, "")]
