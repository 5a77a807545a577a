"""`gongjian ledger verify`: walk every chain and every anchor."""

import click

from gongjian.kernel.ledger import queries


@click.group()
def ledger() -> None:
    """核验账链。"""


@ledger.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """逐条重算全部账链和日锚。全部相符时退出码为0；否则为1，并指出第一处不符。"""
    count, faults = queries.verify()
    if not faults:
        click.echo(f"核验通过：共{count}条，账链连续，日锚相符。")
        return
    first = faults[0]
    click.echo(f"第一处不符：{first.chain} 第{first.sequence}条：{first.sentence}")
    click.echo(f"已核验{count}条，共发现{len(faults)}处不符（每类最多列出十处）。用 gongjian check ledger 查看全部。")
    context.exit(1)
