"""A recognition walked page by page from the application on, each step by who handles it; shared by the journeys in a browser."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user
from gongjian.applications.models import Draft
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import sign_in
from gongjian.materials.catalog import KINDS
from gongjian.materials.tests.builders import a_picture
from gongjian.portal.tests.test_recognition_in_browser import ONWARD, WRITTEN
from gongjian.recognition.models import Decision
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_colleague,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
    told,
)


def at(page: Page, site: str, user: User, case: Case, name: str) -> None:
    """As somebody, on a page of the case."""
    sign_in(page, site, user)
    page.goto(f"{site}/recognition/{case.number}/{name}")


def a_scan(number: int) -> dict[str, Any]:
    """A page as a scanner hands it over."""
    return {"name": f"{number}.png", "mimeType": "image/png", "buffer": a_picture(number).read()}


def entered(page: Page, site: str, **changes: Any) -> Case:
    """The clerk types in the paper application, scans its papers and notes the day on which it came."""
    a_bureau()
    sign_in(page, site, the_clerk())
    page.goto(f"{site}/portal/window/recognition/")
    page.get_by_role("button", name="新录一份").click()
    for name, answer in told(**changes).items():
        _answer(page, name, answer)
    page.get_by_role("button", name="保存，下一步：扫描材料").click()
    token = Draft.objects.latest("pk").token
    expect(page).not_to_have_url(f"{site}{reverse('portal:window', args=[token])}")
    for number, kind in enumerate(PAPERS):
        page.goto(f"{site}{reverse('portal:paper', args=[token, kind])}")
        page.locator("input[type=file]").set_input_files(a_scan(90 + number))
        page.get_by_role("button", name="上传", exact=True).click()
        expect(page.get_by_text("已收下1个文件")).to_be_visible()
    page.goto(f"{site}{reverse('portal:declare', args=[token])}")
    page.locator("[name=received_on]").fill(MONDAY.date().isoformat())
    page.get_by_role("button", name="登记，出具回执").click()
    expect(page).to_have_url(re.compile("receipt"))
    return Case.objects.latest("pk")


def _answer(page: Page, name: str, answer: Any) -> None:
    """Give one answer, as its field takes it."""
    field = page.locator(f"main [name={name}]")
    if isinstance(answer, list) or field.first.get_attribute("type") == "radio":
        for each in [answer] if isinstance(answer, str) else answer:
            box = page.locator(f"[name={name}][value='{each}']")
            if not box.is_visible():
                page.locator("details", has=box).locator("summary").click()
            box.check()
    elif isinstance(answer, bool) and field.get_attribute("type") == "checkbox":
        field.set_checked(answer)
    elif field.evaluate("e => e.tagName") == "SELECT":
        field.select_option({True: "yes", False: "no"}.get(answer, answer))
    else:
        field.fill(answer.isoformat() if isinstance(answer, date) else answer)


def scanned(page: Page, site: str, by: User, case: Case, kinds: Iterable[str]) -> None:
    """One page of each of these papers is scanned by whose step it is."""
    at(page, site, by, case, "scan")
    for number, kind in enumerate(kinds):
        page.locator("[name=kind]").select_option(kind)
        page.locator("[name=scans]").set_input_files([a_scan(90 + number)])
        page.get_by_role("button", name="保存材料").click()
        expect(page.locator("section", has=page.locator("#held-h"))).to_contain_text(KINDS[kind].title)


def applied_online(page: Page, site: str, written: Mapping[str, Mapping[str, str]]) -> Case:
    """The worker writes every step and hands in; written: step → label → what is typed otherwise."""
    a_bureau()
    sign_in(page, site, a_worker_user())
    page.goto(f"{site}/portal/apply/for/recognition/")
    page.get_by_role("button", name="开始申请").click()
    page.get_by_label("工伤职工本人").check()
    page.get_by_role("button", name=ONWARD).click()
    for step in STEPS.filled_in[1:]:
        expect(page.get_by_role("heading", level=1, name=step.title)).to_be_visible()
        for label, text in {**WRITTEN[step.code], **written.get(step.code, {})}.items():
            page.get_by_label(label, exact=False).first.fill(text)
        if step.code == "injury":
            page.get_by_label("事故伤害").check()
        page.get_by_role("button", name=ONWARD).click()
    page.get_by_role("link", name="受伤后的诊断证明书").click()
    page.locator("input[type=file]").set_input_files(a_scan(1))
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已收下1个文件")).to_be_visible()
    page.get_by_role("link", name="完成，返回").click()
    page.get_by_role("link", name="下一步：核对").click()
    page.get_by_role("link", name="没有错，下一步").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", level=1, name="申请已收到")).to_be_visible()
    return Case.objects.latest("pk")


def accepted(page: Page, site: str) -> Case:
    """The window types the application in, looks its papers through and accepts."""
    case = entered(page, site)
    at(page, site, the_clerk(), case, "check")
    expect(page.get_by_role("heading", name="时限、管辖和责任单位")).to_be_visible()
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("已受理，受理决定书已发给申请人和用人单位。")).to_be_visible()
    return case


def begun(page: Page, site: str, case: Case, ground: str = "") -> None:
    """Two investigators begin, on the simple track where its ground is told."""
    a_colleague()
    at(page, site, an_investigator(), case, "start")
    page.get_by_label("访青", exact=False).check()
    page.get_by_label("适用简易程序的理由").fill(ground)
    page.get_by_role("button", name="开始调查核实").click()
    expect(page.get_by_text("已开始调查核实。")).to_be_visible()


def drafted(page: Page, site: str, case: Case) -> None:
    """The investigator drafts: the sentence without a ground is held back, with its paper it goes to the reviewer."""
    at(page, site, an_investigator(), case, "draft")
    page.locator("[name=outcome]").select_option("recognised")
    page.locator("[name=heads][value='14-1']").check()
    page.get_by_role("textbox", name="受伤害部位").fill("右手示指")
    page.get_by_label("医疗救治的基本情况和诊断结论").fill("诊断为右手示指离断伤。")
    page.locator("[name=fact_1]").fill("2026年2月10日，林知远在二车间更换刀具时右手受伤。")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("还有1句没有依据")).to_be_visible()
    handed_on(page)


def handed_on(page: Page) -> None:
    """The first sentence rests on a paper, and the draft goes to the reviewer."""
    page.locator("[name=rests_1]").select_option(index=1)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="送复核").click()
    expect(page.get_by_text("已送复核。")).to_be_visible()


def decided(page: Page, site: str, case: Case) -> Decision:
    """Another one reviews, a third one signs."""
    at(page, site, the_reviewer(), case, "review")
    page.get_by_role("button", name="同意，转签发").click()
    expect(page.get_by_text("已复核，转签发。")).to_be_visible()
    at(page, site, the_signer(), case, "sign")
    page.get_by_role("button", name="签发决定书").click()
    expect(page.get_by_text("决定书已签发")).to_be_visible()
    return Decision.objects.get(case=case)
