"""The manifest: which files a package has, with their hashes; and how every JSON file of a package is written."""

import json
from hashlib import sha256
from typing import Any

FORM = "gongjian-archive-1"
MANIFEST = "manifest.json"
SEAL = "manifest.json.sha256"
"""Beside the manifest: its own hash, in the form that `sha256sum -c` reads."""
INDEX = "index.json"
METADATA = "metadata.json"
ANCHORS = "ledger/anchors.json"
SIGNATURES = "opinions/signatures.json"
Document = dict[str, Any]


def text_of(value: Any) -> bytes:
    """The one way in which a value is written: sorted keys, one step of indentation, Chinese as itself, a line end at the end."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def read(text: bytes) -> Any:
    """The value that `text_of` wrote. Raises: ValueError when it was written by anything else."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if text_of(value) != text:
        raise ValueError("not in the one form")
    return value


def hash_of(text: bytes) -> str:
    """SHA-256 (hex)."""
    return sha256(text).hexdigest()


def seal_of(manifest: bytes) -> bytes:
    """The line that stands beside the manifest."""
    return f"{hash_of(manifest)}  {MANIFEST}\n".encode()
