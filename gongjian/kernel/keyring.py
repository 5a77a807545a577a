"""Secrets of an installation as keys: one list, newest first; the first encrypts, all decrypt."""

from functools import cache
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST = 32  # characters of one secret; `token_urlsafe(24)` has as many


class KeyUnusable(Exception):
    """A secret is missing, too short or not the one the content was encrypted with: an operator's matter, never a user's."""


class Key(NamedTuple):
    """One secret under the short public name (8 hex digits) that stands before everything it has encrypted."""

    id: str
    material: bytes

    def derive(self, purpose: str) -> bytes:
        """32 bytes for this purpose and no other (HKDF-SHA256)."""
        return HKDF(algorithm=SHA256(), length=32, salt=b"gongjian", info=purpose.encode()).derive(self.material)


class Keyring(NamedTuple):
    """The keys of one setting in their order."""

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """What encrypts from now on."""
        return self.keys[0]

    @property
    def oldest(self) -> Key:
        """What look-up hashes are made with, so that a key put before it does not change them."""
        return self.keys[-1]

    def key(self, key_id: str) -> Key:
        """The key of this name. Raises: KeyUnusable when it is no longer in the setting."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyUnusable(f"no key {key_id!r} among the configured ones; was a secret replaced instead of put first?")


@cache
def keyring(setting: str) -> Keyring:
    """The keys of a setting: secrets of at least 32 characters, separated by commas. Raises: KeyUnusable."""
    secrets = [secret.strip().encode() for secret in setting.split(",") if secret.strip()]
    if not secrets or any(len(secret) < SHORTEST for secret in secrets):
        raise KeyUnusable(f"every secret needs at least {SHORTEST} characters")
    return Keyring(tuple(Key(sha256(b"gongjian key id" + secret).hexdigest()[:8], secret) for secret in secrets))
