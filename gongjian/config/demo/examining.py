"""What the demo's experts find and write: measured as real experts would, on the sheets of the workbench."""

from gongjian.cases.models import Case
from gongjian.grading.clauses import principle
from gongjian.grading.sheet import Sheet
from gongjian.opinions.content import Content, Finding

BONES = {"131": "radius", "133": "phalanx", "143": "patella", "144": "tibia"}
JOINTS = {"131": "wrist", "143": "knee", "144": "knee"}
NINES = {"131": "5.9.2(23)", "143": "5.9.2(24)", "144": "5.9.2(23)"}
"""The clause of the ninth grade for a fixed bone; a fixed finger has none and takes the principle."""


def opinion(case: Case, grade: int | None) -> Content:
    """A whole opinion with this grade."""
    part, _, side = case.application.recognised_parts[0].partition(":")
    finding = Finding(
        injury="骨折术后",
        part=part,
        side=side,
        condition="骨折愈合，关节活动轻度受限" if grade else "骨折愈合，活动正常",
        diagnosis="骨折内固定术后",
        clause=_clause(part, grade),
        says_none=grade is None,
        sheets=_sheets(part, side, is_limited=grade is not None),
    )
    return Content(
        findings=(finding,), selfcare_none=True, is_decided=True, grade=grade, reason="按检查所见和所选条款评定",
        explanation="已核对",
    )  # fmt: skip


def _clause(part: str, grade: int | None) -> str:
    if grade is None:
        return ""
    return NINES.get(part, principle(grade).number) if grade == 9 else principle(grade).number


def _sheets(part: str, side: str, *, is_limited: bool) -> tuple[Sheet, ...]:
    fracture = {
        "side": side, "bone": BONES.get(part, "other"), "treatment": "internal_fixation", "healed": "yes",
        "residual": "mild" if is_limited else "none",
    }  # fmt: skip
    motion = {
        "side": side, "joint": JOINTS.get(part, ""), "flexion_deg": "110" if is_limited else "135",
        "healthy_flexion_deg": "135", "extension_deg": "0", "healthy_extension_deg": "0",
    }  # fmt: skip
    told = [("fracture", fracture), *([("joint", motion)] if part in JOINTS else [])]
    return tuple(Sheet.typed(kind, {name: [text] for name, text in texts.items()}) for kind, texts in told)
