"""`gongjian found CITY.toml`: the offices of a real city and the people who engage all others."""

from pathlib import Path

import click

from gongjian.accounts.founding import found as make


@click.command()
@click.argument("city", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件.toml")
def found(city: Path) -> None:
    """建立真实城市的单位和首批账号（管理员、监督等）。首次登录的口令只在这里显示一次。"""
    made = make(city.read_text(encoding="utf-8"))
    for user, password in made:
        click.echo(f"{user.name}\t{user.username}\t{password}")
    click.echo(f"已完成：新账号{len(made)}个。其他人员由管理员在“人员”页添加。")
