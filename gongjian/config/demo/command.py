"""`gongjian demo`: the demo city, or many cases for measuring."""

import click
from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.config.demo import story
from gongjian.config.demo.many.writing import make

REAL = "这个数据库里已有真实的用户或案件，不能建演示城市，也不能作为演示城市启动。请另用一个空的数据库。"


@click.command()
@click.option("--cases", type=click.IntRange(min=0), default=0, help="另外生成这么多件案件，供测量速度。")
@click.option("--if-empty", is_flag=True, help="已经有案件时什么也不做。")
def demo(cases: int, if_empty: bool) -> None:
    """Tell the story of the demo city into an empty database; with --cases, write so many more cases for measuring.

    Its people may be played by anybody, so a database with others in it, and none of these, is refused.
    """
    if not User.objects.filter(is_demo=True).exists() and (User.objects.exists() or Case.objects.exists()):
        raise click.ClickException(REAL)
    if Case.objects.exists():
        if not if_empty and not cases:
            raise click.ClickException("数据库里已有案件，演示城市只能建在空的数据库里。")
    elif not cases:
        with transaction.atomic():  # a story half told would never be told to its end
            story.tell(lambda line: click.echo(f"  {line}"))
        click.echo(f"演示城市已建好：{Case.objects.count()}件案件。")
    if cases:
        written = make(cases, lambda line: click.echo(f"\r  {line}", nl=False))
        click.echo(f"\n已生成{written}件案件。")
