"""Which commands there are, and which room answers each. A command is loaded when it is called, not before."""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import click
import django

SETTINGS = "gongjian.config.settings"


class Mount(NamedTuple):
    """A command of a room: where it is, what it does in a line, and whether it needs settings and a database."""

    target: str
    summary: str
    needs_django: bool = True


MOUNTS = {
    "serve": Mount("gongjian.config.serving:serve", "启动平台：数据库、网页和后台任务。", needs_django=False),
    "work": Mount("gongjian.config.upkeep:work", "只运行后台任务（催办、投递、核验）。"),
    "migrate": Mount("gongjian.config.upkeep:migrate", "建立或升级数据库结构。"),
    "manage": Mount("gongjian.config.upkeep:manage", "运行 Django 的管理命令。"),
    "found": Mount("gongjian.accounts.command_line:found", "建立真实城市的单位和首批账号。"),
    "demo": Mount("gongjian.config.demo.command:demo", "建立演示城市：各种状态的案件。"),
    "simulate": Mount("gongjian.config.simulate.command:simulate", "用虚构的人把一个城市的一年办一遍。"),
    "check": Mount("gongjian.config.checking:check", "查找停滞的案件、断裂的账链、损坏的文件和跳号。"),
    "ledger": Mount("gongjian.kernel.ledger.command_line:ledger", "核验账链。"),
    "draw": Mount("gongjian.draws.lot.command_line:draw", "复核随机抽取。", needs_django=False),
    "recording": Mount("gongjian.recordings.command_line:recording", "核验检查过程的录音录像。"),
    "archive": Mount("gongjian.archives.command_line:archive", "离线核验归档包。", needs_django=False),
    "law": Mount("gongjian.law.command_line:law", "计算法定期限。", needs_django=False),
    "grade": Mount("gongjian.grading.command_line:grade", "按分级标准核对鉴定所见。", needs_django=False),
    "docs": Mount("gongjian.config.documents:docs", "重新生成文档中由代码决定的页面。"),
    "bench": Mount("gongjian.config.bench.command:bench", "测量速度并写入文档。"),
}


def set_up() -> None:
    """Read the settings and make Django ready. Raises: ImproperlyConfigured for a wrong setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def exists(mount: Mount) -> bool:
    """Whether this version has the command's module."""
    module = mount.target.split(":")[0]
    parents = module.split(".")[:-1]
    return all(find_spec(".".join(parents[: n + 1])) for n in range(len(parents))) and find_spec(module) is not None


def load(mount: Mount) -> click.Command:
    """The command itself, with Django made ready for it if it needs that."""
    if mount.needs_django:
        set_up()
    module, name = mount.target.split(":")
    command = getattr(import_module(module), name)
    if not isinstance(command, click.Command):
        raise TypeError(f"{mount.target} is not a command")
    return command


class Mounted(click.Group):
    """A group whose commands are those of a table, listed without loading them."""

    def __init__(self, mounts: dict[str, Mount], **options: str) -> None:
        super().__init__(help=options.get("help"), name=options.get("name"))
        self.mounts = mounts

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, mount in self.mounts.items() if exists(mount)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        mount = self.mounts.get(cmd_name)
        return load(mount) if mount and exists(mount) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.mounts[name].summary) for name in self.list_commands(ctx)]
        with formatter.section("命令"):
            formatter.write_dl(rows)
