"""An employer applies for three workers with one table, in a real browser: one row is mended, papers are added, all are handed in."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gongjian.applications.actions.filing import hand_in_declared
from gongjian.applications.models import Draft, Filing
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.tests.builders import MONDAY, a_bureau
from gongjian.recognition.tests.tables import ONCE, a_line, the_boss

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
TYPED = {
    "经办人姓名": "周若岚",
    "用人单位名称": ONCE["employer"]["employer_name"],
    "收件人手机号": "19900000002",
    "送达地址": "云溪市工业大道8号",
}


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def sends(page: Page, table: Path) -> None:
    """Tell the employer once, and send the table in."""
    for label, text in TYPED.items():
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_label("收件人", exact=True).fill("周若岚")
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="上传并逐行检查").click()


def test_an_employer_applies_for_three_with_one_table(page: Page, live_server, tmp_path: Path):
    a_bureau()
    sign_in(page, live_server.url, the_boss())
    page.goto(f"{live_server.url}/portal/apply/for/recognition/")
    page.get_by_role("link", name="用表格批量填写").click()
    looked_at(page, page.url)
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载模板（.xlsx）").click()
    table = tmp_path / "名单.xlsx"
    taken.value.save_as(table)
    book = load_workbook(table)
    for line, cells in enumerate((a_line(1), a_line(2), a_line(3, telephone="123", injured_on="三月二日")), start=2):
        for column, value in enumerate(cells, start=1):
            book.worksheets[0].cell(line, column, value or None)
    book.save(table)
    sends(page, table)
    expect(page.get_by_role("heading", name="1行要改正")).to_be_visible()
    expect(page.get_by_text("日期看不懂，请写成2026-03-02这样。")).to_be_visible()
    looked_at(page, page.url)

    with page.expect_download() as taken:
        page.get_by_role("link", name="下载要改正的行").click()
    taken.value.save_as(table)
    book = load_workbook(table)
    book.worksheets[0].cell(2, 4, "19900000001")
    book.worksheets[0].cell(2, 10, "2026-02-10")
    book.save(table)
    page.get_by_role("link", name="上传改好的表格").click()
    sends(page, table)
    expect(page.get_by_role("heading", name="1名职工")).to_be_visible()
    assert Draft.objects.count() == 3

    page.goto(f"{live_server.url}/portal/tables/{Filing.objects.earliest('pk').token}/")
    for number in range(2):
        page.get_by_role("link", name="材料和内容").nth(number).click()
        page.get_by_role("link", name="受伤后的诊断证明书").click()
        picture = {"name": "photo.png", "mimeType": "image/png", "buffer": a_picture(number).read()}
        page.locator("input[type=file]").set_input_files(picture)
        page.get_by_role("button", name="上传", exact=True).click()
        expect(page.get_by_text("已收下1个文件")).to_be_visible()
        page.get_by_role("link", name="完成，返回").click()
        page.get_by_role("link", name="回到批量申请的名单").click()
        expect(page.get_by_text("可以提交").first).to_be_visible()
    looked_at(page, page.url)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="提交2件申请").click()
    expect(page.get_by_text("已收到2人的申请")).to_be_visible()
    hand_in_declared()
    page.reload()
    page.get_by_role("link", name="看回执").first.click()
    expect(page.get_by_role("heading", level=1, name="申请已收到")).to_be_visible()
    assert Case.objects.count() == 2
