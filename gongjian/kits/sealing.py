"""What a device sends is sealed for the office alone: X25519, HKDF, AES-GCM. Whoever opens the device later cannot open what it has sent."""

from base64 import b64decode, b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongjian.kits.errors import Unreadable

PURPOSE: Final = "gj-kit-1"
POINT: Final = 32
NONCE: Final = 12


def new_secret() -> str:
    """A fresh secret half, base64."""
    return b64encode(X25519PrivateKey.generate().private_bytes_raw()).decode()


def public_half(secret: str) -> str:
    """What the device is given, base64."""
    return b64encode(_private(secret).public_key().public_bytes_raw()).decode()


def opened(sealed: bytes, *, secret: str, place: str) -> bytes:
    """What was sealed for this secret at this place ("K7M2/event/3"). Raises: Unreadable."""
    point, nonce, rest = sealed[:POINT], sealed[POINT : POINT + NONCE], sealed[POINT + NONCE :]
    try:
        shared = _private(secret).exchange(X25519PublicKey.from_public_bytes(point))
        return AESGCM(_stretched(shared, point)).decrypt(nonce, rest, place.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def _stretched(shared: bytes, point: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=PURPOSE.encode()).derive(shared)


def _private(secret: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(b64decode(secret))
