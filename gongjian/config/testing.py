"""What a test run needs before settings are read: a home of its own. Pytest loads it first, by `-p gongjian.config.testing`."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from gongjian.kernel.embedded.server import leave
from gongjian.kernel.home import PASSABLE

MARK = "GONGJIAN_TEST_HOME"
FAST = "fsync=off synchronous_commit=off full_page_writes=off"


def keep_apart() -> None:
    """Keep keys, files and the embedded database of the tests away from those of a real installation.

    The processes of pytest-xdist inherit the home from the one that made it.
    """
    if MARK not in os.environ:
        made = Path(tempfile.mkdtemp(prefix="gongjian-test-"))
        made.chmod(PASSABLE)  # the database's own account must be able to walk through it
        os.environ[MARK] = str(made)
    os.environ["GONGJIAN_HOME"] = os.environ[MARK]
    os.environ.setdefault("GONGJIAN_POSTGRES_OPTIONS", FAST)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's fixtures run an event loop


keep_apart()  # not in a hook: pytest-django reads the settings in the first hook there is


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop using the database; the process that made the home removes it when the server has stopped."""
    home = Path(os.environ[MARK])
    is_maker = not hasattr(config, "workerinput")
    leave(home, wait=is_maker)
    if is_maker:
        shutil.rmtree(home, ignore_errors=True)
