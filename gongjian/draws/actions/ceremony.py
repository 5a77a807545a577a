"""What both draws share: a secret, words of those present, and the one place where a draw's state changes."""

import secrets
from collections.abc import Sequence

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.models import CaseDuty
from gongjian.cases.numbers import next_number
from gongjian.draws.actions.preparing import settle_task
from gongjian.draws.errors import (
    ChangeWaiting,
    DrawAlready,
    DrawStateWrong,
    NobodyBooked,
    OfficeHasNoWord,
    OfficerTied,
    SittingOver,
    WordGivenAlready,
    WordsMissing,
    WordsNotAllIn,
    WordsNotOpened,
)
from gongjian.draws.lot.canonical import Document
from gongjian.draws.lot.words import Word, seal_word
from gongjian.draws.models import ChangeRequest, Draw, Witness
from gongjian.draws.queries.groups import bookings_for
from gongjian.draws.queries.words import witness_by_code
from gongjian.draws.states import MOVES, Decision, Kind, Sealed, State
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.errors import NotAllowed
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState

CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I, O
CODE_LENGTH = 8

PERMISSION = {Kind.EXPERTS: "draws.draw", Kind.DOOR: "draws.door"}


def require(by: User, kind: Kind, sitting: Sitting) -> None:
    """Raises: NotAllowed unless `by` may hold this kind of draw at the sitting's office."""
    if not by.holds(PERMISSION[kind], sitting.office_id):
        raise NotAllowed


def lock_sitting(sitting: Sitting, kind: Kind) -> list[str]:
    """Hold the sitting against a second commitment; the hashes of earlier, void ones, oldest first. Raises: SittingOver, DrawAlready."""
    here = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if here.state == SittingState.CLOSED:
        raise SittingOver(number=here.number)
    draws = list(Draw.objects.filter(sitting=sitting, kind=kind).order_by("pk"))
    if any(draw.state != State.VOID for draw in draws):
        raise DrawAlready(kind=kind.label)
    return [draw.commitment_hash for draw in draws]


def those_expected(sitting: Sitting, *, officer: User) -> list[Booking]:
    """Everyone a draw must provide for, with the duty of drawing taken by `officer` in each case. Raises: NobodyBooked, OfficerTied."""
    bookings = list(bookings_for(sitting))
    if not bookings:
        raise NobodyBooked
    held = CaseDuty.objects.filter(user=officer, case__in=[booking.case_id for booking in bookings])
    tied = set(held.exclude(duty=CaseDuty.Duty.DRAW_OFFICER).values_list("case_id", flat=True))
    if tied:
        people = "、".join(booking.exam_code for booking in bookings if booking.case_id in tied)
        raise OfficerTied(name=officer.name, people=people)
    drawing = set(held.values_list("case_id", flat=True))
    for booking in bookings:
        if booking.case_id not in drawing:
            take_duty(booking.case, CaseDuty.Duty.DRAW_OFFICER, by=officer)
    return bookings


def used_secrets(sitting: Sitting) -> set[str]:
    """Hashes of all secrets the office has ever committed to."""
    return set(Draw.objects.filter(office_id=sitting.office_id).values_list("secret_hash", flat=True))


def new_number(sitting: Sitting) -> str:
    """A number for a draw of the sitting's office and year. Numbers have no gaps; a commitment that fails gives its number back."""
    year = moment.today().year
    return f"{sitting.office.code}-C{year}-{next_number(sitting.office, 'draw', year):05d}"


def keep(
    sitting: Sitting, kind: Kind, *, number: str, document: Document, hash: str, secret: bytes, hidden: str, by: User
) -> Draw:
    """Write a commitment down and into the ledger: from here on nothing of it changes."""
    draw = Draw.objects.create(
        number=number,
        kind=kind,
        sitting=sitting,
        office=sitting.office,
        state=State.COMMITTED,
        commitment=document,
        commitment_hash=hash,
        secret=secret.hex(),
        secret_hash=hidden,
        view_key=secrets.token_urlsafe(16),
        committed_at=moment.now(),
        committed_by=by,
    )
    record(draw.chain, "draw.committed", by=by, kind=kind, sitting=sitting.number, commitment=hash, secret_hash=hidden)
    record(sitting.chain, "draw.committed", by=by, draw=number, commitment=hash)
    settle_task(sitting.pk)
    return draw


@transaction.atomic
def call_witnesses(draw: Draw, parts: Sequence[str], *, by: User) -> list[Witness]:
    """Name who of those present will give a word, by their part (监督员, 职工代表 …). Each gets a code of their own. Raises: WordsMissing."""
    parts = [part.strip()[:40] for part in parts if part.strip()]
    if not parts:
        raise WordsMissing
    rows = [
        Witness(draw=draw, position=position, who=part, entry_code=new_entry_code())
        for position, part in enumerate(parts, start=1)
    ]
    Witness.objects.bulk_create(rows)
    record(draw.chain, "draw.witnesses", by=by, parts=parts)
    return rows


def new_entry_code() -> str:
    """Eight signs, 40 bits."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


@transaction.atomic
def give_word(entry_code: str, word: str, *, by: User | None = None) -> Witness:
    """Seal a word under its code, once, before the draw is held. Nobody sees it until all are in.

    Raises: EntryCodeWrong, WordGivenAlready, DrawStateWrong, OfficeHasNoWord, WordWrong.
    """
    witness, draw = place_for_a_seal(entry_code, by=by)
    salt = secrets.token_bytes(16)
    sealed = seal_word(draw.commitment_hash, position=witness.position, who=witness.who, word=word, salt=salt)
    witness.word, witness.salt, witness.opened_at = sealed.word, sealed.salt, moment.now()
    return keep_seal(witness, draw, sealed.seal, on=Sealed.HALL)


def place_for_a_seal(entry_code: str, *, by: User | None) -> tuple[Witness, Draw]:
    """The place under a code, and its draw, both locked, while it may still be filled.

    Raises: EntryCodeWrong, WordGivenAlready, DrawStateWrong, OfficeHasNoWord.
    """
    witness, draw = locked_place(entry_code, act="给词")
    if witness.given_at:
        raise WordGivenAlready
    if by is not None and _is_of_the_office(by, draw):
        raise OfficeHasNoWord
    return witness, draw


def locked_place(entry_code: str, *, act: str) -> tuple[Witness, Draw]:
    """A place for a word and its draw, locked, before the draw. Raises: EntryCodeWrong, DrawStateWrong, WordGivenAlready after it."""
    pk = witness_by_code(entry_code).pk
    witness = Witness.objects.select_for_update(of=("self",)).select_related("draw").get(pk=pk)
    draw = Draw.objects.select_for_update().get(pk=witness.draw_id)
    if witness.opened_at:
        raise WordGivenAlready
    if draw.state != State.COMMITTED:
        raise DrawStateWrong(state=State(draw.state).label, act=act)
    return witness, draw


def keep_seal(witness: Witness, draw: Draw, seal: str, *, on: Sealed) -> Witness:
    """Write a seal down, for good, and into the ledger."""
    witness.seal, witness.sealed_on, witness.given_at = seal, on, moment.now()
    witness.save()
    record(draw.chain, "draw.word_sealed", by=None, position=witness.position, who=witness.who, seal=seal, on=on)
    return witness


def _is_of_the_office(user: User, draw: Draw) -> bool:
    """Whether `user` could hold this draw: the side that keeps the secret."""
    return user.pk == draw.committed_by_id or any(
        user.holds(permission, draw.office_id) for permission in {PERMISSION[Kind(draw.kind)], "draws.draw"}
    )


def words_of(draw: Draw) -> list[Word]:
    """The opened words, in order. Raises: WordsMissing, WordsNotAllIn while any is not in, WordsNotOpened while any is only sealed."""
    witnesses = list(draw.witnesses.order_by("position"))
    if not witnesses:
        raise WordsMissing
    if late := [witness.who for witness in witnesses if witness.given_at is None]:
        raise WordsNotAllIn(who="、".join(late))
    if shut := [witness.who for witness in witnesses if witness.opened_at is None]:
        raise WordsNotOpened(who="、".join(shut))
    return [Word(witness.who, witness.word, witness.salt, witness.seal) for witness in witnesses]


def step(draw: Draw, act: str, **changes: object) -> Draw:
    """Take one step of the draw's life, only from the state it begins in. Raises: DrawStateWrong."""
    row = next(move for move in MOVES if move.act == act)
    changed = Draw.objects.filter(pk=draw.pk, state=row.start).update(state=row.end, **changes)
    draw.refresh_from_db()
    if changed != 1:
        raise DrawStateWrong(state=State(draw.state).label, act=row.label)
    return draw


def check_state(draw: Draw, act: str) -> None:
    """Raises: DrawStateWrong unless the step may be taken from where the draw is."""
    row = next(move for move in MOVES if move.act == act)
    if draw.state != row.start:
        raise DrawStateWrong(state=State(draw.state).label, act=row.label)


def check_not_waiting(draw: Draw, act: str) -> None:
    """Raises: ChangeWaiting while somebody's request for a change of the draw waits for a second person."""
    waiting = ChangeRequest.objects.filter(draw=draw, decision=Decision.ASKED).first()
    if waiting:
        label = next(move.label for move in MOVES if move.act == act)
        raise ChangeWaiting(act=waiting.get_act_display(), step=label)


def put_aside(draw: Draw, *, kind: str, by: User, reason: str = "", **facts: object) -> Draw:
    """Void a commitment that has not been drawn; the next one for the sitting names it. kind: of `states.WHYS`; reason: for staff.

    Raises: DrawStateWrong.
    """
    step(draw, "void", void_kind=kind, void_reason=reason[:200])
    given = draw.witnesses.filter(given_at__isnull=False).count()
    told = {"commitment": draw.commitment_hash, "kind": kind, "words_in": given, **facts}
    record(draw.chain, "draw.void", by=by, **told)
    record(draw.sitting.chain, "draw.void", by=by, draw=draw.number, **told)
    settle_task(draw.sitting_id)
    return draw


def locked(row: Draw) -> Draw:
    """The draw as it stands now, held against every other act on it until the transaction ends."""
    return Draw.objects.select_for_update(of=("self",)).select_related("sitting__office").get(pk=row.pk)
