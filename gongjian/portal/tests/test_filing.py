"""Applying for many at once on the employer's pages: the template, the table, the rows to mend, the people, handing in."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_outsider
from gongjian.applications.actions.filing import hand_in_declared
from gongjian.applications.models import Draft, Filing
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import Allowance
from gongjian.kernel.sheets import MOST_BYTES
from gongjian.kernel.tests.test_sheets import swelling
from gongjian.parties.tests.builders import an_employer
from gongjian.portal.tests.builders import an_upload, signed_in_as, text_of
from gongjian.portal.views import filing as views
from gongjian.recognition.sheet import ASKED
from gongjian.recognition.tests.builders import MONDAY, a_bureau
from gongjian.recognition.tests.tables import ONCE, a_filing, a_line, a_table, the_boss, with_papers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
START = reverse("portal:filing_start")


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def boss() -> Client:
    a_bureau()
    return signed_in_as(the_boss())


def once() -> dict[str, str]:
    told = {name: value for fields in ONCE.values() for name, value in fields.items() if name != "capacity" and value}
    return {**told, "electronic_consent": "on"}


def sent(client: Client, table: BytesIO | bytes, **changes: Any) -> Any:
    content = table if isinstance(table, bytes) else table.read()
    return client.post(START, {**once(), **changes, "sheet": SimpleUploadedFile("名单.xlsx", content)})


def place(filing: Filing, name: str = "filing") -> str:
    return reverse(f"portal:{name}", args=[filing.token])


def test_the_beginning_of_a_recognition_leads_employers_to_the_table():
    assert START in text_of(boss().get(reverse("portal:begin", args=["recognition"])))
    assert START not in text_of(boss().get(reverse("portal:begin", args=["appraisal"])))


def test_the_template_is_a_spreadsheet_with_its_columns():
    answer = boss().get(reverse("portal:filing_template"))
    assert answer["Content-Type"] == views.XLSX
    assert answer["Cache-Control"] == "no-store, private"
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [each.title for each in ASKED]


def test_a_table_is_sent_in_and_its_page_tells_each_person_and_each_row_to_mend():
    client = boss()
    answer = sent(client, a_table(a_line(1), a_line(2, telephone="123", parts="右手食指"), a_line(3)))
    filing = Filing.objects.get()
    assert answer["Location"] == place(filing)
    page = text_of(client.get(place(filing)))
    assert "1行要改正" in page
    assert "第3行" in page
    assert "<strong>职工手机号：</strong>" in page
    assert "不是部位名称" in page
    assert "新生成2份草稿" in page
    assert "还没有材料2件" in page
    assert "一次全部提交" not in page
    draft = Draft.objects.order_by("pk").first()
    assert reverse("portal:materials", args=[draft.token]) in page
    assert draft.told["address"]["electronic_consent"] is True
    assert "1行要改正" in text_of(client.get(START))


def test_the_rows_to_mend_come_back_as_a_table_mended_and_sent_again_they_are_drafts():
    client = boss()
    sent(client, a_table(a_line(1), a_line(2, telephone="123")))
    filing = Filing.objects.get()
    sheet = load_workbook(BytesIO(client.get(place(filing, "filing_wrong")).content)).worksheets[0]
    assert "职工手机号" in str(sheet.cell(2, len(ASKED) + 1).value)
    sheet.cell(2, 4, "19900000001")
    out = BytesIO()
    sheet.parent.save(out)
    sent(client, out.getvalue())
    assert Draft.objects.count() == 2
    client.post(place(filing, "filing_forget"))
    assert "要改正" not in text_of(client.get(place(filing)))


def test_the_same_table_again_says_that_its_people_are_there_already():
    client = boss()
    for _ in range(2):
        sent(client, a_table(a_line(1)))
    page = text_of(client.get(place(Filing.objects.latest("pk"))))
    assert "没有重复建立" in page
    assert "新生成0份草稿" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0 old or locked", "不是 .xlsx 表格"),
        ("姓名,证件号码".encode(), "不是 .xlsx 表格"),
        (b"x" * (MOST_BYTES + 1), "文件超过5MB"),
        (swelling(61 * 1024 * 1024).getvalue(), "文件解开后过大"),
    ],
    ids=["xls", "csv", "large", "bomb"],
)
def test_a_file_that_is_no_table_is_refused_at_its_field_and_what_was_typed_stays(content: bytes, told: str):
    answer = sent(boss(), content)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "云溪市工业大道8号" in text_of(answer)
    assert not Filing.objects.exists()


def test_what_the_employer_tells_once_is_checked_by_the_same_rules():
    answer = sent(boss(), a_table(a_line(1)), delivery_telephone="12", employer_name="", credit_code="9" * 19)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "这一项要填写" in page
    assert "最多18位" in page
    assert "依据：令8 第十九条第（一）项" in page
    assert not Draft.objects.exists()


def test_an_employers_verified_account_is_not_asked_for_what_is_known():
    employer = an_employer()
    employer.credit_code = "91990100MA0000001X"
    employer.save()
    client = boss()
    employer.users.add(the_boss())
    page = text_of(client.get(START))
    assert "91990100MA0000001X" in page
    assert "云溪市工业大道8号" in page


def test_without_a_bureau_the_page_sends_to_the_window_and_takes_no_table():
    client = signed_in_as(the_boss())
    assert "受理窗口" in text_of(sent(client, a_table(a_line(1))))
    assert not Filing.objects.exists()


def test_a_clerk_and_a_stranger_have_no_table_here():
    filing = a_filing(a_line(1))
    assert signed_in_as(a_clerk()).get(START).status_code == 403
    stranger = signed_in_as(an_outsider())
    for name in ("filing", "filing_wrong"):
        assert stranger.get(place(filing, name)).status_code == 404
    for name in ("filing_forget", "filing_hand_in"):
        assert stranger.post(place(filing, name), {"truthful": "on"}).status_code == 404
    assert Draft.objects.get().declared_at is None


def test_tables_come_only_so_often_in_an_hour(monkeypatch):
    monkeypatch.setattr(views, "TABLES", Allowance("tables", most=1, seconds=3600))
    client = boss()
    sent(client, a_table(a_line(1)))
    answer = sent(client, a_table(a_line(2)))
    assert answer.status_code == 422
    assert "一小时内上传的表格太多" in text_of(answer)
    assert Filing.objects.count() == 1


def test_papers_are_added_for_each_person_on_the_pages_of_that_application():
    client = boss()
    filing = a_filing(a_line(1))
    draft = Draft.objects.get()
    papers = text_of(client.get(reverse("portal:materials", args=[draft.token])))
    assert place(filing) in papers
    client.post(reverse("portal:paper", args=[draft.token, "medical_diagnosis"]), {"files": [an_upload(1)]})
    assert place(filing) in text_of(client.get(reverse("portal:check", args=[draft.token])))
    assert "可以提交1件" in text_of(client.get(place(filing)))


def test_one_is_handed_in_by_itself_and_its_receipt_stands_in_the_list():
    filing = a_filing(a_line(1), a_line(2))
    draft = with_papers(filing)[0]
    client = boss()
    client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    page = text_of(client.get(place(filing)))
    assert reverse("portal:receipt", args=[Case.objects.get().number]) in page
    assert "已提交1件" in page


def test_all_are_handed_in_with_one_declaration_and_each_has_its_receipt():
    filing = a_filing(a_line(1), a_line(2))
    with_papers(filing)
    client = boss()
    assert "请先勾选承诺" in text_of(client.post(place(filing, "filing_hand_in"), follow=True))
    assert not Draft.objects.exclude(declared_at=None).exists()
    page = text_of(client.post(place(filing, "filing_hand_in"), {"truthful": "on"}, follow=True))
    assert "已收到2人的申请" in page
    assert "正在出具回执2件" in page
    assert "收到的时间以提交时为准" in page
    waiting = Draft.objects.order_by("pk")[0]
    assert client.get(reverse("portal:materials", args=[waiting.token])).status_code == 422
    hand_in_declared()
    page = text_of(client.get(place(filing)))
    for case in Case.objects.all():
        assert reverse("portal:receipt", args=[case.number]) in page
        assert "2026年3月2日 09:30" in text_of(client.get(reverse("portal:receipt", args=[case.number])))


def test_nobody_with_a_paper_is_told_in_words():
    filing = a_filing(a_line(1))
    answer = boss().post(place(filing, "filing_hand_in"), {"truthful": "on"})
    assert answer.status_code == 422
    assert "每人至少要先上传一份材料" in text_of(answer)


def test_one_person_is_put_away_and_the_list_comes_back():
    filing = a_filing(a_line(1), a_line(2))
    draft = Draft.objects.order_by("pk")[0]
    answer = boss().post(reverse("portal:drop", args=[draft.token]), {"filing": filing.token})
    assert answer["Location"] == place(filing)
    assert "1名职工" in text_of(boss().get(place(filing)))


def test_a_table_of_which_nothing_is_left_says_so():
    filing = a_filing(a_line(1, telephone="123"))
    client = boss()
    client.post(place(filing, "filing_forget"))
    assert "这张表格里没有要办的了" in text_of(client.get(place(filing)))


def test_a_list_of_sixty_is_shown_page_by_page_with_a_fixed_number_of_statements(django_assert_max_num_queries):
    small, large = a_filing(a_line(1)), a_filing(*(a_line(number) for number in range(1, 61)))
    client = boss()
    with django_assert_max_num_queries(22):
        client.get(place(small))
    with django_assert_max_num_queries(22):
        page = text_of(client.get(place(large)))
    assert "第1页，共2页" in page
    assert "第62行" not in page
    assert "第61行" in text_of(client.get(place(large), {"page": 2}))


def test_the_first_page_says_how_many_of_a_table_are_not_handed_in():
    a_filing()
    assert "批量申请：还有2人没有提交" in text_of(boss().get(reverse("portal:home")))


def test_who_never_files_in_tables_meets_none_on_the_first_page():
    a_bureau()
    assert "批量" not in text_of(signed_in_as(a_worker_user()).get(reverse("portal:home")))
