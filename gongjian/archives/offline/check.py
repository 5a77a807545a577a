"""Checking a whole package: container, manifest, files, ledger, anchors, papers, materials, opinions, draws."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import BadZipFile

from gongjian.archives.offline.chains import check_anchors, check_chain
from gongjian.archives.offline.container import Contents, Found, content_of, examined
from gongjian.archives.offline.ed25519 import is_signed
from gongjian.archives.offline.findings import Report
from gongjian.archives.offline.manifest import (
    ANCHORS,
    FORM,
    INDEX,
    MANIFEST,
    SEAL,
    SIGNATURES,
    Document,
    hash_of,
    read,
    seal_of,
)
from gongjian.draws.lot.verify import verify_text

SIGNED = "gj-signed-1"
"""First word of what an expert signs."""
DRAWN = {"draw.held", "draw.closed"}
SEALING = {"opinion.sealed", "deliberation.view", "deliberation.closed"}
OPINED = "case.opine"
"""Where another committee's group has given the opinion, the hashes of its statements stand in this entry."""


@dataclass
class Package:
    """A package under examination."""

    file: BinaryIO
    contents: Contents
    report: Report

    def found(self, name: str) -> Found | None:
        return next((one for one in self.contents.files if one.name == name), None)

    def bytes_of(self, name: str) -> bytes:
        """Raises: ValueError when there is no such file."""
        if found := self.found(name):
            return content_of(self.file, found)
        raise ValueError(name)

    def document(self, name: str) -> Any:
        """Raises: ValueError when there is no such file or it was written by anything else."""
        return read(self.bytes_of(name))


def verify(file: BinaryIO, *, manifest: str = "") -> Report:
    """Everything that does not hold in a package. manifest: the hash that the ledger of the platform keeps, if it is at hand."""
    report = Report()
    try:
        contents = examined(file)
    except BadZipFile:
        report.wrong("container.unreadable")
        return report
    package = Package(file, contents, report)
    if not contents.is_whole:
        report.wrong("container.changed")
    told = _manifest(package, manifest.strip().lower())
    if told is not None:
        _try(package, MANIFEST, lambda: _files(package, told))
        _try(package, "ledger/", lambda: _account(package, told))
    return report


def _try(package: Package, about: str, look: Callable[[], None]) -> None:
    """Whatever a forged file does to a check, the answer is a finding."""
    try:
        look()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        package.report.wrong("file.unreadable", about)


def _manifest(package: Package, expected: str) -> Document | None:
    report = package.report
    try:
        text, seal = package.bytes_of(MANIFEST), package.bytes_of(SEAL)
    except ValueError:
        report.wrong("manifest.missing", MANIFEST)
        return None
    report.manifest = hash_of(text)
    if seal != seal_of(text):
        report.wrong("manifest.changed", MANIFEST)
    if expected and expected != report.manifest:
        report.wrong("manifest.other", MANIFEST)
    try:
        told = read(text)
        report.case = str(told["case"])
        if told["form"] != FORM:
            raise ValueError(told["form"])
    except (ValueError, KeyError, TypeError):
        report.wrong("manifest.unreadable", MANIFEST)
        return None
    return dict(told)


def _files(package: Package, told: Document) -> None:
    listed = {entry["path"]: entry for entry in told["files"]}
    names = [one.name for one in package.contents.files if one.name not in (MANIFEST, SEAL)]
    for one in package.contents.files:
        entry = listed.get(one.name)
        if entry and (one.sha256, one.size) != (entry["sha256"], entry["size"]):
            package.report.wrong("file.changed", one.name)
    for name in sorted(set(listed) - set(names)):
        package.report.wrong("file.missing", name)
    twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    for name in sorted(set(names) - set(listed) | twice):
        package.report.wrong("file.unlisted", name)
    package.report.files = len(names)


def _account(package: Package, told: Document) -> None:
    chains: dict[str, list[Document]] = {}
    for chain in told["chains"]:
        document = package.document(chain["path"])
        if document["chain"] != chain["chain"]:
            raise ValueError(chain["chain"])
        chains[chain["chain"]] = document["entries"]
        check_chain(chain["chain"], document["entries"], chain, package.report)
    check_anchors(chains, package.document(ANCHORS), package.report)
    own = chains[f"case:{told['case']}"]
    _try(package, INDEX, lambda: _index(package, own))
    _try(package, SIGNATURES, lambda: _opinions(package, own))
    for name in told["draws"]:
        _try(package, name, lambda name=name: _draw(package, name, chains))  # type: ignore[misc]


def _index(package: Package, entries: list[Document]) -> None:
    papers = {(one["facts"]["number"], one["facts"]["sha256"]) for one in entries if one["act"] == "paper.issued"}
    pages = {one["facts"]["sha256"] for one in entries if one["act"] == "material.page_added"}
    pages |= {digest for one in entries if one["act"] == "materials.received" for _, digest in one["facts"]["pages"]}
    rows = package.document(INDEX)["files"]
    for number, _ in sorted(papers - {(row["number"], row["sha256"]) for row in rows}):
        package.report.wrong("paper.lost", number)
    for row in rows:
        if row["role"] == "paper" and (row["number"], _hash(package, row)) not in papers:
            package.report.wrong("paper.unknown", row["path"])
        if row["role"] == "material" and _hash(package, row) not in pages:
            package.report.wrong("material.unknown", row["path"])


def _hash(package: Package, row: Document) -> str:
    found = package.found(row["path"])
    return found.sha256 if found else ""


def _opinions(package: Package, entries: list[Document]) -> None:
    sealed = {one["facts"]["hash"] for one in entries if one["act"] in SEALING}
    sealed |= {digest for one in entries if one["act"] == OPINED for digest in one["facts"].get("opinions", ())}
    for row in package.document(SIGNATURES):
        digest = _hash(package, row)
        if digest not in sealed:
            package.report.wrong("opinion.unknown", row["path"])
        signature, key = bytes.fromhex(row["signature"]), bytes.fromhex(row["public_key"])
        if not is_signed(f"{SIGNED}:{digest}".encode(), signature=signature, public_key=key):
            package.report.wrong("opinion.signature", row["path"])
        package.report.signatures += 1


def _draw(package: Package, name: str, chains: dict[str, list[Document]]) -> None:
    text = package.bytes_of(name)
    for finding in verify_text(text):
        package.report.wrong("draw.wrong", f"{name}（{finding.code}）")
    entries = chains[f"draw:{name.removeprefix('draws/').removesuffix('.json')}"]
    known = {one["facts"].get("receipt") for one in entries if one["act"] in DRAWN}
    if json.loads(text)["hash"] not in known:
        package.report.wrong("draw.unknown", name)
    package.report.draws += 1
