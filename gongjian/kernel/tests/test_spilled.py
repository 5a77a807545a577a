"""What is too large for memory is received in the installation's own private folder, and nothing stays in it."""

import os
import stat
import tempfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gongjian.config import settings as of_the_house
from gongjian.kernel import jobs
from gongjian.kernel.spilled import NAME, STALE, clear_spilled, spilled
from gongjian.kernel.sweeps import SWEEPS

LARGE = b"%PDF" + b"x" * (2 * 1024 * 1024)


@csrf_exempt
def take(request: HttpRequest) -> JsonResponse:
    """Where the file lies while the view looks at it."""
    file = request.FILES["file"]
    if not isinstance(file, TemporaryUploadedFile):
        return JsonResponse({"path": "", "mode": 0})
    place = Path(file.temporary_file_path())
    return JsonResponse({"path": str(place), "mode": stat.S_IMODE(place.stat().st_mode)})


@csrf_exempt
def die(request: HttpRequest) -> JsonResponse:
    assert request.FILES["file"].size
    raise ZeroDivisionError


urlpatterns = [path("take/", take), path("die/", die)]


@pytest.fixture
def browser(settings: LazySettings, tmp_path: Path) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    settings.GONGJIAN_HOME = tmp_path / "home"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "home" / NAME)
    return Client(raise_request_exception=False)


def sent(browser: Client, content: bytes, to: str = "/take/") -> dict[str, object]:
    answer = browser.post(to, {"file": SimpleUploadedFile("病历.pdf", content, content_type="application/pdf")})
    return dict(answer.json()) if answer.status_code == 200 else {}


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


def a_leftover(home: Path, name: str, *, seconds: float) -> Path:
    place = spilled(home) / name
    place.write_bytes(b"x")
    then = place.stat().st_mtime - seconds
    os.utime(place, (then, then))
    return place


def test_the_settings_name_the_folder_of_the_installation():
    assert Path(of_the_house.FILE_UPLOAD_TEMP_DIR) == of_the_house.GONGJIAN_HOME / NAME
    assert mode(Path(of_the_house.FILE_UPLOAD_TEMP_DIR)) == 0o700, (
        "Django's own check refuses a folder that is not there"
    )
    assert of_the_house.FILE_UPLOAD_HANDLERS[-1] == "gongjian.kernel.uploads.PrivateFileUploadHandler"


def test_a_large_upload_lies_in_the_private_folder_and_only_its_owner_can_read_it(browser, tmp_path):
    told = sent(browser, LARGE)
    assert Path(str(told["path"])).parent == tmp_path / "home" / NAME
    assert told["mode"] == 0o600
    assert mode(tmp_path / "home" / NAME) == 0o700


def test_nothing_of_it_is_written_to_the_common_folder_of_the_system(browser, tmp_path, monkeypatch):
    common = tmp_path / "common"
    common.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(common))
    sent(browser, LARGE)
    assert list(common.iterdir()) == []


def test_nothing_stays_when_the_view_is_done(browser, tmp_path):
    sent(browser, LARGE)
    assert list((tmp_path / "home" / NAME).iterdir()) == []


def test_nothing_stays_when_the_view_fails(browser, tmp_path):
    sent(browser, LARGE, to="/die/")
    assert list((tmp_path / "home" / NAME).iterdir()) == []


def test_a_small_upload_stays_in_memory(browser, tmp_path):
    assert sent(browser, b"%PDF")["path"] == ""
    assert not (tmp_path / "home").exists()


def test_the_folder_is_made_private_even_where_it_stood_open(tmp_path):
    (tmp_path / NAME).mkdir(mode=0o755)
    (tmp_path / NAME).chmod(0o755)
    assert mode(spilled(tmp_path)) == 0o700
    assert mode(spilled(tmp_path)) == 0o700


def test_what_a_killed_process_left_is_cleared_and_what_is_being_received_stays(tmp_path):
    old = a_leftover(tmp_path, "a.upload.pdf", seconds=STALE + 60)
    new = a_leftover(tmp_path, "b.upload.pdf", seconds=STALE - 60)
    assert [clear_spilled(tmp_path) for _ in range(2)] == [1, 0]
    assert (old.exists(), new.exists()) == (False, True)


def test_a_file_that_goes_meanwhile_is_no_error(tmp_path, monkeypatch):
    a_leftover(tmp_path, "a.upload.pdf", seconds=STALE + 60)

    def gone(_: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "unlink", gone)
    assert clear_spilled(tmp_path) == 0


def test_clearing_an_installation_that_received_nothing_finds_nothing(tmp_path):
    assert clear_spilled(tmp_path / "home") == 0


def test_the_worker_clears_it_again_and_again(settings, tmp_path):
    settings.GONGJIAN_HOME = tmp_path
    left = a_leftover(tmp_path, "a.upload.pdf", seconds=STALE + 60)
    assert SWEEPS["kernel.clear_uploads"] is jobs.clear_uploads
    assert jobs.clear_uploads() == 1
    assert not left.exists()
