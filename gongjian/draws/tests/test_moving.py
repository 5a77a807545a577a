"""A list of experts is of those who can come on its day: once it is committed, the sitting stays where it is."""

from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import a_scheduler
from gongjian.draws.models import Draw
from gongjian.draws.states import State
from gongjian.draws.tests.house import a_committed
from gongjian.sittings.actions.moving import move_sitting
from gongjian.sittings.errors import StepNotAllowed
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import (
    DAY,
    PLANNED,
    at,
    put_in_sitting_state,
)

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=2)


def a_listed_sitting() -> Sitting:
    """A sitting whose list is committed although it was never published."""
    return put_in_sitting_state(a_committed().sitting, SittingState.PLANNED)


def test_a_sitting_with_a_committed_list_is_not_moved():
    sitting = a_listed_sitting()
    with at(PLANNED), pytest.raises(StepNotAllowed, match="专家名单已承诺"):
        move_sitting(sitting, LATER, by=a_scheduler())
    assert sitting.answers.exists()
    sitting.refresh_from_db()
    assert sitting.day == DAY


def test_a_list_that_is_void_holds_no_sitting_back():
    sitting = a_listed_sitting()
    Draw.objects.update(state=State.VOID)
    with at(PLANNED):
        assert move_sitting(sitting, LATER, by=a_scheduler()).day == LATER
