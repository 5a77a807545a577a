"""Places for a word, by the code that was handed out."""

from gongjian.draws.errors import EntryCodeWrong
from gongjian.draws.models import Draw, Witness, WrongCode
from gongjian.draws.rules import WINDOW, check_tries
from gongjian.draws.states import WORD_LOST, Sealed
from gongjian.kernel import moment
from gongjian.sittings.codes import read


def witness_by_code(entry_code: str) -> Witness:
    """The place for a word under a code. Raises: EntryCodeWrong."""
    found = Witness.objects.select_related("draw__sitting", "draw__office").filter(entry_code=read(entry_code)).first()
    if found is None:
        raise EntryCodeWrong
    return found


def not_given(draw: Draw) -> list[str]:
    """The parts from which no seal is in yet."""
    return list(draw.witnesses.filter(given_at=None).order_by("position").values_list("who", flat=True))


def must_type(witness: Witness) -> bool:
    """Whether a part may only type its word in the hall: a commitment of this sitting was voided because its sealed word was never opened."""
    lost = Witness.objects.filter(
        who=witness.who, sealed_on=Sealed.DEVICE, opened_at=None, draw__void_kind=WORD_LOST,
        draw__sitting=witness.draw.sitting_id, draw__kind=witness.draw.kind,
    )  # fmt: skip
    return lost.exists()


def check_address(address_index: str) -> None:
    """Whether an address may try another code. Raises: TooManyTries."""
    now = moment.now()
    rows = WrongCode.objects.filter(address_index=address_index, at__gt=now - WINDOW)
    check_tries(list(rows.values_list("at", flat=True)), at=now)
