"""Every setting is written down, and nothing is written down that is no setting."""

import re

from tests.house.tree import ROOT, sources

SETTING = re.compile(r'"((?:GONGJIAN|DATABASE)_[A-Z_]+)"')
NOT_FOR_OPERATORS = {"GONGJIAN_TEST_HOME"}


def read_in_the_source() -> set[str]:
    return {setting for path in sources() for setting in SETTING.findall(path.read_text(encoding="utf-8"))}


def described() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_is_described_in_the_example():
    assert read_in_the_source() - NOT_FOR_OPERATORS - described() == set()


def test_the_example_describes_no_setting_that_is_not_there():
    assert described() - read_in_the_source() == set()


def test_every_line_of_the_example_is_a_setting_or_an_explanation():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not re.match(r"#|[A-Z_]+=", line)] == []
