"""`gongjian draw verify RECEIPT.json`: repeat a draw from its receipt."""

from pathlib import Path

import click

from gongjian.draws.errors import ReceiptUnreadable
from gongjian.draws.lot.canonical import read
from gongjian.draws.lot.verify import verify_text


@click.group()
def draw() -> None:
    """Check draws of expert groups."""


@draw.command()
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commitment", default="", help="Hash shown before the draw; must be the one in the receipt.")
@click.pass_context
def verify(context: click.Context, receipt: Path, commitment: str) -> None:
    """Repeat the draw in RECEIPT. Exit 0 when everything holds, or 1 and what does not hold."""
    text = receipt.read_bytes()
    faults = [f"{finding.message}（{finding.code}）" for finding in verify_text(text)]
    stated = _commitment_hash(text)
    if commitment and commitment.strip().lower() != stated:
        faults.append("凭证中的承诺哈希不是抽取前公示的那一个。（commitment.other）")
    for fault in faults:
        click.echo(f"不成立：{fault}")
    if not faults:
        click.echo(f"核验通过：重新抽取的结果与凭证完全一致。\n承诺哈希：{stated}\n请与抽取前公示的承诺哈希核对。")
    context.exit(1 if faults else 0)


def _commitment_hash(text: bytes) -> str:
    try:
        return str(read(text).get("commitment_hash", ""))
    except ReceiptUnreadable:
        return ""
