"""Measuring in a real browser, on a tablet: a joint, an ear, an eye; the clause that follows, taken by one press; the seal."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.kernel.tests.browsing import violations
from gongjian.opinions.models import Opinion, OpinionDraft
from gongjian.opinions.tests.builders import the_experts
from gongjian.workbench.tests.test_browser import tablet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("exam_day")]
__all__ = ["tablet"]
EAR = {"500": ("45", "60"), "1000": ("50", "70"), "2000": ("55", "80")}


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    """Wait as long as the other tests of this room do: a busy machine is no fault."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=None)


def new_sheet(page: Page, place: int, words: str, title: str, kind: str) -> None:
    """Look for what to measure and begin its sheet."""
    page.locator(f"#finding-{place} button:has-text('测量')").last.click()
    expect(page.locator("#kind-q")).to_be_focused()
    page.keyboard.type(words)
    page.locator("#_kinds .btn", has_text=title).first.click()
    expect(page.locator(f"#finding-{place} input[value='{kind}']")).to_have_count(1)


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"#{name}", value)


def measure_the_knee(page: Page) -> None:
    page.select_option("#part-0", "143")
    page.select_option("#side-0", "left")
    page.fill("#injury-0", "左膝")
    new_sheet(page, 0, "gjgn", "关节功能", "joint")
    expect(page.locator("#sheet-0-0-joint")).to_have_value("knee")
    planes = {"flexion_deg": "45", "healthy_flexion_deg": "135", "extension_deg": "0", "healthy_extension_deg": "0"}
    fill(page, {f"sheet-0-0-{name}": value for name, value in planes.items()})
    expect(page.locator("#worked-0-0")).to_contain_text("丧失66.7%")


def test_an_expert_measures_takes_clauses_and_seals(tablet: Any) -> None:
    page, address, _ = tablet
    page.goto(address)
    measure_the_knee(page)
    page.locator("#candidates-0 .wb-option", has_text="5.6.2(25)").first.get_by_role("button").click()
    expect(page.locator("#clause-0 .wb-clause-chosen")).to_contain_text("5.6.2(25)")
    page.fill("#condition-0", "左膝活动重度受限")

    page.fill("#injury-1", "双耳")
    page.select_option("#part-1", "050")
    new_sheet(page, 1, "tl", "听力", "hearing")
    fill(
        page,
        {
            f"sheet-1-0-{ear}_{hertz}_db": told[n]
            for hertz, told in EAR.items()
            for n, ear in enumerate(("right", "left"))
        },
    )
    expect(page.locator("#worked-1-0")).to_contain_text("×4")
    page.locator("#candidates-1 .wb-option", has_text="5.8.2(34)").get_by_role("button").click()
    expect(page.locator("#clause-1 .wb-clause-chosen")).to_contain_text("5.8.2(34)")
    page.fill("#condition-1", "双耳听力下降")

    page.get_by_role("button", name="再加一项伤情").click()
    page.fill("#injury-2", "双眼")
    new_sheet(page, 2, "视力", "视力", "vision")
    fill(page, {"sheet-2-0-right_bcva": "3.6", "sheet-2-0-left_bcva": "4.7"})
    page.locator("label.wb-tick", has_text="五分").click()
    expect(page.locator("#worked-2-0")).to_contain_text("小数视力0.04")
    page.locator("#candidates-2 .wb-option", has_text="5.6.2(29)").get_by_role("button").click()
    expect(page.locator("#clause-2 .wb-clause-chosen")).to_contain_text("5.6.2(29)")
    page.fill("#condition-2", "双眼视力下降")
    assert page.locator("[name=grade]:checked").count() == 0

    page.locator("#grade label.wb-tick:has-text('六级')").click()
    page.locator("label:has-text('五项均不')").click()
    page.fill("#reason", "按测量和所选条款评定")
    page.fill("#explanation", "已核对，伤情均与本次工伤有关")
    for place in range(3):
        if page.locator(f"#outside_reason-{place}").count():
            page.fill(f"#outside_reason-{place}", "同一事故所致")
    page.get_by_role("button", name="核对并签名").click()
    expect(page.locator(".wb-read")).to_contain_text("丧失66.7%")
    expect(page.locator(".wb-read")).to_contain_text("÷5")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="签名并封存").click()
    expect(page.get_by_text("您的意见已签名封存")).to_be_visible()
    assert Opinion.objects.filter(assignment__user=the_experts(1)[0]).count() == 1


def test_a_bad_value_is_told_and_kept_until_it_is_mended(tablet: Any) -> None:
    page, address, _ = tablet
    page.goto(address)
    new_sheet(page, 0, "听力", "听力", "hearing")
    page.fill("#sheet-0-0-right_500_db", "999")
    expect(page.locator("#worked-0-0")).to_contain_text("-10至130")
    page.goto(address)
    expect(page.locator("#sheet-0-0-right_500_db")).to_have_value("999")
    expect(page.locator("#sheet-0-0-right_500_db")).to_have_attribute("aria-invalid", "true")
    page.fill("#sheet-0-0-right_500_db", "45")
    expect(page.locator("#worked-0-0")).not_to_contain_text("-10至130")
    assert OpinionDraft.objects.get().content["findings"][0]["sheets"][0]["values"]["right_500_db"] == 45


def test_only_the_planes_of_the_chosen_joint_are_asked(tablet: Any) -> None:
    page, address, _ = tablet
    page.goto(address)
    new_sheet(page, 0, "gjgn", "关节功能", "joint")
    page.select_option("#sheet-0-0-joint", "shoulder")
    expect(page.locator("#sheet-0-0-outward_deg")).to_be_visible()
    page.select_option("#sheet-0-0-joint", "knee")
    expect(page.locator("#sheet-0-0-outward_deg")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_measured_form_fits_its_screen_and_axe_finds_nothing_serious(tablet: Any, width: int) -> None:
    page, address, _ = tablet
    page.set_viewport_size({"width": width, "height": 1024})
    page.goto(address)
    measure_the_knee(page)
    page.goto(f"{address}?measure=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
