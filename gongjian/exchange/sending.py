"""Sending the letters that wait: each matter's in order, claimed by putting the next attempt off, tried until they expire.

Whoever dies while sending leaves the letter to be tried again; the peer knows what it has already, and takes nothing twice.
"""

import logging
from time import monotonic

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongjian.cases.actions.obligations import owe
from gongjian.exchange.actions.asking import due_of
from gongjian.exchange.business import business_of, live_case
from gongjian.exchange.line import HttpLine, Line, push
from gongjian.exchange.models import Posted
from gongjian.exchange.owes import NOT_DELIVERED
from gongjian.exchange.queries import trusted_peers
from gongjian.exchange.states import OPENING, State
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.errors import GatewayDown, GatewayRefused
from gongjian.kernel.outbox.pacing import pause_after

log = logging.getLogger(__name__)
PENDING, SENT, FAILED = Posted.Sending.PENDING, Posted.Sending.SENT, Posted.Sending.FAILED
LONGEST_RUN = 40.0


def send_due(line: Line | None = None, *, limit: int = 50) -> int:
    """Try what is due, each letter once; how many were tried. May run twice at once."""
    end, tried = monotonic() + LONGEST_RUN, 0
    while tried < limit and monotonic() < end and (letter := claim()):
        attempt(letter, line or HttpLine())
        tried += 1
    return tried


@transaction.atomic
def claim() -> Posted | None:
    """The next letter that is due and before which nothing of its matter waits, put off so that nobody else takes it."""
    earlier = Posted.objects.filter(
        matter=OuterRef("matter"), is_ours=True, number__lt=OuterRef("number"), sending=PENDING
    )
    due = Posted.objects.filter(sending=PENDING, next_attempt_at__lte=moment.now()).exclude(Exists(earlier))
    letter = due.order_by("next_attempt_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
    if letter is None:
        return None
    letter.attempts += 1
    letter.next_attempt_at = moment.now() + pause_after(min(letter.attempts, 20))
    letter.save(update_fields=["attempts", "next_attempt_at"])
    return Posted.objects.select_related("matter__office", "matter__peer", "matter__case__office").get(pk=letter.pk)


def attempt(letter: Posted, line: Line) -> None:
    """Send a claimed letter and note what came of it: to the office as it is trusted now, though its key or address is another one since."""
    peer = trusted_peers(letter.matter.office).filter(code=letter.matter.peer.code).first()
    fault = _never(letter) if peer else "exchange.not_trusted"
    if peer is None or fault:
        give_up(letter, fault)
        return
    letter.matter.peer = peer
    if letter.kind in OPENING and live_case(letter.matter) is None:
        _postpone(letter, "exchange.not_gathering")
        return
    try:
        push(letter, line)
    except GatewayRefused as refused:
        give_up(letter, refused.code)
    except GatewayDown as down:
        _postpone(letter, down.code)
    else:
        note_sent(letter)


def _never(letter: Posted) -> str:
    """Why a letter can come no more: it has expired, its question was withdrawn before it went, or one before it was given up and the peer would wait for that for ever."""
    if letter.kind in OPENING and letter.matter.state == State.WITHDRAWN:
        return "exchange.withdrawn"
    if letter.expires_at < moment.now():
        return "exchange.expired"
    before = letter.matter.letters.filter(is_ours=True, number__lt=letter.number, sending=FAILED)
    return "exchange.earlier_not_sent" if before.exists() else ""


def _postpone(letter: Posted, code: str) -> None:
    log.info("exchange.postponed %s %s", letter.pk, code)
    Posted.objects.filter(pk=letter.pk, sending=PENDING).update(last_error=code[:60])


@transaction.atomic
def note_sent(letter: Posted) -> bool:
    """The peer has the letter for good. Twice is once."""
    done = Posted.objects.filter(pk=letter.pk, sending=PENDING)
    if not done.update(sending=SENT, completed_at=moment.now(), last_error=""):
        return False
    record(
        letter.matter.chain, "exchange.sent", by=None, matter=letter.matter.key, kind=letter.kind, number=letter.number
    )
    return True


@transaction.atomic
def give_up(letter: Posted, code: str) -> bool:
    """The peer does not want the letter, or it has expired: on a case of ours that is somebody's task. Twice is once."""
    if not Posted.objects.filter(pk=letter.pk, sending=PENDING).update(sending=FAILED, last_error=code[:60]):
        return False
    log.warning("exchange.given_up %s %s", letter.pk, code)
    matter = letter.matter
    record(
        matter.chain, "exchange.not_sent", by=None, matter=matter.key, kind=letter.kind, number=letter.number, code=code
    )
    if case := live_case(matter):
        told = business_of(matter)
        owe(case, NOT_DELIVERED, due=due_of(case), article=told.article, role=told.role, about=matter.key)
    return True
