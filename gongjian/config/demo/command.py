"""`gongjian demo`: the demo city, or many cases for measuring."""

import click

from gongjian.cases.models import Case
from gongjian.config.demo import many, story


@click.command()
@click.option("--cases", type=click.IntRange(min=0), default=0, help="另外生成这么多件案件，供测量速度。")
@click.option("--if-empty", is_flag=True, help="已经有案件时什么也不做。")
def demo(cases: int, if_empty: bool) -> None:
    """Tell the story of the demo city into an empty database; with --cases, write so many more cases for measuring."""
    if Case.objects.exists():
        if not if_empty and not cases:
            raise click.ClickException("数据库里已有案件，演示城市只能建在空的数据库里。")
    elif not cases:
        story.tell(lambda line: click.echo(f"  {line}"))
        click.echo(f"演示城市已建好：{Case.objects.count()}件案件。")
    if cases:
        written = many.make(cases, lambda line: click.echo(f"\r  {line}", nl=False))
        click.echo(f"\n已生成{written}件案件。")
