"""A home visit from the telephone call to the opinion of a group drawn by lot: the same moves, locks and seals as in the hall."""

import pytest

from gongjian.accounts.tests.builders import PASSWORD, an_exam_staff, an_expert_user
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.draws.lot.plan import ANY
from gongjian.draws.models import Seat
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.tests.house import BONE, a_held, an_available, an_open_door, comes, sent
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, put_in_sitting_state
from gongjian.sittings.tests.wishes import a_booked_wish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with moment.fixed(MORNING):
        yield


def at_the_door() -> Booking:
    """The team has come, the person's identity was seen, the group drawn for the visit is theirs."""
    booking = a_booked_wish()
    for number in range(4):
        an_available(booking.sitting, BONE, hospital=f"云溪市第{number}医院")
    put_in_sitting_state(booking.sitting, SittingState.PUBLISHED)
    an_open_door(a_held(booking.sitting, wishes=(GroupWish("上门鉴定", (BONE, BONE, ANY)),), reserves=()))
    for expert in Expert.objects.all():
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])
    comes(booking)
    sent(booking)
    return booking


def test_art_12_a_home_visit_walks_from_the_call_to_the_opinion_of_three_drawn_experts():
    booking = at_the_door()
    call_next(booking.sitting, 1, by=an_exam_staff())
    seats = Seat.objects.filter(group__arrivals__booking=booking).select_related("expert__user")
    assert [seat.expert is not None for seat in seats] == [True] * 3
    for seat in seats:
        declare_no_conflict(booking.exam_code, by=seat.expert.user)
        draft = save_draft(booking.exam_code, an_opinion_of(9), version=1, by=seat.expert.user)
        seal_opinion(booking.exam_code, version=draft.version, password=PASSWORD, by=seat.expert.user)
    case = Case.objects.get(pk=booking.case_id)
    assert case.state == State.OPINED
    acts = list(case.passages.order_by("pk").values_list("act", flat=True))
    assert acts[-5:] == ["book", "check_in", "group", "examine", "opine"]
