"""L1 at length: a thousand uploads, each killed at another line. Run with GONGJIAN_SOAK=1."""

import os
from pathlib import Path

import pytest

from gongjian.kernel.tests.files import a_large_pdf
from gongjian.kernel.tests.killing import (
    assert_nothing_acknowledged_is_missing,
    assert_the_store_is_sound,
    lines_of_an_upload,
    upload_killed_at,
)

UPLOADS = int(os.environ.get("GONGJIAN_SOAK_UPLOADS", "1000"))


@pytest.mark.skipif(not os.environ.get("GONGJIAN_SOAK"), reason="takes minutes; set GONGJIAN_SOAK=1")
def test_l01_a_thousand_killed_uploads_lose_nothing(home: Path, transactional_db: None):
    pdf = a_large_pdf(200_000)
    lines = lines_of_an_upload(pdf)
    for number in range(UPLOADS):
        other = pdf + b"%" * (1 + number % 1000) + str(number).encode()
        receipt = upload_killed_at(other, 1 + number * (lines + 20) // UPLOADS)
        assert_nothing_acknowledged_is_missing(other, receipt)
    assert_the_store_is_sound()
