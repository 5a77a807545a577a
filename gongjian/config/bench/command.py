"""`gongjian bench`: measure in a database of its own, and write the page."""

import subprocess
import sys
import time
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gongjian.cases.models import Case
from gongjian.config.bench import day, heavy, pages, planning, report
from gongjian.config.bench.measure import Timing, peak_megabytes
from gongjian.config.bench.sample import sample_conclusion, sample_imprint
from gongjian.config.demo.cast import committee
from gongjian.config.demo.many.writing import make
from gongjian.config.own_home import again_in_its_own, is_inside
from gongjian.kernel import moment
from gongjian.kernel.embedded.server import leave

PAGE = Path("docs/benchmarks.md")


@click.command()
@click.option("--sizes", default="1000,100000,1000000", help="案件数，逗号分隔，从小到大。")
@click.option("--papers", default=600, help="制作多少份结论书。")
@click.option("--planner", "planner_only", is_flag=True, help="只测排期，只改写这一节。")
@click.option("--day", "day_only", is_flag=True, help="只测现场自助报到，只改写这一节。")
def bench(sizes: str, papers: int, planner_only: bool, day_only: bool) -> None:
    """Measure and write docs/benchmarks.md. The first call gives itself an installation of its own and throws it away."""
    if planner_only:
        _planner()
        return
    if not is_inside():
        raise SystemExit(again_in_its_own())
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    if day_only:
        _day()
        _leave()
        return
    cold = [f"migrating an empty database: {time.perf_counter() - started:.1f} s", *_cold_start()]
    found = {size: _measured(size) for size in sorted(int(part) for part in sizes.split(","))}
    weighty = [
        *heavy.draw_timings(),
        heavy.clock_timing(),
        heavy.grading_timing(),
        heavy.benefits_timing(),
        heavy.conclusion_timing(sample_conclusion, sample_imprint(committee().name), papers),
    ]
    cold.append(f"peak memory of this measuring process: {peak_megabytes():.0f} MB")
    PAGE.write_text(report.text(found, weighty, cold, moment.today()), encoding="utf-8")
    _planner()
    _day()
    _leave()


def _leave() -> None:
    """Let the database go before its folder is thrown away."""
    connection.close()
    leave(Path(settings.GONGJIAN_HOME), wait=True)


def _planner() -> None:
    """Measure the planner, which needs no database, and write its part of the page again."""
    _written(planning.TITLE, planning.section(click.echo))


def _day() -> None:
    """Measure the morning of the largest sitting, and write its part of the page again."""
    _written(day.TITLE, day.section(click.echo))


def _written(title: str, section: str) -> None:
    body = f"Measured {moment.today().isoformat()}.\n\n{section}"
    PAGE.write_text(report.with_section(PAGE.read_text(encoding="utf-8"), title, body), encoding="utf-8")
    click.echo(f"已写入 {PAGE}")


def _measured(size: int) -> list[Timing]:
    missing = size - Case.objects.count()
    if missing > 0:
        make(missing, lambda line: click.echo(f"\r  {line}", nl=False))
        _as_after_a_night()
    click.echo(f"\n测量 {size} 件")
    found = [*pages.page_timings(), pages.submission_timing(size % 997)]
    for timing in found:
        click.echo(timing.row)
    return found


def _as_after_a_night() -> None:
    """What a server does by itself some time after so much writing, done before anything is measured; `make` has analysed already."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("CHECKPOINT")


def _cold_start() -> list[str]:
    """How long a fresh process takes until it could answer, and its memory then."""
    program = (
        "import time,resource;t=time.perf_counter();"
        "from gongjian.config.wsgi import application;from django.urls import get_resolver;get_resolver().url_patterns;"
        "print(time.perf_counter()-t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    seconds, megabytes = map(float, told.stdout.split())
    return [f"a web process ready to answer: {seconds:.1f} s, {megabytes:.0f} MB"]
