"""Words of the body: what contains what, how digits are counted, which joints are large."""

import pytest

from gongjian.grading.body import body
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.limbs import DIGITS, JOINTS
from gongjian.grading.tests.builders import f
from gongjian.grading.wording import body_word


def words(*findings: Finding, side: str = "left") -> set[str]:
    return set(body((each, f"伤{n}") for n, each in enumerate(findings)).sides[side])


def whole(*findings: Finding) -> set[str]:
    return set(body((each, f"伤{n}") for n, each in enumerate(findings)).whole)


def amputated(level: str, side: str = "left") -> Finding:
    return f("amputation", side=side, level=level)


# level, what it contains, what it does not
LEVELS = [
    (
        "arm",
        {"lost:arm", "lost:forearm", "lost:hand", "lost:thumb", "gone:upper_limb", "gone:above_elbow"},
        {"lost:leg"},
    ),
    ("forearm", {"lost:forearm", "lost:hand", "gone:hand", "lost.dip:little"}, {"lost:arm", "gone:upper_limb"}),
    ("hand", {"lost:hand", "gone:hand", "lost:fingers>=4"}, {"lost:forearm"}),
    (
        "thigh",
        {"lost:thigh", "lost:leg", "lost:foot", "lost:forefoot", "lost:hallux", "gone:lower_limb"},
        {"lost:hand"},
    ),
    ("leg", {"lost:leg", "lost:foot", "gone:below_knee"}, {"lost:thigh", "gone:lower_limb"}),
    ("foot", {"lost:foot", "lost:forefoot", "gone:foot"}, {"lost:leg", "gone:below_knee"}),
    ("forefoot", {"lost:forefoot", "lost:lesser>=4", "lost:hallux"}, {"lost:foot", "gone:foot"}),
]


@pytest.mark.parametrize(("level", "contained", "apart"), LEVELS, ids=[row[0] for row in LEVELS])
def test_a_level_contains_what_hangs_on_it_and_no_more(level: str, contained: set[str], apart: set[str]) -> None:
    found = words(amputated(level))
    assert contained <= found
    assert not apart & found


def test_the_other_side_is_untouched() -> None:
    assert words(amputated("arm"), side="right") == set()


def test_both_sides_at_once() -> None:
    both = amputated("leg", "both")
    assert words(both) == words(both, side="right") != set()


# level of a lost index finger, the words
INDEX = [
    ("whole", {"lost:index", "lost.pip:index", "lost.dip:index"}),
    ("pip", {"lost.pip:index", "lost.dip:index"}),
    ("dip", {"lost.dip:index"}),
]


@pytest.mark.parametrize(("level", "found"), INDEX)
def test_a_finger_lost_higher_up_is_lost_further_down(level: str, found: set[str]) -> None:
    held = words(f("digit_loss", side="left", digit="index", level=level))
    assert {
        each for each in held if each.startswith("lost") and each.endswith(":index") and "half" not in each
    } == found


def test_half_a_thumb_tip_is_nothing_more() -> None:
    held = words(f("digit_loss", side="left", digit="thumb", level="half_tip"))
    assert held == {"lost.half:thumb", "gone.half:thumb"}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_fingers_are_counted_without_the_thumb(count: int) -> None:
    digits = ("thumb", "index", "middle", "ring", "little")[: count + 1]
    held = words(*(f("digit_loss", side="left", digit=each, level="whole") for each in digits))
    assert f"lost:fingers>={count}" in held
    assert f"lost:fingers>={count + 1}" not in held


def test_the_inner_fingers_are_counted_without_the_index() -> None:
    held = words(*(f("digit_loss", side="left", digit=each, level="pip") for each in ("index", "middle")))
    assert {"lost.pip:inner>=1", "lost.pip:fingers>=2"} <= held
    assert "lost.pip:inner>=2" not in held


def test_toes_are_counted_on_each_foot_and_over_both() -> None:
    toes = [f("digit_loss", side=side, digit="toe2", level="whole") for side in ("left", "right")]
    assert "lost:lesser>=2" not in words(*toes)
    assert "lost:lesser>=2" in whole(*toes)


@pytest.mark.parametrize(
    ("degree", "word"),
    [
        ("complete", "dead:thumb"),
        ("functional_position", "functional:thumb"),
        ("partial", "partial:thumb"),
        ("deformed", "deformed:thumb"),
    ],
)
def test_a_thumb_that_does_not_work(degree: str, word: str) -> None:
    assert word in words(f("digit_function", side="left", digit="thumb", level="whole", degree=degree))


def test_scars_are_a_word_of_their_own() -> None:
    with_scar = f("function_loss", side="left", part="lower_limb", degree="complete", scar=True)
    without = f("function_loss", side="left", part="lower_limb", degree="complete", scar=False)
    assert words(with_scar) - words(without) == {
        "scar:lower_limb",
        "scar:below_knee",
        "scar:foot",
        "scar:forefoot",
    }


def test_a_limb_missing_is_not_scarred() -> None:
    assert not {each for each in words(amputated("thigh")) if each.startswith("scar")}


def test_a_part_that_works_a_little_is_only_that() -> None:
    assert words(f("function_loss", side="left", part="hand", degree="partial")) == {"partial:hand"}


def joint(name: str, degree: str, side: str = "left") -> Finding:
    return f("joint", side=side, joint=name, degree=degree)


@pytest.mark.parametrize(("name", "is_large"), [(each, each not in {"wrist", "ankle"}) for each in JOINTS])
def test_wrist_and_ankle_are_not_counted_as_large(name: str, is_large: bool) -> None:
    assert ("complete:large>=1" in whole(joint(name, "complete"))) is is_large


def test_a_missing_joint_is_a_joint_without_function() -> None:
    assert {"absent:hip", "complete:hip"} <= words(joint("hip", "absent"))


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        (("hip", "complete"), ("knee", "severe"), True),
        (("knee", "absent"), ("knee", "severe"), True),
        (("hip", "complete"), ("knee", "moderate"), False),
        (("hip", "complete"), ("ankle", "severe"), False),
        (("shoulder", "complete"), ("knee", "severe"), False),
    ],
)
def test_hip_and_knee_together(first: tuple[str, str], second: tuple[str, str], meets: bool) -> None:
    found = whole(joint(*first), joint(*second, side="right"))
    assert ("hipknee:complete+severe" in found) is meets


def test_limited_joints_are_counted_and_named() -> None:
    found = body([(joint("knee", "mild"), "膝"), (joint("wrist", "mild"), "腕"), (joint("hip", "mild"), "髋")])
    assert (found.limited_large_count, found.limited_count) == (2, 3)
    assert found.limited_by == {"膝", "腕", "髋"}


def test_a_word_carries_the_injuries_it_rests_on() -> None:
    first = f("digit_loss", side="left", digit="index", level="pip")
    second = f("digit_loss", side="left", digit="ring", level="pip")
    found = body([(first, "甲"), (second, "乙")]).sides["left"]
    assert found["lost.pip:index"] == {"甲"}
    assert found["lost.pip:fingers>=2"] == {"甲", "乙"}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("lost:arm", "肘上缺失"),
        ("gone:hand", "手缺失或功能完全丧失"),
        ("lost.pip:fingers>=2", "除拇指外的手指2指以上近侧指间关节以远缺失"),
        ("lost:lesser>=4", "除拇趾外的足趾4趾以上缺失"),
        ("complete:large>=4", "四肢大关节4个以上功能完全丧失"),
        ("severe:knee", "膝关节重度功能障碍"),
        ("scar:lower_limb", "下肢瘢痕畸形、功能完全丧失"),
        ("lost.half:thumb", "拇指末节1/2缺失"),
        ("functional:thumb", "拇指指间关节僵直于功能位"),
        ("hipknee:complete+severe", "髋、膝关节之一缺失或功能完全丧失，且另一关节重度功能障碍"),
    ],
)
def test_a_word_of_the_body_is_said_in_chinese(word: str, text: str) -> None:
    assert body_word(word) == text


def test_there_are_ten_digits() -> None:
    assert len(DIGITS) == 10


def test_a_joint_told_twice_is_one_joint():
    hip = f("joint", side="left", joint="hip", degree="complete")
    found = body([(hip, "髋"), (hip, "髋"), (hip, "再次记录的髋")])
    assert (found.limited_large_count, found.limited_count) == (1, 1)
    assert "complete:large>=2" not in found.whole
    assert found.limited_by == {"髋", "再次记录的髋"}


def test_a_joint_told_with_two_degrees_is_the_worse_of_them_and_no_pair():
    knee = [f("joint", side="right", joint="knee", degree=degree) for degree in ("severe", "complete")]
    found = body((each, f"记录{n}") for n, each in enumerate(knee))
    assert "hipknee:complete+severe" not in found.whole
    assert found.limited_large_count == 1
