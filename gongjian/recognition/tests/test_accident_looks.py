"""The pages of the green channel at every width: nothing sticks out on a phone, nothing serious for a screen reader."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.recognition.models import Batch
from gongjian.recognition.tests.accidents import a_proposed_accident, an_accident
from gongjian.recognition.tests.builders import MONDAY, an_investigator, the_clerk, the_reviewer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY + timedelta(hours=3)):
        yield


def test_the_pages_of_the_window(page: Page, live_server):
    row = an_accident(2)
    place = f"{live_server.url}/recognition/accidents"
    sign_in(page, live_server.url, the_clerk())
    for address in ("/", "/new", f"/{row.pk}/", f"/{row.pk}/victim", f"/{row.pk}/do/open"):
        looked_at(page, place + address)
    looked_at(page, f"{place}/{row.pk}/victims/{row.victims.order_by('row')[0].pk}/aside")


def test_the_pages_of_investigator_and_reviewer(page: Page, live_server):
    row = a_proposed_accident(2)
    place = f"{live_server.url}/recognition/accidents/{row.pk}"
    sign_in(page, live_server.url, an_investigator())
    for address in ("/", *(f"/batches/{one.pk}" for one in Batch.objects.order_by("pk")[:2])):
        looked_at(page, place + address)
    sign_in(page, live_server.url, the_reviewer())
    looked_at(page, f"{place}/do/review")
