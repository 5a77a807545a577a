"""The form of findings, read from their classes: a page for people and a JSON schema for programs. Neither can go stale."""

from typing import Any, Final

from gongjian.grading.findings.base import Finding, described
from gongjian.grading.findings.catalog import KINDS, REGIONS, kinds_of
from gongjian.grading.findings.examination import allowed_values
from gongjian.grading.findings.fields import Field
from gongjian.grading.selfcare import SelfCareItem

_HEAD: Final = """# 鉴定所见的格式

由 `gongjian docs` 根据 `gongjian/grading/findings/` 生成，请勿手工修改。用法和答复见 [grading-json.md](grading-json.md)。

每一项所见是一个对象，以 `kind` 写明种类；`injury` 可写伤情名称，名称相同的算同一伤情，不写的自成一项。
没有填的项目视为未测或未问；没有写的所见视为没有。带 * 的项目必填。
专家工作台的测量表、`gongjian grade` 读的文件和 JSON schema 都由同一份说明生成；测量表里比例可写成3/4或75%，只列所选关节有的运动方向。
关节各方向须伤侧、健侧都填；视力按五分记录法填的写 `notation`，按表A.1换算；视野可填平均半径，或八条子午线之和。
"""


def page() -> str:
    """docs/guide/findings.md: every kind of finding with its fields, in Chinese."""
    parts = [_HEAD]
    for name, region in REGIONS.items():
        parts.append(f"\n## {name}\n")
        parts += [_kind(each) for each in kinds_of(region)]
    return "".join(parts)


def json_schema() -> dict[str, Any]:
    """The same as a JSON schema (draft 2020-12) of a whole examination."""
    findings = {"type": "array", "items": {"oneOf": [_object(each) for each in KINDS.values()]}, "maxItems": 200}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "鉴定所见",
        "type": "object",
        "additionalProperties": False,
        "required": ["findings"],
        "properties": {
            "appraisal": {"enum": ["initial", "second", "review"], "title": "初次、再次、复查鉴定"},
            "findings": {**findings, "minItems": 1},
            "prior": {**findings, "title": "受损器官原有的伤残（4.3）"},
            "aggravated": {"type": ["boolean", "null"], "title": "本次伤情是否加重原有伤残"},
            "selfcare": {
                "type": ["array", "null"],
                "items": {"enum": [each.value for each in SelfCareItem]},
                "title": "需他人帮助的生活自理项目",
            },
            "childless": {"type": ["boolean", "null"], "title": "未育且终生不能生育（B.4.2）"},
            "recurring_obstruction": {"type": ["boolean", "null"], "title": "开腹术后反复肠梗阻，有影像（B.4.11）"},
        },
    }


def _kind(kind: type[Finding]) -> str:
    rows = [
        f"| `{name}`{'*' if field.subject else ''} | {field.label} | {allowed_values(field)} |\n"
        for name, field in described(kind).items()
    ]
    table = ["\n| 项目 | 含义 | 可填 |\n|---|---|---|\n", *rows] if rows else ["\n没有其他项目。\n"]
    return "".join([f"\n### `{kind.kind}` {kind.title}\n", *table])


def _object(kind: type[Finding]) -> dict[str, Any]:
    fields = described(kind)
    return {
        "title": kind.title,
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", *(name for name, field in fields.items() if field.subject)],
        "properties": {
            "kind": {"const": kind.kind},
            "injury": {"type": "string", "maxLength": 200},
            **{name: {"title": field.label, **_value(field)} for name, field in fields.items()},
        },
    }


def _value(field: Field) -> dict[str, Any]:
    codes = list(field.choices or ())
    if field.sort == "choices":
        return {"type": ["array", "null"], "items": {"enum": codes}}
    if field.sort == "choice":
        return {"enum": codes if field.subject else [*codes, None]}
    sort = {"flag": "boolean", "whole": "integer", "number": "number"}[field.sort]
    limits = {} if field.sort == "flag" else {"minimum": field.low, "maximum": field.high}
    return {"type": sort if field.subject else [sort, "null"], **limits}
