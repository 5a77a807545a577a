"""Letters and files that come from peers. Taken once, in order, and only from who is trusted; a repetition changes nothing."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, RawIOBase

from django.db import transaction
from django.db.models import QuerySet, Sum

from gongjian.accounts.models import Office
from gongjian.cases.actions.locked import locked_row
from gongjian.exchange.actions.entrusting import follow_entrusted
from gongjian.exchange.actions.settled import owe_reading
from gongjian.exchange.actions.writing import write
from gongjian.exchange.business import BUSINESSES, opened_by
from gongjian.exchange.errors import (
    FileChanged,
    FileNotAnnounced,
    MatterUnknown,
    OutOfOrder,
    UnknownSender,
    WrongAudience,
)
from gongjian.exchange.keys import check
from gongjian.exchange.models import Enclosure, Matter, Peer, Piece, Posted
from gongjian.exchange.rules import Letter, check_order, check_time, digest_of, read, span
from gongjian.exchange.states import OF_THE_ASKER, OPENING, Direction, Kind, Name, State, after
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import keep, store
from gongjian.kernel.evidence.kinds import Kind as EvidenceKind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record

FOLLOW: Mapping[Name, Callable[[Matter], object]] = {Name.RECOGNITION: owe_reading, Name.APPRAISAL: follow_entrusted}
"""What follows, in the same transaction, once a letter is here whole."""
KINDS_OF_OFFICE = frozenset().union(*(each.offices for each in BUSINESSES.values()))


@dataclass(frozen=True)
class Receipt:
    """How far a letter has come: of each file, how many bytes are here. complete: it is taken for good."""

    complete: bool
    received: dict[str, int]


def peer_of(sender: str, audience: str) -> Peer:
    """The trusted peer of one of our offices. Raises: WrongAudience, UnknownSender."""
    office = Office.objects.filter(code=audience, kind__in=KINDS_OF_OFFICE).first()
    if office is None:
        raise WrongAudience
    rows = Peer.objects.select_related("office")
    peer = rows.filter(office=office, code=sender, trusted_at__isnull=False, ended_at=None).first()
    if peer is None:
        raise UnknownSender
    return peer


@transaction.atomic
def take_letter(content: bytes, signature: str) -> Receipt:
    """Take a letter in, or say how far the same one has come already. One without files is complete at once.

    Raises: LetterBroken, WrongAudience, UnknownSender, SignatureWrong, LetterExpired, MatterUnknown, OutOfOrder, NumberTaken, NotNow.
    """
    letter, digest = read(content), digest_of(content)
    peer = peer_of(letter.sender, letter.audience)
    check(peer.key, content, signature)
    check_time(letter, now=moment.now())
    matter = _matter(peer, letter)
    known = dict(matter.letters.filter(is_ours=False).values_list("number", "digest"))
    if check_order(letter.number, digest, known):
        _must_be_next(matter, letter)
        _keep(matter, letter, content, signature)
    return _receipt(matter, matter.letters.get(is_ours=False, number=letter.number))


def _must_be_next(matter: Matter, letter: Letter) -> None:
    waiting = matter.letters.filter(is_ours=False, completed_at=None).order_by("number").first()
    if waiting:
        raise OutOfOrder(wanted=waiting.number, number=letter.number)
    after(matter.state, letter.kind)


def _matter(peer: Peer, letter: Letter) -> Matter:
    direction = Direction.IN if letter.kind in OF_THE_ASKER else Direction.OUT
    business = opened_by(letter.kind)
    if business and peer.office.kind not in business.offices:
        raise WrongAudience
    rows = Matter.objects.filter(office=peer.office, peer__code=peer.code, key=letter.matter, direction=direction)
    if business and letter.number == 1 and letter.due_on:
        told = {
            "business": business.name,
            "state": State.ARRIVING,
            "scope": letter.text,
            "about": letter.about,
            "due_on": letter.due_on,
        }
        Office.objects.select_for_update(no_key=True).get(
            pk=peer.office_id
        )  # the same letter twice at once opens one matter
        if not rows.exists():
            Matter.objects.create(
                office=peer.office, peer=peer, key=letter.matter, direction=direction, opened_at=moment.now(), **told
            )
    return _held(rows)


def _held(rows: QuerySet[Matter]) -> Matter:
    """The matter as it is now, held, and its case before it, as whoever acts in the case does: so nobody waits in a ring. Raises: MatterUnknown.

    What was taken on while we waited has a case that we do not hold: the matter is let go, and both are held in their order.
    """
    while True:
        keys = rows.values_list("case_id", "done_as_id").first()
        with transaction.atomic():
            for pk in filter(None, keys or ()):
                locked_row(pk)
            found = rows.select_for_update(of=("self",)).select_related("office", "peer", "case__office").first()
            if found is None:
                raise MatterUnknown
            if (found.case_id, found.done_as_id) == keys:
                return found
            transaction.set_rollback(True)  # to the savepoint: it gives the locks back


def _keep(matter: Matter, letter: Letter, content: bytes, signature: str) -> None:
    row = Posted.objects.create(
        matter=matter,
        is_ours=False,
        number=letter.number,
        kind=letter.kind,
        content=content.decode(),
        digest=digest_of(content),
        signature=signature,
        made_at=letter.made_at,
        expires_at=letter.expires_at,
    )
    for order, file in enumerate(letter.files, 1):
        Enclosure.objects.create(letter=row, order=order, name=file.name, sha256=file.sha256, size=file.size)
    if not letter.files:
        _complete(matter, row, letter)


@transaction.atomic
def take_piece(peer: Peer, *, matter: str, number: int, sha256: str, told: str, body: bytes) -> Receipt:
    """Take one piece of an announced file in, at the place its Content-Range names. What is here already is not taken twice.

    The last piece makes the file whole: it is compared with its announced hash and stored; the last file completes the letter.
    Raises: FileNotAnnounced, RangeWrong, and the store's refusals.
    """
    row = _enclosure(peer, matter, number, sha256)
    if row.evidence_id is None:
        received = _received(row)
        start = span(told, size=row.size, received=received, length=len(body))
        if start == received:
            Piece.objects.create(enclosure=row, start=start, length=len(body), content=b64encode(body).decode())
    return _receipt(row.letter.matter, row.letter)


def finish(peer: Peer, *, matter: str, number: int, sha256: str) -> Receipt:
    """Where every byte of a file is here, compare and store it, and take the letter when it was the last. Otherwise nothing happens.

    Raises: FileNotAnnounced, FileChanged after what came was thrown away, and the store's refusals.
    """
    with transaction.atomic():
        row = _enclosure(peer, matter, number, sha256)
        whole = row.evidence_id is not None or _received(row) < row.size or _joined(row)
    if not whole:
        raise FileChanged
    return _receipt(row.letter.matter, row.letter)


def _joined(row: Enclosure) -> bool:
    """Store a file that is here whole; False, and its pieces are gone, when it is not the announced one."""
    digest = sha256()
    for part in _parts(row):
        digest.update(part)
    if digest.hexdigest() != row.sha256:
        row.pieces.all().delete()
        return False
    row.evidence = _stored(row)
    row.save(update_fields=["evidence"])
    row.pieces.all().delete()
    letter = row.letter
    if not letter.enclosures.filter(evidence=None).exists():
        _complete(letter.matter, letter, read(letter.content.encode()))
    return True


def _stored(row: Enclosure) -> Evidence:
    """The file in the store: a paper as any other; an opinion as the data it is, which is looked at as a whole right after."""
    whole, letter = BufferedReader(_Joined(_parts(row))), row.letter
    if letter.kind == Kind.ANSWERED and letter.matter.business == Name.APPRAISAL:
        return keep(whole, kind=EvidenceKind.DATA, by=None)
    return store(whole, name=row.name, by=None)


def _parts(row: Enclosure) -> Iterator[bytes]:
    for piece in row.pieces.order_by("start").iterator(chunk_size=4):
        yield b64decode(piece.content)


class _Joined(RawIOBase):
    """Pieces read as one stream."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._left = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        self._left = self._left or next(self._parts, b"")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def _enclosure(peer: Peer, matter: str, number: int, name: str) -> Enclosure:
    rows = Enclosure.objects.select_for_update(of=("self",)).select_related(
        "letter__matter__office", "letter__matter__peer"
    )
    found = rows.filter(
        letter__matter__office=peer.office, letter__matter__peer__code=peer.code, letter__matter__key=matter,
        letter__is_ours=False, letter__number=number, sha256=name,
    ).first()  # fmt: skip
    if found is None:
        raise FileNotAnnounced
    found.letter.matter = _held(Matter.objects.filter(pk=found.letter.matter_id))
    return found


def _received(row: Enclosure) -> int:
    return row.pieces.aggregate(sum=Sum("length"))["sum"] or 0


def _receipt(matter: Matter, letter: Posted) -> Receipt:
    letter.refresh_from_db(fields=["completed_at"])
    rows = letter.enclosures.annotate(here=Sum("pieces__length"))
    return Receipt(
        letter.completed_at is not None,
        {row.sha256: row.size if row.evidence_id else row.here or 0 for row in rows},
    )


def _complete(matter: Matter, row: Posted, letter: Letter) -> None:
    """The letter is here with all its files: what it says holds from now on."""
    matter.state = after(matter.state, letter.kind)
    row.completed_at = moment.now()
    row.save(update_fields=["completed_at"])
    if letter.kind in (Kind.REFUSED, Kind.ANSWERED, Kind.WITHDRAWN):
        matter.reply, matter.settled_at = letter.text, moment.now()
    matter.save(update_fields=["state", "reply", "settled_at"])
    record(
        matter.chain,
        f"exchange.{letter.kind.value}_came",
        by=None,
        matter=matter.key,
        peer=matter.peer.code,
        digest=row.digest,
    )
    if letter.kind in OPENING:
        write(matter, Kind.RECEIVED)
    FOLLOW[Name(matter.business)](matter)


def forget_pieces() -> int:
    """Remove pieces of files whose letter has expired before it was complete; how many."""
    late = Piece.objects.filter(enclosure__letter__expires_at__lt=moment.now())
    return late.delete()[0]
