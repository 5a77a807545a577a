"""Ears, nose, throat. Hearing thresholds in dB HL by air conduction at 500, 1000 and 2000 Hz."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import At, a_side, choice, flag, number, subject, whole
from gongjian.grading.measures.hearing import HearingTest, binaural, ear_losses

_EARS = ("right", "left")


@dataclass(frozen=True, kw_only=True)
class Hearing(Finding):
    kind: ClassVar[str] = "hearing"
    title: ClassVar[str] = "听力"
    right_500_db: float | None = number("右耳500Hz听阈", "dB", -10, 130, at=At("500Hz", "右耳"))
    right_1000_db: float | None = number("右耳1000Hz听阈", "dB", -10, 130, at=At("1000Hz", "右耳"))
    right_2000_db: float | None = number("右耳2000Hz听阈", "dB", -10, 130, at=At("2000Hz", "右耳"))
    left_500_db: float | None = number("左耳500Hz听阈", "dB", -10, 130, at=At("500Hz", "左耳"))
    left_1000_db: float | None = number("左耳1000Hz听阈", "dB", -10, 130, at=At("1000Hz", "左耳"))
    left_2000_db: float | None = number("左耳2000Hz听阈", "dB", -10, 130, at=At("2000Hz", "左耳"))
    age: int | None = whole("年龄", "岁", 0, 120)
    sex: str | None = choice("性别", male="男", female="女")
    unrelated_ear: str | None = choice("致聋与工伤无关的耳", right="右", left="左")

    def test(self) -> HearingTest | None:
        """All six thresholds, or nothing."""
        right = (self.right_500_db, self.right_1000_db, self.right_2000_db)
        left = (self.left_500_db, self.left_1000_db, self.left_2000_db)
        if any(each is None for each in (*right, *left)):
            return None
        return HearingTest(
            right=tuple(each for each in right if each is not None),
            left=tuple(each for each in left if each is not None),
            age=self.age,
            sex=self.sex,
            unrelated_ear=self.unrelated_ear,
        )

    def values(self) -> Values:
        """Loss of the two ears together, and of the worse ear that counts, in whole dB."""
        test = self.test()
        if test is None:
            return {}
        losses = dict(zip(_EARS, ear_losses(test).certain, strict=True))
        return {
            "both_db": binaural(test).certain,
            "ear_db": max(loss for ear, loss in losses.items() if ear != self.unrelated_ear),
        }


@dataclass(frozen=True, kw_only=True)
class Vestibular(Finding):
    kind: ClassVar[str] = "vestibular"
    title: ClassVar[str] = "双侧前庭功能丧失"
    balance: str | None = choice(
        "平衡", eyes_open="睁眼行走困难、不能并足站立", eyes_closed="闭眼不能并足站立", normal="正常"
    )


@dataclass(frozen=True, kw_only=True)
class Larynx(Finding):
    kind: ClassVar[str] = "larynx"
    title: ClassVar[str] = "喉、气管损伤"
    breathing: str | None = choice(
        "呼吸",
        tracheostomy_dependent="完全依赖气管套管或造口",
        rest="静止或仅轻微活动即呼吸困难",
        ordinary="一般活动及轻工作时呼吸困难",
        manual_labor="体力劳动时呼吸困难",
        normal="无呼吸困难",
    )
    voice: str | None = choice("发声及言语", difficult="困难", hoarse="不畅", normal="正常")


@dataclass(frozen=True, kw_only=True)
class LaryngealNerve(Finding):
    kind: ClassVar[str] = "laryngeal_nerve"
    title: ClassVar[str] = "喉返神经损伤"
    side: str | None = a_side()
    aspiration: bool | None = flag("喉保护功能丧失致呛咳、误吸")


@dataclass(frozen=True, kw_only=True)
class NasalAtresia(Finding):
    kind: ClassVar[str] = "nasal_atresia"
    title: ClassVar[str] = "鼻腔、鼻咽闭锁"
    site: str | None = subject("部位", one_side="单侧鼻腔或鼻孔", both_sides="双侧鼻腔", nasopharynx="鼻咽部")


@dataclass(frozen=True, kw_only=True)
class NoseChange(Finding):
    kind: ClassVar[str] = "nose_change"
    title: ClassVar[str] = "鼻"
    change: str | None = subject("改变", anosmia="嗅觉丧失", septum_perforation="鼻中隔穿孔", chromium="铬鼻病")
    medical_dependence: bool | None = flag("有医疗依赖")
    symptoms: bool | None = flag("有症状")


@dataclass(frozen=True, kw_only=True)
class Swallowing(Finding):
    kind: ClassVar[str] = "swallowing"
    title: ClassVar[str] = "吞咽"
    intake: str | None = choice(
        "进食",
        tube="无吞咽功能、完全依赖胃管",
        liquid="只能进流食",
        semi_liquid="仅能进半流食",
        abnormal="咽下运动不正常",
        normal="正常",
    )
    cause: str | None = choice(
        "原因", trismus="牙关紧闭", esophageal_stricture="食管狭窄", pharyngoplasty="咽成形术后", other="其他"
    )
