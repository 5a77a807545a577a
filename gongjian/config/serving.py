"""`gongjian serve`: the database, the web server and the background worker, started and stopped together."""

import os
import socket
import sys
from http.client import HTTPConnection, HTTPException

import click

from gongjian.config.family import Child, Family
from gongjian.kernel.embedded.server import ensure
from gongjian.kernel.home import home
from gongjian.kernel.spilled import clear_spilled

GONGJIAN = (sys.executable, "-m", "gongjian.config.commands")
THREADS = 4  # per process: while one waits for the database or a slow upload, others answer
ANSWER_WITHIN = 2  # seconds for the web server's answer, before it is asked again
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask a server that listens on every address
GRACE = 30  # seconds that a process has to finish what it is doing


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听的端口。")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="网页进程数。")
@click.option("--no-worker", is_flag=True, help="不启动后台任务（另行用 gongjian work 运行）。")
@click.option("--migrate", is_flag=True, help="先升级数据库结构；内置数据库总是如此。")
@click.option("--demo", is_flag=True, help="演示城市：没有案件时先建立，登录页可直接选人。切勿用于真实业务。")
def serve(host: str, port: int, workers: int, no_worker: bool, migrate: bool, demo: bool) -> None:
    """启动平台。按 Ctrl+C 或发送 SIGTERM 停止；正在处理的请求和任务会做完。"""
    refuse_busy(host, port)
    if demo:
        os.environ["GONGJIAN_DEMO"] = "true"
    if embedded := not os.environ.get("DATABASE_URL"):
        ensure(home())  # this process uses the server as long as it serves, so that it outlives its children
    clear_spilled(home())
    family = Family(grace=GRACE)
    preparations = ([["migrate"]] if embedded or migrate else []) + ([["demo", "--if-empty"]] if demo else [])
    for words in preparations:
        if code := family.run([*GONGJIAN, *words]):
            sys.exit(code)
    children = [Child("网页", web_server(host, port, workers), vital=True)]
    if not no_worker:
        children.append(Child("后台任务", [*GONGJIAN, "work"], vital=False))
    click.echo("正在启动网页……")
    sys.exit(family.live(children, greet=lambda: greet(host, port)))


def greet(host: str, port: int) -> bool:
    """Say where the platform is, once it answers there; False until then."""
    if not answers(host, port):
        return False
    click.echo(f"公鉴已启动：http://{_written(host)}:{port}   按 Ctrl+C 停止。")
    return True


def answers(host: str, port: int, *, within: float = ANSWER_WITHIN) -> bool:
    """Whether the web server answers a request at this address in time (seconds). An answer of any kind is one: how well all is, `/health/` says."""
    asked = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=within)
    try:
        asked.request("GET", "/health/", headers={"Host": "localhost"})
        return bool(asked.getresponse().status)
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def web_server(host: str, port: int, workers: int) -> list[str]:
    """The web server's command line. It keeps no list of addresses called: they are nobody's business."""
    order = [
        sys.executable,
        "-m",
        "granian",
        "gongjian.config.wsgi:application",
        "--interface=wsgi",
        "--no-ws",
        "--http=1",
    ]
    order += [f"--host={host}", f"--port={port}", f"--workers={workers}", f"--blocking-threads={THREADS}"]
    return [
        *order,
        "--respawn-failed-workers",
        f"--workers-kill-timeout={GRACE - 5}",
        "--log-level=warning",
        "--no-access-log",
    ]


def refuse_busy(host: str, port: int) -> None:
    """Raises: click.UsageError when the port cannot be had, before anything else is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.UsageError(
                f"{host} 的 {port} 端口不能使用（{error.strerror}）。请用 --port 换一个。"
            ) from error
