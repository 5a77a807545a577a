"""Signing a paper and checking a signature. Which key signs stands behind one small door: `SignatureProvider`.

PAdES baseline B-B. What follows from that for trust over fifty years, and for SM2: docs/decisions/004-signatures.md.
"""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gongjian.papers import authority
from gongjian.papers.asn1 import certificates
from gongjian.papers.errors import SigningFailed

FIELD = "Seal"
DIGEST = "sha256"


class SignatureProvider(Protocol):
    """Whoever can sign for one office: a key on this machine, a signing server, a hardware module."""

    @property
    def signer(self) -> str:
        """The name that PDF readers show."""

    def sign(self, pdf: bytes, *, at: datetime, reason: str) -> bytes:
        """The PDF with a signature over all its bytes, appended: the first bytes stay as they were.

        at: the moment of signing (aware); reason: why, in public words (no personal data). Raises: SigningFailed.
        """

    @property
    def certificate(self) -> str:
        """The signer's own certificate as PEM, to be given to whoever checks its signatures."""

    def sign_bytes(self, data: bytes) -> bytes:
        """A detached signature over any bytes, such as a letter to another city: PKCS #1 v1.5 or ECDSA, with SHA-256."""


@dataclass(frozen=True)
class LocalProvider:
    """Signs with an RSA or EC key kept on this machine."""

    credentials: authority.Credentials

    @classmethod
    def of(cls, home: Path) -> "LocalProvider":
        """The signer whose key and chain lie in the folder `home` (see `authority`). Raises: AuthorityMissing."""
        return cls(authority.load(home))

    @property
    def signer(self) -> str:
        """The common name of the certificate."""
        return str(self.credentials.chain[0].subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)

    @property
    def certificate(self) -> str:
        """See `SignatureProvider.certificate`."""
        return self.credentials.chain[0].public_bytes(serialization.Encoding.PEM).decode()

    def sign_bytes(self, data: bytes) -> bytes:
        """See `SignatureProvider.sign_bytes`."""
        return signature(self.credentials.key, data)

    def sign(self, pdf: bytes, *, at: datetime, reason: str) -> bytes:
        """See `SignatureProvider.sign`."""
        try:
            with ThreadPoolExecutor(1) as aside:  # the caller may itself stand in an event loop, as a browser test does
                return aside.submit(asyncio.run, _signed(pdf, self._pdf_signer(reason), at)).result()
        except (PdfError, SigningError, ValueError) as error:
            raise SigningFailed() from error

    def _pdf_signer(self, reason: str) -> signers.PdfSigner:
        about = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm=DIGEST, reason=reason, subfilter=fields.SigSeedSubFilter.PADES
        )
        return signers.PdfSigner(about, signer=_KeySigner(self.credentials))


class _KeySigner(signers.Signer):
    """A signer around a key that is already loaded: loading (and proving) an RSA key anew takes longer than signing."""

    def __init__(self, credentials: authority.Credentials) -> None:
        own, *others = certificates(credentials.chain)
        known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        known.register_multiple(others)
        super().__init__(signing_cert=own, cert_registry=known, embed_roots=False)
        self._key = credentials.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return signature(self._key, data)


def signature(key: authority.PrivateKey, data: bytes) -> bytes:
    """PKCS #1 v1.5 by an RSA key, ECDSA by one on a curve; SHA-256 both."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


async def _signed(pdf: bytes, signer: signers.PdfSigner, at: datetime) -> bytes:
    """The steps of pyHanko's own `sign_pdf`, one by one: there alone can the time be handed in."""
    session = signer.init_signing_session(IncrementalPdfFileWriter(io.BytesIO(pdf), strict=True))
    session.system_time = at
    size = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=size)
    signed = io.BytesIO()
    digest, _ = document.digest_tbs_document(output=signed)
    await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at))
    return signed.getvalue()
