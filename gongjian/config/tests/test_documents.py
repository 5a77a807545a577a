"""The pages of docs/ that the code decides are what the code says today."""

import re

import pytest
from click.testing import CliRunner

from gongjian.appraisal.states import LABELS, MOVES, OWED, PROCEDURE
from gongjian.config.documents import PAGES, ROOT, chart, docs, moves_page, who

MOVES_PAGE = "docs/law/appraisal-moves.md"


def test_the_page_of_moves_is_current():
    assert (ROOT / MOVES_PAGE).read_text(encoding="utf-8") == PAGES[MOVES_PAGE](), "run: gongjian docs"


def test_the_chart_shows_every_state_and_every_move():
    lines = chart(PROCEDURE).splitlines()
    assert len([line for line in lines if line.startswith("    state ")]) == len(LABELS)
    arrows = [line for line in lines if "-->" in line and "[*]" not in line]
    assert arrows == [f"    {move.start} --> {move.end}: {move.label}" for move in MOVES]


def test_the_chart_begins_with_the_application_and_ends_with_the_archive():
    lines = chart(PROCEDURE).splitlines()
    assert (lines[1], lines[-1]) == ("    [*] --> submitted", "    archived --> [*]")


def test_the_page_names_the_article_of_each_step_and_each_obligation():
    rows = [line for line in moves_page().splitlines() if re.match(r"\| .+ `\w+` \|", line) or " `" in line]
    assert len([row for row in rows if row.startswith("|")]) == len(MOVES) + sum(len(each) for each in OWED.values())
    assert all("令55 第" in row for row in rows if row.startswith("|"))


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("party", "当事人"),
        ("system", "系统（其他办理的结果）"),
        ("archives.archive", "档案"),
        ("conclusions.sign", "签发"),
    ],
)
def test_who_may_take_a_step_is_said_in_words(permission, words):
    assert who(permission) == words


def test_every_step_may_be_taken_by_somebody():
    assert [move.act for move in MOVES if not who(move.permission)] == []


def test_stale_pages_are_written_again_and_then_are_not_stale(tmp_path):
    (tmp_path / "docs").mkdir()
    asked = [CliRunner().invoke(docs, ["--root", str(tmp_path), *words]) for words in (["--check"], [], ["--check"])]
    assert [answer.exit_code for answer in asked] == [1, 0, 0]
    assert "docs/law/appraisal-moves.md 已过时" in asked[0].output
    assert (tmp_path / "docs/law/appraisal-moves.md").read_text(encoding="utf-8") == moves_page()
    assert asked[2].output == "没有过时的页面。\n"


def test_outside_of_a_repository_nothing_is_written(tmp_path):
    answer = CliRunner().invoke(docs, ["--root", str(tmp_path)])
    assert (answer.exit_code, list(tmp_path.iterdir())) == (2, [])
