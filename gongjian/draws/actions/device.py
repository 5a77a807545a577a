"""Words sealed on a device of one's own: only the seal is handed in, and the word when all seals are in."""

import re

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.draws.actions.ceremony import check_not_waiting, keep_seal, locked_place, place_for_a_seal
from gongjian.draws.errors import NotTheSealed, SealedAsTyped, SealWrong, WordsNotAllIn
from gongjian.draws.lot.words import Word, holds
from gongjian.draws.models import Witness
from gongjian.draws.queries.words import must_type, not_given
from gongjian.draws.rules import tidied_word
from gongjian.draws.states import Sealed
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record

SEAL = re.compile(r"[0-9a-f]{64}")
BLANKS = re.compile(r"\s")


@transaction.atomic
def hand_in_seal(entry_code: str, seal: str, *, by: User | None = None) -> Witness:
    """Fill a place with a seal alone, once, before the draw is held. The word stays where it was sealed.

    Raises: EntryCodeWrong, WordGivenAlready, DrawStateWrong, OfficeHasNoWord, SealedAsTyped, SealWrong.
    """
    witness, draw = place_for_a_seal(entry_code, by=by)
    if must_type(witness):
        raise SealedAsTyped(who=witness.who)
    plain = BLANKS.sub("", seal).lower()
    if not SEAL.fullmatch(plain):
        raise SealWrong
    return keep_seal(witness, draw, plain, on=Sealed.DEVICE)


@transaction.atomic
def open_word(entry_code: str, word: str, salt: str) -> Witness:
    """Hand in the word behind a seal, when all seals are in: it must be the one that was sealed. Nobody is shown it before the draw.

    Raises: EntryCodeWrong, WordsNotAllIn, ChangeWaiting, DrawStateWrong, WordGivenAlready, NotTheSealed.
    """
    witness, draw = locked_place(entry_code, act="揭晓")
    if late := not_given(draw):
        raise WordsNotAllIn(who="、".join(late))
    check_not_waiting(draw, "hold")
    told = Word(witness.who, tidied_word(word), BLANKS.sub("", salt).lower(), witness.seal)
    if not holds(draw.commitment_hash, witness.position, told):
        raise NotTheSealed
    witness.word, witness.salt, witness.opened_at = told.word, told.salt, moment.now()
    witness.save(update_fields=["word", "salt", "opened_at"])
    record(draw.chain, "draw.word_opened", by=None, position=witness.position, who=witness.who)
    return witness
