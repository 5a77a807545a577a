"""Checking signatures with whole numbers alone: the RFC's examples, and another library's opinion."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongjian.archives.offline.ed25519 import ORDER, is_signed

RFC = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
SECRETS = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(1, 6)]
MESSAGE = b"gj-signed-1:" + b"a" * 64


@pytest.mark.parametrize(("key", "message", "signature"), RFC)
def test_the_examples_of_the_standard_hold(key, message, signature):
    assert is_signed(bytes.fromhex(message), signature=bytes.fromhex(signature), public_key=bytes.fromhex(key))


@pytest.mark.parametrize("secret", SECRETS)
def test_what_the_experts_library_signs_is_signed(secret):
    public = secret.public_key().public_bytes_raw()
    assert is_signed(MESSAGE, signature=secret.sign(MESSAGE), public_key=public)


@pytest.mark.parametrize("place", range(0, 64, 3))
def test_a_changed_signature_does_not_hold(place):
    signature = bytearray(SECRETS[0].sign(MESSAGE))
    signature[place] ^= 1
    assert not is_signed(MESSAGE, signature=bytes(signature), public_key=SECRETS[0].public_key().public_bytes_raw())


def test_another_message_or_another_key_does_not_hold():
    signature, public = SECRETS[0].sign(MESSAGE), SECRETS[0].public_key().public_bytes_raw()
    assert not is_signed(MESSAGE + b"x", signature=signature, public_key=public)
    assert not is_signed(MESSAGE, signature=signature, public_key=SECRETS[1].public_key().public_bytes_raw())


@pytest.mark.parametrize(
    ("signature", "key"),
    [
        (b"", b"\0" * 32),
        (b"\0" * 64, b""),
        (b"\xff" * 64, b"\xff" * 32),
        (b"\0" * 64, b"\x02" + b"\0" * 31),
        (b"\0" * 64, b"\x01" + b"\0" * 30 + b"\x80"),
    ],
)
def test_what_is_no_signature_or_no_key_does_not_hold(signature, key):
    assert not is_signed(MESSAGE, signature=signature, public_key=key)


def test_a_signature_in_a_second_form_does_not_hold():
    signature = SECRETS[0].sign(MESSAGE)
    answer = int.from_bytes(signature[32:], "little") + ORDER
    second = signature[:32] + answer.to_bytes(32, "little")
    assert not is_signed(MESSAGE, signature=second, public_key=SECRETS[0].public_key().public_bytes_raw())
