"""`gongjian archive verify PACKAGE.zip`: the same check with options; needs neither settings nor a database."""

from pathlib import Path

import click

from gongjian.archives.verify import checked, plain, words


@click.group()
def archive() -> None:
    """核验归档包。"""


@archive.command()
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="归档包")
@click.option("--manifest", default="", help="平台账链登记的清单指纹；给出时一并核对。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def verify(context: click.Context, package: Path, manifest: str, as_json: bool) -> None:
    """离线核验归档包：文件、清单、账链、日锚、专家签名和抽取凭证。全部成立时退出码为0，否则为1。"""
    report = checked(package, manifest)
    click.echo(plain(report) if as_json else words(report), nl=False)
    context.exit(0 if report.holds else 1)
