"""A kit in a real browser: taken out, without a line for hours, closed and opened again, sealed, brought back; and stolen, and run out."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD
from gongjian.kernel.tests.browsing import sticks_out, violations
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.states import Ending, Stage
from gongjian.kits.tests.builders import a_morning, a_visit, codes_of, members_of
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.opinions.models import Opinion
from gongjian.sittings.models import Sitting
from gongjian.sittings.tests.builders import MORNING
from gongjian.workbench.tests.builders import signed_in
from gongjian.workbench.tests.test_browser import in_a_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("morning")]
WRITTEN = "左小腿骨折愈合，膝关节活动轻度受限"
STORED = """async () => {
  const base = await new Promise((done) => { const asked = indexedDB.open("gongjian-kits", 1); asked.onsuccess = () => done(asked.result); });
  const all = (name) => new Promise((done) => { const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
  const found = {};
  for (const name of base.objectStoreNames) found[name] = await all(name);
  const plain = (key, value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder().decode(value) : value instanceof CryptoKey ? "A KEY" : value;
  const shelves = await caches.keys();
  const pages = (await Promise.all(shelves.map(async (name) => (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat();
  return { text: JSON.stringify(found, plain) + JSON.stringify(localStorage) + JSON.stringify(sessionStorage), counts: Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.length])), pages };
}"""
"""Everything that lies in the browser, read as somebody would who holds the device and not the code."""


@pytest.fixture
def tablet(live_server: Any, page: Any) -> Any:
    """The first expert at a tablet whose clock shows the morning of the sitting."""
    yield from at_a_tablet(live_server, page, in_a_thread(a_morning))


@pytest.fixture
def visiting(live_server: Any, page: Any) -> Any:
    """The same with an expert who goes on a home visit."""
    yield from at_a_tablet(live_server, page, in_a_thread(a_visit).sitting)


def at_a_tablet(live_server: Any, page: Any, sitting: Sitting) -> Any:
    user = members_of(sitting)[0]
    page.context.clock.set_fixed_time(MORNING)
    page.set_viewport_size({"width": 768, "height": 1024})
    signs_in(page, live_server.url, user)
    context = page.context
    yield page, live_server.url, codes_of(sitting), user
    for left in context.pages:
        left.goto("about:blank")  # no request may still write while the tables are emptied


def signs_in(page: Any, url: str, user: User) -> None:
    """In a session of its own."""
    session = in_a_thread(lambda: signed_in(user).cookies["sessionid"].value)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def takes_out(page: Any, url: str) -> str:
    """What the expert does at the base; the code that is shown once."""
    page.goto(f"{url}/kits/")
    page.get_by_label("登录口令").fill(PASSWORD)
    page.get_by_role("button", name="在这台设备上带走").click()
    expect(page.get_by_role("heading", name="已经放进这台设备")).to_be_visible()
    page.evaluate(
        "navigator.serviceWorker.getRegistration('/kits/device/').then((found) => new Promise((done) => { const look = () => (found.active?.state === 'activated' ? done() : setTimeout(look, 20)); look(); }))"
    )
    return str(page.locator("#code").inner_text())


def opens(page: Any, code: str) -> None:
    page.get_by_label("设备口令").fill(code)
    page.get_by_role("button", name="打开", exact=True).click()


def another_page(page: Any, url: str) -> Any:
    """The page is closed and opened again, as after hours in a bag."""
    context = page.context
    page.close()
    again = context.new_page()
    again.set_viewport_size({"width": 768, "height": 1024})
    again.goto(f"{url}/kits/device/")
    return again


def fills(page: Any, code: str) -> None:
    """The whole sheet of one examination."""
    page.get_by_role("listitem").filter(has_text=code).get_by_role("button", name="检查").click()
    page.get_by_label("伤情").fill("左胫腓骨骨折术后")
    page.get_by_label("器官功能情况").fill(WRITTEN)
    page.get_by_label("选条款").fill("骨折内固定 5.9.2(23)")
    page.locator(".kt-clauses button").first.click()
    page.get_by_label("五项均不需他人帮助").check()
    page.get_by_label("九级", exact=True).check()
    page.get_by_label("评定理由").fill("按所选条款评定")
    expect(page.get_by_text("已存入这台设备")).to_be_visible()


def photographs_and_signs(page: Any) -> None:
    page.get_by_label("拍一张").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": a_picture().read()}
    )
    expect(page.get_by_role("img", name="照片1")).to_be_visible()
    pad = page.get_by_role("img", name="签名处")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=6)
    page.mouse.up()
    page.get_by_role("button", name="存下签名").click()
    expect(page.get_by_role("img", name="签名1")).to_be_visible()


def seals(page: Any, code: str) -> None:
    page.get_by_role("button", name="核对并封存").click()
    expect(page.get_by_role("heading", name="签名封存")).to_be_visible()
    page.get_by_label("设备口令").fill(code)
    page.get_by_role("button", name="签名并封存").click()
    expect(page.get_by_text("意见已在这台设备上签名封存")).to_be_visible()


def test_l22_hours_without_a_network_come_back_whole_and_once(tablet):
    page, url, codes, user = tablet
    secret = takes_out(page, url)
    page.context.set_offline(True)
    page = another_page(page, url)
    opens(page, "WRONG CODE 22")
    expect(page.get_by_text("口令不对")).to_be_visible()
    opens(page, secret.lower())
    fills(page, codes[0])
    photographs_and_signs(page)
    page = another_page(page, url)
    opens(page, secret)
    expect(page.get_by_role("listitem").filter(has_text=codes[0])).to_contain_text("已填写")
    page.get_by_role("listitem").filter(has_text=codes[0]).get_by_role("button").click()
    assert page.get_by_label("器官功能情况").input_value() == WRITTEN
    assert (violations(page), sticks_out(page)) == ([], 0)
    seals(page, secret)
    page.context.set_offline(False)
    page.get_by_role("button", name="立即上传").click()
    expect(page.get_by_text("请先登录")).to_be_visible()
    assert (KitEvent.objects.count(), Opinion.objects.count()) == (0, 0)
    signs_in(page, url, user)
    page.get_by_role("button", name="立即上传").click()
    expect(page.get_by_text("已全部上传。")).to_be_visible()
    assert set(KitEvent.objects.values_list("stage", flat=True)) == {Stage.MERGED}
    page.get_by_role("button", name="立即上传").click()
    expect(page.get_by_text("已全部上传。")).to_be_visible()
    opinion = Opinion.objects.get()
    sealed = KitEvent.objects.get(kind="sealed")
    assert opinion.content_hash in sealed.told
    assert MaterialPage.objects.filter(material__kind="examination").count() == 2
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="交回工作包").click()
    expect(page.get_by_text("工作包已经交回")).to_be_visible()
    assert Kit.objects.get().ending == Ending.RETURNED
    assert set(page.evaluate(STORED)["counts"].values()) == {0}


def test_l22_a_stolen_device_shows_nothing_and_what_has_run_out_is_wiped_and_still_sent(tablet):
    page, url, codes, user = tablet
    secret = takes_out(page, url)
    page = another_page(page, url)
    page.context.set_offline(True)
    opens(page, secret)
    fills(page, codes[0])
    stolen = another_page(page, url)
    lies = stolen.evaluate(STORED)
    told = (WRITTEN, "左胫腓骨", "按所选条款", codes[0], secret, secret.replace(" ", ""), "A KEY", "认定", "expert")
    assert [word for word in told if word in lies["text"]] == []
    assert lies["counts"]["outgoing"] == lies["counts"]["records"] - 2 > 0
    kept = [path for path in lies["pages"] if not path.startswith("/static/")]
    assert kept == ["/kits/device/"]
    assert codes[0] not in stolen.content()
    for guess in ("", "2222 2222 2222", PASSWORD):
        opens(stolen, guess or " ")
        expect(stolen.get_by_text("口令不对")).to_be_visible()
    stolen.context.clock.set_fixed_time(MORNING + timedelta(hours=12))
    late = another_page(stolen, url)
    expect(late.get_by_text("已到期")).to_be_visible()
    late.context.clock.set_fixed_time(MORNING)
    late = another_page(late, url)
    expect(late.get_by_text("检查内容已经从这台设备上清除")).to_be_visible()
    assert late.get_by_label("设备口令").count() == 0
    assert late.evaluate(STORED)["counts"]["records"] == 0
    late.context.set_offline(False)
    signs_in(late, url, user)
    late = another_page(late, url)
    expect(late.get_by_text("已全部上传")).to_be_visible()
    assert KitEvent.objects.filter(stage=Stage.MERGED).exists()
    assert not KitEvent.objects.exclude(stage=Stage.MERGED).exists()


def test_l22_at_a_bedside_without_a_line_the_declaration_comes_first_and_what_was_sealed_waits_for_the_office(visiting):
    page, url, codes, user = visiting
    secret = takes_out(page, url)
    page.context.set_offline(True)
    page = another_page(page, url)
    opens(page, secret)
    page.get_by_role("listitem").filter(has_text=codes[0]).get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", name="回避声明")).to_be_visible()
    assert page.get_by_text("认定部位").count() == 0
    assert (violations(page), sticks_out(page)) == ([], 0)
    page.get_by_label("我声明").check()
    page.get_by_role("button", name="声明并开始检查").click()
    expect(page.get_by_text("认定部位")).to_be_visible()
    page.get_by_role("button", name="返回列表").click()
    fills(page, codes[0])
    seals(page, secret)
    page.context.set_offline(False)
    signs_in(page, url, user)
    page.get_by_role("button", name="立即上传").click()
    expect(page.get_by_text("已全部上传。")).to_be_visible()
    assert set(KitEvent.objects.values_list("stage", "refusal")) <= {("waiting", "kits.not_come_yet"), ("waiting", "")}
    assert KitEvent.objects.filter(kind="sealed").count() == 1
