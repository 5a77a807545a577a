"""What a letter is and when it holds: pure functions of plain values."""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from gongjian.appraisal.rules import GROUNDS
from gongjian.exchange.errors import (
    LetterBroken,
    LetterExpired,
    NothingAsked,
    NumberTaken,
    OutOfOrder,
    RangeWrong,
    TooMuch,
)
from gongjian.exchange.states import OPENING, Kind
from gongjian.grading.parts import recognised_part
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType
from gongjian.sittings.assistance import ASSISTANCE

VERSION = 1
VALID = timedelta(days=30)
SKEW = timedelta(minutes=10)
MOST_FILES = 50
LARGEST = 10**12 - 1  # bytes of a file: as many digits as a Content-Range has here
MOST_DAYS = 180
LONGEST_TEXT = 8000
LONGEST_FACT = 500
NAME = re.compile(r"[A-Za-z0-9_-]{2,20}")
MATTER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")
ABOUT = ("person", "employer", "happened_on", "place")
"""The least that an investigation needs to find whom and what it is about; nothing about health or numbers of any kind."""

PERSON = (
    *("person", "id_type", "id_number", "telephone", "employer", "hospital", "department"),
    *("ground", "recognition_number", "recognition_on", "injured_on", "parts", "needs"),
)
"""What another committee needs to call the person, to see that it is they, to draw experts who fit and have no tie, and to keep within what was recognised."""
TOLD = {Kind.ASK: ABOUT, Kind.ENTRUST: PERSON}
"""What may go with each letter that opens a matter."""
WANTED = frozenset(PERSON) - {"employer", "hospital", "department", "needs"}
"""Without these nobody can be called, identified or judged within what was recognised."""


@dataclass(frozen=True)
class File:
    """One enclosure as a letter announces it."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Letter:
    """One message about one matter. number: counted from 1 for each side of a matter. text: what is asked, the reason, the answer."""

    sender: str
    audience: str
    matter: str
    number: int
    kind: Kind
    made_at: datetime
    expires_at: datetime
    text: str = ""
    due_on: date | None = None
    about: dict[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()


def canonical(letter: Letter) -> bytes:
    """The one way in which a letter is written, over which it is signed: JSON, keys sorted, no blanks, UTF-8.

    Law: 令8 art. 14 (another region's department may be entrusted with the investigation); the form is ours.
    """
    told = {"version": VERSION, **asdict(letter), "files": [asdict(each) for each in letter.files]}
    told |= {name: told[name].isoformat() for name in ("made_at", "expires_at")}
    told["due_on"] = letter.due_on.isoformat() if letter.due_on else ""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(content: bytes) -> Letter:
    """A letter out of its bytes; only bytes that `canonical` would write again are one.

    Law: 令8 art. 14; the form is ours. Raises: LetterBroken.
    """
    try:
        told: Any = json.loads(content)
        letter = _letter(told)
        written = canonical(letter)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise LetterBroken(fault="字段缺少或者类型不符") from error
    if written != content:
        raise LetterBroken(fault="不是规范的写法")
    if fault := _fault(letter):
        raise LetterBroken(fault=fault)
    return letter


def _letter(told: dict[str, Any]) -> Letter:
    return Letter(
        sender=str(told["sender"]),
        audience=str(told["audience"]),
        matter=str(told["matter"]),
        number=int(told["number"]),
        kind=Kind(told["kind"]),
        made_at=datetime.fromisoformat(told["made_at"]),
        expires_at=datetime.fromisoformat(told["expires_at"]),
        text=str(told["text"]),
        due_on=date.fromisoformat(told["due_on"]) if told["due_on"] else None,
        about={str(name): str(value) for name, value in told["about"].items()},
        files=tuple(File(str(each["name"]), str(each["sha256"]), int(each["size"])) for each in told["files"]),
    )


def _fault(letter: Letter) -> str:
    if not (NAME.fullmatch(letter.sender) and NAME.fullmatch(letter.audience) and MATTER.fullmatch(letter.matter)):
        return "编号不合规定"
    if letter.made_at.tzinfo is None or letter.expires_at.tzinfo is None or not 1 <= letter.number <= 99:
        return "时间没有时区或者序号不合规定"
    if (
        len(letter.text) > LONGEST_TEXT
        or "\x00" in letter.text
        or not set(letter.about) <= set(TOLD.get(letter.kind, ABOUT))
    ):
        return "内容过长或者写了规定以外的个人信息"
    if not all(is_fact(value) for value in letter.about.values()):
        return "随函告知的内容过长或者为空"
    if (letter.kind in OPENING) != (letter.due_on is not None):
        return "只有委托函写明答复期限"
    if letter.kind is Kind.ENTRUST and not _is_whole(letter.about):
        return "被鉴定人的情况不完整，或者有一项不合规定"
    return _fault_of_files(letter.files)


def _is_whole(about: dict[str, str]) -> bool:
    """Whether a person can be taken on from what is told: everything wanted is there, of a known kind, in the order of days."""
    if not set(about) >= WANTED or about["id_type"] not in set(IdType) or about["ground"] not in GROUNDS:
        return False
    if not set(about.get("needs", "").split(",")) <= {"", *ASSISTANCE}:
        return False
    try:
        injured, recognised = (date.fromisoformat(about[name]) for name in ("injured_on", "recognition_on"))
        parts = [
            recognised_part(code, side) for code, _, side in (each.partition(":") for each in about["parts"].split(","))
        ]
    except (ValueError, RuleError):
        return False
    return injured <= recognised and bool(parts)


def is_fact(value: str) -> bool:
    """Whether this can be told along with a question: something, short, on its lines. Law: 令8 art. 14; the length is ours."""
    return 0 < len(value) <= LONGEST_FACT and value.isprintable()


def _fault_of_files(files: tuple[File, ...]) -> str:
    hashes = {each.sha256 for each in files}
    whole = all(
        HASH.fullmatch(each.sha256) and 0 < each.size <= LARGEST and 0 < len(each.name) <= 120 for each in files
    )
    clean = all(each.name.isprintable() for each in files)
    return "" if whole and clean and len(hashes) == len(files) <= MOST_FILES else "附件清单不合规定"


def check_time(letter: Letter, *, now: datetime) -> None:
    """A letter holds from when it was made, ten minutes of a wrong clock forgiven, until it expires, thirty days later at most.

    Law: 令8 art. 14; the days are ours. Raises: LetterExpired.
    """
    made = letter.made_at - now <= SKEW and letter.expires_at - letter.made_at <= VALID
    if not made or now > letter.expires_at:
        raise LetterExpired


def check_order(number: int, digest: str, known: dict[int, str]) -> bool:
    """Whether a letter is new: the next in turn is, one that was taken already is not. known: number → digest of what was taken.

    Law: 令8 art. 14; the order is ours. Raises: NumberTaken for another letter under a number that was taken, OutOfOrder.
    """
    if number in known:
        if known[number] != digest:
            raise NumberTaken(number=number)
        return False
    if number != len(known) + 1:
        raise OutOfOrder(wanted=len(known) + 1, number=number)
    return True


def span(told: str, *, size: int, received: int, length: int) -> int:
    """Where a piece of a file begins, by its Content-Range ("bytes 0-524287/1000000"), which must fit what came and what is announced.

    Law: 令8 art. 14; the form is RFC 9110, 14.4. Raises: RangeWrong; also for a piece that leaves a gap.
    """
    found = RANGE.fullmatch(told)
    first, last, whole = (int(part) for part in found.groups()) if found else (0, -1, 0)
    if not length or whole != size or last - first + 1 != length or last >= size or first > received:
        raise RangeWrong(size=size, received=received)
    return first


def check_asked(text: str, due_on: date, *, today: date) -> None:
    """A question must say what is asked, in no more than a letter holds, and leave time: until tomorrow at least, half a year at most.

    Law: 令8 art. 14; the days are ours. Raises: NothingAsked, TooMuch.
    """
    if len(text.strip()) > LONGEST_TEXT:
        raise TooMuch(limit=f"{LONGEST_TEXT}字")
    if not text.strip() or not today < due_on <= today + timedelta(days=MOST_DAYS):
        raise NothingAsked(most=MOST_DAYS)


def digest_of(content: bytes) -> str:
    """SHA-256 of the bytes of a letter, by which it is known. Law: 令8 art. 14; the form is ours."""
    return sha256(content).hexdigest()


def request_text(method: str, path: str, span: str, body: bytes, at: str, sender: str, audience: str) -> bytes:
    """What is signed for a request that carries a piece of a file. Law: 令8 art. 14; the form is ours."""
    return "\n".join((method, path, span, sha256(body).hexdigest(), at, sender, audience)).encode()
