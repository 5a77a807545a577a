"""From the browser to the store and back: real uploads, real middleware, bounded memory."""

import io
import tracemalloc
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.pictures import page_image, thumbnail
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.responses import evidence_response, picture_response
from gongjian.kernel.evidence.sealing import PIECE
from gongjian.kernel.tests.files import a_dicom, a_large_pdf, a_pdf, a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


@csrf_exempt
def take_in(request: HttpRequest) -> JsonResponse:
    rows = [store(upload, name=upload.name or "", by=None) for upload in request.FILES.getlist("files")]
    return JsonResponse({"receipt": [row.sha256 for row in rows]})


def hand_out(request: HttpRequest, sha256: str) -> HttpResponseBase:
    return evidence_response(Evidence.objects.get(sha256=sha256), download_name="病历")


def show(request: HttpRequest, sha256: str, page: int) -> HttpResponse:
    return picture_response(page_image(Evidence.objects.get(sha256=sha256), page, 200))


urlpatterns = [
    path("take-in/", take_in),
    path("<str:sha256>/", hand_out),
    path("<str:sha256>/<int:page>/", show),
]


@pytest.fixture
def browser(settings: LazySettings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = MIDDLEWARE
    return Client()


def uploaded(browser: Client, *contents: bytes) -> list[str]:
    files = [SimpleUploadedFile(f"{number}.bin", content) for number, content in enumerate(contents)]
    receipt: list[str] = browser.post("/take-in/", {"files": files}).json()["receipt"]
    return receipt


def body_of(response: HttpResponseBase) -> bytes:
    return b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]


class TestThroughTheBrowser:
    def test_several_pages_in_one_form_are_all_stored(self, browser: Client):
        contents = [a_photo(), a_pdf(), a_dicom()]
        receipt = uploaded(browser, *contents)
        assert [body_of(browser.get(f"/{name}/")) for name in receipt] == contents

    def test_an_upload_that_django_kept_on_the_disk_is_stored_too(self, browser: Client, settings: LazySettings):
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
        pdf = a_large_pdf(300_000)
        (name,) = uploaded(browser, pdf)
        assert body_of(browser.get(f"/{name}/")) == pdf

    def test_the_pages_own_policy_does_not_replace_the_files(self, browser: Client):
        (name,) = uploaded(browser, a_pdf())
        for address in (f"/{name}/", f"/{name}/1/"):
            response = browser.get(address)
            assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Cache-Control"] == "private, no-store"

    def test_l11_what_one_device_handed_in_opens_on_another(self, browser: Client):
        (name,) = uploaded(browser, a_photo(orientation=6))
        assert body_of(Client().get(f"/{name}/")) == a_photo(orientation=6)
        assert body_of(Client().get(f"/{name}/1/")).startswith(b"\x89PNG")

    def test_a_name_from_the_other_side_never_becomes_a_path(self, browser: Client, home: Path):
        upload = SimpleUploadedFile("../../../etc/passwd", a_photo())
        browser.post("/take-in/", {"files": [upload]})
        assert not [path for path in home.rglob("*") if "passwd" in path.name]


class TestMemory:
    def peak_of_storing(self, content: bytes) -> int:
        stream = io.BytesIO(content)
        tracemalloc.start()
        try:
            store(stream, name="x.pdf", by=None)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def test_storing_a_large_file_takes_no_more_memory_than_a_small_one(self):
        store(io.BytesIO(a_pdf()), name="x", by=None)  # what is loaded once does not count
        small, large = self.peak_of_storing(a_large_pdf(4 * PIECE)), self.peak_of_storing(a_large_pdf(200 * PIECE))
        assert large < small + 10 * PIECE

    def test_reading_from_the_middle_does_not_unpack_what_stands_before(self):
        row = store(io.BytesIO(a_large_pdf(200 * PIECE)), name="x", by=None)
        tracemalloc.start()
        with open_evidence(row) as file:
            file.seek(150 * PIECE)
            file.read(10)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 10 * PIECE


def test_l12_a_long_document_shows_its_first_page_without_the_others(django_assert_num_queries):
    row = store(io.BytesIO(a_pdf(pages=300)), name="x", by=None)
    assert row.page_count == 300
    with django_assert_num_queries(0):
        assert page_image(row, 300, 800)
        assert thumbnail(row)


def test_a_file_of_djangos_own_kind_is_read_in_pieces():
    upload = TemporaryUploadedFile("x.pdf", "application/pdf", 0, None)
    upload.write(a_pdf())
    upload.seek(0)
    assert store(upload, name=upload.name or "", by=None).kind == "pdf"
