"""The store: what is acknowledged is there, readable, and what was sent (L2: 200 is not "stored")."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, connection, transaction

from gongjian.kernel import moment
from gongjian.kernel.evidence import storage
from gongjian.kernel.evidence.actions import keep, store, sweep_incoming
from gongjian.kernel.evidence.checks import evidence as check_evidence
from gongjian.kernel.evidence.errors import (
    EvidenceBroken,
    EvidenceTooLarge,
    EvidenceUnreadable,
    KindNotAllowed,
    NotStored,
)
from gongjian.kernel.evidence.kinds import MATERIALS, Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import Fault, files_without_row, findings, open_evidence
from gongjian.kernel.evidence.sealing import SealBroken
from gongjian.kernel.evidence.storage import LocalStorage, place_of
from gongjian.kernel.tests.files import a_large_pdf, a_pdf, a_photo, a_png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)


def put(content: bytes, name: str = "诊断证明.jpg") -> Evidence:
    return store(io.BytesIO(content), name=name, by=None)


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def stored_file(home: Path, evidence: Evidence) -> Path:
    return home / "evidence" / place_of(evidence.sha256)


class Broken(io.BytesIO):
    """An upload that breaks off in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(10)


class TestStoring:
    def test_the_answer_has_the_hash_of_what_was_sent(self):
        photo = a_photo()
        with moment.fixed(NOON):
            row = put(photo)
        assert (row.sha256, row.size) == (sha256(photo).hexdigest(), len(photo))
        assert (row.kind, row.media_type, row.page_count, row.stored_at) == ("jpeg", "image/jpeg", 1, NOON)

    def test_what_was_sent_can_be_read_back(self):
        photo = a_photo()
        with open_evidence(put(photo)) as file:
            assert file.read() == photo

    def test_a_large_file_is_kept_whole_and_read_from_its_middle(self):
        pdf = a_large_pdf(5_000_000)
        with open_evidence(put(pdf)) as file:
            file.seek(3_000_000)
            assert file.read(1000) == pdf[3_000_000:3_001_000]

    def test_nothing_plain_lies_on_the_disk(self, home: Path):
        put(a_large_pdf(100_000))
        assert not [path for path in files_below(home) if b"xxxxxxxx" in path.read_bytes()]

    def test_it_lies_under_its_hash_and_only_the_platform_may_read_it(self, home: Path):
        row = put(a_photo())
        assert files_below(home) == [stored_file(home, row)]
        assert stored_file(home, row).stat().st_mode & 0o077 == 0
        assert (home / "evidence").stat().st_mode & 0o077 == 0

    def test_the_same_content_is_one_row_and_one_file(self, home: Path):
        first, second = put(a_photo(), "一.jpg"), put(a_photo(), "二.jpg")
        assert first.pk == second.pk
        assert Evidence.objects.count() == len(files_below(home)) == 1

    def test_the_same_content_again_leaves_the_first_file_untouched(self, home: Path):
        row = put(a_photo())
        before = stored_file(home, row).read_bytes()
        put(a_photo())
        assert stored_file(home, row).read_bytes() == before

    def test_a_lost_file_is_there_again_after_it_was_handed_in_again(self, home: Path):
        row = put(a_photo())
        stored_file(home, row).unlink()
        assert put(a_photo()).pk == row.pk
        assert not list(findings())

    def test_a_file_whose_transaction_was_undone_is_stored_at_the_second_try(self):
        with suppress(ZeroDivisionError), transaction.atomic():
            put(a_photo())
            raise ZeroDivisionError
        assert not Evidence.objects.exists()
        assert put(a_photo()).pk

    def test_it_is_read_from_where_the_stream_stands(self):
        stream = io.BytesIO(b"skipped" + a_photo())
        stream.seek(7)
        assert store(stream, name="", by=None).size == len(a_photo())


class TestRefusals:
    def refused(self, home: Path) -> bool:
        """Whether nothing at all was left behind."""
        return not files_below(home) and not Evidence.objects.exists()

    def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_not(self, home: Path, settings: LazySettings):
        settings.EVIDENCE_MAX_BYTES = len(a_photo()) - 1
        with pytest.raises(EvidenceTooLarge, match="兆字节"):
            put(a_photo())
        assert self.refused(home)
        settings.EVIDENCE_MAX_BYTES = len(a_photo())
        assert put(a_photo()).size == len(a_photo())

    def test_an_empty_file_is_refused(self, home: Path):
        with pytest.raises(EvidenceBroken, match="空"):
            put(b"")
        assert self.refused(home)

    def test_a_kind_that_this_place_does_not_take_is_refused(self, home: Path):
        from_pictures_only = frozenset({Kind.JPEG})
        with pytest.raises(KindNotAllowed, match=r"是PDF 文件.*可以上传的是：JPEG 照片。"):
            store(io.BytesIO(a_pdf()), name="x.pdf", by=None, allowed=from_pictures_only)
        assert self.refused(home)

    def test_an_upload_that_breaks_off_is_a_visible_failure(self, home: Path):
        with pytest.raises(NotStored, match="重新上传"):
            store(Broken(a_photo()), name="x.jpg", by=None)
        assert self.refused(home)

    def test_a_full_disk_is_a_visible_failure(self, home: Path, monkeypatch: pytest.MonkeyPatch):
        def no_space(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "link", no_space)
        with pytest.raises(NotStored):
            put(a_photo())
        assert self.refused(home)

    def test_l02_a_file_that_reads_back_differently_is_not_acknowledged(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(LocalStorage, "_save", self.save_cut)
        with pytest.raises(NotStored):
            put(a_photo())
        assert not Evidence.objects.exists()

    @staticmethod
    def save_cut(local: LocalStorage, name: str, content: io.BytesIO) -> str:
        path = Path(local.path(name))
        path.parent.mkdir(parents=True)
        path.write_bytes(content.read()[:-1])
        return name

    def test_l02_a_storage_that_forgets_is_noticed(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(LocalStorage, "_save", lambda local, name, content: name)
        with pytest.raises(NotStored):
            put(a_photo())

    def test_a_damaged_file_of_the_same_content_is_never_overwritten_and_never_acknowledged(self, home: Path):
        row = put(a_photo())
        stored_file(home, row).write_bytes(b"damaged")
        with pytest.raises(NotStored):
            put(a_photo())
        assert stored_file(home, row).read_bytes() == b"damaged"


class TestTheDisk:
    def test_content_is_synced_before_it_gets_its_name_and_the_folders_after(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ):
        steps: list[str] = []
        sync, link = os.fsync, os.link

        def noted_sync(descriptor: int) -> None:
            target = os.readlink(f"/proc/self/fd/{descriptor}")
            steps.append("file" if target.endswith(".part") else Path(target).name[:2])
            sync(descriptor)

        def noted_link(*names: str) -> None:
            steps.append("link")
            link(*names)

        monkeypatch.setattr(os, "fsync", noted_sync)
        monkeypatch.setattr(os, "link", noted_link)
        row = put(a_photo())
        assert steps == ["file", "link", row.sha256[2:4], row.sha256[:2], "ev"]

    def test_finding_the_file_there_syncs_its_folders_too(self, home: Path, monkeypatch: pytest.MonkeyPatch):
        put(a_photo())
        settled: list[Path] = []
        monkeypatch.setattr(storage, "settle", settled.append)
        put(a_photo())
        assert len(settled) == 1

    @pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "ab/../../../x"])
    def test_no_name_leads_out_of_the_folder(self, name: str):
        with pytest.raises(ValueError, match="inside"):
            LocalStorage().path(name)

    def test_the_storage_tells_size_and_list(self):
        row = put(a_photo())
        local, place = LocalStorage(), place_of(row.sha256)
        assert local.size(place) > row.size
        assert local.listdir("") == ([row.sha256[:2]], [])
        assert local.listdir(f"{row.sha256[:2]}/{row.sha256[2:4]}") == ([], [row.sha256])
        assert local.listdir("00/00") == ([], [])

    def test_another_storage_is_chosen_by_the_settings_alone(self, settings: LazySettings):
        memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        settings.STORAGES = {**settings.STORAGES, "evidence": memory}
        row = put(a_photo())
        assert storage.the_storage().exists(place_of(row.sha256))
        assert put(a_photo()).pk == row.pk
        assert list(findings()) == []
        with open_evidence(row) as file:
            assert file.read() == a_photo()


class TestTheRow:
    def test_an_acknowledged_row_is_never_changed(self):
        row = put(a_photo())
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            Evidence.objects.filter(pk=row.pk).update(size=1)

    def test_an_acknowledged_row_is_never_deleted(self):
        row = put(a_photo())
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            row.delete()

    @pytest.mark.parametrize(
        "wrong", [{"sha256": "x" * 64}, {"sha256": "A" * 64}, {"size": 0}, {"page_count": 0}], ids=str
    )
    def test_the_database_refuses_a_row_that_cannot_be(self, wrong: dict[str, object]):
        right = {"sha256": "a" * 64, "size": 1, "kind": "pdf", "page_count": 1, "stored_at": NOON}
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(**{**right, **wrong})

    def test_it_shows_itself_by_the_beginning_of_its_hash(self):
        row = put(a_photo())
        assert str(row) == row.sha256[:12]


class TestReading:
    def test_a_missing_file_is_said_plainly(self, home: Path):
        row = put(a_photo())
        stored_file(home, row).unlink()
        with pytest.raises(EvidenceUnreadable, match=row.sha256[:12]):
            open_evidence(row)

    def test_a_file_in_anothers_place_is_not_handed_out(self, home: Path):
        one, other = put(a_photo()), put(a_png())
        stored_file(home, one).write_bytes(stored_file(home, other).read_bytes())
        with pytest.raises(EvidenceUnreadable):
            open_evidence(one)

    def test_a_changed_byte_is_not_handed_out(self, home: Path):
        row = put(a_photo())
        damage(stored_file(home, row))
        with open_evidence(row) as file, pytest.raises(SealBroken):
            file.read()


class TestKeys:
    NEW = "a-new-evidence-secret-of-the-city-001"

    def test_after_a_new_key_is_put_first_old_and_new_files_are_read(self, settings: LazySettings):
        old = put(a_photo())
        settings.EVIDENCE_KEY = f"{self.NEW},{settings.EVIDENCE_KEY}"
        new = put(a_pdf())
        assert open_evidence(old).read() == a_photo()
        assert open_evidence(new).read().startswith(b"%PDF-")
        assert list(findings()) == []

    def test_the_same_content_under_a_new_key_is_still_one_file(self, home: Path, settings: LazySettings):
        first = put(a_photo())
        settings.EVIDENCE_KEY = f"{self.NEW},{settings.EVIDENCE_KEY}"
        assert put(a_photo()).pk == first.pk
        assert len(files_below(home)) == 1

    def test_a_lost_key_is_found_by_the_check_and_said_plainly(self, settings: LazySettings):
        row = put(a_photo())
        settings.EVIDENCE_KEY = self.NEW
        assert dict(findings()) == {row.sha256: Fault.CHANGED}
        with pytest.raises(EvidenceUnreadable):
            open_evidence(row)


class TestChecking:
    def test_a_sound_store_has_no_findings(self):
        put(a_photo())
        put(a_pdf())
        assert list(check_evidence()) == []

    def test_missing_and_changed_files_are_found(self, home: Path):
        gone, changed = put(a_photo()), put(a_pdf())
        stored_file(home, gone).unlink()
        damage(stored_file(home, changed))
        assert dict(findings()) == {gone.sha256: Fault.MISSING, changed.sha256: Fault.CHANGED}

    def test_a_file_that_nobody_acknowledged_is_reported_and_kept(self, home: Path):
        row = put(a_photo())
        orphan = home / "evidence" / "ab" / "cd" / ("abcd" + "0" * 60)
        orphan.parent.mkdir(parents=True)
        orphan.write_bytes(stored_file(home, row).read_bytes())
        assert [(problem.about, problem.is_harmless) for problem in check_evidence()] == [(orphan.name, True)]
        assert [fault for _, fault in files_without_row()] == [Fault.UNKNOWN]
        assert orphan.exists()

    def test_the_check_says_what_is_wrong_in_a_sentence(self, home: Path):
        stored_file(home, put(a_photo())).unlink()
        (problem,) = check_evidence()
        assert (problem.check, problem.sentence) == ("evidence", "文件不见了。")

    def test_a_sample_takes_another_part_each_day_and_all_in_turn(self, home: Path):
        rows = [put(a_photo(width=60 + 2 * number)) for number in range(6)]
        for row in rows:
            stored_file(home, row).unlink()
        found = []
        for day in range(3):
            with moment.fixed(NOON + timedelta(days=day)):
                found.append({name for name, _ in findings(sample=2)})
        assert [len(part) for part in found] == [2, 2, 2]
        assert set().union(*found) == {row.sha256 for row in rows}


class TestSweeping:
    def test_what_was_never_finished_goes_after_a_day(self, home: Path):
        folder = storage.incoming()
        for name, hours in {"old.part": 25, "young.part": 23}.items():
            (folder / name).write_bytes(b"x")
            at = (NOON - timedelta(hours=hours)).timestamp()
            os.utime(folder / name, (at, at))
        with moment.fixed(NOON):
            assert sweep_incoming() == 1
            assert sweep_incoming() == 0
        assert [path.name for path in folder.iterdir()] == ["young.part"]

    def test_acknowledged_files_are_not_swept(self):
        row = put(a_photo())
        with moment.fixed(moment.now() + timedelta(days=400)):
            assert sweep_incoming() == 0
        assert open_evidence(row).read() == a_photo()


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.django_db(transaction=True)
def test_the_same_content_from_many_at_once_is_one_row_and_one_file(home: Path):
    pdf = a_large_pdf(300_000)

    def one(_: int) -> int:
        try:
            return put(pdf).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        rows = set(pool.map(one, range(16)))
    assert len(rows) == Evidence.objects.count() == len(files_below(home)) == 1
    assert list(check_evidence()) == []


def test_what_the_platform_made_itself_is_kept_whatever_its_size(settings: LazySettings):
    settings.EVIDENCE_MAX_BYTES = 10
    kept = keep(io.BytesIO(b"PK" * 100), kind=Kind.PACKAGE, by=None)
    with open_evidence(kept) as file:
        assert (file.read(), kept.media_type) == (b"PK" * 100, "application/zip")


def test_nobody_hands_a_package_in():
    assert Kind.PACKAGE not in MATERIALS
