"""Checking the signature of a PDF that somebody hands in: is it whole, is it ours, whose is it, and of when."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from gongjian.papers.asn1 import certificates, first_value


@dataclass(frozen=True)
class Validation:
    """What a check found.

    intact: every byte of the file is as it was signed, and nothing was added later. trusted: the signer's certificate
    leads to one of the roots and was valid at the moment asked about. signer: its name. at: the time the signer stated.
    """

    intact: bool
    trusted: bool
    signer: str | None
    at: datetime | None

    @property
    def valid(self) -> bool:
        """Both intact and trusted."""
        return self.intact and self.trusted


UNSIGNED = Validation(intact=False, trusted=False, signer=None, at=None)
"""Also the answer for what is no readable PDF: a stranger's file is never an error of ours."""


def validate(pdf: bytes, roots: Collection[x509.Certificate], *, moment: datetime) -> Validation:
    """Check the one signature of a paper.

    roots: the certificates trusted here; moment: for which instant (aware) certificates must be valid, as a rule the
    instant of issue kept in the ledger. Two signatures, or none, or a broken file: `UNSIGNED`.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_signatures
        return _judged(found[0], pdf, roots, moment) if len(found) == 1 else UNSIGNED
    except Exception:  # whatever a forged file does to the parser, the answer is "not a paper of ours"
        return UNSIGNED


def _judged(
    signature: EmbeddedPdfSignature, pdf: bytes, roots: Collection[x509.Certificate], moment: datetime
) -> Validation:
    context = ValidationContext(trust_roots=certificates(roots), moment=moment, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _container_clean(signature, pdf)
    return Validation(
        intact=bool(status.intact and status.valid and whole),
        trusted=bool(status.trusted),
        signer=status.signing_cert.subject.native.get("common_name"),
        at=status.signer_reported_dt,
    )


def _container_clean(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """The signature's own place is the one part it does not cover: it holds the signature, then zeros, nothing else.

    Its wrapping (versions, the list of digests) is not covered either, so it must be as it is always written.
    """
    _, start, end, _ = (int(number) for number in signature.byte_range)
    held = bytes(signature.pkcs7_content)
    container = first_value(held)
    wrapping, own = signature.signed_data, signature.signer_info
    return (
        pdf[start:end] == b"<" + container.ljust(len(held), b"\0").hex().upper().encode() + b">"
        and container.endswith(wrapping.dump())
        and (wrapping["version"].native, own["version"].native) == ("v1", "v1")
        and wrapping["digest_algorithms"].native == [own["digest_algorithm"].native]
    )
