"""A morning with one drawn group, its three people in examination, and a device that writes, loses lines, and comes back."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from os import urandom
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD, an_exam_staff, an_expert_user
from gongjian.draws.lot.plan import ANY
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.tests.house import (
    BONE,
    KNEE,
    a_held,
    a_prepared,
    an_available,
    an_open_door,
    comes,
    people_of,
    sent,
)
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.kits.actions.bringing import bring, bring_file
from gongjian.kits.actions.taking import take_out
from gongjian.kits.chain import START
from gongjian.kits.models import Kit
from gongjian.kits.packing import packed
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.content import Content, canonical, hash_of
from gongjian.opinions.signing import PURPOSE
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, put_in_sitting_state
from gongjian.sittings.tests.wishes import a_booked_wish

PEOPLE = 3


@kept
def a_morning(people: int = PEOPLE, called: int = PEOPLE) -> Sitting:
    """One drawn group of three experts with accounts; everybody has come, so many were called into the room; all experts have declared."""
    draw = a_held(
        a_prepared(people=((KNEE,),) * people), wishes=(GroupWish("一号检查室", (BONE, BONE, ANY)),), reserves=()
    )
    an_open_door(draw)
    with_accounts()
    with moment.fixed(MORNING):
        for place, booking in enumerate(people_of(draw)):
            sent(comes(booking))
            if place < called:
                call_next(draw.sitting, 1, by=an_exam_staff())
            for user in members_of(draw.sitting):
                declare_no_conflict(booking.exam_code, by=user)
    return draw.sitting


@kept
def a_visit() -> Booking:
    """The team is drawn, the list of the day is open, nobody has been met."""
    booking = a_booked_wish()
    for number in range(4):
        an_available(booking.sitting, BONE, hospital=f"云溪市第{number}医院")
    put_in_sitting_state(booking.sitting, SittingState.PUBLISHED)
    an_open_door(a_held(booking.sitting, wishes=(GroupWish("上门鉴定", (BONE, BONE, ANY)),), reserves=()))
    with_accounts()
    return Booking.objects.get(pk=booking.pk)


def with_accounts() -> None:
    """Everybody of the pool can sign in."""
    for expert in Expert.objects.all():
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])


def members_of(sitting: Sitting) -> list[User]:
    """The three who sit in the group, by seat."""
    seated = Expert.objects.filter(seats__group__draw__sitting=sitting).order_by("seats__position").distinct()
    return [expert.user for expert in seated if expert.user]


def codes_of(sitting: Sitting) -> list[str]:
    return list(sitting.bookings.order_by("pk").values_list("exam_code", flat=True))


@dataclass
class Device:
    """What the browser does, in Python: the same chain, signatures and seals, so that schedules run without a browser."""

    user: User
    sitting: Sitting
    secret: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    events: list[dict[str, Any]] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        taken = take_out(self.sitting, self.public, password=PASSWORD, by=self.user)
        self.pack = json.loads(json.dumps(packed(taken)))

    @property
    def public(self) -> str:
        return b64encode(self.secret.public_key().public_bytes_raw()).decode()

    @property
    def kit(self) -> Kit:
        return Kit.objects.get(number=self.pack["number"])

    def case(self, code: str) -> dict[str, Any]:
        found: dict[str, Any] = next(each for each in self.pack["cases"] if each["exam_code"] == code)
        return found

    def writes(self, code: str, content: Content) -> dict[str, Any]:
        return self.adds("drafted", code, {"content": content.worked().plain()})

    def pictures(self, code: str, data: bytes, *, kind: str = "pictured") -> dict[str, Any]:
        self.files[sha256(data).hexdigest()] = data
        return self.adds(kind, code, {"sha256": sha256(data).hexdigest()})

    def statement(self, code: str, opinion: Content, /, **changes: Any) -> bytes:
        one = self.case(code)
        told = {name: one[name] for name in ("exam_code", "round", "seat", "expert")}
        return canonical(
            {
                "form": "gj-opinion-3",
                "kit": self.pack["number"],
                **told,
                "standard": self.pack["standard"]["name"],
                "sealed_at": moment.now().isoformat(),
                "salt": urandom(16).hex(),
                "content": opinion.worked().plain(),
                **changes,
            }
        )

    def seals(self, code: str, opinion: Content, /, **changes: Any) -> dict[str, Any]:
        statement = self.statement(code, opinion, **changes)
        digest = hash_of(statement)
        body = {"statement": statement.decode(), "hash": digest, "signature": self.signs(digest)}
        return self.adds("sealed", code, body)

    def signs(self, digest: str) -> str:
        return self.secret.sign(f"{PURPOSE}:{digest}".encode()).hex()

    def adds(self, kind: str, code: str, body: dict[str, Any]) -> dict[str, Any]:
        """One more event, as it would be sent."""
        n = len(self.events) + 1
        told = self.told(n, kind, code, body)
        self.hashes.append(sha256(told.encode()).hexdigest())
        self.events.append(self.sealed(n, told))
        return self.events[-1]

    def told(self, n: int, kind: str, code: str, body: dict[str, Any]) -> str:
        before = self.hashes[n - 2] if n > 1 else START
        at = (moment.now() + timedelta(seconds=n)).isoformat()
        head = {
            "form": "gj-kit-event-1",
            "kit": self.pack["number"],
            "n": n,
            "before": before,
            "id": str(UUID(bytes=urandom(16))),
        }
        return json.dumps({**head, "kind": kind, "exam_code": code, "at": at, "body": body}, ensure_ascii=False)

    def sealed(self, n: int, told: str) -> dict[str, Any]:
        digest = sha256(told.encode()).hexdigest()
        data = for_office(self.pack["office"], told.encode(), f"{self.pack['number']}/event/{n}")
        return {"n": n, "sealed": b64encode(data).decode(), "signature": self.signs(digest)}

    def comes_back(self, events: list[dict[str, Any]] | None = None) -> Kit:
        """Files first, then events, as the page does it."""
        for sha, data in self.files.items():
            self.sends_file(sha, data)
        return bring(self.pack["number"], self.events if events is None else events, by=self.user)

    def sends_file(self, sha: str, data: bytes) -> None:
        number = self.pack["number"]
        bring_file(number, sha, for_office(self.pack["office"], data, f"{number}/file/{sha}"), by=self.user)


def for_office(office: str, data: bytes, place: str) -> bytes:
    """Sealed for the office, as `secrets.js` does it: told here a second time, by hand, so that the two are held against each other."""
    pair, nonce = X25519PrivateKey.generate(), urandom(12)
    shared = pair.exchange(X25519PublicKey.from_public_bytes(bytes_of(office)))
    point = pair.public_key().public_bytes_raw()
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=b"gj-kit-1").derive(shared)
    return point + nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def bytes_of(told: str) -> bytes:
    return b64decode(told)
