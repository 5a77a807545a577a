"""`gongjian recording verify` and `gongjian recording check`: does a recording hold, and if not, which piece."""

from pathlib import Path

import click

from gongjian.recordings.checks import verified
from gongjian.recordings.copies import fault_in_copy


@click.group()
def recording() -> None:
    """核验检查过程的录音录像。"""


@recording.command()
@click.option("--case", "number", default="", help="只核验一个案件的。")
@click.pass_context
def verify(context: click.Context, number: str) -> None:
    """逐段读出并重算。全部相符时退出码为0；否则为1，并指出每份录像第一处不符的分段。"""
    count, faults = verified(number)
    for about, sentence in faults:
        click.echo(f"{about}：{sentence}")
    click.echo(f"共核验{count}份，{f'{len(faults)}份不符' if faults else '全部相符'}。")
    context.exit(1 if faults else 0)


@recording.command()
@click.argument("listed", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("film", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def check(context: click.Context, listed: Path, film: Path) -> None:
    """用分段清单（JSON）核对一份下载的录像，不需要平台的数据。"""
    with film.open("rb") as file:
        found = fault_in_copy(listed.read_text(encoding="utf-8"), file)
    click.echo(found.sentence if found else "全部分段与清单相符。")
    context.exit(1 if found else 0)
