"""When a line is good enough to examine somebody by, and what lacks before it may begin."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gongjian.remote.rules import Measure, Present, lacks, said, verdict
from gongjian.remote.states import Role, Verdict
from gongjian.sittings.tests.builders import MORNING

CLEAR = Measure(kbps=900, loss=0, delay_ms=40, lines=480)


@pytest.mark.parametrize(
    ("changes", "found", "words"),
    [
        ({}, Verdict.GOOD, "都清楚"),
        ({"loss": 5}, Verdict.GOOD, "都清楚"),
        ({"loss": 6}, Verdict.FAIR, "每一百个数据包丢6个"),
        ({"loss": 30}, Verdict.FAIR, "自动缩小画面"),
        ({"loss": 35}, Verdict.FAIR, "丢35个"),
        ({"loss": 36}, Verdict.BAD, "改用其他方式"),
        ({"kbps": 249}, Verdict.FAIR, "画面数据太少"),
        ({"kbps": 79}, Verdict.BAD, "不能用来检查"),
        ({"delay_ms": 900}, Verdict.FAIR, "0.9秒"),
        ({"delay_ms": 1501}, Verdict.BAD, "1.5秒"),
        ({"lines": 240}, Verdict.FAIR, "画面偏小"),
    ],
)
def test_a_line_is_judged_by_what_was_measured_and_told_in_plain_words(changes, found, words):
    measure = replace(CLEAR, **changes)
    assert verdict(measure) is found
    assert words in said(measure)


def test_what_was_not_measured_is_not_guessed():
    assert verdict(None) is Verdict.NONE
    assert "正在测量" in said(None)


def somebody(role: Role, **changes: object) -> Present:
    told: dict[str, object] = {
        "role": role,
        "is_admitted": True,
        "seen_at": MORNING,
        "measure": CLEAR,
        "measured_at": MORNING,
    }
    return Present(**{**told, **changes})  # type: ignore[arg-type]


EXPERT = somebody(Role.EXPERT)
ALL = [somebody(Role.EXAMINER), somebody(Role.HOST), EXPERT, EXPERT, EXPERT]
LONG_AGO = MORNING - timedelta(seconds=21)


def test_it_may_begin_when_everybody_is_there_identified_and_clear():
    assert lacks(ALL, experts=3, is_identified=True, now=MORNING) == []


@pytest.mark.parametrize(
    ("people", "experts", "is_identified", "lack"),
    [
        (ALL[1:], 3, True, "检查员不在会场"),
        (ALL[:4], 3, True, "专家还有1人没有进入会场"),
        ([*ALL[:4], somebody(Role.EXPERT, seen_at=LONG_AGO)], 3, True, "专家还有1人没有进入会场"),
        ([*ALL[:4], somebody(Role.EXPERT, is_admitted=False)], 3, True, "专家还有1人没有进入会场"),
        ([*ALL, EXPERT], 3, True, "会场里的专家比专家组多1人，请不在组内的退出"),
        (
            [*ALL, EXPERT, somebody(Role.EXPERT, seen_at=LONG_AGO)],
            3,
            True,
            "会场里的专家比专家组多1人，请不在组内的退出",
        ),
        (ALL[:2], 0, True, "专家组还没有抽取"),
        (ALL, 3, False, "还没有在视频里核对身份"),
        ([*ALL[:4], somebody(Role.EXPERT, measure=None)], 3, True, "网络质量还在测量"),
        ([*ALL[:4], somebody(Role.EXPERT, measured_at=LONG_AGO)], 3, True, "网络质量还在测量"),
        ([*ALL[:4], somebody(Role.EXPERT, measure=replace(CLEAR, loss=60))], 3, True, "有人的网络质量不够"),
    ],
)
def test_what_lacks_is_named(people, experts, is_identified, lack):
    assert lacks(people, experts=experts, is_identified=is_identified, now=MORNING) == [lack]


def test_who_waits_outside_with_a_poor_line_holds_nobody_up():
    waiting = somebody(Role.WORKER, is_admitted=False, measure=replace(CLEAR, loss=60))
    assert lacks([*ALL, waiting], experts=3, is_identified=True, now=MORNING) == []
