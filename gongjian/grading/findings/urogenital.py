"""Kidneys, urinary tract, reproduction. Creatinine clearance in mL/min, plasma creatinine in µmol/L, urine in mL."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import a_side, choice, flag, number, subject
from gongjian.grading.measures.kidney import renal_hypertension, renal_stages, urination


@dataclass(frozen=True, kw_only=True)
class Renal(Finding):
    """Kidneys: what was done to them, and how well they work. Values that stay (持续), not a single reading."""

    kind: ClassVar[str] = "renal"
    title: ClassVar[str] = "肾"
    status: str | None = choice(
        "肾的情况",
        both_removed="双肾切除",
        solitary_removed="孤肾切除",
        solitary_partly_removed="孤肾部分切除",
        one_removed="一侧肾切除",
        transplanted="同种肾移植术后",
        repaired="肾修补术后",
        injured="肾损伤",
    )
    dialysis: bool | None = flag("靠透析维持")
    stage: str | None = choice("肾功能不全", compensated="代偿期", decompensated="失代偿期", uremia="尿毒症期")
    ccr_ml_min: float | None = number("内生肌酐清除率", "mL/min", 0, 250)
    scr_umol_l: float | None = number("血浆肌酐", "μmol/L", 0, 3000)
    sbp_mmhg: float | None = number("收缩压", "mmHg", 0, 300)
    dbp_mmhg: float | None = number("舒张压", "mmHg", 0, 200)

    def values(self) -> Values:
        """`stage` holds every stage reached by the values: a heavier one contains the lighter ones."""
        found = dict(super().values())
        reached = renal_stages(ccr_ml_min=self.ccr_ml_min, scr_umol_l=self.scr_umol_l, stage=self.stage)
        if reached.value:
            found["stage"] = frozenset(reached.value)
        pressure = renal_hypertension(sbp_mmhg=self.sbp_mmhg, dbp_mmhg=self.dbp_mmhg).value
        return found | ({} if pressure is None else {"hypertension": pressure})


@dataclass(frozen=True, kw_only=True)
class Ureter(Finding):
    kind: ClassVar[str] = "ureter"
    title: ClassVar[str] = "输尿管"
    side: str | None = a_side()
    status: str | None = subject("情况", stenosis="狭窄", repaired="修补术后", skin_stoma="永久性腹壁造瘘")


@dataclass(frozen=True, kw_only=True)
class Urination(Finding):
    """Trouble passing water: judged, or by the urine left."""

    kind: ClassVar[str] = "urination"
    title: ClassVar[str] = "排尿障碍"
    urination: str | None = choice("排尿障碍", mild="轻度", severe="重度")
    incontinence: str | None = choice("真性尿失禁", none="无", mild="轻度", severe="重度")
    residual_ml: float | None = number("残余尿", "mL", 0, 3000)
    neurogenic: bool | None = flag("神经原性膀胱")
    permanent_cystostomy: bool | None = flag("永久性膀胱造瘘")

    @property
    def is_normal(self) -> bool:
        return self.values().get("urination") == "normal" and not self.permanent_cystostomy

    def values(self) -> Values:
        found = dict(super().values())
        reached = self.urination or urination(residual_ml=self.residual_ml, incontinence=self.incontinence).value
        return found | ({"urination": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class Urethra(Finding):
    kind: ClassVar[str] = "urethra"
    title: ClassVar[str] = "尿道狭窄"
    treated_years: float | None = number("系统治疗", "年", 0, 80)
    periodic_dilation: bool | None = flag("需定期扩张")


@dataclass(frozen=True, kw_only=True)
class MaleOrgans(Finding):
    kind: ClassVar[str] = "male_organs"
    title: ClassVar[str] = "男性生殖器官"
    testes: str | None = choice(
        "睾丸、附睾", both_lost="两侧缺损", one_lost="一侧切除", both_atrophied="两侧创伤后萎缩"
    )
    testosterone_nmol_l: float | None = number("血睾酮", "nmol/L", 0, 100)
    vas_deferens: str | None = choice("输精管缺损不能修复", both="双侧", single="一侧")
    penis: str | None = choice("阴茎缺损", complete="全部", partial="部分")


@dataclass(frozen=True, kw_only=True)
class FemaleOrgans(Finding):
    kind: ClassVar[str] = "female_organs"
    title: ClassVar[str] = "女性生殖器官、乳房"
    ovaries: str | None = choice("卵巢切除", both="双侧", single="单侧", partial="一侧部分")
    fallopian: str | None = choice("输卵管切除", both="双侧", single="单侧")
    uterus_removed: bool | None = flag("子宫切除")
    vagina: str | None = choice("阴道", atresia="闭锁", stenosis="狭窄")
    breasts: str | None = choice(
        "乳房",
        both_removed="双侧切除或严重瘢痕畸形",
        both_partial="两侧部分缺损",
        one_removed="单侧切除或严重瘢痕畸形",
    )


@dataclass(frozen=True, kw_only=True)
class Perineum(Finding):
    kind: ClassVar[str] = "perineum"
    title: ClassVar[str] = "会阴部瘢痕挛缩"
    stenosis: bool | None = flag("伴阴道、尿道或肛门狭窄")


@dataclass(frozen=True, kw_only=True)
class SexualDysfunction(Finding):
    kind: ClassVar[str] = "sexual_dysfunction"
    title: ClassVar[str] = "性功能障碍"
    cause: str | None = choice(
        "原因", spinal="脊髓损伤", nerve="周围神经损伤", pelvic_surgery="盆腔、会阴手术", other="其他"
    )
