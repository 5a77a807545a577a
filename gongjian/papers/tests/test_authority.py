"""Keys and certificates: made whole or not at all, readable by their owner alone, of use only for what they are for."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gongjian.papers import authority
from gongjian.papers.errors import AuthorityMissing
from gongjian.papers.tests.builders import AT, OFFICE

CODE = "YX-JD"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority with one office."""
    home = tmp_path_factory.mktemp("authority")
    authority.ensure_office(home, CODE, OFFICE, at=AT)
    return home


def test_an_office_gets_a_key_and_a_chain_up_to_the_root(folder: Path) -> None:
    chain = authority.load(folder / CODE).chain
    assert [_common_name(one) for one in chain] == [OFFICE, authority.ROOT_NAME]


def test_the_root_says_that_it_is_for_demonstration_only(folder: Path) -> None:
    assert "仅供演示，不具法律效力" in _common_name(authority.load(folder / authority.ROOT).chain[0])


def test_the_office_certificate_is_truly_issued_by_the_root(folder: Path) -> None:
    own, root = authority.load(folder / CODE).chain
    own.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)


@pytest.mark.parametrize("name", [authority.ROOT, CODE])
@pytest.mark.parametrize("file", ["key.pem", "certificate.pem"])
def test_only_the_owner_may_read_the_files(folder: Path, name: str, file: str) -> None:
    assert stat.S_IMODE((folder / name / file).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", [authority.ROOT, CODE])
def test_only_the_owner_may_enter_the_folders(folder: Path, name: str) -> None:
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700


def test_nothing_half_made_is_left_behind(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {authority.ROOT, CODE}


def test_the_root_may_sign_certificates_and_no_papers(folder: Path) -> None:
    root = authority.load(folder / authority.ROOT).chain[0]
    usage = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.digital_signature, usage.content_commitment) == (True, False, False)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_an_office_may_sign_papers_and_no_certificates(folder: Path) -> None:
    own = authority.load(folder / CODE).chain[0]
    usage = own.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.digital_signature, usage.content_commitment) == (False, True, True)
    assert not own.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_certificates_are_valid_from_the_moment_handed_in(folder: Path) -> None:
    own, root = authority.load(folder / CODE).chain
    assert own.not_valid_before_utc == root.not_valid_before_utc == AT - timedelta(minutes=5)
    assert own.not_valid_after_utc == AT + timedelta(days=authority.OFFICE_DAYS)
    assert root.not_valid_after_utc == AT + timedelta(days=authority.ROOT_DAYS)


def test_asking_again_gives_the_same_key_and_certificate(folder: Path) -> None:
    later = authority.ensure_office(folder, CODE, OFFICE, at=AT + timedelta(days=1))
    assert later.chain == authority.load(folder / CODE).chain


def test_two_offices_have_two_keys_under_one_root(folder: Path) -> None:
    city = authority.load(folder / CODE)
    province = authority.ensure_office(folder, "YL-JD", "云岭省劳动能力鉴定委员会", at=AT)
    assert province.chain[0].public_key() != city.chain[0].public_key()
    assert province.chain[1] == city.chain[1]
    assert province.chain[0].serial_number != city.chain[0].serial_number


def test_keys_are_rsa_unless_a_curve_is_asked_for(folder: Path) -> None:
    assert isinstance(authority.load(folder / CODE).key, rsa.RSAPrivateKey)
    assert isinstance(authority.ensure_office(folder, "EC", OFFICE, at=AT, curve=True).key, ec.EllipticCurvePrivateKey)


def test_two_who_begin_at_once_end_with_one_authority(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: authority.ensure_office(tmp_path, CODE, OFFICE, at=AT, curve=True), range(4)))
    assert {one.chain[0] for one in made} == {authority.load(tmp_path / CODE).chain[0]}
    assert {one.chain[1] for one in made} == {authority.load(tmp_path / authority.ROOT).chain[0]}
    assert {path.name for path in tmp_path.iterdir()} == {authority.ROOT, CODE}


def test_who_dies_in_the_middle_leaves_no_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(path: Path, text: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(authority, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        authority.ensure_authority(tmp_path, at=AT)
    monkeypatch.undo()
    assert not (tmp_path / authority.ROOT).exists()
    assert authority.ensure_authority(tmp_path, at=AT).chain


def test_a_folder_that_cannot_be_written_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        authority.ensure_authority(tmp_path / "file", at=AT)


def test_nothing_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthorityMissing, match="证书或密钥不完整"):
        authority.load(tmp_path / CODE)


@pytest.mark.parametrize("lost", ["key.pem", "certificate.pem"])
def test_half_of_it_is_refused_and_never_made_anew(folder: Path, tmp_path: Path, lost: str) -> None:
    home = _copy(folder, tmp_path)
    (home / lost).unlink()
    with pytest.raises(AuthorityMissing):
        authority.ensure_office(tmp_path, CODE, OFFICE, at=AT)
    assert not (home / lost).exists()


@pytest.mark.parametrize("broken", ["key.pem", "certificate.pem"])
def test_a_broken_file_is_refused(folder: Path, tmp_path: Path, broken: str) -> None:
    home = _copy(folder, tmp_path)
    (home / broken).write_text("nonsense")
    with pytest.raises(AuthorityMissing):
        authority.load(home)


def test_a_key_of_another_certificate_is_refused(folder: Path, tmp_path: Path) -> None:
    home = _copy(folder, tmp_path)
    (home / "key.pem").write_bytes((folder / authority.ROOT / "key.pem").read_bytes())
    with pytest.raises(AuthorityMissing):
        authority.load(home)


@pytest.mark.parametrize("code", ["", ".", "..", "../x", "a/b", "/etc", authority.ROOT])
def test_what_is_no_office_code_makes_no_folder(folder: Path, code: str) -> None:
    with pytest.raises(ValueError, match="not an office code"):
        authority.ensure_office(folder, code, OFFICE, at=AT)


def _common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


def _copy(folder: Path, target: Path) -> Path:
    home = target / CODE
    home.mkdir()
    for file in ("key.pem", "certificate.pem"):
        (home / file).write_bytes((folder / CODE / file).read_bytes())
    return home
