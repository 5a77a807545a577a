"""L1, L2: accepted and lost is impossible, wherever the process dies."""

from pathlib import Path

import pytest

from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.tests.files import a_large_pdf
from gongjian.kernel.tests.killing import (
    NEVER,
    assert_nothing_acknowledged_is_missing,
    assert_the_store_is_sound,
    lines_of_an_upload,
    upload_killed_at,
)

PDF = a_large_pdf(200_000)
POINTS = 25


@pytest.fixture
def lines(home: Path, transactional_db: None) -> int:
    """How many lines there are to die at."""
    return lines_of_an_upload(a_large_pdf(200_000))


def test_l01_killed_at_any_line_nothing_acknowledged_is_missing(home: Path, lines: int):
    receipts = []
    for point in range(POINTS):
        pdf = PDF + b"%" * point  # another content each time, so that each upload starts from nothing
        receipts.append(upload_killed_at(pdf, 1 + point * lines // POINTS))
        assert_nothing_acknowledged_is_missing(pdf, receipts[-1])
    assert not any(receipts)
    assert_the_store_is_sound()
    assert Evidence.objects.count() == POINTS + 1


def test_l01_an_upload_that_is_left_alone_gives_its_receipt(home: Path, lines: int):
    receipt = upload_killed_at(PDF, NEVER)
    assert receipt
    assert_nothing_acknowledged_is_missing(PDF, receipt)


def test_l01_what_a_killed_upload_leaves_is_encrypted(home: Path, lines: int):
    upload_killed_at(PDF, lines // 2)
    left = list((home / "evidence" / "incoming").iterdir())
    assert left
    assert all(b"xxxxxxxx" not in path.read_bytes() for path in left)
