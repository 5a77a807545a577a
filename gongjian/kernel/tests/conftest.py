"""Fixtures of the kernel's tests."""

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """A fresh home of the installation, for this test alone."""
    settings.GONGJIAN_HOME = tmp_path
    return tmp_path
