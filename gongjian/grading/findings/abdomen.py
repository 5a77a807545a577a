"""Abdomen, glands. Removed parts of an organ as a part of the whole, 0 … 1."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import a_level, a_part, choice, choices, flag, number, subject
from gongjian.grading.measures.glands import calcium_level
from gongjian.grading.measures.liver import LiverTest, liver_function


@dataclass(frozen=True, kw_only=True)
class Resection(Finding):
    """An organ of the abdomen or pelvis, removed in whole or in part. Lungs have a finding of their own."""

    kind: ClassVar[str] = "resection"
    title: ClassVar[str] = "脏器切除"
    organ: str | None = subject(
        "脏器",
        small_intestine="小肠",
        liver="肝",
        stomach="胃",
        pancreas="胰",
        pancreatic_head_duodenum="胰头、十二指肠",
        colon="结肠",
        colon_rectum_anus="全结肠、直肠、肛门",
        anus_rectum_part_colon="肛门、直肠、结肠部分",
        gallbladder="胆囊",
        spleen="脾",
        kidney="一侧肾",
        bladder="膀胱",
        trachea="气管",
    )
    removed: float | None = a_part("切除比例")
    subtotal: bool | None = flag("次全切除")
    most: bool | None = flag("大部分切除")
    along: tuple[str, ...] = choices(
        "包括或合并",
        ileocecum="回盲部",
        most_ileum="回肠大部分",
        short_bowel="短肠综合征",
        insulin_dependence="胰岛素依赖",
        pancreas_transplant="胰腺移植术后",
        ileostomy="回肠造瘘",
        colostomy="结肠造瘘",
    )


@dataclass(frozen=True, kw_only=True)
class LiverFunction(Finding):
    """Liver function: judged, or by the five items of A.4.1. Proteins in g/dL, bilirubin in mg/dL, prothrombin time in s."""

    kind: ClassVar[str] = "liver_function"
    title: ClassVar[str] = "肝功能"
    liver_function: str | None = choice("肝功能损害", normal="正常", mild="轻度", moderate="中度", severe="重度")
    albumin_g_dl: float | None = number("血清白蛋白", "g/dL", 0, 10)
    bilirubin_mg_dl: float | None = number("血清胆红素", "mg/dL", 0, 60)
    ascites: str | None = choice("腹水", none="无", little="少量、易控制", much="多、难控制")
    encephalopathy: str | None = choice("脑症", none="无", mild="轻度", severe="重度")
    prothrombin_longer_s: float | None = number("凝血酶原时间延长", "s", 0, 120)

    def test(self) -> LiverTest:
        """The five items."""
        return LiverTest(
            albumin_g_dl=self.albumin_g_dl,
            bilirubin_mg_dl=self.bilirubin_mg_dl,
            ascites=self.ascites,
            encephalopathy=self.encephalopathy,
            prothrombin_longer_s=self.prothrombin_longer_s,
        )

    @property
    def is_normal(self) -> bool:
        return self.values().get("liver_function") == "normal"

    def values(self) -> Values:
        found = dict(super().values())
        reached = self.liver_function or liver_function(self.test()).value
        return found | ({"liver_function": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class LiverDisease(Finding):
    kind: ClassVar[str] = "liver"
    title: ClassVar[str] = "肝病变"
    disease: str | None = subject(
        "病变", cirrhosis="肝硬化", portal_triad_or_budd_chiari="门脉高压三联症或Budd-Chiari综合征"
    )
    variceal_bleeding: bool | None = flag("食道静脉破裂出血")
    trauma: bool | None = flag("肝外伤后发生")


@dataclass(frozen=True, kw_only=True)
class Biliary(Finding):
    kind: ClassVar[str] = "biliary"
    title: ClassVar[str] = "胆道损伤"
    bilioenteric_anastomosis: bool | None = flag("胆肠吻合术后")


@dataclass(frozen=True, kw_only=True)
class Esophagus(Finding):
    kind: ClassVar[str] = "esophagus"
    title: ClassVar[str] = "食管"
    status: str | None = choice(
        "情况",
        not_reconstructable="闭锁或损伤后无法重建",
        anastomotic_stricture="重建术后吻合口狭窄",
        reconstructed="重建术后",
        injured="外伤或成形术后",
    )
    stoma_fed: bool | None = flag("依赖胃造瘘或空肠造瘘进食")
    diet: str | None = choice("进食", liquid="仅能进流食", semi_liquid="仅能进半流食", normal="正常")
    reflux: bool | None = flag("反流性食管炎")
    movement_abnormal: bool | None = flag("咽下运动不正常")


@dataclass(frozen=True, kw_only=True)
class Fistula(Finding):
    kind: ClassVar[str] = "fistula"
    title: ClassVar[str] = "瘘"
    type: str | None = subject(
        "类型",
        esophago_tracheal="食管气管瘘",
        esophago_bronchial="食管支气管瘘",
        esophago_pleural="食管胸膜瘘",
        broncho_pleural="支气管（或气管）胸膜瘘",
        urethral="尿道瘘",
    )
    irreparable: bool | None = flag("不能修复")


@dataclass(frozen=True, kw_only=True)
class Anal(Finding):
    kind: ClassVar[str] = "anal"
    title: ClassVar[str] = "外伤后肛门排便障碍或失禁"
    level: str | None = choice("程度", mild="轻度", severe="重度")


@dataclass(frozen=True, kw_only=True)
class AbdominalWall(Finding):
    kind: ClassVar[str] = "abdominal_wall"
    title: ClassVar[str] = "腹壁缺损"
    loss_fraction: float | None = a_part("缺损占腹壁")


@dataclass(frozen=True, kw_only=True)
class OrganContusion(Finding):
    kind: ClassVar[str] = "abdominal_organ_contusion"
    title: ClassVar[str] = "腹腔脏器挫裂伤"
    conservative: bool | None = flag("保守治疗")
    recurring_obstruction: bool | None = flag("反复粘连性肠梗阻，有影像依据")


@dataclass(frozen=True, kw_only=True)
class Thyroid(Finding):
    kind: ClassVar[str] = "thyroid"
    title: ClassVar[str] = "甲状腺功能损害"
    level: str | None = a_level()


@dataclass(frozen=True, kw_only=True)
class Parathyroid(Finding):
    kind: ClassVar[str] = "parathyroid"
    title: ClassVar[str] = "甲状旁腺功能损害"
    level: str | None = a_level()
    calcium_mg_dl: float | None = number("空腹血钙", "mg/dL", 0, 20)

    def values(self) -> Values:
        found = dict(super().values())
        reached = self.level or calcium_level(self.calcium_mg_dl).value
        return found | ({"level": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class Adrenal(Finding):
    kind: ClassVar[str] = "adrenal"
    title: ClassVar[str] = "肾上腺缺损"
    loss: str | None = choice("缺损", single="一侧", both="双侧")
