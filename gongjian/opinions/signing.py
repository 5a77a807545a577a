"""An expert's signature: Ed25519, with a key that opens only under the expert's own password, so that the platform alone cannot sign."""

from base64 import b64decode, b64encode
from os import urandom
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.errors import SignatureWrong
from gongjian.opinions.models import SigningKey

SALT: Final = 16
NONCE: Final = 12
COST = 2**14
"""Work factor of scrypt: some 50 ms for each signature."""
SIGNATURE_SIGNS: Final = 128
"""An Ed25519 signature in hex."""
PURPOSE: Final = "gj-signed-1"
"""First word of everything that is signed, so that a signature fits nothing else."""


class Signed(NamedTuple):
    """A signature (hex) and the key that made it."""

    key: SigningKey
    signature: str


@transaction.atomic
def sign(user: User, password: str, digest: str) -> Signed:
    """Sign a digest (hex) as `user`, who proves it with the password. Raises: SignatureWrong."""
    if not user.is_active or not user.check_password(password):
        raise SignatureWrong
    key, secret = _live_key(user, password)
    return Signed(key, secret.sign(_told(digest)).hex())


def verify(key: SigningKey, digest: str, signature: str) -> bool:
    """Whether `signature` is what the holder of `key` made over this digest."""
    return verify_with(key.public_key, digest, signature)


def verify_with(public_key: str, digest: str, signature: str) -> bool:
    """The same by the bare key (hex), such as that of another committee's expert. Hex with blanks in it is none of ours."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), _told(digest))
    except (InvalidSignature, ValueError):
        return False
    return len(signature) == SIGNATURE_SIGNS


def _live_key(user: User, password: str) -> tuple[SigningKey, Ed25519PrivateKey]:
    User.objects.select_for_update().get(pk=user.pk)
    key = SigningKey.objects.filter(user=user, retired_at=None).first()
    if key is None:
        return _new_key(user, password)
    try:
        return key, Ed25519PrivateKey.from_private_bytes(_unwrap(key.wrapped_secret, password, key.public_key))
    except (
        InvalidTag
    ):  # the password has been changed since: what it locked away stays locked, old signatures stay valid
        SigningKey.objects.filter(pk=key.pk).update(retired_at=moment.now())
        record("system", "signing_key.retired", by=user, key=key.public_key)
        return _new_key(user, password)


def _new_key(user: User, password: str) -> tuple[SigningKey, Ed25519PrivateKey]:
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes_raw().hex()
    wrapped = _wrap(secret.private_bytes_raw(), password, public)
    key = SigningKey.objects.create(user=user, public_key=public, wrapped_secret=wrapped, made_at=moment.now())
    record("system", "signing_key.made", by=user, key=public)
    return key, secret


def _wrap(secret: bytes, password: str, public: str) -> str:
    salt, nonce = urandom(SALT), urandom(NONCE)
    sealed = AESGCM(_stretched(password, salt)).encrypt(nonce, secret, public.encode())
    return b64encode(salt + nonce + sealed).decode()


def _unwrap(wrapped: str, password: str, public: str) -> bytes:
    data = b64decode(wrapped)
    salt, nonce, sealed = data[:SALT], data[SALT : SALT + NONCE], data[SALT + NONCE :]
    return AESGCM(_stretched(password, salt)).decrypt(nonce, sealed, public.encode())


def _stretched(password: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(password.encode())


def _told(digest: str) -> bytes:
    return f"{PURPOSE}:{digest}".encode()
