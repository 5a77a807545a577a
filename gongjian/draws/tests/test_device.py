"""Words sealed on a witness's own device: only the seal is handed in, the word when all seals are in."""

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_draw_officer, a_supervisor
from gongjian.draws.actions import experts
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.actions.changes import ask_void, confirm
from gongjian.draws.actions.device import hand_in_seal, open_word
from gongjian.draws.errors import (
    NotTheSealed,
    OfficeHasNoWord,
    SealedAsTyped,
    SealWrong,
    WordGivenAlready,
    WordsNotAllIn,
    WordsNotOpened,
)
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.lot.words import seal_word
from gongjian.draws.models import Draw, Witness
from gongjian.draws.queries.changes import voided_before
from gongjian.draws.states import WORD_LOST, State
from gongjian.draws.tests.house import DRAWN, WORDS, a_committed
from gongjian.draws.tests.pages import as_, text_of
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings.tests.builders import at

pytestmark = pytest.mark.django_db
SALT = bytes(range(16))


def seal_of(witness: Witness, word: str = WORDS[0]) -> str:
    """What the telephone computes."""
    where = {"position": witness.position, "who": witness.who}
    return seal_word(witness.draw.commitment_hash, word=word, salt=SALT, **where).seal


def first(draw: Draw) -> Witness:
    return draw.witnesses.select_related("draw").get(position=1)


def sealed(draw: Draw, *, others: bool = True) -> Witness:
    """The first place is sealed on a device; the second typed, if asked for."""
    witness = first(draw)
    hand_in_seal(witness.entry_code, seal_of(witness))
    if others:
        give_word(draw.witnesses.get(position=2).entry_code, WORDS[1])
    return first(draw)


def test_art_11_before_the_opening_the_server_has_no_word_to_learn():
    draw = a_committed()
    witness = sealed(draw)
    assert (witness.word, witness.salt, witness.opened_at) == ("", "", None)
    assert (witness.sealed_on, witness.seal) == ("device", seal_of(witness))
    with pytest.raises(WordsNotOpened, match="监督员"), at(DRAWN):
        experts.hold(draw, by=a_draw_officer())


def test_opened_it_is_drawn_with_and_the_receipt_verifies():
    draw = a_committed()
    witness = sealed(draw)
    open_word(witness.entry_code, f"  {WORDS[0]} ", SALT.hex().upper())
    with at(DRAWN):
        held = experts.hold(draw, by=a_draw_officer())
    assert verify_text(held.receipt.encode()) == []
    assert WORDS[0] in held.receipt
    acts = [entry.act for entry in LedgerEntry.objects.filter(chain=draw.chain)]
    assert acts.count("draw.word_sealed") == 2
    assert acts.count("draw.word_opened") == 1
    assert WORDS[0] not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))


def test_nobody_opens_before_all_seals_are_in():
    witness = sealed(a_committed(), others=False)
    with pytest.raises(WordsNotAllIn, match="职工代表"):
        open_word(witness.entry_code, WORDS[0], SALT.hex())


@pytest.mark.parametrize(("word", "salt"), [("换一个", SALT.hex()), (WORDS[0], "00" * 16), (WORDS[0], "xy"), ("", "")])
def test_only_what_was_sealed_opens_it(word, salt):
    witness = sealed(a_committed())
    with pytest.raises(NotTheSealed):
        open_word(witness.entry_code, word, salt)
    assert first(witness.draw).opened_at is None


def test_a_place_is_sealed_once_and_opened_once():
    witness = sealed(a_committed())
    with pytest.raises(WordGivenAlready):
        hand_in_seal(witness.entry_code, seal_of(witness, "另一个"))
    with pytest.raises(WordGivenAlready):
        give_word(witness.entry_code, "现场再给")
    open_word(witness.entry_code, WORDS[0], SALT.hex())
    with pytest.raises(WordGivenAlready):
        open_word(witness.entry_code, WORDS[0], SALT.hex())


def test_art_34_the_database_keeps_seal_and_word():
    witness = sealed(a_committed())
    with pytest.raises(Exception, match="seal_given_once"):
        Witness.objects.filter(pk=witness.pk).update(seal="0" * 64)


@pytest.mark.parametrize("seal", ["", "ab", "zz" * 32, "ab" * 33])
def test_what_is_no_seal_is_refused(seal):
    with pytest.raises(SealWrong):
        hand_in_seal(first(a_committed()).entry_code, seal)


def test_the_office_seals_nothing():
    witness = first(a_committed())
    with pytest.raises(OfficeHasNoWord):
        hand_in_seal(witness.entry_code, seal_of(witness), by=a_draw_officer())


def a_lost_device() -> Draw:
    """All seals are in, a word is not opened, and the list is voided for it by two people."""
    draw = a_committed()
    sealed(draw)
    confirm(ask_void(draw, kind=WORD_LOST, by=a_draw_officer()), by=a_supervisor())
    draw.refresh_from_db()
    return draw


def test_a_word_that_cannot_be_opened_voids_the_list_in_the_open():
    """It is never left out: whoever holds the others' words could otherwise choose between two results that are both known."""
    draw = a_lost_device()
    assert draw.state == State.VOID
    again = a_committed(draw.sitting)
    assert [(one.why, one.given) for one in voided_before(again)] == [("封存的词不能揭晓", 2)]
    assert "封存的词不能揭晓" in text_of(as_().get(reverse("draws:live", args=[again.number, again.view_key])))


def test_who_did_not_open_types_the_next_word_and_the_others_may_seal_again():
    again = a_committed(a_lost_device().sitting)
    lost, other = again.witnesses.select_related("draw").order_by("position")
    with pytest.raises(SealedAsTyped, match="监督员"):
        hand_in_seal(lost.entry_code, seal_of(lost))
    assert give_word(lost.entry_code, WORDS[0]).opened_at
    assert hand_in_seal(other.entry_code, seal_of(other, WORDS[1])).given_at


# The pages.


def test_the_link_is_for_one_place_and_shows_nothing_else():
    draw = a_committed()
    witness, other = draw.witnesses.order_by("position")
    give_word(other.entry_code, WORDS[1])
    told = text_of(as_().get(reverse("draws:own_code", args=[witness.entry_code]), follow=True))
    assert draw.commitment_hash in told
    assert witness.who in told
    assert other.who not in told
    assert not any(secret in told for secret in (WORDS[1], other.entry_code, Witness.objects.get(pk=other.pk).seal))


def test_the_word_has_no_name_and_is_not_sent():
    browser = as_()
    page = browser.get(reverse("draws:own_code", args=[first(a_committed()).entry_code]), follow=True)
    assert 'id="own-word"' in text_of(page)
    assert 'name="word"' not in text_of(page)


def test_the_page_walks_from_seal_to_opening():
    draw = a_committed()
    witness, browser, own = first(draw), as_(), reverse("draws:own_word")
    browser.get(reverse("draws:own_code", args=[witness.entry_code]))
    assert browser.post(own, {"seal": "xy"}).status_code == 422
    assert "封存码已交出" in text_of(browser.post(own, {"seal": seal_of(witness)}, follow=True))
    give_word(draw.witnesses.get(position=2).entry_code, WORDS[1])
    assert "全部给齐，请揭晓" in text_of(browser.get(own))
    assert browser.post(own, {"word": "别的", "salt": SALT.hex()}).status_code == 422
    assert "您的词已揭晓" in text_of(browser.post(own, {"word": WORDS[0], "salt": SALT.hex()}, follow=True))


def test_without_a_code_the_page_asks_for_one():
    assert as_().get(reverse("draws:own_word"))["Location"] == reverse("draws:word")
