"""Files on their way to the browser: whatever is in them, they cannot act on our pages."""

import io

import pytest

from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.pictures import page_image
from gongjian.kernel.evidence.responses import evidence_response, picture_response, safe_name
from gongjian.kernel.tests.files import a_dicom, a_pdf, a_photo

HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def put(content: bytes) -> Evidence:
    return store(io.BytesIO(content), name="x", by=None)


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
class TestResponse:
    def test_the_bytes_go_out_as_they_came_in(self):
        response = evidence_response(put(a_photo()))
        assert response.getvalue() == a_photo()
        assert response["Content-Length"] == str(len(a_photo()))

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [(a_photo(), "image/jpeg"), (a_pdf(), "application/pdf"), (a_dicom(), "application/dicom")],
        ids=["jpeg", "pdf", "dicom"],
    )
    def test_its_type_is_what_its_content_is_and_its_headers_keep_it_harmless(self, content: bytes, media_type: str):
        response = evidence_response(put(content), download_name="x.html")
        assert response["Content-Type"] == media_type
        assert {name: response[name] for name in HARMLESS} == HARMLESS
        assert not response["Content-Disposition"].endswith('html"')

    def test_a_chinese_name_is_told_in_the_form_all_browsers_know(self):
        told = evidence_response(put(a_pdf()), download_name="鉴定结论书.pdf")["Content-Disposition"]
        assert told == "attachment; filename*=utf-8''%E9%89%B4%E5%AE%9A%E7%BB%93%E8%AE%BA%E4%B9%A6.pdf"

    def test_without_a_name_it_is_called_by_its_hash(self):
        row = put(a_photo())
        assert evidence_response(row)["Content-Disposition"] == f'attachment; filename="{row.sha256[:12]}.jpg"'

    @pytest.mark.parametrize(
        ("content", "disposition"),
        [(a_photo(), "inline"), (a_pdf(), "attachment"), (a_dicom(), "attachment")],
        ids=["jpeg", "pdf", "dicom"],
    )
    def test_only_pictures_are_shown_in_the_page(self, content: bytes, disposition: str):
        assert evidence_response(put(content), inline=True)["Content-Disposition"].startswith(disposition)

    def test_a_page_image_is_as_harmless(self):
        response = picture_response(page_image(put(a_pdf()), 1, 100))
        assert response["Content-Type"] == "image/png"
        assert {name: response[name] for name in HARMLESS} == HARMLESS


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("病历.pdf", Kind.PDF, "病历.pdf"),
        ("病历.PDF", Kind.PDF, "病历.pdf"),
        ("片子.jpeg", Kind.JPEG, "片子.jpg"),
        ("run.exe", Kind.PNG, "run.exe.png"),
        ("page.html", Kind.PDF, "page.html.pdf"),
        ("../../etc/passwd", Kind.PDF, "passwd.pdf"),
        (r"C:\papers\x.dcm", Kind.DICOM, "x.dcm"),
        ("a\r\nSet-Cookie: x", Kind.PDF, "aSet-Cookie: x.pdf"),
        ("fdp\u202egpj.exe", Kind.PDF, "fdpgpj.exe.pdf"),
        ("...", Kind.WEBP, "WebP 图片.webp"),
        ("", Kind.DICOM, "DICOM 影像.dcm"),
        ("长" * 300, Kind.PDF, "长" * 80 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_its_content_demands(name: str, kind: Kind, safe: str):
    assert safe_name(name, kind) == safe
