"""A package is checked offline, and every way of tampering with it is found."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from django.db import transaction

from gongjian.archives.command_line import archive as command
from gongjian.archives.offline.check import verify
from gongjian.archives.offline.container import in_memory, written
from gongjian.archives.offline.findings import SENTENCES, Report
from gongjian.archives.offline.manifest import MANIFEST, SEAL, seal_of, text_of
from gongjian.archives.tests.builders import an_archive, an_effective_case, package_of
from gongjian.archives.verify import main, words
from gongjian.config.mounts import MOUNTS
from gongjian.kernel.ledger.hashing import entry_hash

pytestmark = pytest.mark.django_db  # for the fixture that makes the package; the checks themselves never look there
Files = dict[str, bytes]
ENTRY = {"chain", "sequence", "act", "by", "at", "facts", "previous"}
WITHOUT_LIBRARIES = """
import sys
for name in ("django", "cryptography", "psycopg", "click"):
    sys.modules[name] = None
from gongjian.archives.verify import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[bytes]:
    """The package of a case that went the whole way, made once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield package_of(an_archive(an_effective_case())).getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def files(whole: bytes) -> Files:
    with ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files) -> io.BytesIO:
    return io.BytesIO(b"".join(written([in_memory(name, content) for name, content in files.items()])))


def sealed_anew(files: Files, change: Callable[[dict[str, Any]], None] | None = None) -> io.BytesIO:
    """The package after somebody made its manifest fit whatever they did to its files."""
    told = json.loads(files[MANIFEST])
    told["files"] = [
        {"path": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in files.items()
        if name not in (MANIFEST, SEAL)
    ]
    if change:
        change(told)
    files[MANIFEST] = text_of(told)
    files[SEAL] = seal_of(files[MANIFEST])
    return packed(files)


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def one_of(files: Files, start: str) -> str:
    return next(name for name in files if name.startswith(start))


def test_a_package_that_nobody_touched_holds(whole: bytes):
    report = verify(io.BytesIO(whole))
    assert (report.holds, report.case) == (True, "YXJD-2026-000001")


def test_packing_the_same_files_gives_the_same_package(whole: bytes, files: Files):
    assert packed(files).getvalue() == whole
    assert sealed_anew(files).getvalue() == whole


def test_a_changed_byte_in_any_file_is_found_and_the_file_is_named(files: Files):
    missed = []
    for name, content in files.items():
        report = verify(packed({**files, name: content[:-1] + bytes([content[-1] ^ 1])}))
        about = {finding.about for finding in report.findings}
        if report.holds or (name not in about and name != SEAL):
            missed.append(name)
    assert missed == []


def test_a_file_taken_out_or_put_in_is_found(files: Files):
    without = {name: content for name, content in files.items() if not name.startswith("materials/01")}
    assert "file.missing" in codes(verify(packed(without)))
    assert "file.unlisted" in codes(verify(packed({**files, "papers/99.pdf": b"x"})))


def test_bits_changed_anywhere_in_the_package_are_found(whole: bytes):
    step = len(whole) // 41
    places = range(7, len(whole), step)
    unseen = [place for place in places if verify(io.BytesIO(_flipped(whole, place))).holds]
    assert unseen == []


def _flipped(whole: bytes, place: int) -> bytes:
    return whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("papers/", "paper.unknown"),
        ("index.pdf", "paper.unknown"),
        ("materials/", "material.unknown"),
        ("opinions/round-1-seat-1", "opinion.unknown"),
        ("index.json", "file.unreadable"),
        ("ledger/case.json", "file.unreadable"),
        ("opinions/signatures.json", "file.unreadable"),
    ],
)
def test_a_forger_who_also_rewrites_the_manifest_is_caught_by_the_ledger(files: Files, start: str, code: str):
    name = one_of(files, start)
    files[name] = files[name] + b" "
    assert code in codes(verify(sealed_anew(files)))


def test_a_draw_that_was_turned_is_drawn_again_and_found(files: Files):
    name = one_of(files, "draws/")
    files[name] = files[name].replace(b'"redraws":', b'"redraws":1', 1)
    assert "draw.wrong" in codes(verify(sealed_anew(files)))


def test_the_receipt_of_another_draw_is_not_ours(files: Files):
    first, second = [name for name in files if name.startswith("draws/")]
    files[first], files[second] = files[second], files[first]
    assert codes(verify(sealed_anew(files))) == {"draw.unknown"}


def test_a_paper_left_out_of_the_index_and_the_package_is_missed(files: Files):
    index = json.loads(files["index.json"])
    name = one_of(files, "papers/")
    index["files"] = [row for row in index["files"] if row["path"] != name]
    files["index.json"] = text_of(index)
    del files[name]
    assert codes(verify(sealed_anew(files))) == {"paper.lost"}


def test_the_hash_that_the_ledger_of_the_platform_keeps_decides(whole: bytes, files: Files):
    kept = verify(io.BytesIO(whole)).manifest
    assert verify(io.BytesIO(whole), manifest=kept.upper()).holds
    files["records/cases.json"] = text_of({})
    assert codes(verify(sealed_anew(files), manifest=kept)) == {"manifest.other"}


def edited(files: Files, change: Callable[[list[dict[str, Any]]], None], *, rehash: bool = False) -> io.BytesIO:
    """The package after somebody edited the case's chain; rehash: and computed every hash of it anew."""
    document = json.loads(files["ledger/case.json"])
    change(document["entries"])
    if rehash:
        _rehash(document)
    files["ledger/case.json"] = text_of(document)

    def follow(told: dict[str, Any]) -> None:
        told["chains"][0] |= {"entries": len(document["entries"]), "last": document["entries"][-1]["hash"]}

    return sealed_anew(files, follow)


def _rehash(document: dict[str, Any]) -> None:
    previous = ""
    for place, entry in enumerate(document["entries"], 1):
        entry |= {"sequence": place, "previous": previous}
        told = {key: entry[key] for key in ("sequence", "act", "by", "at", "facts", "previous")}
        entry["hash"] = previous = entry_hash(chain=document["chain"], **told)


def _another_act(entries: list[dict[str, Any]]) -> None:
    entries[1]["act"] = "case.other"


def _one_less(entries: list[dict[str, Any]]) -> None:
    del entries[2]


def _a_day_later(entries: list[dict[str, Any]]) -> None:
    entries[0]["at"] = entries[0]["at"].replace("2026-03-02", "2026-03-01")


def _swapped(entries: list[dict[str, Any]]) -> None:
    entries[1], entries[2] = entries[2], entries[1]


def _someone_else(entries: list[dict[str, Any]]) -> None:
    entries[-1]["by"] = 4711


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_another_act, "ledger.entry"),
        (_one_less, "ledger.gap"),
        (_a_day_later, "ledger.entry"),
        (_swapped, "ledger.gap"),
        (_someone_else, "ledger.entry"),
    ],
)
def test_every_edit_of_the_ledger_is_found(files: Files, change: Callable[[Any], None], code: str):
    assert code in codes(verify(edited(files, change)))


@pytest.mark.parametrize("change", [_another_act, _one_less, _swapped])
def test_a_chain_computed_anew_to_its_end_does_not_lead_to_the_anchors(files: Files, change: Callable[[Any], None]):
    assert codes(verify(edited(files, change, rehash=True))) >= {"anchor.root"}


def test_a_chain_shorter_than_the_manifest_says_is_found(files: Files):
    document = json.loads(files["ledger/case.json"])
    del document["entries"][-1]
    files["ledger/case.json"] = text_of(document)
    assert "ledger.length" in codes(verify(sealed_anew(files)))


def test_an_anchor_changed_or_left_out_is_found(files: Files):
    anchors = json.loads(files["ledger/anchors.json"])
    anchors[0]["root"] = "0" * 64
    assert "anchor.root" in codes(verify(sealed_anew({**files, "ledger/anchors.json": text_of(anchors)})))
    assert "anchor.missing" in codes(verify(sealed_anew({**files, "ledger/anchors.json": text_of(anchors[1:])})))
    stray = [*json.loads(files["ledger/anchors.json"]), {**anchors[1], "day": "2020-01-01"}]
    assert "anchor.root" in codes(verify(sealed_anew({**files, "ledger/anchors.json": text_of(stray)})))


def test_a_signature_of_somebody_else_is_found(files: Files):
    rows = json.loads(files["opinions/signatures.json"])
    rows[0]["signature"], rows[1]["signature"] = rows[1]["signature"], rows[0]["signature"]
    files["opinions/signatures.json"] = text_of(rows)
    report = verify(sealed_anew(files))
    assert [finding.code for finding in report.findings] == ["opinion.signature"] * 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (MANIFEST, b"[]", "manifest.unreadable"),
        (MANIFEST, b'{"form": 1}', "manifest.unreadable"),
        (MANIFEST, b"\xff", "manifest.unreadable"),
        (SEAL, b"", "manifest.changed"),
        ("index.json", b"{}", "file.unreadable"),
        ("ledger/anchors.json", b"[1]", "file.unreadable"),
    ],
)
def test_whatever_stands_there_instead_the_check_goes_on(files: Files, name: str, content: bytes, code: str):
    assert code in codes(verify(packed({**files, name: content})))


def test_a_package_without_a_manifest_and_a_file_that_is_none(files: Files):
    del files[MANIFEST]
    assert codes(verify(packed(files))) == {"manifest.missing"}
    assert codes(verify(io.BytesIO(b"%PDF-1.7"))) == {"container.unreadable"}


def test_every_finding_has_a_sentence():
    assert all(sentence.endswith("。") for sentence in SENTENCES.values())


def test_the_command_ends_with_zero_for_a_good_package_and_with_one_for_a_bad_one(tmp_path: Path, whole: bytes):
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(whole)
    bad.write_bytes(_flipped(whole, len(whole) // 2))
    done = CliRunner().invoke(command, ["verify", str(good)])
    assert (done.exit_code, "核验通过" in done.output) == (0, True)
    done = CliRunner().invoke(command, ["verify", str(bad)])
    assert (done.exit_code, "不成立" in done.output) == (1, True)
    done = CliRunner().invoke(command, ["verify", str(good), "--manifest", "0" * 64, "--json"])
    told = json.loads(done.output)
    assert (done.exit_code, told["holds"], told["findings"][0]["code"]) == (1, False, "manifest.other")


def test_the_command_needs_no_settings():
    assert not MOUNTS["archive"].needs_django


def test_the_check_needs_no_library_no_settings_and_no_database(tmp_path: Path, whole: bytes):
    path = tmp_path / "a.zip"
    path.write_bytes(whole)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    order = [sys.executable, "-c", WITHOUT_LIBRARIES, str(path)]
    done = subprocess.run(order, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "专家签名3个" in done.stdout


@pytest.mark.parametrize(("words_given", "code"), [([], 2), (["a", "b", "c"], 2), (["/nowhere/a.zip"], 2)])
def test_nothing_to_check_ends_with_two(words_given: list[str], code: int):
    assert main(words_given) == code


def test_the_module_checks_a_file_with_and_without_its_hash(tmp_path: Path, whole: bytes, capsys):
    path = tmp_path / "a.zip"
    path.write_bytes(whole)
    assert main([str(path)]) == 0
    assert main([str(path), "0" * 64]) == 1
    assert "不是账链登记的归档包" in capsys.readouterr().out


def test_the_words_say_what_was_looked_at(whole: bytes):
    told = words(verify(io.BytesIO(whole)))
    assert "最后一个日锚：2026-04-09" in told
    assert "抽取凭证2份" in told
