"""Illness that is not from work, for the standard of 2002. "Long" means twelve months of systematic treatment and more."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.fields import choice, flag, number, subject, whole


@dataclass(frozen=True, kw_only=True)
class LongDyspnea(Finding):
    kind: ClassVar[str] = "long_dyspnea"
    title: ClassVar[str] = "长期呼吸困难"
    degree: str | None = choice("程度", mild="轻度", moderate="中度", severe="重度", grave="严重")
    months_treated: int | None = whole("系统治疗", "个月", 0, 1200)


@dataclass(frozen=True, kw_only=True)
class HeartFailure(Finding):
    kind: ClassVar[str] = "heart_failure"
    title: ClassVar[str] = "心功能"
    nyha: int | None = whole("心功能", "级", 1, 4)
    lvef_pct: float | None = number("左室射血分数", "%", 0, 90)
    left_ventricle: bool | None = flag("左室疾患")
    months_treated: int | None = whole("系统治疗", "个月", 0, 1200)
    malignant_tachycardia: bool | None = flag("恶性室性心动过速治疗无效")


@dataclass(frozen=True, kw_only=True)
class Anemia(Finding):
    kind: ClassVar[str] = "anemia"
    title: ClassVar[str] = "难治严重贫血"
    hemoglobin_g_dl: float | None = number("血红蛋白", "g/dL", 0, 25)
    months_treated: int | None = whole("系统治疗", "个月", 0, 1200)


@dataclass(frozen=True, kw_only=True)
class ChronicLiver(Finding):
    kind: ClassVar[str] = "chronic_liver"
    title: ClassVar[str] = "慢性肝功能损害"
    degree: str | None = choice("程度", mild="轻度", moderate="中度", severe="重度")


@dataclass(frozen=True, kw_only=True)
class ChronicKidney(Finding):
    kind: ClassVar[str] = "chronic_kidney"
    title: ClassVar[str] = "慢性肾功能不全"
    ccr_ml_min: float | None = number("内生肌酐清除率", "mL/min", 0, 250)
    scr_mg_dl: float | None = number("血肌酐", "mg/dL", 0, 40)


@dataclass(frozen=True, kw_only=True)
class SystemicDisease(Finding):
    kind: ClassVar[str] = "systemic_disease"
    title: ClassVar[str] = "代谢、内分泌、结缔组织或自身免疫病"
    decompensated_organs: int | None = whole("失代偿的主要脏器", "个", 0, 5)


@dataclass(frozen=True, kw_only=True)
class Malignancy(Finding):
    kind: ClassVar[str] = "malignancy"
    title: ClassVar[str] = "恶性肿瘤"
    course: str | None = choice("病程", ineffective="综合治疗或放化疗无效", relapsed="术后复发", controlled="已控制")


@dataclass(frozen=True, kw_only=True)
class MentalIllness(Finding):
    kind: ClassVar[str] = "mental_illness"
    title: ClassVar[str] = "精神疾病"
    disease: str | None = subject(
        "疾病",
        organic="慢性器质性精神障碍",
        schizophrenia="精神分裂症",
        paranoid="偏执性精神障碍",
        affective="难治情感障碍",
        obsessive="难治强迫障碍",
    )
    treated_years: float | None = number("系统治疗", "年", 0, 80)
    occupation_severely_affected: bool | None = flag("严重影响职业功能")
    age: int | None = whole("年龄", "岁", 0, 120)
    sex: str | None = choice("性别", male="男", female="女")


@dataclass(frozen=True, kw_only=True)
class Ostomy(Finding):
    kind: ClassVar[str] = "ostomy"
    title: ClassVar[str] = "疾病造瘘"
    present: bool | None = flag("造瘘")
