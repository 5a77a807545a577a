"""The pages of the room in a real browser, at every width."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.exchange.tests.builders import (
    an_administrator,
    an_answered_matter,
    an_asked_matter,
    an_entered_peer,
    an_investigator_there,
    delivered,
    the_other_end,
)
from gongjian.kernel import moment
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_investigator, another_bureau

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def test_the_pages_of_both_cities(page: Page, live_server):
    site, answered, waiting = f"{live_server.url}/exchange", an_answered_matter(), an_asked_matter()
    delivered()
    with moment.fixed(MONDAY + timedelta(hours=3)):
        sign_in(page, live_server.url, an_investigator())
        for name in ("", "ask"):
            looked_at(page, f"{site}/cases/{answered.case.number}/{name}")
        looked_at(page, f"{site}/asked/{waiting.pk}/note")
        looked_at(page, f"{live_server.url}/desk/cases/{answered.case.number}/")
        sign_in(page, live_server.url, an_investigator_there())
        other = the_other_end(waiting)
        for name in ("", f"{other.pk}", f"{other.pk}/refuse", f"{the_other_end(answered).pk}/answer"):
            looked_at(page, f"{site}/incoming/{name}")
        sign_in(page, live_server.url, an_administrator(a_bureau()))
        for name in ("", "new", str(waiting.peer.pk)):
            looked_at(page, f"{site}/peers/{name}")
        entered = an_entered_peer(a_bureau(), another_bureau(), code="XXRS", name="西江市人力资源和社会保障局")
        looked_at(page, f"{site}/peers/{entered.pk}")
