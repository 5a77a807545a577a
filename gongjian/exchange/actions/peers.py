"""Whom this installation believes: entered by one act, trusted by another, after the fingerprint was compared by another way."""

from urllib.parse import urlsplit

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import PEERS
from gongjian.exchange.errors import AddressWrong, FingerprintDiffers, LetterBroken, PeerKnown, PeerNotFound
from gongjian.exchange.keys import fingerprint
from gongjian.exchange.models import Peer
from gongjian.exchange.rules import NAME
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.errors import NotAllowed


@transaction.atomic
def enter(office: Office, *, code: str, name: str, address: str, key: str, by: User) -> Peer:
    """Write another office and its key down. Nothing is sent to it or taken from it yet.

    address: where its platform answers, without a path. Raises: NotAllowed, AddressWrong, KeyUnreadable, PeerKnown, LetterBroken for a code no letter can bear.
    """
    _must_manage(office, by)
    if not NAME.fullmatch(code):
        raise LetterBroken(fault="机构编号不合规定")
    address = _checked(address)
    told = {"code": code, "name": name.strip(), "address": address, "key": key.strip(), "fingerprint": fingerprint(key)}
    Office.objects.select_for_update().get(pk=office.pk)
    if Peer.objects.filter(office=office, code=code, ended_at=None).exists():
        raise PeerKnown(code=code)
    row = Peer.objects.create(office=office, entered_by=by, entered_at=moment.now(), **told)
    record(_chain(row), "peer.entered", by=by, peer=code, fingerprint=row.fingerprint)
    return row


@transaction.atomic
def trust(peer: Peer, *, seen: str, by: User) -> Peer:
    """Believe a peer. seen: the fingerprint as the other side has read it out; blanks do not count. Twice is once.

    Raises: NotAllowed, FingerprintDiffers, PeerNotFound for one that was ended.
    """
    _must_manage(peer.office, by)
    if "".join(seen.split()).lower() != peer.fingerprint:
        raise FingerprintDiffers
    waiting = Peer.objects.filter(pk=peer.pk, trusted_at=None, ended_at=None)
    if waiting.update(trusted_at=moment.now(), trusted_by=by):
        record(_chain(peer), "peer.trusted", by=by, peer=peer.code, fingerprint=peer.fingerprint)
    peer.refresh_from_db()
    if not peer.is_trusted:
        raise PeerNotFound
    return peer


@transaction.atomic
def end(peer: Peer, *, by: User) -> Peer:
    """Believe a peer no longer: its letters are refused from now on. Twice is once. Raises: NotAllowed."""
    _must_manage(peer.office, by)
    if Peer.objects.filter(pk=peer.pk, ended_at=None).update(ended_at=moment.now()):
        record(_chain(peer), "peer.ended", by=by, peer=peer.code)
    peer.refresh_from_db()
    return peer


def _must_manage(office: Office, by: User) -> None:
    if not by.holds(PEERS, office):
        raise NotAllowed


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        whole = parts.port != 0 and parts.netloc.isascii() and not set(parts.netloc) & set(" %\\")
    except ValueError as error:
        raise AddressWrong from error
    plain = whole and not (parts.username or parts.query or parts.fragment or parts.path.strip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise AddressWrong
    return f"{parts.scheme}://{parts.netloc}"


def _chain(peer: Peer) -> str:
    return f"exchange:{peer.office.code}"
