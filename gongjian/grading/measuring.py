"""A fixed set of findings of an injury to many parts, for measuring how fast the standard answers."""

from functools import cache
from typing import Any, Final

from gongjian.grading.appraisal import Answer, appraise
from gongjian.grading.candidates import Candidates, candidates
from gongjian.grading.findings.examination import Examination, read_examination

_SAMPLE: Final[dict[str, Any]] = {
    "findings": [
        {"kind": "digit_loss", "side": "left", "digit": "thumb", "level": "dip"},
        {"kind": "digit_loss", "side": "left", "digit": "index", "level": "pip"},
        {"kind": "digit_loss", "side": "left", "digit": "middle", "level": "pip"},
        {"kind": "joint", "side": "left", "joint": "wrist", "range_deg": 60, "healthy_deg": 170},
        {"kind": "joint", "side": "right", "joint": "knee", "range_deg": 85, "healthy_deg": 130},
        {"kind": "fracture", "side": "right", "bone": "femur", "treatment": "internal_fixation", "residual": "mild"},
        {"kind": "fracture", "bone": "rib", "treatment": "conservative", "healed": True, "residual": "none"},
        {"kind": "vertebra", "anterior_height_loss": 0.4, "angulation_deg": 12},
        {"kind": "vision", "right_bcva": 0.04, "left_bcva": 0.5},
        {
            "kind": "hearing",
            "right_500_db": 45,
            "right_1000_db": 50,
            "right_2000_db": 55,
            "left_500_db": 60,
            "left_1000_db": 70,
            "left_2000_db": 80,
            "age": 44,
            "sex": "male",
        },
        {"kind": "scar", "bsa_pct": 32},
        {"kind": "face_scar", "fraction": 0.12, "pigment_change": True},
        {"kind": "disfigurement", "moderate": ["lip", "ear"]},
        {"kind": "respiratory", "fvc_pct": 66, "fev1_pct": 62, "po2_mmhg": 75},
        {"kind": "resection", "organ": "spleen", "removed": 1},
        {"kind": "resection", "organ": "liver", "removed": 0.3},
        {"kind": "renal", "status": "one_removed", "ccr_ml_min": 66},
        {"kind": "limb_strength", "right_leg_mrc": 4},
    ],
    "selfcare": ["dressing"],
}


@cache
def sample() -> Examination:
    """Eighteen findings from all regions of the body."""
    return read_examination(_SAMPLE)


def answer_sample() -> Answer:
    """The standard's answer to the sample, computed anew."""
    return appraise(sample())


def candidates_of_sample() -> Candidates:
    """The candidates alone, computed anew."""
    return candidates(sample().findings)
