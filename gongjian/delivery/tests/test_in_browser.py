"""The pages of conclusion and delivery in a real browser: nothing sticks out on a phone, nothing serious for a screen reader."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_office,
    the_signer,
)
from gongjian.appraisal.actions import accept
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import a_concluded_case, a_reviewed_case, an_opined_case, another_person
from gongjian.delivery.actions import correct, post, publish_notice
from gongjian.delivery.models import Delivery
from gongjian.delivery.tests.builders import a_scan, deliveries_of, served, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations
from gongjian.sittings.tests.test_pages import as_

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (360, 768, 1440)


@pytest.fixture(autouse=True)
def today():
    with moment.fixed(moment.at(date(2026, 4, 20))):
        yield


def sign_in(page: Page, site: str, user: User) -> None:
    cookie = as_(user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def looked_at(page: Page, address: str) -> None:
    """Open a page at every width: nothing sticks out, axe finds nothing, the console complains of nothing."""
    found = complaints(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert sticks_out(page) == 0, f"{address} at {width}"
    assert violations(page) == [], address
    assert found == [], address


def test_the_pages_of_reviewer_and_signer(page: Page, live_server):
    site = live_server.url
    opined = an_opined_case(person=another_person(1), recognised_parts=["030:left"])
    reviewed = a_reviewed_case(person=another_person(2), note="已核对")
    sign_in(page, site, a_reviewer())
    for address in ("/conclusions/review/", f"/conclusions/review/{opined.number}/"):
        looked_at(page, site + address)
    sign_in(page, site, the_signer())
    for address in ("/conclusions/sign/", f"/conclusions/sign/{reviewed.number}/"):
        looked_at(page, site + address)


def test_many_are_signed_while_the_page_shows_how_far_it_is(page: Page, live_server):
    for serial in range(1, 13):
        a_reviewed_case(person=another_person(serial))
    sign_in(page, live_server.url, the_signer())
    page.goto(f"{live_server.url}/conclusions/sign/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="签发勾选的案件").click()
    expect(page.get_by_text("已全部办完，共12件")).to_be_visible(timeout=60_000)
    assert Conclusion.objects.count() == 12
    assert violations(page) == []


def test_the_pages_of_delivery(page: Page, live_server):
    worker, employer = two_deliveries()
    other, posted = two_deliveries(person=another_person(2))
    clerk = a_delivery_clerk()
    served(worker, date(2026, 4, 15))
    correct(worker, on=date(2026, 4, 14), reason="看错", by=clerk)
    publish_notice(other, reason="下落不明", whereabouts_unknown=True, by=clerk)
    batch = post(an_office(), [posted.pk], by=clerk)
    sign_in(page, live_server.url, clerk)
    own = f"/delivery/{employer.pk}"
    addresses = ["/delivery/", "/delivery/post/", f"/delivery/post/{batch.pk}/", f"{own}/", f"{own}/record/left"]
    addresses += [
        f"{own}/notice",
        f"{own}/address",
        f"/delivery/{worker.pk}/",
        f"/delivery/cases/{worker.case.number}/",
    ]
    for address in addresses:
        looked_at(page, live_server.url + address)


def test_a_service_is_recorded_with_its_scan(page: Page, live_server):
    worker, _ = two_deliveries()
    sign_in(page, live_server.url, a_delivery_clerk())
    page.goto(f"{live_server.url}/delivery/{worker.pk}/")
    page.get_by_role("link", name="已送达 ：直接送达").click()
    page.get_by_label("签收人").fill("林知远")
    page.get_by_label("与受送达人的关系").select_option(label="本人")
    page.get_by_label("核验身份的方式").fill("居民身份证原件")
    page.get_by_label("送达人（两名）").fill("宋达、陈晓窗")
    scan = {"name": "回证.png", "mimeType": "image/png", "buffer": a_scan().stream.read()}
    page.get_by_label("送达凭证").set_input_files(scan)  # type: ignore[arg-type]
    page.get_by_role("button", name="记录已送达").click()
    expect(page.get_by_text("已记录直接送达")).to_be_visible()
    assert Delivery.objects.get(pk=worker.pk).served_on == date(2026, 4, 20)


def test_the_pages_of_the_parties(page: Page, live_server):
    worker, employer = deliveries_of(a_concluded_case())
    address = f"{live_server.url}/delivery/cases/{worker.case.number}/mine"
    sign_in(page, live_server.url, a_worker_user())
    looked_at(page, address)
    sign_in(page, live_server.url, an_employer_user())
    looked_at(page, address)
    page.get_by_role("button", name="同意电子送达，现在就收").click()
    expect(page.get_by_text("已送达（电子送达）")).to_be_visible()
    assert Delivery.objects.get(pk=employer.pk).served_on == date(2026, 4, 20)


def test_the_public_pages(page: Page, live_server):
    worker, employer = two_deliveries()
    publish_notice(worker, reason="下落不明", whereabouts_unknown=True, by=a_delivery_clerk())
    code = employer.paper.check_code
    for address in ("/check/", f"/check/{code}", "/notices/"):
        looked_at(page, live_server.url + address)
    page.goto(f"{live_server.url}/check/")
    page.get_by_label("查验码").fill(f"{code[:4]} {code[4:8]} {code[8:]}".lower())
    page.get_by_role("button", name="查验", exact=True).click()
    expect(page.get_by_text(employer.paper.number)).to_be_visible()


def test_art_10_the_pages_of_a_printed_notice(page: Page, live_server, home):
    with moment.fixed(MONDAY):
        case = a_submitted_case(address={"electronic_consent": False})
        accept(case, by=a_clerk())
    row = Delivery.objects.get(case=case)
    sign_in(page, live_server.url, a_delivery_clerk())
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="送达纸质通知书").click()
    page.get_by_role("link", name="办理送达").click()
    expect(page.get_by_text("受理通知书")).to_be_visible()
    for address in (
        f"/delivery/cases/{case.number}/",
        f"/delivery/{row.pk}/",
        "/delivery/",
        "/delivery/post/",
        "/desk/",
    ):
        looked_at(page, live_server.url + address)
    sign_in(page, live_server.url, a_worker_user())
    looked_at(page, f"{live_server.url}/delivery/cases/{case.number}/mine")
