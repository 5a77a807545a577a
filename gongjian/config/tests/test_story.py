"""The story of the demo city, told once for the whole file: a case in every state, and nothing that a check would find."""

from datetime import date

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.queries import cast_of_the_demo
from gongjian.accounts.roles import Role
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import worklist
from gongjian.config.checks import run_checks
from gongjian.config.demo import cast
from gongjian.config.demo.command import demo
from gongjian.config.demo.story import Days
from gongjian.deaths.models import Report
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Draw
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.models import Message
from gongjian.law.calendar import is_working_day
from gongjian.law.identity import check_id_number

pytestmark = pytest.mark.django_db


TOLD_ON = date(2026, 10, 7)
"""The last day of a week off: what the story did in the days before it lies before that week."""


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, home_of_the_file):
    """The story in the database while this file's tests run, and gone afterwards."""
    with django_db_blocker.unblock(), moment.fixed(moment.at(TOLD_ON)), transaction.atomic():
        answer = CliRunner().invoke(demo, [], catch_exceptions=False)
        yield answer
        transaction.set_rollback(True)


def test_the_story_is_told_to_its_end(told):
    assert (told.exit_code, "演示城市已建好" in told.output) == (0, True)


@pytest.mark.parametrize("state", sorted(set(State) - {State.ENTRUSTED}))
def test_there_is_a_case_in_every_state_that_one_city_can_reach_alone(told, state):
    assert Case.objects.filter(state=state).exists()


def test_no_check_of_the_house_finds_anything(told):
    assert [problem for _, found in run_checks() for problem in found] == []


def test_a_sudden_death_is_reported_and_waits_for_an_application_with_its_evidence_noted(told):
    report = Report.objects.get()
    assert report.is_open
    assert report.notes.count() == 1
    assert report.died_at < report.reported_at


def test_every_message_of_the_story_was_sent_when_it_was_written(told):
    assert list(Message.objects.filter(state__in=["pending", "failed"]).values_list("template", "last_error")) == []
    assert not Obligation.objects.filter(kind="reach_party").exists()


def test_the_ledger_of_the_story_verifies(told):
    count, faults = verify()
    assert (count > 100, faults) == (True, [])


def test_every_draw_that_was_held_can_be_repeated_from_its_receipt(told):
    receipts = [row.receipt for row in Draw.objects.exclude(receipt="")]
    assert [verify_text(text.encode()) for text in receipts] == [[]] * len(receipts)
    assert len(receipts) >= 3


@pytest.mark.parametrize(
    "role",
    [
        Role.WINDOW_CLERK,
        Role.SCHEDULER,
        Role.EXAM_STAFF,
        Role.REVIEWER,
        Role.SIGNER,
        Role.DELIVERY_CLERK,
        Role.ARCHIVIST,
    ],
)
def test_everybody_at_the_desk_has_something_to_do(told, role):
    assert worklist(cast.staff(role)).rows


def test_the_whole_cast_can_be_played(told, settings):
    settings.DEMO = True
    kinds = {user.kind for user in cast_of_the_demo()}
    assert kinds == {User.Kind.STAFF, User.Kind.EXPERT, User.Kind.APPLICANT}
    assert Expert.objects.filter(user__isnull=False).count() == len(cast.DOCTORS)


def test_a_second_story_is_refused_and_if_empty_keeps_quiet(told):
    again = CliRunner().invoke(demo, [])
    quiet = CliRunner().invoke(demo, ["--if-empty"])
    assert (again.exit_code, quiet.exit_code, quiet.output) == (1, 0, "")


def test_no_page_of_the_story_is_open_to_a_stranger(told):
    number = Case.objects.values_list("number", flat=True)[0]
    assert Client().get(f"/desk/cases/{number}/").status_code == 302


def test_offices_form_a_tree_and_the_counties_serve_the_city(db):
    cast.found_offices()
    cast.found_offices()
    city = cast.committee()
    assert Office.objects.count() == len(cast.PLACES)
    assert city.parent and city.parent.kind == Office.Kind.PROVINCE
    assert city.windows.count() == 2


def test_each_member_of_staff_holds_one_post_and_a_password_that_is_shown_to_all(db):
    cast.found_offices()
    cast.engage_staff()
    cast.engage_staff()
    assert Post.objects.count() == len(cast.STAFF)
    assert cast.staff(Role.SIGNER).check_password(cast.PASSWORD)


@pytest.mark.parametrize("serial", [1, 2, 25, 500])
def test_the_workers_are_nobody_and_their_numbers_well_formed(serial):
    person = cast.worker(serial)
    assert check_id_number(person.id_number).region == "990101"
    assert person.telephone.startswith("1990000")


@pytest.mark.parametrize("told", [TOLD_ON, date(2026, 2, 24), date(2026, 11, 30), date(2027, 1, 1)])
def test_the_steps_of_the_story_lie_on_working_days_of_their_own_whenever_it_is_told(told):
    days = Days(told)
    steps = [*(days.before(count) for count in range(84, 0, -1)), days.coming]
    assert (steps, len(set(steps))) == (sorted(steps), len(steps))
    assert all(is_working_day(day) for day in steps)
    assert days.before(1) < told < days.coming
