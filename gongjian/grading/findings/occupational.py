"""Occupational diseases. Blood cells in 10⁹/L; stages and lobes as numbers."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.fields import a_level, choice, flag, number, subject, whole


@dataclass(frozen=True, kw_only=True)
class Pneumoconiosis(Finding):
    kind: ClassVar[str] = "pneumoconiosis"
    title: ClassVar[str] = "尘肺"
    stage: int | None = whole("尘肺期别", "期", 1, 3)
    active_tuberculosis: bool | None = flag("活动性肺结核")


@dataclass(frozen=True, kw_only=True)
class OccupationalLung(Finding):
    kind: ClassVar[str] = "occupational_lung"
    title: ClassVar[str] = "其他职业性肺部疾患"


@dataclass(frozen=True, kw_only=True)
class RadiationPneumonitis(Finding):
    kind: ClassVar[str] = "radiation_pneumonitis"
    title: ClassVar[str] = "放射性肺炎后肺纤维化"
    fibrosis_lobes: float | None = number("肺纤维化", "叶", 0, 5)


@dataclass(frozen=True, kw_only=True)
class Tumor(Finding):
    kind: ClassVar[str] = "tumor"
    title: ClassVar[str] = "职业性肿瘤"
    type: str | None = subject(
        "种类",
        occupational_lung_cancer="职业性肺癌",
        pleural_mesothelioma="胸膜间皮瘤",
        hepatic_angiosarcoma="职业性肝血管肉瘤",
        occupational_bladder_cancer="职业性膀胱癌",
        radiation_induced="放射性肿瘤",
        arsenic_skin_cancer="砷性皮肤癌",
        radiation_skin_cancer="放射性皮肤癌",
    )


@dataclass(frozen=True, kw_only=True)
class BloodDisease(Finding):
    kind: ClassVar[str] = "hematology"
    title: ClassVar[str] = "职业性血液病"
    disease: str | None = choice(
        "诊断",
        occupational_acute_leukemia="职业性急性白血病",
        occupational_chronic_leukemia="职业性慢性白血病",
        leukemia_complete_remission="白血病完全缓解",
        acute_severe_aplastic_anemia="急性重型再生障碍性贫血",
        aplastic_anemia="再生障碍性贫血",
        aplastic_anemia_complete_remission="再生障碍性贫血完全缓解",
        agranulocytosis="粒细胞缺乏症",
        toxic_mds="中毒性骨髓增生异常综合征",
        toxic="中毒性血液病",
        leukopenia="白细胞或中性粒细胞减少症",
    )
    plt_1e9_l: float | None = number("血小板", "×10⁹/L", 0, 2000)
    wbc_1e9_l: float | None = number("白细胞（持续）", "×10⁹/L", 0, 1000)
    neut_1e9_l: float | None = number("中性粒细胞（持续）", "×10⁹/L", 0, 1000)
    bleeding: str | None = choice("出血", none="无", tendency="有出血倾向", severe="严重出血")


@dataclass(frozen=True, kw_only=True)
class ToxicLiver(Finding):
    kind: ClassVar[str] = "toxic_liver"
    title: ClassVar[str] = "慢性中毒性肝病"
    level: str | None = a_level()


@dataclass(frozen=True, kw_only=True)
class ToxicNephropathy(Finding):
    kind: ClassVar[str] = "toxic_nephropathy"
    title: ClassVar[str] = "中毒性肾病"
    lmw_proteinuria: bool | None = flag("持续性低分子蛋白尿")
    albuminuria: bool | None = flag("白蛋白尿")
    concentrating_defect: bool | None = flag("肾小管浓缩功能减退")


@dataclass(frozen=True, kw_only=True)
class Radiation(Finding):
    kind: ClassVar[str] = "radiation"
    title: ClassVar[str] = "放射性损伤"
    effect: str | None = subject(
        "所致",
        adrenal="肾上腺皮质功能减退",
        immune="免疫功能减退",
        reproductive="生殖功能损伤",
        thyroid="甲状腺功能低下",
        testicular_atrophy="睾丸萎缩",
    )
    level: str | None = choice("程度", mild="轻度", marked="明显", severe="重度")


@dataclass(frozen=True, kw_only=True)
class Poisoning(Finding):
    kind: ClassVar[str] = "poisoning"
    title: ClassVar[str] = "慢性中毒"
    agent: str | None = subject("毒物", phosphorus="磷", fluorine="氟及其无机化合物")
    level: str | None = a_level()
