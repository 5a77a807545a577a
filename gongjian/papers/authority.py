"""The demo authority: a root certificate of our own making, and office certificates under it.

For the demo city and for tests, and as the shape of what an operator provides: one folder per signer, holding `key.pem`
(PKCS#8, mode 0600) and `certificate.pem` (the signer's certificate first, then its chain up to and with the root).
A folder appears whole or not at all; who comes second finds and keeps what the first has made.
"""

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import NameOID

from gongjian.papers.errors import AuthorityMissing

ROOT = "root"
ROOT_NAME = "公鉴示范根证书（仅供演示，不具法律效力）"
ROOT_DAYS, OFFICE_DAYS = 7300, 3650

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class Credentials(NamedTuple):
    """A key and its certificates, the signer's own first."""

    key: PrivateKey
    chain: list[x509.Certificate]


def ensure_authority(folder: Path, *, at: datetime) -> Credentials:
    """The root under `folder`, made on the first call. at: the moment (aware) from which it is valid.

    Raises: AuthorityMissing if something is there but not whole.
    """
    if not (folder / ROOT).exists():
        key = _new_key()
        name = _name(ROOT_NAME, "公鉴示范签发机构")
        draft = _draft(name, name, key, at, ROOT_DAYS, authority=True)
        _place(folder / ROOT, Credentials(key, [draft.sign(key, hashes.SHA256())]))
    return load(folder / ROOT)


def ensure_office(folder: Path, code: str, office: str, *, at: datetime, curve: bool = False) -> Credentials:
    """The certificate of an office under the authority in `folder`, issued on the first call.

    code: the office's code, also its folder's name; office: the full name, shown by PDF readers as the signer;
    curve: an EC P-256 key instead of RSA. Raises: AuthorityMissing, ValueError for a code that is no folder name.
    """
    home = folder / code
    if home.parent != folder or code in (ROOT, "", ".", ".."):
        raise ValueError(f"not an office code: {code}")
    if not home.exists():
        root = ensure_authority(folder, at=at)
        key = ec.generate_private_key(ec.SECP256R1()) if curve else _new_key()
        draft = _draft(_name(office, office), root.chain[0].subject, key, at, OFFICE_DAYS, authority=False)
        draft = draft.add_extension(_issuer_id(root.chain[0]), critical=False)
        _place(home, Credentials(key, [draft.sign(root.key, hashes.SHA256()), *root.chain]))
    return load(home)


def load(home: Path) -> Credentials:
    """Key and chain of one signer's folder. Raises: AuthorityMissing if either is absent, broken or does not match."""
    try:
        key = serialization.load_pem_private_key((home / "key.pem").read_bytes(), password=None)
        chain = x509.load_pem_x509_certificates((home / "certificate.pem").read_bytes())
    except (OSError, ValueError):
        raise AuthorityMissing() from None
    if not isinstance(key, PrivateKey) or key.public_key() != chain[0].public_key():
        raise AuthorityMissing()
    return Credentials(key, chain)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def _name(common: str, organisation: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _draft(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, at: datetime, days: int, *, authority: bool
) -> x509.CertificateBuilder:
    """A certificate ready to be signed: an authority may sign certificates, an office may sign papers, neither both."""
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority, crl_sign=authority,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _issuer_id(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    found = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(found)


def _place(home: Path, made: Credentials) -> None:
    """Write both files into a folder nobody sees yet, then give it its name in one step. Who is second, gives way."""
    home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    _write(draft / "key.pem", _key_text(made.key))
    _write(draft / "certificate.pem", b"".join(one.public_bytes(serialization.Encoding.PEM) for one in made.chain))
    try:
        draft.rename(home)
    except OSError:
        shutil.rmtree(draft)
        if not home.exists():
            raise


def _key_text(key: CertificateIssuerPrivateKeyTypes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, text: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
