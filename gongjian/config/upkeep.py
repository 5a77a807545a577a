"""`gongjian work`, `migrate` and `manage`: commands over Django's own."""

import sys

import click
from django.core.management import call_command, execute_from_command_line
from django.db import connection

from gongjian.kernel.sweeps import run_sweep

ONE_AT_A_TIME = 0x676A  # key of the advisory lock that makes a second migration wait for the first


@click.command()
def migrate() -> None:
    """建立或升级数据库结构。几个进程同时运行时依次进行。"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        call_command("migrate", interactive=False, verbosity=1)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])  # a failed one is unlocked by its end


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="同时进行的任务数。")
def work(concurrency: int) -> None:
    """运行后台任务，直到收到停止信号；正在做的任务会做完。"""
    run_sweep("cases.recount_limits")  # an upgrade may have brought the holidays of a year
    call_command("procrastinate", "worker", f"--concurrency={concurrency}")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """运行 Django 的管理命令，例如 gongjian manage shell。"""
    sys.argv[0] = "gongjian manage"
    execute_from_command_line(["gongjian manage", *arguments])
