"""Whatever stands in a field of a finding is read or refused with its place; the schema says the same as the reader."""

import json
from typing import Any

import pytest

from gongjian.grading.appraisal import appraise
from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.examination import read_examination, read_finding
from gongjian.grading.findings.fields import Field
from gongjian.grading.schema import json_schema
from gongjian.law.errors import RuleError

TYPES = {"boolean": bool, "string": str, "array": list, "object": dict, "null": type(None)}


def right(field: Field) -> Any:
    """Something that may stand in the field."""
    if field.choices:
        code = next(iter(field.choices))
        return [code] if field.sort == "choices" else code
    return True if field.sort == "flag" else int(field.low) if field.sort == "whole" else field.low


def told(kind: str, **fields: Any) -> dict[str, Any]:
    """The least that may be told of a kind, and more."""
    needed = {name: right(field) for name, field in described(KINDS[kind]).items() if field.subject}
    return {"kind": kind, **needed, **fields}


def allows(schema: dict[str, Any], value: Any) -> bool:
    """Whether a JSON schema of the few words we use lets a value through."""
    types = schema.get("type", [])
    if types and not any(_is(each, value) for each in ([types] if isinstance(types, str) else types)):
        return False
    if "enum" in schema and not any(value == each and type(value) is type(each) for each in schema["enum"]):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "minimum" in schema:
        return bool(schema["minimum"] <= value <= schema["maximum"])
    if isinstance(value, list) and "items" in schema:
        enough = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 999)
        return enough and all(allows(schema["items"], each) for each in value)
    return "properties" not in schema or _holds(schema, value)


def _is(name: str, value: Any) -> bool:
    if name in {"integer", "number"}:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and (name == "number" or value == value // 1)
    return isinstance(value, TYPES[name])


def _holds(schema: dict[str, Any], value: dict[str, Any]) -> bool:
    known = schema["properties"]
    return set(schema["required"]) <= set(value) <= set(known) and all(
        allows(known[name], each) for name, each in value.items()
    )


def schema_of(kind: str) -> dict[str, Any]:
    listed = json_schema()["properties"]["findings"]["items"]["oneOf"]
    return next(each for each in listed if each["properties"]["kind"]["const"] == kind)


def is_read(finding: dict[str, Any]) -> bool:
    """Whether the reader takes it. What two fields say against each other is no matter of the schema."""
    try:
        read_finding(finding)
    except RuleError as refusal:
        return refusal.code == "grading.finding_wrong"
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_lets_through_what_the_reader_reads_and_no_more(kind: str) -> None:
    schema = schema_of(kind)
    assert is_read(told(kind)) and allows(schema, told(kind))
    for name, field in described(KINDS[kind]).items():
        edges = [field.low, field.high, float(int(field.high)), field.high + 1, field.low - 1] if field.high else []
        plain = [None, True, 1.5, "", "1", [], ["x"], right(field), *edges]
        for value in plain:
            finding = told(kind, **{name: value})
            assert is_read(finding) == allows(schema, finding), (name, value)
    assert not allows(schema, told(kind, unheard_of=1))
    assert allows(schema, told(kind, injury="伤" * 200)) and not is_read(told(kind, injury="伤" * 201))


def read_or_refused(data: Any) -> str | None:
    """The refusal, None when it is read and answered; a refusal is one line."""
    try:
        appraise(read_examination(data))
    except RuleError as refusal:
        assert len(str(refusal).splitlines()) == 1
        return str(refusal)
    return None


@pytest.mark.parametrize("name", ["坏\n名", "a\r\nb", "x" * 500, "\u2028段"])
def test_a_strange_name_is_told_back_in_one_short_line(name: str) -> None:
    for data in ({name: 1}, {"findings": [{"kind": name}]}, {"findings": [{"kind": "scar", name: 1}]}):
        refused = read_or_refused(data)
        assert refused is not None
        assert "x" * 41 not in refused


def test_a_whole_number_written_with_a_point_is_that_whole_number() -> None:
    found = read_finding(json.loads('{"kind": "rib_fracture", "ribs": 3.0}'))
    assert found == read_finding({"kind": "rib_fracture", "ribs": 3})
    assert type(found.values()["ribs"]) is int


@pytest.mark.parametrize("where", ["findings", "prior"])
def test_the_wrong_one_of_many_is_named_by_its_number(where: str) -> None:
    listed = [told("scar")] * 150 + [told("scar", bsa_pct=-0.0001)] + [told("scar")] * 20
    refused = read_or_refused({"findings": [told("scar")], where: listed})
    assert refused is not None and refused.startswith(f"{where}[150].bsa_pct：")
