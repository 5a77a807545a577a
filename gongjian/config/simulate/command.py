"""`gongjian simulate`: play a city's year in an installation of its own, and say what came of it."""

import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gongjian.config.bench import report
from gongjian.config.bench.command import PAGE
from gongjian.config.own_home import again_in_its_own, is_inside
from gongjian.config.simulate import figures
from gongjian.config.simulate.play import Play
from gongjian.config.simulate.years import YEARS
from gongjian.kernel import moment
from gongjian.kernel.embedded.server import leave

BEGIN = datetime(2025, 10, 1)  # noqa: DTZ001  # a day without a time; the first twelve months whole under 令55 with a published calendar


@click.command()
@click.argument("year", type=click.Choice(sorted(YEARS)))
@click.option("--people", type=click.IntRange(min=1, max=9_999), help="申请人数，默认同该年的实际规模。")
@click.option("--begin", type=click.DateTime(["%Y-%m-%d"]), default=BEGIN, help="从哪一天起的十二个月。")
@click.option("--seed", type=int, default=1, help="换一个数，换一批人和日子。")
@click.option("--page", is_flag=True, help="把报告写进 docs/benchmarks.md 里该年的一节。")
def simulate(year: str, people: int | None, begin: datetime, seed: int, *, page: bool) -> None:
    """用虚构的人把一个城市的一年从申请到送达办一遍，报告超期、天数、专家负担和用时。

    YEAR：2024为全年12场、2358人、80名专家；2025为11场（其中视频2场）、上门6户、邮寄500件。
    """
    if not is_inside():
        raise SystemExit(again_in_its_own())
    call_command("migrate", verbosity=0)
    lines = play(year, people, begin.date(), seed)
    if page:
        write(year, lines)
    connection.close()
    leave(Path(settings.GONGJIAN_HOME), wait=True)  # before its folder is thrown away


def play(year: str, people: int | None, begin: date, seed: int) -> list[str]:
    """Play a year in the database that is there, and say the report. Raises: BadParameter for too few people."""
    chosen = YEARS[year]
    try:
        chosen = chosen.with_people(people) if people else chosen
    except ValueError as wrong:
        raise click.BadParameter(f"人数太少，这一年至少要有{chosen.elsewhere + 1}人。") from wrong
    began = time.perf_counter()
    told = Play(chosen, begin=begin, seed=seed, say=click.echo)
    told.run()
    wall = time.perf_counter() - began
    spent = sorted(told.agenda.spent.items(), key=lambda each: -each[1])
    parts = "、".join(f"{kind}{seconds:.0f}" for kind, seconds in spent)
    lines = [*figures.read().lines(wall), f"各环节用时（秒）：{parts}"]
    click.echo("\n".join(lines))
    return lines


def write(year: str, lines: Sequence[str]) -> None:
    """Put the report of a year into its section of the page, in the place of an older one."""
    told = f"`gongjian simulate {year} --page`, {moment.today().isoformat()}, {report.machine()}."
    body = "\n".join([told, "", *(f"- {line}" for line in lines)])
    PAGE.write_text(
        report.with_section(PAGE.read_text(encoding="utf-8"), f"The year {year}, replayed", body), encoding="utf-8"
    )
    click.echo(f"已写入 {PAGE}")
