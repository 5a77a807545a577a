"""What travels when another committee's group has examined: every signed statement with the receipts of the lots that chose the group. Nothing in it is believed, all is checked.

Law: 令55 art. 11 (drawn at random), 12 (委托鉴定), 15 (each expert signs, the majority decides).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from gongjian.draws.lot.canonical import Document
from gongjian.draws.lot.canonical import read as read_receipt
from gongjian.draws.lot.door import RECEIPT_KIND
from gongjian.draws.lot.receipt import KIND
from gongjian.draws.lot.verify import verify
from gongjian.law.errors import RuleError
from gongjian.opinions import rules
from gongjian.opinions.content import canonical, content_told, hash_of
from gongjian.opinions.errors import PacketWrong
from gongjian.opinions.models import Entrusted
from gongjian.opinions.signing import verify_with

FORM: Final = "gj-entrusted-opinion-1"


@dataclass(frozen=True)
class Signed:
    """One member's statement as it was signed, with name, signature and public key (hex)."""

    statement: str
    name: str
    signature: str
    public_key: str


@dataclass(frozen=True)
class Packet:
    """What the other committee sends: under which code its group knew the person, what each member signed, the receipts of both draws as they were given out."""

    exam_code: str
    statements: tuple[Signed, ...]
    experts: str
    door: str

    @property
    def content(self) -> bytes:
        """The file, in the one way in which it is written."""
        return canonical({"form": FORM, **asdict(self), "statements": [asdict(each) for each in self.statements]})


@dataclass(frozen=True)
class Opened:
    """One statement that was found to be its signer's: what it says, who signed, the hash that was signed."""

    told: dict[str, Any]
    name: str
    digest: str


@dataclass(frozen=True)
class Checked:
    """A packet in which everything holds: the statements by seat, the group that the lot sent the person to, the round, the count."""

    statements: tuple[Opened, ...]
    group: str
    round: int
    count: rules.Count
    opined_at: datetime


def read_packet(content: bytes) -> Packet:
    """A packet out of its bytes; only bytes that would be written again are one. Law: 令55 art. 15. Raises: PacketWrong."""
    try:
        told = json.loads(content)
        signed = tuple(Signed(**{name: str(value) for name, value in each.items()}) for each in told["statements"])
        packet = Packet(str(told["exam_code"]), signed, str(told["experts"]), str(told["door"]))
        same = packet.content == content
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PacketWrong(fault="文件不是规定的格式") from error
    if not same:
        raise PacketWrong(fault="文件不是规定的写法")
    return packet


def packet_of_row(row: Entrusted) -> Packet:
    """What was kept of a packet."""
    signed = tuple(Signed(**each) for each in row.statements)
    return Packet(row.exam_code, signed, row.receipts["experts"], row.receipts["door"])


def checked(packet: Packet) -> Checked:
    """Repeat both draws, check every signature, find each signer in the group that the lot gave the person, and count anew.

    Law: 令55 art. 11, 15, 34(4) (drawn at random), (5) (the experts' opinion). Raises: PacketWrong, which says what does not hold.
    """
    try:
        experts, door = _receipt(packet.experts, KIND), _receipt(packet.door, RECEIPT_KIND)
        if door["commitment"]["receipt"] != experts["hash"]:
            raise PacketWrong(fault="分组凭证与抽取凭证不是同一次抽取的")
        group = _group_of(packet.exam_code, door)
        seats = _seats(experts, group)
        opened = tuple(_open(each, packet.exam_code) for each in packet.statements)
        opened = tuple(sorted(opened, key=lambda each: int(each.told["seat"])))
        _check_signers(opened, packet.statements, seats)
        count = _count(opened)
        sealed = [datetime.fromisoformat(each.told["sealed_at"]) for each in opened]
        return Checked(opened, group, int(opened[0].told["round"]), count, max(sealed))
    except PacketWrong:
        raise
    except (RuleError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise PacketWrong(fault="内容不完整或者不合规定") from error


def _receipt(text: str, kind: str) -> Document:
    document = read_receipt(text.encode())
    if document["kind"] != kind:
        raise PacketWrong(fault="凭证的种类不符")
    if found := verify(document):
        raise PacketWrong(fault="".join(each.message for each in found).rstrip("。"))
    return document


def _group_of(exam_code: str, door: Document) -> str:
    groups = [str(each["group"]) for each in door["arrivals"] if each["person"] == exam_code]
    if not groups:
        raise PacketWrong(fault="分组凭证里没有这名被鉴定人")
    return groups[-1]


def _seats(experts: Document, group: str) -> dict[int, set[str]]:
    """Seat of the group → who held it by lot: first, or after a late conflict."""
    seats: dict[int, set[str]] = {}
    for place in (*experts["places"], *experts["sitting"]):
        if place["group"] == group:
            seats.setdefault(int(place["seat"]), set()).add(str(place["expert"]))
    return seats


def _open(each: Signed, exam_code: str) -> Opened:
    told = json.loads(each.statement)
    if canonical(told).decode() != each.statement or told["exam_code"] != exam_code:
        raise PacketWrong(fault="有意见不是关于这名被鉴定人的，或者写法被改动")
    digest = hash_of(each.statement.encode())
    if not verify_with(each.public_key, digest, each.signature):
        raise PacketWrong(fault="有专家的签名与意见不符")
    content_told(told)
    return Opened(told, each.name, digest)


def _check_signers(opened: Sequence[Opened], signed: Sequence[Signed], seats: dict[int, set[str]]) -> None:
    if {int(each.told["seat"]) for each in opened} != set(seats) or len(opened) != len(seats):
        raise PacketWrong(fault="意见的份数与专家组的席位不符")
    if any(each.told["expert"] not in seats[int(each.told["seat"])] for each in opened):
        raise PacketWrong(fault="有意见不是随机抽取的专家出具的")
    if len({each.public_key for each in signed}) != len(signed) or len({each.told["round"] for each in opened}) != 1:
        raise PacketWrong(fault="有两份意见是同一人签的，或者不是同一轮的")


def _count(opened: Sequence[Opened]) -> rules.Count:
    contents = [(int(each.told["seat"]), content_told(each.told)) for each in opened]
    ballots = [rules.Ballot(seat, content.grade, content.selfcare_level) for seat, content in contents]
    count = rules.count(ballots, size=len(ballots))
    if not count.is_majority:
        raise PacketWrong(fault="专家组没有形成多数意见")
    return count
