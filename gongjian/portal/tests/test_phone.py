"""On a small phone (360×740) nobody has to scroll to see what is asked, or how the case stands."""

import pytest
from playwright.sync_api import Page

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.appraisal.steps import STEPS
from gongjian.appraisal.tests.builders import MONDAY, a_case_to_supplement, a_draft
from gongjian.kernel import moment
from gongjian.kernel.tests.browsing import sticks_out, violations
from gongjian.sittings.tests.test_pages import as_

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
FIRST = "main form :is(input:not([type=hidden]), select, textarea, details.gj-parts > summary)"


def bottom(page: Page, selector: str) -> int:
    """Where the first visible element of this kind ends, in pixels from the top of the screen."""
    box = page.locator(selector).locator("visible=true").first.bounding_box()
    assert box is not None
    return round(box["y"] + box["height"])


@pytest.fixture
def phone(page: Page, live_server) -> Page:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    cookie = as_(a_worker_user()).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return page


def test_the_first_field_of_every_step_stands_on_the_first_screen(phone: Page, live_server):
    draft = a_draft(by=a_worker_user())
    ends = {}
    for step in STEPS.filled_in:
        phone.goto(f"{live_server.url}/portal/apply/{draft.token}/{step.code}/")
        ends[step.code] = bottom(phone, FIRST)
        assert sticks_out(phone) == 0, step.code
    assert max(ends.values()) <= PHONE["height"], ends
    assert violations(phone) == []


@pytest.mark.parametrize("page_of", ["materials", "check", "declare"])
def test_the_last_steps_show_what_they_are_about_on_the_first_screen(phone: Page, live_server, page_of: str):
    draft = a_draft(by=a_worker_user())
    phone.goto(f"{live_server.url}/portal/apply/{draft.token}/{page_of}/")
    assert bottom(phone, "main :is(.gj-paper, .gj-panel h2, form .form-check)") <= PHONE["height"]


def test_where_is_my_case_says_what_is_to_do_and_until_when_on_the_first_screen(phone: Page, live_server):
    with moment.fixed(MONDAY):
        case, _ = a_case_to_supplement()
        phone.goto(f"{live_server.url}/portal/case/{case.number}/")
        assert bottom(phone, ".gj-promise") <= PHONE["height"]
        assert bottom(phone, ".gj-next-mine") <= PHONE["height"]
        assert bottom(phone, ".gj-next-mine ~ .gj-buttons .btn") <= PHONE["height"]
    assert violations(phone) == []
