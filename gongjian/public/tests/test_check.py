"""Anyone may check a paper, and learns nothing about anybody."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import Allowance
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.tests.pages import Page
from gongjian.papers.actions import supersede
from gongjian.papers.models import Paper
from gongjian.papers.tests.builders import a_receipt
from gongjian.papers.tests.issuing import an_issued_paper
from gongjian.public.allowance import FILES, UNKNOWN_CODES
from gongjian.public.views import check

pytestmark = pytest.mark.django_db
PERSONAL = ("林知远", "990101", "恒信", "示指", "九级", "柳桥路", "YXJD-2026")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    cache.clear()
    with moment.fixed(moment.at(date(2026, 3, 5))):
        yield
    cache.clear()


def the_bytes(paper: Paper) -> bytes:
    with open_evidence(paper.evidence) as file:
        return file.read()


def handed_in(client: Client, pdf: bytes, code: str = "") -> str:
    answer = client.post("/check/file/", {"file": SimpleUploadedFile("a.pdf", pdf), "code": code})
    return answer.content.decode()


def test_the_code_on_the_paper_tells_number_date_kind_office_and_hash(client: Client):
    paper = an_issued_paper(a_case())
    told = Page(client.get(f"/check/{paper.check_code}").content).one("main").text
    for fact in (paper.number, paper.title, paper.sha256, "云溪市劳动能力鉴定委员会", "2026年3月5日", "有效"):
        assert fact in told


@pytest.mark.parametrize("word", PERSONAL)
def test_the_check_page_reveals_nothing_personal(client: Client, word: str):
    paper = an_issued_paper(a_case())
    assert word not in client.get(f"/check/{paper.check_code}").content.decode()
    assert word not in handed_in(client, the_bytes(paper))


def test_the_page_needs_no_account_and_is_kept_by_nobody(client: Client):
    answer = client.get(f"/check/{an_issued_paper().check_code}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("typed", ["{0} {1} {2}", "{0}-{1}-{2}", "{0}{1}{2}"])
def test_a_typed_code_leads_to_the_paper(client: Client, typed: str):
    code = an_issued_paper().check_code
    asked = typed.format(code[:4], code[4:8], code[8:]).lower()
    answer = client.get("/check/", {"code": asked})
    assert answer["Location"] == f"/check/{code}"


def test_a_code_that_was_never_given_is_not_known(client: Client):
    answer = client.get("/check/0000-0000-0000")
    assert answer.status_code == 404
    assert "没有这个查验码" in answer.content.decode()


@pytest.mark.parametrize("address", ["/check/?code=abc", "/check/abc"])
def test_what_is_no_code_is_told_so_beside_the_field(client: Client, address: str):
    answer = client.get(address)
    page = Page(answer.content)
    assert answer.status_code == 422
    assert page.one("input", id="code")["aria-invalid"] == "true"
    assert "查验码应为12位" in page.one(id="code_error").text


def test_a_paper_that_was_replaced_says_by_which(client: Client):
    old, new = an_issued_paper(), an_issued_paper()
    supersede(old, new, by=None)
    told = client.get(f"/check/{old.check_code}").content.decode()
    assert "已被替代" in told
    assert new.number in told


@pytest.mark.usefixtures("home")
def test_the_original_file_is_recognised_with_its_signature(client: Client):
    told = handed_in(client, the_bytes(an_issued_paper()))
    assert "是原件" in told
    assert "电子签名有效，签名单位：云溪市劳动能力鉴定委员会" in told


def test_the_file_of_a_replaced_paper_is_recognised_but_no_longer_valid(client: Client):
    old, new = an_issued_paper(), an_issued_paper()
    supersede(old, new, by=None)
    assert "是原件，但已被替代" in handed_in(client, the_bytes(old))


def test_a_changed_file_is_not_the_paper_it_claims_to_be(client: Client):
    paper = an_issued_paper()
    pdf = bytearray(the_bytes(paper))
    pdf[len(pdf) // 3] ^= 1
    told = handed_in(client, bytes(pdf), code=paper.check_code)
    assert "不是原件" in told
    assert "没有完整有效的电子签名" in told


def test_another_paper_of_ours_is_shown_as_what_it_is(client: Client):
    asked, other = an_issued_paper(), an_issued_paper(paper=a_receipt())
    told = handed_in(client, the_bytes(other), code=asked.check_code)
    assert other.number in told
    assert asked.number not in told


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"\x00" * 300, "不是文件".encode()])
def test_a_strangers_file_is_no_error(client: Client, content: bytes):
    assert "不是本平台制发的文件" in handed_in(client, content)


def test_a_changed_file_without_a_code_has_no_signature_of_ours(client: Client):
    told = handed_in(client, the_bytes(an_issued_paper()) + b"\n%more")
    assert "没有本平台认可的电子签名" in told


def test_no_file_is_told_so(client: Client):
    answer = client.post("/check/file/", {})
    assert answer.status_code == 422
    assert "请选择文件" in answer.content.decode()


def test_a_file_larger_than_any_paper_is_refused_unread(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(check, "LARGEST", 10)
    answer = client.post("/check/file/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 more")})
    assert answer.status_code == 422
    assert "不是本平台制发的文书" in answer.content.decode()


def test_guessing_codes_is_stopped_but_only_for_that_address(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(check, "UNKNOWN_CODES", Allowance("few", most=2, seconds=60))
    known = an_issued_paper().check_code
    statuses = [client.get(f"/check/00000000000{place}").status_code for place in range(3)]
    assert statuses == [404, 404, 429]
    assert client.get(f"/check/{known}", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_handing_in_files_is_limited(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(check, "FILES", Allowance("one", most=1, seconds=60))
    assert "不是本平台" in handed_in(client, b"a")
    assert "查验过于频繁" in handed_in(client, b"b")


def test_l18_thirty_people_behind_one_address_all_check_their_papers(client: Client):
    paper = an_issued_paper()
    assert {client.get(f"/check/{paper.check_code}").status_code for _ in range(120)} == {200}
    assert min(UNKNOWN_CODES.most, FILES.most) >= 30


def test_a_check_costs_three_queries_what_was_spent_the_paper_and_its_amendments(
    client: Client, django_assert_num_queries
):
    code = an_issued_paper().check_code
    with django_assert_num_queries(3):
        client.get(f"/check/{code}")
