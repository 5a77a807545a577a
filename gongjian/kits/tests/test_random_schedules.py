"""A few of the thousand schedules on the real office; all of them under `make soak`. And deliveries that come at once."""

import pytest

from gongjian.kits.models import KitEvent
from gongjian.kits.states import Stage
from gongjian.kits.tests.builders import Device, a_morning, codes_of, members_of
from gongjian.kits.tests.real_schedules import unlike_in_truth
from gongjian.opinions.models import Opinion
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.opinions.tests.test_concurrency import at_once

SEEDS = range(4)
pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.django_db
def test_l22_random_schedules_converge_on_the_real_office_with_each_event_once():
    sitting = a_morning(called=1)
    assert [wrong for seed in SEEDS for wrong in unlike_in_truth(sitting, seed)] == []


@pytest.mark.django_db(transaction=True)
def test_the_same_delivery_three_times_at_once_is_taken_in_and_sealed_once():
    sitting = a_morning()
    device, code = Device(members_of(sitting)[0], sitting), codes_of(sitting)[0]
    for grade in (10, 9):
        device.writes(code, an_opinion_of(grade))
    device.seals(code, an_opinion_of(9))
    assert at_once(device.comes_back, device.comes_back, device.comes_back) == ["done"] * 3
    assert list(KitEvent.objects.order_by("n").values_list("stage", flat=True)) == [Stage.MERGED] * 3
    assert Opinion.objects.count() == 1
