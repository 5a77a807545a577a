"""Chest and breathing. Lung function in percent of the expected value (ratios in percent), oxygen in kPa."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import a_side, choice, choices, flag, number, subject, whole
from gongjian.grading.measures.breathing import LungTest, hypoxemia, lung_function


@dataclass(frozen=True, kw_only=True)
class Respiratory(Finding):
    kind: ClassVar[str] = "respiratory"
    title: ClassVar[str] = "肺功能、血氧、呼吸困难"
    fvc_pct: float | None = number("FVC", "%", 0, 200)
    fev1_pct: float | None = number("FEV1", "%", 0, 200)
    mvv_pct: float | None = number("MVV", "%", 0, 200)
    fev1_fvc_pct: float | None = number("FEV1/FVC", "%", 0, 100)
    rv_tlc_pct: float | None = number("RV/TLC", "%", 0, 100)
    dlco_pct: float | None = number("DLco", "%", 0, 200)
    lung_function: str | None = choice("肺功能损伤", normal="正常", mild="轻度", moderate="中度", severe="重度")
    po2_kpa: float | None = number("动脉血氧分压", "kPa", 0, 20)
    po2_mmhg: float | None = number("动脉血氧分压", "mmHg", 0, 150)
    dyspnea: int | None = whole("呼吸困难", "级", 0, 4)
    ventilator_lifelong: bool | None = flag("终生依赖机械通气")

    def test(self) -> LungTest:
        """The six measured values."""
        return LungTest(
            fvc=self.fvc_pct,
            fev1=self.fev1_pct,
            mvv=self.mvv_pct,
            fev1_fvc=self.fev1_fvc_pct,
            rv_tlc=self.rv_tlc_pct,
            dlco=self.dlco_pct,
        )

    @property
    def is_normal(self) -> bool:
        found = self.values()
        classes = {found[name] for name in ("lung_function", "hypoxemia") if name in found}
        return classes == {"normal"} and not self.dyspnea and not self.ventilator_lifelong

    def values(self) -> Values:
        """Classes of lung function and of oxygen; left out where the table does not decide."""
        found = dict(super().values())
        classes = {
            "lung_function": self.lung_function or lung_function(self.test()).value,
            "hypoxemia": hypoxemia(kpa=self.po2_kpa, mmhg=self.po2_mmhg).value,
        }
        return found | {name: reached for name, reached in classes.items() if reached}


@dataclass(frozen=True, kw_only=True)
class LungResection(Finding):
    kind: ClassVar[str] = "lung_resection"
    title: ClassVar[str] = "肺切除"
    extent: str | None = choice("范围", lung="一侧全肺", lobes_both_sides="双侧肺叶", lobe="肺叶", segment="肺段")
    lobes: int | None = whole("切除肺叶", "叶", 0, 5)
    along: tuple[str, ...] = choices(
        "同时或另行",
        thoracoplasty="胸廓成形术",
        carinal_resection="隆凸切除成形术",
        great_vessel_reconstruction="大血管重建术",
        segment_or_wedge="肺段或楔形切除术",
        bronchoplasty="支气管成形术",
    )


@dataclass(frozen=True, kw_only=True)
class Thoracoplasty(Finding):
    kind: ClassVar[str] = "thoracoplasty"
    title: ClassVar[str] = "胸廓成形术"
    ribs_removed: int | None = whole("切除肋骨", "根", 0, 24)
    localized_empyema: bool | None = flag("限局性脓胸行部分胸廓成形")


@dataclass(frozen=True, kw_only=True)
class Transplant(Finding):
    kind: ClassVar[str] = "transplant"
    title: ClassVar[str] = "器官移植"
    organ: str | None = subject("器官", both_lungs="双肺", heart_lung="心肺联合", lung="一侧肺", liver="肝")
    cause: str | None = choice("原因", hepatectomy="肝切除", biliary_injury="胆道损伤", other="其他")


@dataclass(frozen=True, kw_only=True)
class Operation(Finding):
    """Operations that are a clause by themselves."""

    kind: ClassVar[str] = "surgery"
    title: ClassVar[str] = "手术"
    type: str | None = subject(
        "术式",
        partial_lobectomy_brain="脑叶部分切除术",
        valve_replacement="心瓣膜置换术",
        cabg="冠状动脉旁路移植术",
        great_vessel_reconstruction="大血管重建术",
        heart_or_great_vessel_repair="心脏、大血管修补术",
        carinal_resection="隆凸切除成形术",
        bronchoplasty="支气管成形术",
        pleural_decortication="限局性脓胸行胸膜剥脱术",
        urethral_repair="尿道修补术",
        mammoplasty="乳腺成形术",
        breast_repair="乳腺修补术",
        exploration_or_repair="胸、腹腔脏器探查或修补术",
    )


@dataclass(frozen=True, kw_only=True)
class Cardiac(Finding):
    kind: ClassVar[str] = "cardiac"
    title: ClassVar[str] = "心功能不全"
    insufficiency: int | None = whole("心功能不全", "级", 0, 3)


@dataclass(frozen=True, kw_only=True)
class Arrhythmia(Finding):
    kind: ClassVar[str] = "arrhythmia"
    title: ClassVar[str] = "心律失常"
    type: str | None = subject(
        "类型",
        av_block_3="Ⅲ度房室传导阻滞",
        av_block_2_mobitz_2="莫氏Ⅱ型Ⅱ度房室传导阻滞",
        sick_sinus="病态窦房结综合征",
    )
    pacemaker_needed: bool | None = flag("需安装起搏器")


@dataclass(frozen=True, kw_only=True)
class RibFracture(Finding):
    """Ribs as a whole; single ribs may be written as fractures."""

    kind: ClassVar[str] = "rib_fracture"
    title: ClassVar[str] = "肋骨骨折"
    side: str | None = a_side()
    ribs: int | None = whole("肋骨骨折", "根", 1, 24)
    chest_deformed: bool | None = flag("胸廓畸形")
    residual: str | None = choice("功能障碍", none="无", mild="轻度", moderate="中度", severe="重度")


@dataclass(frozen=True, kw_only=True)
class Diaphragm(Finding):
    kind: ClassVar[str] = "diaphragm"
    title: ClassVar[str] = "膈肌破裂修补术后"
    phrenic_palsy: bool | None = flag("伴膈神经麻痹")


@dataclass(frozen=True, kw_only=True)
class Pleura(Finding):
    kind: ClassVar[str] = "pleura"
    title: ClassVar[str] = "血、气胸"
    closed_drainage: bool | None = flag("行单纯闭式引流术")
    thickened: bool | None = flag("胸膜粘连增厚")
