"""Taking a kit out: the device brings its key, the office gives the code that opens it, and what of the day goes along."""

from base64 import b64decode
from secrets import choice
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kits import chain
from gongjian.kits.errors import KeyUnusable, NothingToTake
from gongjian.kits.models import Kit, KitCase
from gongjian.kits.queries import cases_to_take
from gongjian.kits.sealing import new_secret
from gongjian.kits.visiting import duty_along
from gongjian.opinions.actions.panel import hold_case
from gongjian.opinions.content import hash_of
from gongjian.opinions.models import SigningKey
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.queries.drafts import draft_of
from gongjian.opinions.signing import sign
from gongjian.sittings.codes import ALPHABET
from gongjian.sittings.models import Sitting

NUMBER, CODE = 8, 12
"""Signs of a kit's number, and of its code: 60 bits of chance, behind a slow function on the device."""


class Taken(NamedTuple):
    """A kit with what goes along."""

    kit: Kit
    duties: list[Duty]


@transaction.atomic
def take_out(sitting: Sitting, public_key: str, *, password: str, by: User) -> Taken:
    """Take today's declared examinations of a sitting along, and whom a visit has still to meet, on the device that holds the secret half of `public_key` (base64).

    The expert signs the device's key with their own: what it seals away is sealed by them. The same device a second time is the same kit.
    Law: 令55 art. 12, art. 15, art. 28 (nothing opens before the declaration). Raises: KeyUnusable, NothingToTake, SignatureWrong.
    """
    public = _public(public_key)
    User.objects.select_for_update().get(pk=by.pk)
    if known := Kit.objects.filter(key__public_key=public, user=by, ended_at=None).first():
        return Taken(known, [duty_along(each.exam_code, by) for each in known.cases.order_by("pk")])
    for each in sorted(cases_to_take(sitting, by), key=lambda duty: duty.case.pk):
        hold_case(each.case)
    duties = cases_to_take(sitting, by)  # as they are now that nobody else acts on them
    if not duties:
        raise NothingToTake
    kit = _kit(sitting, public, password, by)
    for duty in duties:
        version = draft_of(duty).version
        KitCase.objects.create(kit=kit, case=duty.case, exam_code=duty.exam_code, draft_version=version)
        record(duty.case.chain, "kit.taken", by=by, kit=kit.number, seat=duty.member.seat, key=public)
    return Taken(kit, duties)


def _kit(sitting: Sitting, public: str, password: str, by: User) -> Kit:
    if SigningKey.objects.filter(public_key=public).exists():
        raise KeyUnusable
    number = "".join(choice(ALPHABET) for _ in range(NUMBER))
    signed = sign(by, password, hash_of(f"gj-kit-1/{number}/{public}".encode()))
    now = moment.now()
    until = chain.expires_at(now, settings.KIT_HOURS)
    key = SigningKey.objects.create(user=by, public_key=public, wrapped_secret="", made_at=now, retired_at=until)
    record("system", "signing_key.made", by=by, key=public, kit=number)
    return Kit.objects.create(
        number=number,
        sitting=sitting,
        user=by,
        key=key,
        authority=signed.signature,
        code="".join(choice(ALPHABET) for _ in range(CODE)),
        secret=new_secret(),
        taken_at=now,
        expires_at=until,
    )


def _public(told: str) -> str:
    """The key as it is kept (hex). Raises: KeyUnusable."""
    try:
        raw = b64decode(told, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError as error:
        raise KeyUnusable from error
    return raw.hex()
