"""Links lead somewhere, and the papers of the repository are there."""

import re

import pytest

from tests.house.tree import ROOT, files, name

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
PAPERS = ["LICENSE", "CONTRIBUTING.md", "SECURITY.md", "THIRD_PARTY_NOTICES.md", "publiccode.yml", ".env.example"]


def test_every_link_between_documents_leads_somewhere():
    dead = [
        f"{name(path)}: {target}"
        for path in files()
        if path.suffix == ".md"
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_of_the_repository_are_there(paper):
    assert (ROOT / paper).stat().st_size > 200


def test_the_licence_is_the_whole_apache_licence():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_public_description_names_the_same_licence_and_version_as_the_package():
    described = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    package = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for here, there in (("license", "  license"), ("version", "softwareVersion")):
        value = re.search(rf'^{here} = "(.+)"$', package, re.MULTILINE)
        assert value and f"\n{there}: {value[1]}\n" in described


def test_every_word_of_the_makefile_is_explained():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = re.findall(r"^([a-z]+):", text, re.MULTILINE)
    assert {"setup", "run", "demo", "test", "check", "bench", "soak", "docs", "lock"} <= set(words)
    assert [word for word in words if word != "browser" and not re.search(rf"^{word}:.*## ", text, re.MULTILINE)] == []
