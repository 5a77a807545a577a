"""Files handed to the command line, the hostile ones too: one line that says what and where, exit 2, from every command that reads one."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongjian.grading.command_line import grade
from gongjian.law.command_group import LONGEST, one_line
from gongjian.law.command_line import law
from gongjian.law.told_files import MOST_BYTES

COMMANDS = {"benefits": (law, ["benefits"]), "recognition": (law, ["recognition"]), "grade": (grade, [])}
HOSTILE = {
    "empty": (b"", "第1行第1列"),
    "not text": (b"\xff\xfe\x00\x80", "UTF-8"),
    "broken off": (b'{"grade": 3', "不是JSON"),
    "a list": (b"[]", "应为"),
    "a number": (b"5", "应为"),
    "nothing": (b"null", "应为"),
    "NaN": (b'{"grade": NaN}', "NaN"),
    "infinity": (b'{"grade": -Infinity}', "Infinity"),
    "one name twice": (b'{"grade": 3, "grade": 5}', "“grade”在同一处出现了两次"),
    "one name twice, deep inside": (b'{"a": [{"b": 1, "b": 1}]}', "“b”"),
    "too deep": (b"[" * 100_000 + b"]" * 100_000, "层次过深"),
    "too many digits": (b'{"grade": ' + b"9" * 5000 + b"}", "位数过多"),
    "too large": (b'["' + b"x" * MOST_BYTES + b'"]', "文件过大"),
    "an unknown name": (b'{"foo": 1}', "foo"),
    "a name with a line break": (b'{"fo\\no": 1}', "fo o"),
    "a name that moves the cursor": (b'{"\\u001b[31m": 1}', "\N{REPLACEMENT CHARACTER}[31m"),
    "a name of half a sign": (b'{"\\ud800": 1}', "\N{REPLACEMENT CHARACTER}"),
    "an endless name": (b'{"' + b"k" * 100_000 + b'": 1}', "kkk……"),
    "a date as a value": (b'{"injured_on": "2026-02-30"}', "injured_on"),
    "an endless value": (b'{"injured_on": "' + b"9" * 100_000 + b'"}', "injured_on"),
    "an object as a date": (b'{"injured_on": {"a": 1}}', "injured_on"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("content", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_answered_in_one_line_with_exit_2(tmp_path: Path, command: str, content: bytes, said: str):
    path = tmp_path / "told.json"
    path.write_bytes(content)
    group, words = COMMANDS[command]
    result = CliRunner().invoke(group, [*words, str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert len(line) <= LONGEST + len("Error: ")
    assert said in line


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["missing.json", ".", "/dev/zero"])
def test_what_is_no_file_or_never_ends_is_answered_likewise(tmp_path: Path, command: str, name: str):
    group, words = COMMANDS[command]
    result = CliRunner().invoke(group, [*words, str(tmp_path / name)])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_one_may_not_read_is_answered_likewise(tmp_path: Path):
    path = tmp_path / "told.json"
    path.write_text("{}")
    path.chmod(0)
    result = CliRunner().invoke(law, ["benefits", str(path)])
    assert (result.exit_code, "读不了" in result.stderr) == (2, True)


def test_a_mark_of_byte_order_before_the_text_does_no_harm(tmp_path: Path):
    path = tmp_path / "told.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert CliRunner().invoke(law, ["benefits", str(path)]).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["due", "LA-DECIDE\n", "--from", "2026-03-02"],
        ["due", "LA-DECIDE", "--from", "2026-03-02\x1b[2J"],
        ["due", "LA-DECIDE", "--from", "9" * 100_000],
        ["due", "LA-DECIDE", "--from", "2026-03-02", "--pause", "\n:\n"],
        ["due", "LA-DECIDE", "--from", "2026-03-02", "--event", "2026-03-05:decision_extended=99999999999999999999"],
        ["due", "LA-DECIDE", "--from", "2026-03-02", "--today", "2026-02-30"],
        ["due", "LA-DECIDE", "--from", "2026-03-02", "--region", "三七〇〇〇〇"],
        ["limits", "LA\nDECIDE"],
        ["limits", "--on", "2026-02-30"],
        ["limits", "--region", "37"],
        ["nothing\nof the kind"],
    ],
    ids=lambda words: " ".join(words)[:40].encode("unicode_escape").decode(),
)
def test_hostile_words_are_answered_in_one_line_with_exit_2(words: list[str]):
    result = CliRunner().invoke(law, words)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert len(result.stderr) <= LONGEST + len("Error: \n")
    assert "\x1b" not in result.stderr


def test_a_long_sentence_keeps_its_beginning_and_its_end():
    told = one_line("from：" + "9" * 1000 + "不是日期")
    assert (len(told), told[:5], told[-4:]) == (LONGEST, "from：", "不是日期")
