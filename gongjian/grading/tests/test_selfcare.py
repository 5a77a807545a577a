"""Five items, four levels; grade and self-care are decided side by side."""

import pytest

from gongjian.grading.errors import GradeUnknown, SelfCareItemUnknown
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.grading.selfcare import SelfCareItem, disagreement, level

COMPLETE, MAJOR, PARTIAL, NONE = SelfCareLevel


@pytest.mark.parametrize(
    ("items", "reached"),
    [
        ([], NONE),
        (["eating"], PARTIAL),
        (["turning"], PARTIAL),
        (["toileting"], PARTIAL),
        (["dressing"], PARTIAL),
        (["moving"], PARTIAL),
        (["eating", "turning"], PARTIAL),
        (["eating", "toileting"], PARTIAL),
        (["eating", "dressing"], PARTIAL),
        (["eating", "moving"], PARTIAL),
        (["turning", "toileting"], PARTIAL),
        (["turning", "dressing"], PARTIAL),
        (["turning", "moving"], PARTIAL),
        (["toileting", "dressing"], PARTIAL),
        (["toileting", "moving"], PARTIAL),
        (["dressing", "moving"], PARTIAL),
        (["eating", "turning", "toileting"], MAJOR),
        (["eating", "turning", "dressing"], MAJOR),
        (["eating", "turning", "moving"], MAJOR),
        (["eating", "toileting", "dressing"], MAJOR),
        (["eating", "toileting", "moving"], MAJOR),
        (["eating", "dressing", "moving"], MAJOR),
        (["turning", "toileting", "dressing"], MAJOR),
        (["turning", "toileting", "moving"], MAJOR),
        (["turning", "dressing", "moving"], MAJOR),
        (["toileting", "dressing", "moving"], MAJOR),
        (["eating", "turning", "toileting", "dressing"], MAJOR),
        (["eating", "turning", "toileting", "moving"], MAJOR),
        (["eating", "turning", "dressing", "moving"], MAJOR),
        (["eating", "toileting", "dressing", "moving"], MAJOR),
        (["turning", "toileting", "dressing", "moving"], MAJOR),
        (["eating", "turning", "toileting", "dressing", "moving"], COMPLETE),
    ],
)
def test_the_level_follows_from_how_many_items_need_help(items: list[str], reached: SelfCareLevel) -> None:
    assert level(items).level is reached
    assert level(items).count == len(items)
    assert level(items).label == reached.label


def test_an_item_named_twice_counts_once() -> None:
    assert level(["eating", "eating", "eating"]).level is PARTIAL


def test_items_come_back_in_the_order_of_the_standard() -> None:
    assert level({"moving", "eating"}).items == (SelfCareItem.EATING, SelfCareItem.MOVING)
    assert level(["moving", "eating"]) == level(["eating", "moving"])


@pytest.mark.parametrize("item", ["bathing", "", "进食", "EATING"])
def test_there_is_no_sixth_item(item: str) -> None:
    with pytest.raises(SelfCareItemUnknown) as refusal:
        level(["eating", item])
    assert f"“{item}”" in str(refusal.value)


@pytest.mark.parametrize(
    ("item", "label"),
    [
        (SelfCareItem.EATING, "进食"),
        (SelfCareItem.TURNING, "翻身"),
        (SelfCareItem.TOILETING, "大小便"),
        (SelfCareItem.DRESSING, "穿衣洗漱"),
        (SelfCareItem.MOVING, "自主行动"),
    ],
)
def test_each_item_is_named_and_asked_in_plain_words(item: SelfCareItem, label: str) -> None:
    assert item.label == label
    assert item.question.endswith("需他人帮助")


@pytest.mark.parametrize(
    ("items", "explanation"),
    [
        ([], "进食、翻身、大小便、穿衣洗漱、自主行动五项均不需他人帮助：未达到生活自理障碍等级。"),
        (
            ["dressing"],
            "五项中有1项（穿衣洗漱）需他人帮助：生活部分不能自理（五项为完全，三至四项为大部分，一至二项为部分）。",
        ),
        (
            ["moving", "turning", "toileting"],
            "五项中有3项（翻身、大小便、自主行动）需他人帮助：生活大部分不能自理（五项为完全，三至四项为大部分，一至二项为部分）。",
        ),
    ],
)
def test_the_level_explains_itself(items: list[str], explanation: str) -> None:
    assert level(items).explanation == explanation


@pytest.mark.parametrize(
    ("grade", "care", "warns"),
    [
        (1, COMPLETE, False),
        (1, MAJOR, False),
        (1, PARTIAL, False),
        (1, NONE, False),
        (2, COMPLETE, True),
        (2, MAJOR, False),
        (2, PARTIAL, False),
        (2, NONE, False),
        (3, COMPLETE, True),
        (3, MAJOR, True),
        (3, PARTIAL, False),
        (3, NONE, False),
        (4, COMPLETE, True),
        (4, MAJOR, True),
        (4, PARTIAL, False),
        (4, NONE, False),
        (5, PARTIAL, True),
        (5, NONE, False),
        (6, PARTIAL, True),
        (6, NONE, False),
        (7, MAJOR, True),
        (7, NONE, False),
        (8, COMPLETE, True),
        (8, NONE, False),
        (9, PARTIAL, True),
        (9, NONE, False),
        (10, PARTIAL, True),
        (10, NONE, False),
        (None, PARTIAL, True),
        (None, NONE, False),
    ],
)
def test_a_level_the_principle_does_not_know_is_warned_about(
    grade: int | None, care: SelfCareLevel, warns: bool
) -> None:
    assert (disagreement(grade, care) is not None) is warns


@pytest.mark.parametrize(
    ("grade", "care", "words"),
    [
        (5, PARTIAL, "该级定级原则（5.5.1）写明无生活自理障碍"),
        (2, COMPLETE, "该级定级原则（5.2.1）只提到生活大部分不能自理、生活部分不能自理"),
        (4, MAJOR, "该级定级原则（5.4.1）只提到生活部分不能自理"),
        (None, PARTIAL, "生活自理障碍只见于一级至四级"),
    ],
)
def test_the_warning_names_the_principle_and_leaves_the_decision(
    grade: int | None, care: SelfCareLevel, words: str
) -> None:
    sentence = disagreement(grade, care)
    assert sentence is not None
    assert words in sentence
    assert "互不推定" in sentence


def test_a_grade_that_does_not_exist_is_refused() -> None:
    with pytest.raises(GradeUnknown):
        disagreement(11, PARTIAL)
