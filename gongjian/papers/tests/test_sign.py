"""Signing and checking: what we signed is valid for everybody, what was touched is valid for nobody."""

import io
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pypdf import PdfWriter

from gongjian.kernel.moment import ZONE
from gongjian.papers import authority
from gongjian.papers.errors import AuthorityMissing, SigningFailed
from gongjian.papers.sign import LocalProvider, SignatureProvider
from gongjian.papers.tests.builders import AT, OFFICE, a_conclusion, a_receipt
from gongjian.papers.tests.reading import made, root, told_by, words
from gongjian.papers.validate import UNSIGNED, Validation, validate

REASON = "制发文书"
SIGNED_AT = datetime(2026, 3, 5, 9, 31, 7, tzinfo=ZONE)


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """The library tells its log about every forged file; these tests forge many."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority with one office that has an RSA key and one with an EC key."""
    home = tmp_path_factory.mktemp("authority")
    authority.ensure_office(home, "YX-JD", OFFICE, at=AT)
    authority.ensure_office(home, "EC", OFFICE, at=AT, curve=True)
    return home


@pytest.fixture(scope="module")
def roots(folder: Path) -> list[x509.Certificate]:
    """What is trusted here."""
    return authority.load(folder / authority.ROOT).chain


@pytest.fixture(scope="module")
def provider(folder: Path) -> SignatureProvider:
    """The city committee's signer."""
    return LocalProvider.of(folder / "YX-JD")


@pytest.fixture(scope="module")
def signed(provider: SignatureProvider) -> bytes:
    """A signed conclusion."""
    return provider.sign(made(a_conclusion()), at=SIGNED_AT, reason=REASON)


def test_a_signed_paper_is_intact_and_trusted(signed: bytes, roots: list[x509.Certificate]) -> None:
    found = validate(signed, roots, moment=SIGNED_AT)
    assert found == Validation(intact=True, trusted=True, signer=OFFICE, at=SIGNED_AT)
    assert found.valid


@pytest.mark.parametrize("code", ["YX-JD", "EC"])
def test_poppler_agrees(folder: Path, code: str, tmp_path: Path) -> None:
    paper = LocalProvider.of(folder / code).sign(made(a_conclusion()), at=SIGNED_AT, reason=REASON)
    told = told_by("pdfsig", paper, tmp_path)
    assert "Signature Validation: Signature is Valid." in told
    assert f"Signer Certificate Common Name: {OFFICE}" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Total document signed" in told


def test_poppler_sees_a_changed_byte_too(signed: bytes, tmp_path: Path) -> None:
    assert "Signature is Valid." not in told_by("pdfsig", _flipped(signed, 2000), tmp_path)


def test_a_curve_signs_as_well_as_rsa(folder: Path, roots: list[x509.Certificate]) -> None:
    paper = LocalProvider.of(folder / "EC").sign(made(a_receipt()), at=SIGNED_AT, reason=REASON)
    assert validate(paper, roots, moment=SIGNED_AT).valid


def test_signing_appends_and_leaves_the_paper_as_it_was(signed: bytes) -> None:
    assert signed.startswith(made(a_conclusion()))
    assert words(signed) == words(made(a_conclusion()))


def test_the_signer_is_named_as_readers_show_it(provider: SignatureProvider) -> None:
    assert provider.signer == OFFICE


def test_the_signature_states_time_and_reason(signed: bytes) -> None:
    said = _signature(signed)
    assert said["/M"] == "D:20260305093107+08'00'"
    assert said["/Reason"] == REASON
    assert said["/SubFilter"] == "/ETSI.CAdES.detached"


def test_the_signature_is_unseen_and_printed_so_that_the_file_stays_pdf_a(signed: bytes) -> None:
    field = root(signed)["/AcroForm"]["/Fields"][0].get_object()
    assert [float(edge) for edge in field["/Rect"]] == [0, 0, 0, 0]
    assert field["/F"] & 0b100111 == 0b100, "printed; neither hidden nor unseen nor without view"
    assert b"<pdfaid:part>2</pdfaid:part>" in signed


@pytest.mark.parametrize("at", [0.0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.85])
def test_one_flipped_bit_in_the_paper_is_seen(signed: bytes, roots: list[x509.Certificate], at: float) -> None:
    assert not validate(_flipped(signed, int(at * len(signed))), roots, moment=SIGNED_AT).intact


def test_one_flipped_bit_anywhere_in_the_file_is_never_valid(signed: bytes, roots: list[x509.Certificate]) -> None:
    believed = [
        place
        for place in range(0, len(signed), 397)
        if validate(_flipped(signed, place), roots, moment=SIGNED_AT).valid
    ]
    assert believed == []


def test_the_place_of_the_signature_itself_hides_no_change(signed: bytes, roots: list[x509.Certificate]) -> None:
    start = signed.rindex(b"/Contents <")
    end = signed.index(b">", start)
    wrapping = range(start, start + 140)
    padding = range(end - 40, end + 1)
    believed = [
        place for place in (*wrapping, *padding) if validate(_flipped(signed, place), roots, moment=SIGNED_AT).valid
    ]
    assert believed == []


def test_small_letters_in_the_signature_are_a_change_as_well(signed: bytes, roots: list[x509.Certificate]) -> None:
    start = signed.rindex(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    touched = signed[:start] + signed[start:end].lower() + signed[end:]
    assert not validate(touched, roots, moment=SIGNED_AT).intact


@pytest.mark.parametrize("more", [b"\n", b" ", b"%%EOF\n", b"x" * 5000])
def test_bytes_added_at_the_end_are_seen(signed: bytes, roots: list[x509.Certificate], more: bytes) -> None:
    assert not validate(signed + more, roots, moment=SIGNED_AT).intact


def test_a_later_revision_is_seen(signed: bytes, roots: list[x509.Certificate]) -> None:
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_metadata({"/Subject": "added"})
    later = io.BytesIO()
    writer.write(later)
    assert later.getvalue().startswith(signed)
    assert not validate(later.getvalue(), roots, moment=SIGNED_AT).intact


def test_a_second_signature_over_the_first_is_no_paper_of_ours(signed: bytes, provider: SignatureProvider) -> None:
    with pytest.raises(SigningFailed, match="没有签上电子签名"):
        provider.sign(signed, at=SIGNED_AT, reason=REASON)


@pytest.mark.parametrize("cut", [0, 1, 100, 50_000, -1, -600])
def test_a_file_cut_short_is_not_valid(signed: bytes, roots: list[x509.Certificate], cut: int) -> None:
    assert not validate(signed[:cut], roots, moment=SIGNED_AT).valid


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7", b"PK\x03\x04", "林知远".encode()])
def test_what_is_no_pdf_is_answered_not_crashed_on(roots: list[x509.Certificate], file: bytes) -> None:
    assert validate(file, roots, moment=SIGNED_AT) == UNSIGNED


def test_an_unsigned_paper_is_told_as_such(roots: list[x509.Certificate]) -> None:
    assert validate(made(a_conclusion()), roots, moment=SIGNED_AT) == UNSIGNED


def test_the_same_name_under_another_root_is_not_trusted(signed: bytes, tmp_path: Path) -> None:
    stranger = authority.ensure_authority(tmp_path, at=AT)
    found = validate(signed, stranger.chain, moment=SIGNED_AT)
    assert (found.intact, found.trusted, found.valid) == (True, False, False)


def test_a_forger_with_an_authority_of_his_own_is_not_trusted(roots: list[x509.Certificate], tmp_path: Path) -> None:
    authority.ensure_office(tmp_path, "YX-JD", OFFICE, at=AT)
    forged = LocalProvider.of(tmp_path / "YX-JD").sign(made(a_conclusion()), at=SIGNED_AT, reason=REASON)
    found = validate(forged, roots, moment=SIGNED_AT)
    assert (found.signer, found.intact, found.trusted) == (OFFICE, True, False)


def test_without_roots_nothing_is_trusted(signed: bytes) -> None:
    assert not validate(signed, [], moment=SIGNED_AT).trusted


@pytest.mark.parametrize(
    ("moment", "trusted"),
    [
        (AT - timedelta(minutes=6), False),
        (AT - timedelta(minutes=5), True),
        (AT + timedelta(days=authority.OFFICE_DAYS), True),
        (AT + timedelta(days=authority.OFFICE_DAYS, seconds=2), False),
        (AT + timedelta(days=365 * 50), False),
    ],
)
def test_trust_is_asked_for_a_moment(
    signed: bytes, roots: list[x509.Certificate], moment: datetime, trusted: bool
) -> None:
    assert validate(signed, roots, moment=moment).trusted is trusted


@pytest.mark.parametrize("file", [b"", b"not a pdf", b"%PDF-1.7\nbroken"])
def test_what_is_no_pdf_is_not_signed(provider: SignatureProvider, file: bytes) -> None:
    with pytest.raises(SigningFailed):
        provider.sign(file, at=SIGNED_AT, reason=REASON)


def test_without_a_key_there_is_no_signer(tmp_path: Path) -> None:
    with pytest.raises(AuthorityMissing):
        LocalProvider.of(tmp_path)


def test_neither_key_nor_root_travels_with_the_paper(signed: bytes, roots: list[x509.Certificate]) -> None:
    container = bytes(_signature(signed)["/Contents"])
    assert roots[0].public_bytes(Encoding.DER) not in container
    assert b"PRIVATE KEY" not in signed


def _signature(pdf: bytes) -> Any:
    field = root(pdf)["/AcroForm"]["/Fields"][0].get_object()
    return field["/V"].get_object()


def _flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
