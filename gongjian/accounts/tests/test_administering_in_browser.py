"""The administrator's pages in a real browser: found, done, nothing sticks out, nothing serious for a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.entrance import has_second
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, an_administrator
from gongjian.accounts.tests.test_administering import a_browser, bound
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lost_second_factor_is_taken_off_at_every_width(page: Page, live_server):
    clerk = bound(a_clerk())
    a_reviewer()
    cookie = a_browser(an_administrator()).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    found = complaints(page)
    for address in ("/account/colleagues/", f"/account/colleagues/{clerk.pk}/second-factor/"):
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            assert sticks_out(page) == 0, f"{address} at {width}"
        assert violations(page) == [], address
    page.get_by_role("button", name="解除第二重验证").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert violations(page) == []
    page.get_by_label("手机或者验证器遗失").check()
    page.get_by_label("已当面核验本人身份").check()
    page.get_by_role("button", name="解除第二重验证").click()
    expect(page.get_by_text("本人已收到通知")).to_be_visible()
    assert not has_second(clerk)
    assert found == []
