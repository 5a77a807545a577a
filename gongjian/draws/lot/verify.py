"""Repeat a draw from its receipt and list what does not hold. Nothing in the receipt is trusted but its inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gongjian.draws.errors import ReceiptUnreadable
from gongjian.draws.lot import door, receipt
from gongjian.draws.lot.canonical import Document, canonical, read
from gongjian.draws.lot.commitment import Commitment, read_commitment
from gongjian.draws.lot.demand import group_demand
from gongjian.draws.lot.infeasible import shortages
from gongjian.draws.lot.plan import read_recusals
from gongjian.draws.lot.records import are_recorded
from gongjian.draws.lot.words import SECRET_BYTES, Word, holds, secret_hash
from gongjian.law.errors import RuleError


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: a stable code for programs, a sentence for people."""

    code: str
    message: str


UNREADABLE: Final = "receipt.unreadable"
KINDRED: Final = {"words": "word"}  # fields whose finding has another name
MESSAGES: Final = {
    UNREADABLE: "凭证无法读取或内容不完整，不是平台出具的原始文件。",
    "receipt.hash": "凭证自身的哈希不符：凭证出具后有内容被改动。",
    "kind": "凭证的种类不符。",
    "algorithm": "凭证所称的算法版本不是本程序所能核验的版本。",
    "commitment_hash": "承诺哈希与承诺书内容不符：名单、席位或其他承诺内容被改动。",
    "secret": "密值与承诺书中的密值哈希不符。",
    "word": "有抽取词与先前封存的哈希不符，或没有抽取词。",
    "seed": "种子与密值、抽取词、承诺哈希推算的结果不符。",
    "impossible": "按承诺书的名单不可能排满席位，或不可能得出抽取结果。",
    "chances": "公布的入选机会与重新计算的结果不符。",
    "certificate": "入选机会的理由（瓶颈说明）与重新计算的结果不符。",
    "redraws": "重抽次数与重新计算的结果不符。",
    "places": "入席名单或座次与重新抽取的结果不符。",
    "reserves": "候补名单与重新抽取的结果不符。",
    "late": "抽取后的回避记录或候补递补与规则不符。",
    "sitting": "最终入席名单与抽取结果和回避记录不符。",
    "last": "最后一条记录的哈希不符：末尾可能有记录被删去或添加。",
    "arrivals": "现场分组结果与重新计算的结果不符。",
}


def verify_text(text: bytes) -> list[Finding]:
    """What does not hold in a receipt file; empty when all holds."""
    try:
        return verify(read(text))
    except ReceiptUnreadable as error:
        return [Finding(UNREADABLE, str(error))]


def verify(document: Document) -> list[Finding]:
    """What does not hold in a receipt of either draw; empty when all holds."""
    repeats: dict[str, Callable[[Document], list[str]]] = {receipt.KIND: _of_draw, door.RECEIPT_KIND: _of_door}
    try:
        codes = repeats[document["kind"]](document)
    except (RuleError, KeyError, TypeError, AttributeError, ValueError):
        codes = [UNREADABLE]
    return [Finding(code, MESSAGES[code]) for code in codes]


def _of_draw(document: Document) -> list[str]:
    commitment = read_commitment(document["commitment"])
    words = _words(document)
    secret = _secret(document)
    codes = _inputs(document, commitment, words, secret)
    if shortages(group_demand(commitment.plan)):
        return [*codes, "impossible"]
    try:
        held = receipt.repeat(commitment, secret=secret, words=words)
    except RuleError:
        return [*codes, "impossible"]
    return codes + _outputs(document, held)


def _inputs(
    document: Document, commitment: Commitment | door.DoorCommitment, words: Sequence[Word], secret: bytes
) -> list[str]:
    """Does what went in fit the commitment and the seals?"""
    checks = {
        "receipt.hash": document["hash"] == receipt.body_hash(document),
        "secret": len(secret) == SECRET_BYTES and secret_hash(secret) == commitment.secret_hash,
        "word": bool(words) and all(holds(commitment.hash, n, word) for n, word in enumerate(words, start=1)),
    }
    return [code for code, good in checks.items() if not good]


def _outputs(document: Document, held: receipt.Receipt) -> list[str]:
    """Does what came out follow from what went in?"""
    codes = _differences(document, held.document(), leaving=receipt.AFTER)
    try:
        for entry in document["late"]:
            told = {name: entry[name] for name in ("expert", "group", "reason")}
            held = receipt.late_conflict(held, **told, record=entry.get("record", ""))
    except RuleError:
        return [*codes, "late"]
    if not are_recorded((call.late.record for call in held.calls), held.commitment.algorithm):
        codes.append("late")
    later = held.after(document["hash"])
    return codes + [
        code for code, expected in later.items() if code not in codes and not _same(document[code], expected)
    ]


def _differences(document: Document, expected: Document, *, leaving: Sequence[str]) -> list[str]:
    """Fields that are not as expected; the commitment was compared when it was read. A field too many or too few: unreadable."""
    if document.keys() != expected.keys():
        return [UNREADABLE]
    compared = [key for key in expected if key != "commitment" and key not in leaving]
    return [KINDRED.get(key, key) for key in compared if not _same(document[key], expected[key])]


def _same(given: Any, expected: Any) -> bool:
    return canonical(given) == canonical(expected)


def _of_door(document: Document) -> list[str]:
    commitment = door.read_door(document["commitment"])
    words = _words(document)
    secret = _secret(document)
    codes = _inputs(document, commitment, words, secret)
    held = door.Door(commitment, words, secret)
    try:
        for entry in document["arrivals"]:
            held = held.send(entry["person"], word=entry["word"], late=read_recusals(entry["late"]))
    except RuleError:
        return [*codes, "arrivals"]
    if not are_recorded((one.record for arrival in held.arrivals for one in arrival.late), commitment.algorithm):
        codes.append("arrivals")
    return codes + _differences(document, held.document(), leaving=("hash",))


def _words(document: Document) -> tuple[Word, ...]:
    return tuple(Word(part["who"], part["word"], part["salt"], part["seal"]) for part in document["words"])


def _secret(document: Document) -> bytes:
    return bytes.fromhex(document["secret"])


def sharing_a_seed(receipts: Sequence[Document]) -> list[tuple[str, str]]:
    """Pairs of commitment hashes of different draws that share a seed or a secret: none may."""
    seen: dict[str, str] = {}
    shared = []
    for document in receipts:
        mine = document["commitment_hash"]
        for trace in (document["seed"], document["secret"]):
            other = seen.setdefault(trace, mine)
            if other != mine and (other, mine) not in shared:
                shared.append((other, mine))
    return shared
