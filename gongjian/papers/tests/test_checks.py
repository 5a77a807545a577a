"""What the checks of this room find, and that they find nothing where all is well."""

from pathlib import Path
from typing import Any

import pytest

from gongjian.accounts.tests.builders import an_office
from gongjian.cases.models import NumberSeries
from gongjian.config.checks import CHECKS
from gongjian.kernel.evidence.storage import evidence_home, place_of
from gongjian.papers.checks import paper_bytes, paper_numbers
from gongjian.papers.models import Paper
from gongjian.papers.tests.builders import a_receipt
from gongjian.papers.tests.issuing import an_issued_paper

pytestmark = pytest.mark.django_db


def test_the_house_asks_these_checks():
    assert {CHECKS["paper_numbers"], CHECKS["paper_bytes"]} == {paper_numbers, paper_bytes}


def test_papers_in_order_raise_no_problem():
    for _ in range(2):
        an_issued_paper()
    an_issued_paper(paper=a_receipt())
    assert [*paper_numbers(), *paper_bytes()] == []


def test_a_gap_in_a_series_is_found():
    an_issued_paper()
    NumberSeries.objects.update(last=3)
    (problem,) = paper_numbers()
    assert problem.about.startswith("YXJD/conclusion/")
    assert "编号已发到3，实有1份" in problem.sentence


def test_a_series_without_papers_is_found():
    NumberSeries.objects.create(office=an_office(), series="paper.conclusion", year=2026, last=1)
    (problem,) = paper_numbers()
    assert "没有一份文书" in problem.sentence


def the_file_of(paper: Paper) -> Path:
    return evidence_home() / place_of(paper.sha256)


def test_a_missing_file_is_found():
    paper = an_issued_paper()
    the_file_of(paper).unlink()
    (problem,) = paper_bytes()
    assert (problem.about, problem.sentence) == (paper.number, "文书的文件不见了。")


def test_a_changed_file_is_found():
    paper = an_issued_paper()
    stored = the_file_of(paper)
    content = bytearray(stored.read_bytes())
    content[-1] ^= 1
    stored.chmod(0o600)
    stored.write_bytes(content)
    (problem,) = paper_bytes()
    assert "被改动或损坏" in problem.sentence


def test_a_row_that_names_another_hash_is_found(monkeypatch: pytest.MonkeyPatch):
    paper = an_issued_paper()
    other = Paper.objects.create(
        **{
            field.name: getattr(paper, field.name)
            for field in Paper._meta.concrete_fields
            if field.name not in {"id", "sha256", "check_code", "sequence"}
        },
        sequence=2,
        sha256="0" * 64,
        check_code="111111111111",
    )
    NumberSeries.objects.update(last=2)
    found: list[Any] = list(paper_bytes())
    assert [problem.about for problem in found] == [other.number]
    assert "数字指纹" in found[0].sentence
