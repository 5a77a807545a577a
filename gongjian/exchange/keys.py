"""Keys of other installations: read, shown by their fingerprint, and used to check what they have signed."""

from base64 import b64decode
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from gongjian.exchange.errors import KeyUnreadable, SignatureWrong

SHORTEST = 2048
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


def read_key(pem: str) -> PublicKey:
    """The public key in a certificate or by itself. Raises: KeyUnreadable."""
    text = pem.strip().encode()
    try:
        found = (
            x509.load_pem_x509_certificate(text).public_key() if b"CERTIFICATE" in text else load_pem_public_key(text)
        )
    except (ValueError, UnsupportedAlgorithm) as error:  # a curve such as that of SM2 is none of the two
        raise KeyUnreadable from error
    if isinstance(found, rsa.RSAPublicKey) and found.key_size >= SHORTEST:
        return found
    if isinstance(found, ec.EllipticCurvePublicKey) and isinstance(found.curve, ec.SECP256R1):
        return found
    raise KeyUnreadable


def fingerprint(pem: str) -> str:
    """SHA-256 of the public key (SubjectPublicKeyInfo): 64 hex digits, the same for a certificate and for its bare key. Raises: KeyUnreadable."""
    return sha256(read_key(pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def spelled(digits: str) -> str:
    """A fingerprint in groups of four, to be read out."""
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def check(pem: str, data: bytes, signature: str) -> None:
    """Raises: SignatureWrong unless `signature` (Base64) was made over `data` with the key of `pem`."""
    key = read_key(pem)
    try:
        made = b64decode(signature, validate=True)
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(made, data, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(made, data, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise SignatureWrong from error
