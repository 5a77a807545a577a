"""Places for a word, by the code that was handed out."""

from gongjian.draws.errors import EntryCodeWrong
from gongjian.draws.models import Witness, WrongCode
from gongjian.draws.rules import WINDOW, check_tries
from gongjian.kernel import moment
from gongjian.sittings.codes import read


def witness_by_code(entry_code: str) -> Witness:
    """The place for a word under a code. Raises: EntryCodeWrong."""
    found = Witness.objects.select_related("draw__sitting", "draw__office").filter(entry_code=read(entry_code)).first()
    if found is None:
        raise EntryCodeWrong
    return found


def check_address(address_index: str) -> None:
    """Whether an address may try another code. Raises: TooManyTries."""
    now = moment.now()
    rows = WrongCode.objects.filter(address_index=address_index, at__gt=now - WINDOW)
    check_tries(list(rows.values_list("at", flat=True)), at=now)
