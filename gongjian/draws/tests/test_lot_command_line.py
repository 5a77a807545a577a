"""`gongjian draw verify RECEIPT.json`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongjian.draws.lot.canonical import canonical
from gongjian.draws.lot.command_line import draw
from gongjian.draws.tests.builders import a_receipt, an_open_door


def run(tmp_path: Path, text: bytes, *options: str) -> Result:
    file = tmp_path / "receipt.json"
    file.write_bytes(text)
    return CliRunner().invoke(draw, ["verify", str(file), *options])


@pytest.mark.parametrize("text", [a_receipt().text, an_open_door().send("K01").text])
def test_a_receipt_that_holds_exits_with_0_and_shows_the_commitment(tmp_path: Path, text: bytes) -> None:
    result = run(tmp_path, text)
    assert result.exit_code == 0
    assert "核验通过" in result.output
    assert "承诺哈希：" in result.output


def test_a_receipt_that_does_not_hold_exits_with_1_and_says_what(tmp_path: Path) -> None:
    document = a_receipt().document()
    document["places"][0]["expert"] = "E10"
    result = run(tmp_path, canonical(document))
    assert result.exit_code == 1
    assert "不成立：入席名单或座次与重新抽取的结果不符。（places）" in result.output
    assert "核验通过" not in result.output


def test_a_file_that_is_no_receipt_exits_with_1(tmp_path: Path) -> None:
    result = run(tmp_path, b"hello")
    assert result.exit_code == 1
    assert "这份凭证无法读取" in result.output


def test_the_published_commitment_is_compared(tmp_path: Path) -> None:
    receipt = a_receipt()
    assert run(tmp_path, receipt.text, "--commitment", f" {receipt.commitment.hash.upper()} ").exit_code == 0
    other = run(tmp_path, receipt.text, "--commitment", "ab" * 32)
    assert other.exit_code == 1
    assert "不是抽取前公示的那一个" in other.output


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    result = CliRunner().invoke(draw, ["verify", str(tmp_path / "none.json")])
    assert result.exit_code == 2
