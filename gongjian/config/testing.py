"""What a test run needs before settings are read: a home of its own, loaded by pytest with `-p gongjian.config.testing`."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

MARK = "GONGJIAN_TEST_HOME"
FAST = "fsync=off synchronous_commit=off full_page_writes=off"


def pytest_load_initial_conftests() -> None:
    """Keep keys, files and the embedded database of the tests away from those of a real installation."""
    if MARK not in os.environ:
        home = Path(tempfile.mkdtemp(prefix="gongjian-test-"))
        home.chmod(0o711)  # the database's own user must be able to walk through it
        os.environ[MARK] = str(home)
    os.environ["GONGJIAN_HOME"] = os.environ[MARK]
    os.environ.setdefault("GONGJIAN_POSTGRES_OPTIONS", FAST)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser fixtures run an event loop


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home again, in the process that made it."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[MARK], ignore_errors=True)
