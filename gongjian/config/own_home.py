"""An installation of its own for a command that fills a database: made for it, thrown away after it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

INSIDE = "OWN_HOME_OF_GONGJIAN"


def is_inside() -> bool:
    """Whether this process has been given an installation of its own."""
    return INSIDE in os.environ


def again_in_its_own() -> int:
    """Run the same command again in a fresh installation; its exit code."""
    with tempfile.TemporaryDirectory(prefix="gongjian-aside-") as folder:
        Path(folder).chmod(0o711)
        environment = {**os.environ, INSIDE: "1", "GONGJIAN_HOME": folder, "GONGJIAN_DEMO": "true"}
        command = [sys.executable, "-m", "gongjian", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  # our own arguments
