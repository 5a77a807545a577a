"""`gongjian serve`, as a whole and in its parts."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import click
import psutil
import pytest

from gongjian.config.serving import answers, greet, refuse_busy, web_server
from gongjian.kernel.embedded.locks import is_held
from gongjian.kernel.embedded.tests.builders import a_home, wait_for
from gongjian.kernel.spilled import spilled

SERVE = [sys.executable, "-m", "gongjian.config.commands", "serve"]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Refusing(BaseHTTPRequestHandler):
    """A web server that is there and answers 503."""

    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def an_environment(home: Path) -> dict[str, str]:
    return {**os.environ, "GONGJIAN_HOME": str(home), "DATABASE_URL": "", "GONGJIAN_POSTGRES_OPTIONS": "fsync=off"}


def answered(port: int) -> int:
    """The status of the answer to a request for the first page, or 0 when nobody answers yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_serving_starts_everything_from_nothing_and_stops_everything(port):
    with a_home() as home:
        order = [*SERVE, f"--port={port}", "--workers=1"]
        program = subprocess.Popen(order, env=an_environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            deadline = time.monotonic() + 600
            while not answered(port) and program.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
            assert program.poll() is None
            assert answered(port)
            family = psutil.Process(program.pid).children(recursive=True)
            assert any("work" in child.cmdline() for child in family)
            program.send_signal(signal.SIGTERM)
            assert program.wait(60) == 0
        finally:
            program.kill()
            program.communicate()
        assert psutil.wait_procs(family, timeout=30)[1] == []
        wait_for(lambda: not is_held(home / "postgres.keeper"))


def test_it_is_said_to_have_started_only_once_the_port_answers(port, capsys):
    assert greet("127.0.0.1", port) is False
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", port))
        deaf.listen()
        assert answers("127.0.0.1", port, within=0.2) is False, "who takes the call has not answered it"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_where_it_answers_is_said_once_it_does(host, capsys):
    with ThreadingHTTPServer((host, 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert greet(host, server.server_port) is True
        server.shutdown()
    assert f"公鉴已启动：http://{host}:{server.server_port} " in capsys.readouterr().out


def test_serving_a_port_that_is_taken_is_refused_before_anything_is_started(port):
    with a_home() as home, socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = subprocess.run(
            [*SERVE, f"--port={port}"], env=an_environment(home), capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert f"{port} 端口不能使用" in done.stderr
        assert not home.exists()


def test_a_free_port_is_not_refused(port):
    refuse_busy("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(click.UsageError, match=r"192\.0\.2\.1"):
        refuse_busy("192.0.2.1", 8000)


def test_the_web_server_is_told_where_to_listen_and_to_keep_no_list_of_visits():
    order = web_server("127.0.0.1", 8123, 3)
    assert {"--host=127.0.0.1", "--port=8123", "--workers=3", "--interface=wsgi", "--no-access-log"} <= set(order)


def test_a_failed_preparation_stops_the_start(port):
    with a_home() as home:
        left = spilled(home) / "病历.upload.pdf"
        left.write_bytes(b"x")
        os.utime(left, (0, 0))
        environment = {**an_environment(home), "GONGJIAN_UPLOAD_MAX_MB": "fifty"}
        done = subprocess.run([*SERVE, f"--port={port}"], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "GONGJIAN_UPLOAD_MAX_MB" in done.stderr
        assert not left.exists(), "what a killed process was receiving is cleared before anything is started"
        assert not answered(port)
