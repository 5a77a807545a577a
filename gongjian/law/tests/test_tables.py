"""Reading the data files strictly."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law.errors import LawDataWrong
from gongjian.law.tables import Table, read_table


def a_table(**data: object) -> Table:
    return Table("some.toml", "entry", dict(data))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match=r"absent\.toml: cannot be read"):
        read_table(tmp_path / "absent.toml")


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[open\n", encoding="utf-8")
    with pytest.raises(LawDataWrong, match=r"broken\.toml: cannot be read"):
        read_table(tmp_path / "broken.toml")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_bytes('title = "期限"'.encode("gbk"))
    with pytest.raises(LawDataWrong, match=r"old\.toml: cannot be read"):
        read_table(tmp_path / "old.toml")


def test_a_good_file_gives_its_entries_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text('[b]\ntitle = "乙"\n[a]\ntitle = "甲"\n', encoding="utf-8")
    entries = list(read_table(tmp_path / "good.toml").entries())
    assert [(name, entry.text("title")) for name, entry in entries] == [("b", "乙"), ("a", "甲")]


def test_a_bare_value_among_the_entries_is_refused() -> None:
    with pytest.raises(LawDataWrong, match="days must be a table"):
        list(Table("some.toml", "", {"days": 15}).entries())


def test_the_error_says_file_entry_and_fault() -> None:
    assert str(a_table().wrong("has no values")) == "some.toml: [entry] has no values"


def test_the_error_of_a_whole_file_has_no_entry() -> None:
    assert str(Table("some.toml", "", {}).wrong("is empty")) == "some.toml: is empty"


def test_a_misspelt_key_is_refused() -> None:
    with pytest.raises(LawDataWrong, match="unknown key titel; allowed are title, unit"):
        a_table(titel="期限", unit="year").only("title", "unit")


def test_known_keys_need_not_all_be_there() -> None:
    a_table(title="期限").only("title", "unit")


@pytest.mark.parametrize(
    ("reader", "wrong"),
    [
        ("text", ""),
        ("text", "  "),
        ("text", 15),
        ("text", None),
        ("texts", []),
        ("texts", "one"),
        ("texts", ["one", 2]),
        ("number", "15"),
        ("number", 1.5),
        ("number", True),
        ("day", "2025-07-01"),
        ("day", 20250701),
        ("days", date(2025, 7, 1)),
        ("days", ["2025-07-01"]),
        ("rows", {"from": 1}),
        ("rows", [1]),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(reader: str, wrong: object) -> None:
    with pytest.raises(LawDataWrong, match="must be"):
        getattr(a_table(key=wrong), reader)("key")


@pytest.mark.parametrize("reader", ["raw", "text", "texts", "number", "day", "days", "rows"])
def test_a_missing_value_is_refused(reader: str) -> None:
    with pytest.raises(LawDataWrong, match="key is missing"):
        getattr(a_table(), reader)("key")


@pytest.mark.parametrize(
    ("reader", "value", "read"),
    [
        ("text", "期限", "期限"),
        ("texts", ["a", "b"], ("a", "b")),
        ("number", 15, 15),
        ("number", 0, 0),
        ("day", date(2025, 7, 1), date(2025, 7, 1)),
        ("days", [], ()),
        ("days", [date(2025, 7, 1)], (date(2025, 7, 1),)),
        ("flag", True, True),
        ("flag", False, False),
    ],
)
def test_a_value_of_the_right_kind_is_read(reader: str, value: object, read: object) -> None:
    assert getattr(a_table(key=value), reader)("key") == read


def test_a_moment_is_not_a_day(tmp_path: Path) -> None:
    (tmp_path / "moment.toml").write_text("[one]\nfrom = 2025-07-01T00:00:00\n", encoding="utf-8")
    [(_, entry)] = read_table(tmp_path / "moment.toml").entries()
    with pytest.raises(LawDataWrong, match="from must be a date"):
        entry.day("from")


def test_a_missing_flag_is_false() -> None:
    assert a_table().flag("postponable") is False


def test_a_flag_is_true_or_false_and_nothing_else() -> None:
    with pytest.raises(LawDataWrong, match="must be true or false"):
        a_table(postponable="yes").flag("postponable")


def test_a_choice_is_one_of_the_words() -> None:
    assert a_table(roll="strict").choice("roll", ("strict", "forward")) == "strict"


@pytest.mark.parametrize("wrong", ["", "Strict", 1, None])
def test_another_word_is_refused_with_the_words_allowed(wrong: object) -> None:
    with pytest.raises(LawDataWrong, match="roll must be one of strict, forward"):
        a_table(roll=wrong).choice("roll", ("strict", "forward"))


def test_rows_say_which_of_them_is_wrong() -> None:
    rows = Table("some.toml", "deliver_days", {"values": [{"value": 1}, {}]}).rows("values")
    with pytest.raises(LawDataWrong, match=r"\[deliver_days\.values\[2\]\] value is missing"):
        rows[1].number("value")
