"""Another city is asked in the browser, accepts and answers in the browser, and the decision rests on what it found."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gongjian.delivery.tests.test_in_browser import sign_in
from gongjian.exchange.models import Matter, Peer
from gongjian.exchange.tests.builders import DUE, SCOPE, an_investigator_there, delivered, the_other_end, two_cities
from gongjian.kernel import moment
from gongjian.recognition.models import Support
from gongjian.recognition.tests.builders import MONDAY, an_investigated_case, an_investigator
from gongjian.recognition.tests.walking import a_scan, at, decided

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
HOUR = timedelta(hours=1)
FOUND = "路口当日封闭，当班人员证实他在途中受伤。"


def asked(page: Page, site: str, number: str, there: Peer) -> Matter:
    """The investigator asks from the case, with the name alone."""
    page.goto(f"{site}/exchange/cases/{number}/ask")
    page.locator("[name=peer]").select_option(value=str(there.pk))
    page.get_by_label("需要核实的事项").fill(SCOPE)
    page.get_by_label("请在这一日前答复").fill(DUE.isoformat())
    page.get_by_label("职工姓名").check()
    page.get_by_role("button", name="签名并发送").click()
    expect(page.get_by_text("协助调查函已签名，正在发送。")).to_be_visible()
    return Matter.objects.get()


def answered(page: Page, site: str, matter: Matter) -> None:
    """The other city's investigator takes it on and answers with a record."""
    page.goto(f"{site}/exchange/incoming/")
    page.goto(f"{site}/exchange/incoming/{matter.pk}")
    expect(page.get_by_text(SCOPE)).to_be_visible()
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("已受理，正在告知委托机构。")).to_be_visible()
    page.goto(f"{site}/exchange/incoming/{matter.pk}/answer")
    page.get_by_label("调查情况").fill(FOUND)
    page.get_by_label("证明材料").set_input_files(a_scan(77))
    page.get_by_role("button", name="签名并发送").click()
    expect(page.get_by_text("答复已签名，正在发送。")).to_be_visible()


def test_order_8_art_14_another_city_is_asked_answers_and_the_decision_rests_on_its_papers(page: Page, live_server):
    site, case = live_server.url, an_investigated_case()
    there, _ = two_cities()
    with moment.fixed(MONDAY):
        sign_in(page, site, an_investigator())
        matter = asked(page, site, case.number, there)
    delivered()
    with moment.fixed(MONDAY + HOUR):
        sign_in(page, site, an_investigator_there())
        answered(page, site, the_other_end(matter))
    delivered(after=2 * HOUR)
    with moment.fixed(MONDAY + 3 * HOUR):
        sign_in(page, site, an_investigator())
        page.goto(f"{site}/exchange/cases/{case.number}/")
        expect(page.get_by_text(FOUND)).to_be_visible()
        page.get_by_role("button", name="查收答复，收入案卷").click()
        expect(page.get_by_text("已收入案卷的“调查取得的材料”")).to_be_visible()
        at(page, site, an_investigator(), case, "draft")
        page.locator("[name=outcome]").select_option("recognised")
        page.locator("[name=heads][value='14-1']").check()
        page.get_by_role("textbox", name="受伤害部位").fill("右手示指")
        page.get_by_label("医疗救治的基本情况和诊断结论").fill("诊断为右手示指离断伤。")
        page.locator("[name=fact_1]").fill("东岭市人力资源和社会保障局受托调查，当班人员证实他在途中受伤。")
        taken = case.materials.get(kind="investigation")
        page.locator("[name=rests_1]").select_option(value=f"material-{taken.pk}")
        page.get_by_role("button", name="保存草稿").click()
        page.get_by_role("button", name="送复核").click()
        expect(page.get_by_text("已送复核。")).to_be_visible()
        row = decided(page, site, case)
    [rest] = Support.objects.filter(sentence__proposal=row.proposal)
    assert rest.material == taken
    matter.refresh_from_db()
    assert matter.taken_on == MONDAY.date()
