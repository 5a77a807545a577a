"""Trying an entry code: wrong ones are counted for each address."""

from gongjian.draws.errors import EntryCodeWrong
from gongjian.draws.models import Witness, WrongCode
from gongjian.draws.queries.words import check_address, witness_by_code
from gongjian.draws.rules import WINDOW
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index


def try_code(entry_code: str, *, address: str) -> Witness:
    """The place for a word under a code that somebody typed at a network address; a wrong one is noted. Raises: EntryCodeWrong, TooManyTries."""
    here = blind_index(address or "unknown", "address")
    check_address(here)
    try:
        return witness_by_code(entry_code)
    except EntryCodeWrong:
        now = moment.now()
        WrongCode.objects.filter(at__lte=now - WINDOW).delete()
        WrongCode.objects.create(address_index=here, at=now)
        raise
