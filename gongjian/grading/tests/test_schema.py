"""The form of findings for people and for programs follows from the classes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongjian.config.documents import PAGES
from gongjian.grading.command_line import grade
from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.schema import json_schema, page

ROOT = Path(__file__).parents[3]


def test_the_page_in_the_docs_is_the_page_of_the_code() -> None:
    assert (ROOT / "docs/guide/findings.md").read_text(encoding="utf-8") == page()
    assert PAGES["docs/guide/findings.md"] is page


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_field_stands_on_the_page(kind: str) -> None:
    section = page().split(f"### `{kind}` ")[1].split("\n### ")[0]
    assert all(f"`{name}`" in section and field.label in section for name, field in described(KINDS[kind]).items())


def test_the_schema_is_json_and_names_every_kind_once() -> None:
    kinds = [each["properties"]["kind"]["const"] for each in json_schema()["properties"]["findings"]["items"]["oneOf"]]
    assert kinds == list(KINDS)
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_what_must_be_given_is_required_and_what_may_be_left_out_may_be_null() -> None:
    schema = next(
        each for each in json_schema()["properties"]["findings"]["items"]["oneOf"] if each["title"] == "肢体缺失"
    )
    assert schema["required"] == ["kind", "side", "level"]
    scar = next(
        each
        for each in json_schema()["properties"]["findings"]["items"]["oneOf"]
        if each["title"].startswith("全身瘢痕")
    )
    assert scar["properties"]["bsa_pct"] == {
        "title": "瘢痕占体表面积",
        "type": ["number", "null"],
        "minimum": 0,
        "maximum": 100,
    }
    assert scar["properties"]["severe"]["type"] == ["boolean", "null"]


def test_the_command_writes_the_schema() -> None:
    result = CliRunner().invoke(grade, ["schema"])
    assert result.exit_code == 0
    assert json.loads(result.output) == json_schema()


def test_the_guide_names_every_part_of_the_answer() -> None:
    guide = (ROOT / "docs/guide/grading-json.md").read_text(encoding="utf-8")
    parts = ["rooms", "worst", "may_be_raised_to", "holds", "left_out", "near", "undecided", "uncovered", "workings"]
    assert all(f"`{name}`" in guide for name in parts)
