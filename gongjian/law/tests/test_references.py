"""The index of articles, generated from docstrings."""

from pathlib import Path

import pytest

from gongjian.law.limits import all_limits
from gongjian.law.references import Reference, citations, index, main, of_data, page, references
from gongjian.law.register import register

SOURCE = '''
def deliver_by(day):
    """Last day to deliver.

    Law: 令55 art. 17 (15 days); until 2025-06-30 令21 art. 15.
    Raises: NotInForce for 令99 art. 1.
    """


def silent():
    """Carries out nothing. 令55 art. 3 is only talked about."""


class Group:
    """A group (Law: 令55 art. 11)."""

    def size(self):
        """Three or five | no more. Law: 条例 art. 25."""
'''


def a_house(folder: Path) -> Path:
    for path, text in {
        "house/room/rules.py": SOURCE,
        "house/room/tests/test_rules.py": SOURCE,
        "house/room/migrations/0001.py": SOURCE,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder / "house"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("none", []),
        ("令55 art. 17", [("令55", 17)]),
        ("令55 art. 17 (15 days).", [("令55", 17)]),
        ("令55 arts. 10, 12", [("令55", 10), ("令55", 12)]),
        ("令55 art. 10, 12; 条例 art. 25", [("令55", 10), ("令55", 12), ("条例", 25)]),
        ("令55 art. 7-9", [("令55", 7), ("令55", 8), ("令55", 9)]),
        ("令55 art. 7–9, 12", [("令55", 7), ("令55", 8), ("令55", 9), ("令55", 12)]),
        ("令55 art. 34(4), 35", [("令55", 34), ("令55", 35)]),
        ("until 2025-06-30 令21 art. 15 (20 days)", [("令21", 15)]),
        ("令55 第十条", [("令55", 10)]),
        ("令55 第十七条、条例 第二十五条", [("令55", 17), ("条例", 25)]),
        ("民法典 第二百零三条", [("民法典", 203)]),
        ("条例 第二十条", [("条例", 20)]),
        ("GB11643 (structure)", [("GB11643", 0)]),
        ("GB/T 16180-2014, 4.2", [("GB/T 16180-2014", 0)]),
    ],
)
def test_the_articles_of_a_text(text: str, found: list[tuple[str, int]]) -> None:
    assert citations(text) == found


def test_functions_classes_and_methods_are_found_and_tests_are_not(tmp_path: Path) -> None:
    assert references(a_house(tmp_path)) == [
        Reference("令21", 15, "house.room.rules.deliver_by", "Last day to deliver."),
        Reference("令55", 11, "house.room.rules.Group", "A group"),
        Reference("令55", 17, "house.room.rules.deliver_by", "Last day to deliver."),
        Reference("条例", 25, "house.room.rules.Group.size", "Three or five | no more."),
    ]


def test_the_page_has_a_table_per_instrument(tmp_path: Path) -> None:
    text = page(references(a_house(tmp_path)))
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 令21",
        "## 令55",
        "## 条例",
        "## 从函数、期限、参数查条文",
        "## 期限",
        "## 参数",
    ]
    assert "| 第17条 | `house.room.rules.deliver_by` | Last day to deliver. |" in text


def test_the_page_leads_back_from_a_function_to_its_articles(tmp_path: Path) -> None:
    back = page(references(a_house(tmp_path))).partition("## 从函数、期限、参数查条文")[2]
    assert "| `house.room.rules.deliver_by` | 令21 第15条、令55 第17条 |" in back


@pytest.mark.parametrize(
    ("instrument", "article", "name", "purpose"),
    [
        ("令55", 17, "LA-DELIVER", "期限：送达劳动能力鉴定结论"),
        ("令55", 17, "deliver_days", "参数：送达鉴定结论的期限"),
        ("令21", 15, "deliver_days", "参数：送达鉴定结论的期限"),
        ("令55", 12, "LA-DECIDE", "期限：作出劳动能力鉴定结论"),
        ("令55", 39, "LA-DECIDE", "期限：作出劳动能力鉴定结论"),
        ("条例", 25, "LA-DECIDE", "期限：作出劳动能力鉴定结论"),
        ("法释〔2014〕9号", 7, "WI-WRK-APPLY", "期限：职工一方提出工伤认定申请"),
        ("民诉法", 283, "SV-PUBLIC", "期限：公告送达期满"),
        ("复议法", 88, "WI-REPLY-RECONS", "期限：答复行政复议"),
        ("浙江省工伤保险条例", 16, "recognition_review_days", "参数：审核工伤认定申请材料的期限"),
    ],
)
def test_limits_and_parameters_stand_under_their_articles(
    instrument: str, article: int, name: str, purpose: str
) -> None:
    assert Reference(instrument, article, name, purpose) in of_data()


@pytest.mark.parametrize("limit", all_limits())
def test_every_limit_is_found_by_an_article(limit: str) -> None:
    assert limit in {one.function for one in of_data()}


def test_the_whole_index_has_functions_limits_and_parameters_and_leads_back() -> None:
    text = index()
    assert "| 第12条 | `LA-DECIDE` | 期限：作出劳动能力鉴定结论 |" in text
    assert "| `gongjian.law.clock.deadline` | " in text
    assert "| `LA-DELIVER` | 令21 第15条、令55 第17条 |" in text


def test_a_bar_in_a_docstring_does_not_break_the_table(tmp_path: Path) -> None:
    assert "Three or five &#124; no more." in page(references(a_house(tmp_path)))


def test_a_standard_without_an_article_has_a_dash() -> None:
    assert "| — | `house.check` | Check. |" in page([Reference("GB11643", 0, "house.check", "Check.")])


def test_the_clock_stands_in_the_index_of_the_house() -> None:
    found = {(one.instrument, one.article, one.function) for one in references()}
    assert ("令55", 12, "gongjian.law.clock.deadline") in found
    assert ("民法典", 203, "gongjian.law.calendar.working_day_on_or_after") in found


def test_the_register_shows_each_limit_and_each_dated_value() -> None:
    text = register()
    assert (
        "| LA-DELIVER | 送达劳动能力鉴定结论 | 劳动能力鉴定委员会 | 作出鉴定结论 | `deliver_days` | 不顺延 | — |"
        in text
    )
    assert (
        "| `deliver_days` | 送达鉴定结论的期限 | 全国 | 2014-04-01 | 20日（自然日） | 令21 第十五条 | 2026-11-22 | 引自间接资料 |"
        in text
    )
    assert (
        "经同意改期鉴定不计入（令55 第十二条）；劳动能力鉴定委员会可以延长，1次，最多 `decide_extension_days`" in text
    )
    assert "不可抗力不计入（行诉法 第四十八条，未与原文核对）" in text
    assert "受送达人在我国领域内没有住所的，改用 `public_notice_abroad_days`（民诉法 第二百八十三条）" in text
    assert "| `group_sizes` | 专家组人数 | 全国 | 2025-07-01 | 3、5人 |" in text
    assert "| `supplement_days` | 申请人补正材料的合理期限 | 990100 |" in text
    assert (
        "| LA-REVIEW-1Y | 可以申请复查鉴定 | 工伤职工或者其近亲属、用人单位、社会保险经办机构 | 作出鉴定结论 | `review_appraisal_years` | 满期后方可办理 |"
        in text
    )


def test_the_generator_writes_its_file_and_makes_the_folder(tmp_path: Path) -> None:
    main([str(tmp_path / "docs" / "law" / "index.md")])
    assert (tmp_path / "docs" / "law" / "index.md").read_text("utf-8").startswith("# 法律条文索引")


def test_writing_twice_gives_the_same_file(tmp_path: Path) -> None:
    main([str(tmp_path / "one.md")])
    main([str(tmp_path / "two.md")])
    assert (tmp_path / "one.md").read_bytes() == (tmp_path / "two.md").read_bytes()


@pytest.mark.parametrize("arguments", [[], ["one.md", "two.md"]])
def test_the_generator_wants_one_file(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="usage"):
        main(arguments)
