"""The working of whatever a finding lets the standard compute."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from gongjian.grading.findings.abdomen import LiverFunction, Parathyroid
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.chest import Respiratory
from gongjian.grading.findings.ears import Hearing
from gongjian.grading.findings.eyes import Vision
from gongjian.grading.findings.limbs import Joint
from gongjian.grading.findings.nerves import Epilepsy, MentalCapacity
from gongjian.grading.findings.skin import Disfigurement
from gongjian.grading.findings.spine import Vertebra
from gongjian.grading.findings.urogenital import Renal, Urination
from gongjian.grading.measures.base import Measured, Step
from gongjian.grading.measures.breathing import hypoxemia, lung_function
from gongjian.grading.measures.eyesight import blindness, compensation_rate, field_pct, rate_grade
from gongjian.grading.measures.face import disfigurement
from gongjian.grading.measures.glands import calcium_level
from gongjian.grading.measures.hearing import binaural
from gongjian.grading.measures.joints import joint_degree
from gongjian.grading.measures.kidney import renal_hypertension, renal_stages, urination
from gongjian.grading.measures.liver import liver_function
from gongjian.grading.measures.mind import epilepsy_level, mental_level
from gongjian.grading.measures.vertebra import VertebralImage, stability

_EYES: Final = {"right": "右眼", "left": "左眼"}


class Working(NamedTuple):
    """What was computed from a finding: a Chinese title, the value (None: not decided), the steps."""

    title: str
    value: Any
    steps: tuple[Step, ...]


def workings(finding: Finding) -> tuple[Working, ...]:
    """Everything the standard computes from this finding, with the steps; nothing when nothing was measured.

    Law: GB/T 16180-2014 appendix A.
    """
    compute = _COMPUTE.get(type(finding))
    found = compute(finding) if compute else iter(())
    return tuple(Working(title, each.value, each.steps) for title, each in found if each.steps)


def open_measures(finding: Finding) -> tuple[tuple[str, str], ...]:
    """What was measured and is still not decided by the text: sentence and article."""
    return tuple(
        (f"{each.title}：{each.steps[-1].text}。", each.steps[-1].article)
        for each in workings(finding)
        if each.value is None and not _is_judged(finding, each.title)
    )


def _is_judged(finding: Finding, title: str) -> bool:
    """Whether the expert has named the class besides the measured values."""
    names = {
        "肺功能损伤": "lung_function",
        "肝功能损害": "liver_function",
        "关节功能": "degree",
        "甲状旁腺功能": "level",
    }
    return bool(getattr(finding, names.get(title, ""), None)) if title in names else False


def _mental(finding: MentalCapacity) -> Iterator[tuple[str, Measured[Any]]]:
    yield "智能损伤", mental_level(iq=finding.iq, mq=finding.mq, months=finding.months)


def _epilepsy(finding: Epilepsy) -> Iterator[tuple[str, Measured[Any]]]:
    yield (
        "癫痫",
        epilepsy_level(
            treated_years=finding.treated_years,
            grand_mal_per_month=finding.grand_mal_per_month,
            other_per_week=finding.other_per_week,
            needs_medicine=finding.needs_medicine,
        ),
    )


def _joint(finding: Joint) -> Iterator[tuple[str, Measured[Any]]]:
    yield "关节功能", joint_degree(finding.motion)


def _face(finding: Disfigurement) -> Iterator[tuple[str, Measured[Any]]]:
    reached = disfigurement(severe=finding.severe, moderate=finding.moderate, scarred_face=bool(finding.scarred_face))
    yield "颜面毁容", reached


def _vertebra(finding: Vertebra) -> Iterator[tuple[str, Measured[Any]]]:
    image = VertebralImage(
        finding.anterior_height_loss,
        finding.displaced,
        finding.angulation_deg,
        finding.canal_left,
        finding.posterior_elements,
    )
    yield "脊椎骨折稳定性", stability(image)


def _hearing(finding: Hearing) -> Iterator[tuple[str, Measured[Any]]]:
    test = finding.test()
    if test is not None:
        yield "听力损失", binaural(test)


def _vision(finding: Vision) -> Iterator[tuple[str, Measured[Any]]]:
    if finding.notation == "five":
        yield from ((f"{_EYES[eye]}视力换算", read) for eye, read in finding.converted().items())
    for eye, radius in (("right", finding.right_radius_deg), ("left", finding.left_radius_deg)):
        if radius is not None:
            yield f"{_EYES[eye]}视野有效值", field_pct(sum_deg=radius * 8)
    left, right = finding.left_acuity, finding.right_acuity
    if left is not None and right is not None and "removed" not in {finding.left_state, finding.right_state}:
        yield "盲及低视力（较好眼）", blindness(bcva=max(left, right))
        rate = compensation_rate(left=left, right=right)
        yield "视力丧失补偿率", Measured(rate.value, (*rate.steps, *_only_for_gaps(rate.certain)))


def _only_for_gaps(rate: int) -> tuple[Step, ...]:
    """What table A.4 says to the rate: a reference for what no clause decides, never beside a clause that does."""
    return tuple(Step(f"{each.text}；只供条款不能确定时参照", each.article) for each in rate_grade(rate).steps)


def _breathing(finding: Respiratory) -> Iterator[tuple[str, Measured[Any]]]:
    yield "肺功能损伤", lung_function(finding.test())
    yield "低氧血症", hypoxemia(kpa=finding.po2_kpa, mmhg=finding.po2_mmhg)


def _liver(finding: LiverFunction) -> Iterator[tuple[str, Measured[Any]]]:
    yield "肝功能损害", liver_function(finding.test())


def _parathyroid(finding: Parathyroid) -> Iterator[tuple[str, Measured[Any]]]:
    yield "甲状旁腺功能", calcium_level(finding.calcium_mg_dl)


def _renal(finding: Renal) -> Iterator[tuple[str, Measured[Any]]]:
    yield (
        "肾功能不全",
        renal_stages(ccr_ml_min=finding.ccr_ml_min, scr_umol_l=finding.scr_umol_l, stage=finding.stage),
    )
    yield "血压", renal_hypertension(sbp_mmhg=finding.sbp_mmhg, dbp_mmhg=finding.dbp_mmhg)


def _urination(finding: Urination) -> Iterator[tuple[str, Measured[Any]]]:
    yield "排尿障碍", urination(residual_ml=finding.residual_ml, incontinence=finding.incontinence)


_COMPUTE: Final[dict[type[Finding], Callable[[Any], Iterator[tuple[str, Measured[Any]]]]]] = {
    MentalCapacity: _mental,
    Epilepsy: _epilepsy,
    Joint: _joint,
    Disfigurement: _face,
    Vertebra: _vertebra,
    Hearing: _hearing,
    Vision: _vision,
    Respiratory: _breathing,
    LiverFunction: _liver,
    Parathyroid: _parathyroid,
    Renal: _renal,
    Urination: _urination,
}
