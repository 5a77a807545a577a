"""Pieces of recordings have an end: their bytes go, their row stays; nothing else is ever erased."""

import io

import pytest

from gongjian.kernel.evidence.actions import erase, keep, store
from gongjian.kernel.evidence.errors import EvidenceErased, NotErasable
from gongjian.kernel.evidence.kinds import MATERIALS, Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import files_without_row, findings, open_evidence
from gongjian.kernel.evidence.storage import place_of, room_left, the_storage
from gongjian.kernel.tests.files import a_pdf

pytestmark = pytest.mark.django_db


def a_piece(word: bytes) -> Evidence:
    return keep(io.BytesIO(b"\x1a\x45\xdf\xa3" + word), kind=Kind.FILM_PIECE, by=None)


def test_the_bytes_are_gone_the_row_stays_and_the_daily_check_does_not_miss_them():
    piece = a_piece(b"erased once")
    assert erase(piece)
    assert not erase(piece)
    assert not the_storage().exists(place_of(piece.sha256))
    row = Evidence.objects.get(sha256=piece.sha256)
    with pytest.raises(EvidenceErased):
        open_evidence(row)
    assert list(findings()) == []
    assert piece.sha256 not in {found.sha256 for found in files_without_row()}


def test_a_process_that_died_after_the_bytes_went_is_made_up():
    piece = a_piece(b"died between")
    the_storage().delete(place_of(piece.sha256))
    assert erase(piece)


def test_what_was_erased_and_comes_again_is_there_again():
    piece = a_piece(b"comes again")
    erase(piece)
    again = a_piece(b"comes again")
    assert (again.pk, again.erased_at) == (piece.pk, None)
    with open_evidence(again) as file:
        assert file.read().endswith(b"comes again")


def test_a_paper_is_never_erased_and_a_piece_is_never_handed_in_as_one():
    paper = store(io.BytesIO(a_pdf()), name="a.pdf", by=None)
    with pytest.raises(NotErasable):
        erase(paper)
    assert the_storage().exists(place_of(paper.sha256))
    assert Kind.FILM_PIECE not in MATERIALS


def test_the_disk_tells_how_much_it_still_takes_and_another_storage_does_not(settings):
    assert (room_left() or 0) > 0
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "evidence": memory}
    assert room_left() is None
