"""`gongjian check`: ask every question of `config.checks` and print what was found."""

import json
from collections.abc import Sequence

import click

from gongjian.config.checks import CHECKS, run_checks
from gongjian.kernel.checks import Problem

Found = list[tuple[str, list[Problem]]]


@click.command()
@click.argument("names", nargs=-1, metavar="[检查项]…")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def check(context: click.Context, names: Sequence[str], as_json: bool) -> None:
    """查找停滞的案件、断裂的账链、损坏的文件和跳号。没有问题时退出码为0，有问题时为1；无害的痕迹只列出。不写检查项即全部检查。"""
    known(names)
    found: Found = []
    for name, problems in run_checks(names):
        found.append((name, problems))
        if not as_json:
            tell(name, problems)
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=1))
    context.exit(1 if any(not each.is_harmless for _, problems in found for each in problems) else 0)


def known(names: Sequence[str]) -> None:
    """Raises: click.UsageError for a name that is no check."""
    if strange := [name for name in names if name not in CHECKS]:
        raise click.UsageError(f"没有检查项 {'、'.join(strange)}。可以选：{'、'.join(CHECKS)}。")


def tell(name: str, problems: list[Problem]) -> None:
    """One line for a check, and one for each thing it found."""
    harmful = sum(not problem.is_harmless for problem in problems)
    click.echo(f"{name}：发现{harmful}处问题" if harmful else f"{name}：没有发现问题")
    for problem in problems:
        click.echo(f"  {problem.about}：{problem.sentence}{'（无害）' if problem.is_harmless else ''}")


def plain(found: Found) -> dict[str, list[dict[str, str | bool]]]:
    """What was found, as JSON can say it: check → problems."""
    return {
        name: [
            {"about": problem.about, "sentence": problem.sentence, "is_harmless": problem.is_harmless}
            for problem in problems
        ]
        for name, problems in found
    }
