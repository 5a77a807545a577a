"""The opinion of another committee's group: sent from where it was given, taken in where it was asked for. It feeds the conclusion as our own group's does."""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.cases.models import Case
from gongjian.draws.models import Draw
from gongjian.draws.queries.groups import arrival_of
from gongjian.draws.states import State as DrawState
from gongjian.kernel import moment
from gongjian.opinions.actions.panel import hold_case
from gongjian.opinions.content import canonical, hash_of
from gongjian.opinions.errors import DrawNotClosed, NoMajorityYet
from gongjian.opinions.models import Entrusted, Round, Vote
from gongjian.opinions.packet import Packet, Signed, checked
from gongjian.opinions.sealing import opened_statements
from gongjian.sittings.actions.entrusting import end_mode


def packet_of(case: Case) -> Packet:
    """What our group has said of an entrusted case, with the receipts of its draws, which are public by now. Checked as the other side will.

    Law: 令55 art. 11, 12, 15. Raises: NoMajorityYet, DrawNotClosed, SealBroken, PacketWrong.
    """
    last = Round.objects.filter(case=case).order_by("-number").first()
    vote = Vote.objects.select_related("round").filter(round=last, outcome=Vote.Outcome.MAJORITY).first()
    sent = arrival_of(case)
    if vote is None or sent is None:
        raise NoMajorityYet
    signed = tuple(
        Signed(canonical(told).decode(), row.assignment.user.name, row.signature, row.key.public_key)
        for row, told in opened_statements(vote.round)
    )
    packet = Packet(sent.booking.exam_code, signed, _given_out(sent.group.draw), _given_out(sent.draw))
    checked(packet)
    return packet


def _given_out(draw: Draw) -> str:
    """A receipt that anybody may fetch already. Raises: DrawNotClosed."""
    if draw.state != DrawState.CLOSED:
        raise DrawNotClosed
    return draw.receipt.strip()


@transaction.atomic
def take_in(case: Case, packet: Packet, *, matter: str, committee: str) -> Entrusted:
    """Take the opinion of another committee's group in, once everything in it holds; the case has its opinion then, and goes to the reviewer here.

    matter: key of what was asked. Law: 令55 art. 12, 15. Raises: PacketWrong, MoveNotAllowed for a case that is not entrusted.
    """
    case = hold_case(case)
    found = checked(packet)
    digest = hash_of(packet.content)
    told: Any = {
        "statements": [vars(each) for each in packet.statements],
        "receipts": {"experts": packet.experts, "door": packet.door},
    }
    row = Entrusted.objects.create(
        case=case,
        matter=matter,
        committee=committee,
        exam_code=packet.exam_code,
        digest=digest,
        received_at=moment.now(),
        **told,
    )
    hashes = [each.digest for each in found.statements]
    move(case, "opine", by=None, matter=matter, digest=digest, opinions=hashes)
    return row


@transaction.atomic
def set_aside(case: Case, *, by: User, why: str) -> Entrusted:
    """Use the other committee's opinion no more, for a formal defect: the case is examined here, and is on the list again. The opinion stays on record.

    The caller has asked whether `by` may. Law: 令55 art. 15, 16 (nobody but experts changes an opinion). Raises: MoveNotAllowed.
    """
    case = hold_case(case)
    row = Entrusted.objects.select_for_update().get(case=case, set_aside_at=None)
    row.set_aside_at = moment.now()
    row.save(update_fields=["set_aside_at"])
    move(case, "set_aside", by=None, matter=row.matter, digest=row.digest)
    end_mode(case, by=by, why=why)
    return row
