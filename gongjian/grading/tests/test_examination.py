"""Reading findings: what is right is taken as it is; what is wrong is refused in one line that says where."""

from typing import Any

import pytest

from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS, REGIONS, kinds_of
from gongjian.grading.findings.examination import allowed_values, read_examination, read_finding
from gongjian.grading.findings.fields import Field
from gongjian.grading.findings.skin import Scar
from gongjian.law.errors import RuleError


def test_a_finding_is_read_with_its_units() -> None:
    found = read_finding({"kind": "scar", "injury": " 全身烧伤 ", "bsa_pct": 45.5, "severe": True})
    assert found == Scar(injury="全身烧伤", bsa_pct=45.5, severe=True)


def test_what_is_null_counts_as_left_out() -> None:
    assert read_finding({"kind": "scar", "bsa_pct": None}) == Scar()


def test_a_whole_examination_is_read() -> None:
    found = read_examination(
        {
            "appraisal": "second",
            "findings": [{"kind": "scar", "bsa_pct": 45}],
            "prior": [{"kind": "scar", "bsa_pct": 5}],
            "aggravated": False,
            "selfcare": ["eating"],
            "childless": True,
            "recurring_obstruction": True,
        }
    )
    assert (found.appraisal, len(found.findings), len(found.prior)) == ("second", 1, 1)
    assert (found.aggravated, found.selfcare, found.childless, found.recurring_obstruction) == (
        False,
        ("eating",),
        True,
        True,
    )


ONE = {"kind": "scar", "bsa_pct": 5}
# what is wrong, the place named, the code
WRONG: list[tuple[Any, str, str]] = [
    ([], "全文", "grading.examination_unreadable"),
    ({}, "findings", "grading.examination_unreadable"),
    ({"findings": []}, "findings", "grading.examination_unreadable"),
    ({"findings": "scar"}, "findings", "grading.examination_unreadable"),
    ({"findings": [ONE] * 201}, "findings", "grading.examination_unreadable"),
    ({"findings": [ONE], "grade": 3}, "grade", "grading.examination_unreadable"),
    ({"findings": [ONE], "appraisal": "third"}, "appraisal", "grading.examination_unreadable"),
    ({"findings": [ONE], "aggravated": "yes"}, "aggravated", "grading.examination_unreadable"),
    ({"findings": [ONE], "childless": 1}, "childless", "grading.examination_unreadable"),
    ({"findings": [ONE], "selfcare": ["cooking"]}, "selfcare", "grading.examination_unreadable"),
    ({"findings": [ONE], "selfcare": "eating"}, "selfcare", "grading.examination_unreadable"),
    ({"findings": [ONE], "prior": {}}, "prior", "grading.examination_unreadable"),
    ({"findings": [ONE, "scar"]}, "findings[1]", "grading.examination_unreadable"),
    ({"findings": [{"bsa_pct": 5}]}, "findings[0]", "grading.examination_unreadable"),
    ({"findings": [{"kind": "burn"}]}, "findings[0]", "grading.kind_unknown"),
    ({"findings": [{"kind": ["scar"]}]}, "findings[0]", "grading.examination_unreadable"),
    ({"findings": [{"kind": "scar", "area": 5}]}, "findings[0]", "grading.field_unknown"),
    ({"findings": [{"kind": "scar", "bsa_pct": -1}]}, "findings[0].bsa_pct", "grading.field_wrong"),
    ({"findings": [{"kind": "scar", "bsa_pct": 101}]}, "findings[0].bsa_pct", "grading.field_wrong"),
    ({"findings": [{"kind": "scar", "bsa_pct": "45"}]}, "findings[0].bsa_pct", "grading.field_wrong"),
    ({"findings": [{"kind": "scar", "bsa_pct": True}]}, "findings[0].bsa_pct", "grading.field_wrong"),
    ({"findings": [{"kind": "scar", "bsa_pct": float("nan")}]}, "findings[0].bsa_pct", "grading.field_wrong"),
    ({"findings": [{"kind": "scar", "bsa_pct": float("inf")}]}, "findings[0].bsa_pct", "grading.field_wrong"),
    ({"findings": [{"kind": "scar", "severe": 1}]}, "findings[0].severe", "grading.field_wrong"),
    (
        {"findings": [{"kind": "scar", "limited_large_joints": 1.5}]},
        "findings[0].limited_large_joints",
        "grading.field_wrong",
    ),
    ({"findings": [{**ONE, "injury": 3}]}, "findings[0].injury", "grading.examination_unreadable"),
    ({"findings": [{**ONE, "injury": "伤" * 201}]}, "findings[0].injury", "grading.examination_unreadable"),
    ({"findings": [{"kind": "amputation", "level": "arm"}]}, "findings[0]", "grading.field_missing"),
    ({"findings": [{"kind": "aphasia", "type": "loud"}]}, "findings[0].type", "grading.field_wrong"),
    ({"findings": [{"kind": "aphasia", "type": ["motor"]}]}, "findings[0].type", "grading.field_wrong"),
    ({"findings": [{"kind": "cortical", "types": "apraxia"}]}, "findings[0].types", "grading.field_wrong"),
    ({"findings": [{"kind": "cortical", "types": ["apathy"]}]}, "findings[0].types", "grading.field_wrong"),
    (
        {"findings": [{"kind": "digit_loss", "side": "left", "digit": "thumb", "level": "pip"}]},
        "findings[0]：拇指没有近侧指间关节",
        "grading.finding_wrong",
    ),
    (
        {"findings": [ONE, {"kind": "joint", "side": "left", "joint": "knee", "flexion_deg": 90}]},
        "findings[1]：屈曲只填了一侧",
        "grading.finding_wrong",
    ),
    (
        {"findings": [{"kind": "vision", "notation": "five", "right_bcva": 4.66}]},
        "findings[0]：视力4.66不在",
        "grading.finding_wrong",
    ),
    (
        {"findings": [{"kind": "vision", "left_field_radius_deg": 20, "left_field_sum_deg": 80}]},
        "findings[0]：左眼视野半径",
        "grading.finding_wrong",
    ),
    ({"findings": [ONE], "prior": [{"kind": "scar", "x": 1}]}, "prior[0]", "grading.field_unknown"),
]


@pytest.mark.parametrize(("data", "where", "code"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_refused_in_one_line_that_says_where(data: object, where: str, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        read_examination(data)
    assert refusal.value.code == code
    assert str(refusal.value).startswith(where)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_a_title_and_described_fields(kind: type[Any]) -> None:
    fields = described(kind)
    assert kind.title
    assert kind.kind
    assert all(each.label and allowed_values(each) for each in fields.values())
    assert all(each.low < each.high for each in fields.values() if each.sort in {"number", "whole"})
    assert all(each.choices for each in fields.values() if each.sort in {"choice", "choices"})


def test_no_kind_is_named_twice() -> None:
    listed = [each.kind for region in REGIONS.values() for each in kinds_of(region)]
    assert len(listed) == len(set(listed)) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_allowed_edge_can_be_read(kind: type[Any]) -> None:
    for edge in ("low", "high"):
        values = {name: _example(field, edge) for name, field in described(kind).items()}
        if values.get("level") == "pip" or (kind.kind.startswith("digit") and edge == "low"):
            values["digit"] = "index"
        assert read_finding({"kind": kind.kind, **values}).values() is not None


def _example(field: Field, edge: str) -> Any:
    if field.choices:
        code = list(field.choices)[0 if edge == "low" else -1]
        return [code] if field.sort == "choices" else code
    if field.sort == "flag":
        return edge == "low"
    number = getattr(field, edge)
    return int(number) if field.sort == "whole" else number
