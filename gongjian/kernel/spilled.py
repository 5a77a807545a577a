"""Where uploads too large for memory lie while they are received: in the installation's own folder, never in the system's common one.

They are as plain as they come (medical papers), so the folder is private and whatever a killed process left in it is cleared away.
"""

import time
from pathlib import Path

from gongjian.kernel.home import PRIVATE, made

NAME = "spilled"
STALE = 15 * 60
"""Seconds without a write after which nobody is receiving a file any more."""


def spilled(home: Path) -> Path:
    """The folder in this home, made when missing, open to its owner alone."""
    folder = made(home) / NAME
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(PRIVATE)
    return folder


def clear_spilled(home: Path) -> int:
    """Remove what nobody is receiving any more; how many files. Twice, or twice at once, does no harm."""
    oldest, left = time.time() - STALE, 0
    for path in spilled(home).iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
                left += 1
        except FileNotFoundError:  # its request has ended meanwhile, or somebody else cleared it
            continue
    return left
