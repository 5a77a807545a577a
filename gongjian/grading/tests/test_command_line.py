"""`gongjian grade …`: JSON out; bad input one line, exit 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongjian.config.mounts import MOUNTS, exists, load
from gongjian.grading.command_line import grade


def call(*args: str) -> Result:
    return CliRunner().invoke(grade, list(args))


def written(folder: Path, data: object) -> str:
    path = folder / "findings.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def answered(folder: Path, data: object, *args: str) -> dict[str, Any]:
    result = call(written(folder, data), *args)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


TIPS = {
    "findings": [{"kind": "digit_loss", "side": side, "digit": "ring", "level": "dip"} for side in ("left", "right")]
}


def test_a_file_of_findings_is_answered_in_json(tmp_path: Path) -> None:
    found = answered(tmp_path, TIPS)
    assert [each["number"] for each in found["holds"]] == ["5.10.2(5)", "5.10.2(5)"]
    assert (found["grade"], found["group_decides"], found["may_be_raised_to"]) == (None, True, 9)


def test_the_form_of_the_answer_is_stable(tmp_path: Path) -> None:
    found = answered(tmp_path, {**TIPS, "selfcare": [], "prior": [{"kind": "scar", "bsa_pct": 5}]})
    assert list(found) == [
        "form",
        "standard",
        "grade",
        "grade_label",
        "group_decides",
        "rooms",
        "worst",
        "may_be_raised_to",
        "counting",
        "holds",
        "left_out",
        "near",
        "undecided",
        "uncovered",
        "raises",
        "prior",
        "selfcare",
        "workings",
    ]
    candidate = ["number", "grade", "label", "body_system", "text", "injuries", "measured", "reasons", "missing"]
    assert list(found["holds"][0]) == candidate
    assert (list(found["prior"]), list(found["selfcare"])) == (
        ["alone", "together", "explanation"],
        ["level", "label", "explanation"],
    )
    assert found["form"] == 1


def test_the_policy_of_counting_can_be_chosen(tmp_path: Path) -> None:
    assert answered(tmp_path, TIPS, "--policy", "injury_and_clause")["may_be_raised_to"] is None
    assert answered(tmp_path, TIPS)["counting"]["policy"] == "injury"


def test_workings_are_in_the_answer(tmp_path: Path) -> None:
    found = answered(tmp_path, {"findings": [{"kind": "respiratory", "po2_mmhg": 45}]})
    assert found["workings"] == [
        {
            "finding": 0,
            "title": "低氧血症",
            "value": "moderate",
            "steps": [{"text": "PO2 45mmHg（6.0kPa）：中度低氧血症", "article": "A.5.1.3"}],
        }
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "不是JSON"),
        ("[]", "全文"),
        ('{"findings": [{"kind": "dragon"}]}', "findings[0]：没有名为“dragon”"),
        ('{"findings": [{"kind": "scar", "bsa_pct": 450}]}', "findings[0].bsa_pct：瘢痕占体表面积须为0至100%"),
        ("[" * 100_000, "层次过深"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(tmp_path: Path, data: str, said: str) -> None:
    result = call(written(tmp_path, data))
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "findings.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert call(str(path)).exit_code == 2


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "findings.json"
    path.write_bytes(b" " * 2_000_001)
    result = call(str(path))
    assert (result.exit_code, "文件过大" in result.output) == (2, True)


@pytest.mark.parametrize(
    "args", [["nowhere.json"], ["search"], ["search", "肋骨", "--limit", "0"], ["a.json", "b.json"]]
)
def test_wrong_use_is_one_line_and_exit_2(args: list[str]) -> None:
    result = call(*args)
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1


def test_clauses_are_searched() -> None:
    result = call("search", "锁骨骨折", "--limit", "5")
    found = json.loads(result.output)
    assert result.exit_code == 0
    assert "5.10.2(12)" in [each["number"] for each in found["clauses"]]
    assert list(found["clauses"][0]) == ["number", "grade", "label", "body_system", "text"]


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(call("search", "独角兽").output)["clauses"] == []


def test_the_command_is_mounted_without_django() -> None:
    assert exists(MOUNTS["grade"])
    assert not MOUNTS["grade"].needs_django
    assert load(MOUNTS["grade"]) is grade
