"""Where this installation keeps what is its own: keys, files, the embedded database."""

import os
from pathlib import Path
from secrets import token_hex

FOR_ROOT = Path("/var/lib/gongjian")
PASSABLE = 0o711  # others may walk through to what they own inside, and can list nothing
PRIVATE = 0o700


def home() -> Path:
    """The folder named by GONGJIAN_HOME, else the usual one of this user. It need not exist yet."""
    if named := os.environ.get("GONGJIAN_HOME"):
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return FOR_ROOT
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser().resolve() / "gongjian"


def made(folder: Path) -> Path:
    """The folder, made when missing. A folder that is there keeps the rights it has, and so does every folder above it."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(PASSABLE if os.geteuid() == 0 else PRIVATE)
    return folder


def kept(path: Path, text: str) -> str:
    """Keep `text` in a new private file, or give what the file already holds: whoever comes first decides.

    The file appears whole or not at all, so a reader beside a dying writer never sees half a secret.
    """
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    write_private(draft, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    finally:
        draft.unlink()
    return text


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, and see it onto the disk."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
