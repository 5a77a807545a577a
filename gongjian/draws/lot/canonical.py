"""One way to write a document as bytes, and one way to hash it.

Canonical JSON: UTF-8, keys in ASCII and sorted, no spaces; only texts, whole numbers, truth values, lists and maps.
A hash is SHA-256 over a domain name and the parts, each with its length in front, so that no two meanings share bytes.
"""

import json
from hashlib import sha256
from typing import Any

from gongjian.draws.errors import ReceiptUnreadable

DOMAIN = "gongjian-lot-1"
"""Stands before everything that is hashed. All algorithms share it: which one is meant stands in the commitment, which every other hash covers."""
FIRST = "gongjian-lot-1"
ALGORITHM = "gongjian-lot-2"
ALGORITHMS = (FIRST, ALGORITHM)
"""The algorithm of new draws, and all whose receipts can be verified. FIRST: the door chose among the least loaded groups only, reasons had no record."""
LARGEST_NUMBER = 2**53 - 1
Document = dict[str, Any]


def canonical(value: object) -> bytes:
    """The one byte string of a document. Raises: ReceiptUnreadable when it holds what canonical JSON does not know."""
    _check(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise ReceiptUnreadable(what="含有无效字符") from error


def _check(value: object) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise ReceiptUnreadable(what="字段名不是ASCII文字")
        for part in value.values():
            _check(part)
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise ReceiptUnreadable(what="数字过大")
    elif not isinstance(value, str):
        raise ReceiptUnreadable(what="含有空值或小数")


def read(text: bytes) -> Document:
    """The document whose canonical bytes (blank ends aside) are `text`. Raises: ReceiptUnreadable."""
    try:
        document = json.loads(text)
        written = canonical(document)
    except (ValueError, RecursionError) as error:
        raise ReceiptUnreadable(what="不是JSON文件") from error
    if not isinstance(document, dict):
        raise ReceiptUnreadable(what="不是一份凭证")
    if written != text.strip():
        raise ReceiptUnreadable(what="文字与规范写法不一致，可能被编辑过")
    return document


def rank(text: str) -> bytes:
    """Canonical order of texts: by their UTF-16 units, the order in which a browser sorts too."""
    return text.encode("utf-16-be")


def digest(purpose: str, *parts: bytes) -> str:
    """SHA-256 in lower-case hex over the purpose and the parts, each preceded by its length in 8 bytes."""
    whole = sha256()
    for part in (f"{DOMAIN}/{purpose}".encode(), *parts):
        whole.update(len(part).to_bytes(8))
        whole.update(part)
    return whole.hexdigest()
