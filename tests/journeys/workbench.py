"""The experts' pages, as they go through them on a tablet."""

import re

from playwright.sync_api import expect

from gongjian.config.demo.cast import PASSWORD
from tests.journeys.people import Visitor

KEPT = re.compile("已自动保存")


def declares(at: Visitor, code: str) -> Visitor:
    """Say that nothing ties one to the parties; only then the papers open."""
    at.opens("workbench:home", picture="workbench-home").presses(code).sees("声明之前，本案的任何材料都不打开")
    at.looks("workbench-declare").ticks("我声明").presses("声明并开始检查")
    return at.sees("我的等级意见").looks("workbench-opinion")


def turns_the_papers(at: Visitor) -> Visitor:
    """Read on, and look closer."""
    at.page.locator("#_paper").get_by_role("link", name="下一页").click()
    expect(at.page.get_by_label("页码")).to_have_value("2")
    at.page.locator("#_paper").get_by_role("link", name="放大").click()
    expect(at.page.locator(".wb-zoom-2")).to_be_visible()
    return at.looks("workbench-paper")


def finds(at: Visitor, *, grade: str, search: str, clause: str) -> Visitor:
    """Write what was found, choose the clause by searching for it, and a grade."""
    at.fills("伤情", "骨折术后").fills("器官功能情况", "骨折愈合，关节活动轻度受限")
    at.fills("其他测量", "屈曲110°，伸0°，对侧屈曲135°，伸0°")
    side_and_part(at)
    at.page.locator(".wb-clause-acts button").first.click()
    at.page.get_by_label("查找条款").press_sequentially(search, delay=60)  # typed, as it is searched while one types
    option = at.page.locator(".wb-option", has_text=clause).first
    expect(option).to_be_visible()
    at.looks("workbench-clauses")
    option.get_by_role("button").click()
    expect(at.page.locator(".wb-clause-chosen", has_text=clause)).to_be_visible()
    return judges(at, grade)


def judges(at: Visitor, grade: str) -> Visitor:
    """Self-care, grade and reason."""
    at.ticks("五项均不需他人帮助").ticks(grade).fills("评定理由", "按检查所见和所选条款评定")
    with at.page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        at.fills("对下列提示的说明", f"已核对，{grade}与所选条款相符")
    assert kept.value.status == 200
    expect(at.page.locator("#saved")).to_have_text(KEPT)
    return at.looks("workbench-written")


def side_and_part(at: Visitor) -> Visitor:
    """The first recognised part, as the page lists it."""
    part = at.page.get_by_label("受伤部位")
    first = part.locator("optgroup").first.locator("option").first.get_attribute("value")
    part.select_option(value=str(first))
    return at


def seals(at: Visitor) -> Visitor:
    """Check, sign with one's own key, seal."""
    at.presses("核对并签名").sees("封存之后不能修改").looks("workbench-sign").fills("登录口令", PASSWORD)
    return at.presses("签名并封存").sees("签名封存。").looks("workbench-sealed")
