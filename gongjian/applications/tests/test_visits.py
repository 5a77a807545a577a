"""A visit to the window: one check of the document for everything somebody came for on that day."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_worker_user, an_office
from gongjian.applications.actions.drafts import save_step
from gongjian.applications.asking import asking_of, settled_of, told_of
from gongjian.applications.errors import VisitNotFound, WindowOnly
from gongjian.applications.models import Draft, Visit
from gongjian.applications.visits import (
    HERE,
    Scan,
    begin_anew,
    open_visit,
    person_of,
    scans_of,
    visit_for,
    visitor_here,
)
from gongjian.appraisal.states import INITIAL
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import RuleError
from gongjian.materials.catalog import IDENTITY
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import a_person, an_id_number
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY, a_bureau, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def a_visit(by: User | None = None, *, serial: int = 1, name: str = "林知远", scanned: bool = True) -> Visit:
    scans = [Scan(a_picture(71), "正面.png"), Scan(a_picture(72), "反面.png")] if scanned else []
    return open_visit(name=name, id_type="resident_id", id_number=an_id_number(serial), by=by or a_clerk(), scans=scans)


def test_one_check_serves_the_application_that_follows_and_its_fields_are_not_in_the_form():
    draft = begin_anew(a_visit(), office=an_office(), procedure=INITIAL, by=a_clerk())
    assert settled_of(draft) == {
        "person": {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number()},
    }
    form = asking_of(draft).forms["person"].without(settled_of(draft)["person"])
    assert set(form.base_fields) == {"telephone", "address"}
    assert draft.told == {}


def test_the_same_holds_for_a_recognition_at_the_window_of_the_bureau():
    clerk = staff(Role.WINDOW_CLERK)
    draft = begin_anew(a_visit(clerk), office=a_bureau(), procedure=RECOGNITION, by=clerk)
    assert set(settled_of(draft)["person"]) == {"name", "id_type", "id_number"}


def test_what_is_typed_against_the_document_does_not_count():
    draft = begin_anew(a_visit(), office=an_office(), procedure=INITIAL, by=a_clerk())
    draft = save_step(draft, "person", {"name": "别人", "telephone": "19900000001"}, seen=0, by=a_clerk())
    assert told_of(draft)["person"]["name"] == "林知远"


def test_the_document_is_scanned_once_and_lies_in_every_application_of_the_visit_as_the_same_files():
    visit = a_visit()
    drafts = [begin_anew(visit, office=an_office(), procedure=INITIAL, by=a_clerk()) for _ in range(2)]
    files = [
        list(draft.materials.get(kind=IDENTITY).pages.order_by("order").values_list("evidence_id", flat=True))
        for draft in drafts
    ]
    assert files[0] == files[1] == [one.pk for one in scans_of(visit)]
    assert len(files[0]) == 2


def test_the_same_side_scanned_twice_is_kept_once():
    both = [Scan(a_picture(71), "正面.png"), Scan(a_picture(71), "又一次.png")]
    visit = open_visit(name="林知远", id_type="resident_id", id_number=an_id_number(), by=a_clerk(), scans=both)
    assert visit.scans.count() == 1


def test_a_visit_without_a_scan_puts_nothing_into_the_application():
    draft = begin_anew(a_visit(scanned=False), office=an_office(), procedure=INITIAL, by=a_clerk())
    assert not draft.materials.exists()


@pytest.mark.parametrize("who", [a_reviewer, a_worker_user])
def test_only_a_window_checks_documents(who):
    with pytest.raises(WindowOnly):
        a_visit(who())


def test_a_wrong_number_is_refused_and_leaves_nothing():
    with pytest.raises(RuleError):
        open_visit(name="林知远", id_type="resident_id", id_number="990101198503120000", by=a_clerk())
    assert not Visit.objects.exists()


def test_an_office_that_is_not_the_clerks_begins_nothing():
    with pytest.raises(WindowOnly):
        begin_anew(a_visit(), office=a_bureau(), procedure=RECOGNITION, by=a_clerk())
    assert not Draft.objects.exists()


def test_a_visit_is_that_clerks_and_lasts_the_day():
    visit = a_visit()
    assert visit_for(visit.token, by=a_clerk()) == visit
    for token, user in ((visit.token, a_member(Role.WINDOW_CLERK, "陈二窗")), ("x", a_clerk()), ("\n", a_clerk())):
        with pytest.raises(VisitNotFound):
            visit_for(token, by=user)
    with moment.fixed(MONDAY + timedelta(days=1)), pytest.raises(VisitNotFound):
        visit_for(visit.token, by=a_clerk())


def test_who_stands_at_the_window_now_is_known_by_the_document_alone():
    visit, person, other = a_visit(), a_person(), a_person("易青岩", 4)
    session = {HERE: visit.token}
    assert visitor_here(session, person, by=a_clerk()) == visit
    assert visitor_here(session, other, by=a_clerk()) is None
    assert visitor_here({}, person, by=a_clerk()) is None
    assert visitor_here(session, person, by=a_reviewer()) is None
    assert scans_of(None) == []


def test_a_known_person_is_found_by_number_and_name_together():
    known = a_person()
    assert person_of(a_visit()) == known
    assert person_of(a_visit(name="林知近")) is None
    assert person_of(a_visit(serial=9)) is None


def test_a_visit_leaves_one_entry_without_name_or_number_and_is_never_edited():
    visit = a_visit()
    entry = LedgerEntry.objects.get(act="visit.opened")
    assert entry.facts == {"visit": visit.pk, "scans": 2}
    with pytest.raises(ProgrammingError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(came_on=MONDAY.date() + timedelta(days=9))
