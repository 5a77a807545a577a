"""The two certificate libraries shake hands here: `cryptography` makes and keeps, pyHanko (on asn1crypto) signs and checks."""

from collections.abc import Iterable
from typing import Any

from asn1crypto import parser  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def certificates(given: Iterable[x509.Certificate]) -> list[Any]:
    """The same certificates as pyHanko wants them."""
    return [asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in given]


def first_value(der: bytes) -> bytes:
    """The first DER value of some bytes, without what follows it. Raises: ValueError if there is none."""
    return der[: int(parser.peek(der))]
