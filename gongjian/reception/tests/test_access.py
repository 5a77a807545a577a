"""Who may do what on the day: every role against every act, the other office, the other case, and what a key opens."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import PERMISSIONS as HELD
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_employer_user, an_office
from gongjian.draws.tests.pages import as_
from gongjian.reception.access import hashed, require_key, screen_key
from gongjian.reception.actions import (
    announce_delay,
    ask_on_the_spot,
    begin_run,
    call_to_desk,
    close_kiosk,
    end_delay,
    note_come,
    open_kiosk,
    recall_to_desk,
)
from gongjian.reception.errors import DayNotFound
from gongjian.reception.models import Attendance, Delay, Kiosk, Run
from gongjian.reception.tests.builders import a_kiosk, an_open_day, comes, people_of
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Reschedule, Sitting
from gongjian.sittings.tests.builders import MORNING, a_sitting, at

pytestmark = pytest.mark.django_db
WISH = {"reason": "突发高热", "available_from": MORNING.date().replace(day=31), "consent": True}
Act = Callable[[Sitting, User], object]
ACTS: dict[str, tuple[str, Act]] = {
    "open a kiosk": ("sittings.check_in", lambda sitting, by: open_kiosk(sitting, by=by)),
    "close a kiosk": ("sittings.check_in", lambda sitting, by: close_kiosk(a_kiosk(sitting), by=by)),
    "note who came": ("sittings.check_in", lambda sitting, by: note_come(people_of(sitting)[1], by=by)),
    "call to a desk": ("sittings.check_in", lambda sitting, by: call_to_desk(sitting, desk="1号台", by=by)),
    "call again": ("sittings.check_in", lambda sitting, by: recall_to_desk(people_of(sitting)[0], desk="1号台", by=by)),
    "take down a wish": (
        "sittings.check_in",
        lambda sitting, by: ask_on_the_spot(people_of(sitting)[0], by=by, **WISH),
    ),  # type: ignore[arg-type]
    "say it is late": ("sittings.call", lambda sitting, by: announce_delay(sitting, minutes=30, cause="other", by=by)),
    "say it goes on": ("sittings.call", lambda sitting, by: end_delay(sitting, by=by)),
    "notices for all": ("sittings.book", lambda sitting, by: begin_run(sitting, "notices", by=by)),
    "absences for all": ("sittings.check_in", lambda sitting, by: begin_run(sitting, "absences", by=by)),
}


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


@pytest.fixture
def sitting() -> Sitting:
    """Three people expected, one of whom has come."""
    found = an_open_day(3)
    comes(people_of(found)[0], a_kiosk(found))
    return found


def may(sitting: Sitting, act: Act, by: User) -> bool:
    try:
        act(sitting, by)
    except SittingNotYours:
        return False
    return True


def test_every_act_of_the_day_is_for_the_roles_that_hold_its_permission_and_for_nobody_else(sitting):
    allowed = {
        (name, role): may(sitting, act, a_member(role)) for name, (_, act) in ACTS.items() for role in _in_turn(name)
    }
    assert allowed == {(name, role): ACTS[name][0] in HELD[role] for name, role in allowed}
    assert {role for _, role in allowed} == set(Role)


def _in_turn(name: str) -> list[Role]:
    """Those who may not before those who may: an act that was done once can often not be done again."""
    return sorted(Role, key=lambda role: (ACTS[name][0] in HELD[role], role.value))


@pytest.mark.parametrize("name", ACTS)
def test_no_party_and_nobody_of_another_office_does_any_of_it(sitting, name):
    elsewhere = a_member(Role.EXAM_STAFF, "别处", office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    strangers = (a_worker_user(), an_employer_user(), elsewhere)
    counted = (Kiosk, Attendance, Delay, Run, Reschedule)
    before = [model._default_manager.count() for model in counted]
    assert [may(sitting, ACTS[name][1], by) for by in strangers] == [False] * 3
    machines = name == "close a kiosk"
    assert [model._default_manager.count() for model in counted][1:] == before[1:]
    assert Kiosk.objects.count() == before[0] + 3 * machines


POSTS = ("call_desk", "delay", "delay_over", "open_kiosk")
ONES = ("recall_desk", "ticket", "postpone")


@pytest.mark.parametrize("person", [a_worker_user, an_employer_user, None])
def test_no_address_of_staff_answers_to_a_party_or_to_nobody(sitting, person):
    browser = as_(person()) if person else Client()
    booking = people_of(sitting)[0]
    told = {"desk": "1号台", "minutes": "30", "cause": "other"}
    answers = [browser.post(reverse(f"reception:{name}", args=[sitting.number]), told) for name in POSTS]
    answers += [browser.post(reverse(f"reception:{name}", args=[sitting.number, booking.pk]), told) for name in ONES]
    answers.append(browser.get(reverse("reception:person", args=[sitting.number, booking.pk])))
    assert {answer.status_code for answer in answers} == ({404} if person else {302})
    assert (Delay.objects.count(), Attendance.objects.get().calls) == (0, 0)


def test_what_only_a_button_does_is_not_done_by_a_link(sitting):
    staff = as_(a_member(Role.EXAM_STAFF))
    booking = people_of(sitting)[1]
    addresses = [reverse(f"reception:{name}", args=[sitting.number]) for name in POSTS]
    addresses.append(reverse("reception:ticket", args=[sitting.number, booking.pk]))
    addresses.append(reverse("reception:begin_run", args=[sitting.number, "absences"]))
    assert {staff.get(address).status_code for address in addresses} == {405}
    assert Attendance.objects.count() == 1


def test_the_key_of_the_screens_is_another_for_each_sitting_and_follows_from_no_number(sitting):
    other = a_sitting()
    assert screen_key(sitting) == screen_key(Sitting.objects.get(pk=sitting.pk))
    assert screen_key(sitting) != screen_key(other)
    assert len(screen_key(sitting)) == 24
    require_key(sitting, screen_key(sitting))
    for wrong in ("", "0" * 24, screen_key(other), screen_key(sitting)[:-1], "密钥"):
        with pytest.raises(DayNotFound):
            require_key(sitting, wrong)


def test_a_machines_secret_is_kept_as_a_hash_only(sitting):
    kiosk, secret = open_kiosk(sitting, by=a_member(Role.EXAM_STAFF))
    assert (kiosk.key, len(secret) >= 40) == (hashed(secret), True)
    assert hashed(secret) != hashed(secret + "x")
    assert secret not in str(list(Kiosk.objects.values_list("key", "name")))
