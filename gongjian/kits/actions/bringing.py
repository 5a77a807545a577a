"""Taking in what a device sends: opened, checked, put behind what came before; then merged, one event after another."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.kinds import Kind as FileKind
from gongjian.kits import chain, events
from gongjian.kits.access import own_kit
from gongjian.kits.actions.merging import merge
from gongjian.kits.errors import FileDiffers, IdTaken, Unreadable
from gongjian.kits.models import Kit, KitCase, KitEvent, KitFile
from gongjian.kits.queries import hashes_of
from gongjian.kits.sealing import opened
from gongjian.opinions.models import SigningKey
from gongjian.opinions.signing import verify

PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
MOST = 200
"""Events of one request."""


def bring(number: str, sent: Sequence[Mapping[str, Any]], *, by: User) -> Kit:
    """Take in a delivery and merge what can be merged; whatever of it was here already changes nothing.

    sent: each {"n", "sealed", "signature"}: a whole delivery is taken in, or nothing of it. Raises: KitNotFound, Unreadable, Forked, IdTaken.
    """
    kit = own_kit(number, by=by)
    _take_in(kit, [_opened(kit, each) for each in sent[:MOST]])
    merge(kit)
    return kit


@transaction.atomic
def _take_in(kit: Kit, sent: Sequence[tuple[events.Event, str]]) -> None:
    """One delivery at a time: the kit's row is held, so that two at once find one chain."""
    Kit.objects.select_for_update().get(pk=kit.pk)
    by_hash = {event.link.hash: (event, signature) for event, signature in sent}
    had = {each.exam_code: each for each in KitCase.objects.filter(kit=kit)}
    new = [by_hash[link.hash] for link in chain.taken_in(hashes_of(kit), [event.link for event, _ in sent])]
    _require_own_ids([event for event, _ in new])
    for event, signature in new:
        _keep(kit, event, signature, about=had.get(event.exam_code))


def _require_own_ids(new: Sequence[events.Event]) -> None:
    """Every event has an id that no other one bears. Raises: IdTaken."""
    known = KitEvent.objects.filter(event_id__in=[event.event_id for event in new])
    taken = set(known.values_list("event_id", flat=True))
    for event in new:
        if event.event_id in taken:
            raise IdTaken(n=event.link.n)
        taken.add(event.event_id)


def _keep(kit: Kit, event: events.Event, signature: str, *, about: KitCase | None) -> KitEvent:
    return KitEvent.objects.create(
        kit=kit,
        n=event.link.n,
        event_id=event.event_id,
        hash=event.link.hash,
        signature=signature,
        kind=event.kind,
        exam_code=event.exam_code,
        about=about,
        told=event.told,
        happened_at=event.happened_at,
        received_at=moment.now(),
    )


def _opened(kit: Kit, sent: Mapping[str, Any]) -> tuple[events.Event, str]:
    """An event and its signature. Raises: Unreadable."""
    try:
        place = f"{kit.number}/event/{int(sent['n'])}"
        told = opened(b64decode(sent["sealed"], validate=True), secret=kit.secret, place=place).decode()
        signature = str(sent["signature"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable from error
    event = events.read(told, kit=kit.number)
    if event.link.n != sent["n"] or not verify(SigningKey.objects.get(pk=kit.key_id), event.link.hash, signature):
        raise Unreadable
    return event, signature


def bring_file(number: str, sha256: str, sealed: bytes, *, by: User) -> KitFile:
    """Take in a picture or a signature; twice is once. It is looked at like everything that is handed in.

    Raises: KitNotFound, Unreadable, FileDiffers, and what the evidence store refuses.
    """
    kit = own_kit(number, by=by)
    if known := KitFile.objects.filter(kit=kit, sha256=sha256).first():
        return known
    plain = opened(sealed, secret=kit.secret, place=f"{kit.number}/file/{sha256}")
    evidence = store(BytesIO(plain), name="picture", by=by, allowed=PICTURES)
    if evidence.sha256 != sha256:
        raise FileDiffers
    told = {"evidence": evidence, "received_at": moment.now()}
    return KitFile.objects.get_or_create(kit=kit, sha256=sha256, defaults=told)[0]
