"""The pages of the archives in a real browser, at three widths; and two archivists who press at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from gongjian.accounts.tests.builders import an_archivist
from gongjian.appraisal.states import State
from gongjian.archives.actions import archive
from gongjian.archives.models import Archive
from gongjian.archives.tests.builders import an_archive, an_ended_case
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations
from gongjian.papers.models import Paper

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(page: Page, address: str) -> None:
    client = Client()
    client.force_login(an_archivist(), backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_every_page_is_fit_for_every_width_and_every_reader(page: Page, live_server, width: int):
    closed, waiting, lacking = an_archive(an_ended_case()), an_ended_case(), an_ended_case(State.EFFECTIVE)
    found = complaints(page)
    signed_in(page, live_server.url)
    page.set_viewport_size({"width": width, "height": 900})
    addresses = [reverse("archives:list"), reverse("archives:waiting")]
    addresses += [reverse("archives:case", args=[case.number]) for case in (closed.case, waiting, lacking)]
    wrong: list[object] = []
    for address in addresses:
        page.goto(live_server.url + address)
        wrong += [(address, each) for each in violations(page)]
        wrong += [(address, "sticks out")] * (sticks_out(page) > 0)
    assert (wrong, found) == ([], [])


@pytest.mark.parametrize("width", [360, 1440])
def test_a_file_is_looked_for_in_a_field_one_can_see_and_type_in(page: Page, live_server, width: int):
    closed = an_archive(an_ended_case())
    signed_in(page, live_server.url)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + reverse("archives:list"))
    field, button = (
        page.locator("main").get_by_label("案号、姓名或证件号"),
        page.locator("main").get_by_role("button", name="查找"),
    )
    field.click()
    page.keyboard.type("no such file")
    button.click()
    page.get_by_text("没有找到").wait_for()
    field.fill(closed.case.number)
    button.click()
    page.locator("main").get_by_role("link", name=closed.case.number).wait_for()


def test_a_file_is_closed_borrowed_and_downloaded_with_the_keyboard_alone(page: Page, live_server):
    case = an_ended_case()
    signed_in(page, live_server.url)
    page.goto(live_server.url + reverse("archives:waiting"))
    page.get_by_role("link", name=case.number).press("Enter")
    page.get_by_role("button", name="归档", exact=True).press("Enter")
    page.get_by_text("已归档，共").wait_for()
    page.get_by_label("用途").select_option("court")
    page.get_by_label("事由").fill("行政复议调阅")
    page.get_by_role("button", name="登记调阅").press("Enter")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载归档包").press("Enter")
    assert waiting.value.suggested_filename == f"归档包 {case.number}.zip"


def test_of_two_who_press_at_once_one_closes_the_file():
    case = an_ended_case()

    def press(_: int) -> bool:
        try:
            archive(Case.objects.get(pk=case.pk), by=an_archivist())
        except MoveNotAllowed:
            return False
        finally:
            connections.close_all()
        return True

    an_archivist()
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(press, range(3)))
    assert (sum(done), Archive.objects.count(), Paper.objects.filter(kind="dossier_index").count()) == (1, 1, 1)
