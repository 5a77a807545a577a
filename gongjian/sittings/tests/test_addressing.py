"""Another address of a granted visit: agreed to anew, kept with the former one, and looked at against the route; nothing of it leaves the team."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_scheduler,
    a_worker_user,
    an_employer_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel.ledger.queries import entries_of
from gongjian.kernel.outbox.models import Message
from gongjian.law.modes import Mode
from gongjian.sittings.actions import book_oldest_first, release, set_assistance
from gongjian.sittings.actions.addressing import change_address, keep_visit
from gongjian.sittings.errors import (
    AddressMissing,
    AddressTooLate,
    AddressUnchanged,
    BookingNotFound,
    ConsentToModeMissing,
    ForTheOtherSide,
    HowItCameMissing,
    ModeUnderWay,
    NoModeInForce,
    SittingNotYours,
)
from gongjian.sittings.models import Booking
from gongjian.sittings.rules import Flag
from gongjian.sittings.states import CameBy, SittingState
from gongjian.sittings.sweeping import revalidate_coming
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at, put_in_sitting_state
from gongjian.sittings.tests.wishes import (
    ADDRESS,
    CONTACT,
    a_booked_wish,
    a_granted_wish,
    a_sitting_of,
    the_worker_of,
)
from gongjian.sittings.wishes import AddressChange

pytestmark = pytest.mark.django_db
NEW = "云溪市第一人民医院住院部5楼12床"
CALL = "护士站 19900000012"
HOW = "3月11日家属来电，本人口头同意"


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def moved(case: Case, *, by: User | None = None, **changes: str) -> None:
    """The person is in hospital now; taken down by staff from a call, or told by the person."""
    told = {"address": NEW, "contact": CALL, "consent": HOW, "came_by": CameBy.TELEPHONE.value}
    change_address(case, by=by or a_scheduler(), **{**told, **changes})


def owed(case: Case) -> set[str]:
    return set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))


def as_(user: User) -> Client:
    browser = Client()
    browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return browser


def test_another_address_is_agreed_to_anew_and_the_former_one_stays_on_record():
    wish = a_granted_wish()
    former = wish.consent
    moved(wish.case)
    wish.refresh_from_db()
    assert (wish.address, wish.contact) == (NEW, CALL)
    assert HOW in wish.consent
    change = AddressChange.objects.get()
    assert (change.former, change.former_contact, change.former_consent) == (ADDRESS, CONTACT, former)
    assert (change.address, change.came_by, change.by) == (NEW, CameBy.TELEPHONE, a_scheduler())
    entry = entries_of(wish.case.chain).last()
    assert (entry.act, entry.facts) == ("address.changed", {"came_by": "telephone", "moved": True})


def test_what_was_is_never_edited_or_lost():
    moved(a_granted_wish().case)
    for change in (lambda rows: rows.update(came_by="letter"), lambda rows: rows.delete()):
        with pytest.raises((IntegrityError, InternalError, Exception), match="pgtrigger"), transaction.atomic():
            change(AddressChange.objects.all())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"address": " "}, AddressMissing),
        ({"contact": ""}, AddressMissing),
        ({"consent": " "}, ConsentToModeMissing),
        ({"address": ADDRESS, "contact": CONTACT}, AddressUnchanged),
        ({"came_by": "online"}, HowItCameMissing),
    ],
)
def test_half_a_change_is_refused(changes, refusal):
    case = a_granted_wish().case
    with pytest.raises(refusal):
        moved(case, **changes)
    assert not AddressChange.objects.exists()


@pytest.mark.parametrize("mode", [None, Mode.VIDEO])
def test_who_is_not_visited_has_no_address_to_change(mode):
    case = a_granted_wish(mode=mode).case if mode else an_accepted_case()
    with pytest.raises(NoModeInForce):
        moved(case)


def test_only_the_persons_own_side_or_the_schedulers_change_it():
    case = a_granted_wish().case
    join_case(case, an_employer_user(), capacity="employer")
    with pytest.raises(ForTheOtherSide):
        moved(case, by=an_employer_user())
    for stranger in (an_outsider(), a_clerk()):
        with pytest.raises(SittingNotYours):
            moved(case, by=stranger)
    moved(case, by=the_worker_of(case))
    assert AddressChange.objects.get().came_by == CameBy.ONLINE


def test_l06_a_visit_booked_before_is_flagged_and_is_the_schedulers_task():
    booking = a_booked_wish()
    moved(booking.case)
    booking.refresh_from_db()
    assert booking.flags == [Flag.ADDRESS]
    assert "rebook" in owed(booking.case)
    assert revalidate_coming() == 0
    assert (
        "上门的地址已更改，请核对路线"
        in as_(a_scheduler()).get(reverse("sittings:route", args=[booking.sitting.number])).content.decode()
    )


def test_needs_told_after_the_address_changed_leave_the_flag():
    booking = a_booked_wish()
    moved(booking.case)
    set_assistance(booking.case, ["wheelchair"], by=a_scheduler())
    booking.refresh_from_db()
    assert set(booking.flags) == {Flag.ADDRESS, Flag.ASSISTANCE}


def test_the_route_looked_at_the_time_stays_and_the_person_is_told():
    booking = a_booked_wish()
    worker = the_worker_of(booking.case)
    moved(booking.case)
    keep_visit(booking.case, by=a_scheduler())
    booking.refresh_from_db()
    assert (booking.flags, "rebook" in owed(booking.case), booking.place) == ([], False, NEW)
    told = list(Message.objects.filter(user=worker).order_by("pk").values_list("template", flat=True))
    assert told[-2:] == ["sittings.address_changed", "sittings.visit_kept"]
    assert revalidate_coming() == 0
    with pytest.raises(BookingNotFound):
        keep_visit(booking.case, by=a_scheduler())


def test_a_visit_that_is_not_reached_in_time_is_given_back_and_booked_anew_without_a_flag():
    booking = a_booked_wish()
    moved(booking.case)
    release(booking, reason="新地址太远，当天到不了", by=a_scheduler())
    with at(PLANNED.replace(hour=10)):
        (anew,) = book_oldest_first(a_sitting_of(Mode.HOME), by=a_scheduler())
        assert revalidate_coming() == 0
    assert (anew.case, anew.flags, anew.place) == (booking.case, [], NEW)
    assert "rebook" not in owed(booking.case)


def test_another_person_to_call_changes_no_route():
    booking = a_booked_wish()
    moved(booking.case, address=ADDRESS)
    booking.refresh_from_db()
    assert (booking.flags, booking.wish.contact) == ([], CALL)
    assert entries_of(booking.case.chain).last().facts["moved"] is False


def test_who_keeps_a_visit_holds_the_post():
    booking = a_booked_wish()
    moved(booking.case)
    for by in (a_clerk(), an_exam_staff(), a_worker_user()):
        with pytest.raises(SittingNotYours):
            keep_visit(booking.case, by=by)


def test_once_the_team_is_on_its_way_staff_alone_take_it_down():
    booking = a_booked_wish()
    put_in_sitting_state(booking.sitting, SittingState.OPEN)
    with pytest.raises(AddressTooLate):
        moved(booking.case, by=the_worker_of(booking.case))
    moved(booking.case)
    booking.refresh_from_db()
    assert booking.flags == [Flag.ADDRESS]


def test_whom_the_team_has_reached_changes_no_address():
    booking = a_booked_wish()
    Booking.objects.filter(pk=booking.pk).update(state="present")
    with pytest.raises(ModeUnderWay):
        moved(booking.case)


def test_neither_chain_nor_message_nor_employer_learns_the_address():
    booking = a_booked_wish()
    join_case(booking.case, an_employer_user(), capacity="employer")
    moved(booking.case)
    keep_visit(booking.case, by=a_scheduler())
    assert not any(NEW in str(entry.facts) for entry in entries_of(booking.case.chain))
    assert not any(NEW in message.body for message in Message.objects.all())
    assert not Message.objects.filter(user=an_employer_user()).exists()


def test_the_person_changes_it_on_their_page_and_the_scheduler_keeps_the_time_on_theirs():
    booking = a_booked_wish()
    case = booking.case
    url = reverse("sittings:change_address", args=[case.number])
    browser = as_(the_worker_of(case))
    page = browser.get(url).content.decode()
    assert ADDRESS in page
    assert "怎样提出" not in page
    assert browser.post(url, {"address": NEW, "contact": CALL}).status_code == 422
    assert browser.post(url, {"address": NEW, "contact": CALL, "consent": "on"}).status_code == 302
    desk = as_(a_scheduler())
    page = desk.get(reverse("sittings:release", args=[case.number])).content.decode()
    assert "路线已核对，保留原来的时间" in page
    assert NEW in page
    assert desk.post(reverse("sittings:keep_visit", args=[case.number])).status_code == 302
    booking.refresh_from_db()
    assert booking.flags == []
    assert "路线已核对" not in desk.get(reverse("sittings:release", args=[case.number])).content.decode()


def test_staff_take_it_down_with_how_it_came_and_the_reading_is_on_record():
    case = a_granted_wish().case
    url = reverse("sittings:change_address", args=[case.number])
    desk = as_(a_scheduler())
    desk.get(url)
    told = {"address": NEW, "contact": CALL, "how": HOW, "came_by": "telephone"}
    assert desk.post(url, told).status_code == 302
    assert as_(an_outsider()).get(url).status_code == 404
    assert AddressChange.objects.get().by == a_scheduler()
