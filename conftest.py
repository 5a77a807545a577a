"""Fixtures for every test: homes of their own, and a browser that is Debian's Chromium and never looks outside."""

import os
import socket
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import LazySettings
from django.conf import settings as configured
from django.test import TransactionTestCase
from playwright.sync_api import Browser, BrowserType

from gongjian.kernel.tests.emptying import empty_database
from gongjian.kernel.tests.kept import shared_homes
from gongjian.papers import authority

CHROMIUM = os.environ.get("GONGJIAN_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")  # how fast an example is says more of the machine than of the rule
KEYS = 12
"""How many keys a run makes for papers; more than any home holds."""


@pytest.fixture(scope="session", autouse=True)
def keys_of_papers() -> Iterator[None]:
    """Real keys, but few: making the two of a fresh home and proving them when they are loaded takes most of a second.

    One key follows another, so that a root, its offices and a stranger never share one.
    """
    true_key, serial = authority._new_key, count()

    @cache
    def made(number: int) -> rsa.RSAPrivateKey:
        return true_key()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authority, "_new_key", lambda: made(next(serial) % KEYS))
        patch.setattr(serialization, "load_pem_private_key", cache(serialization.load_pem_private_key))
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_goes_out() -> Iterator[None]:
    """A test that would speak to another machine fails: it needs no network, and no word of a case leaves the house unnoticed."""
    connect = socket.socket.connect

    def near(line: socket.socket, address: Any) -> None:
        if line.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
            raise AssertionError(f"a line was opened beyond this machine: {address[0]}")
        connect(line, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", near)
        yield


def is_loopback(host: str) -> bool:
    """Whether a host is this machine; a name is resolved nowhere else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    """After a test that commits, only what it has filled is emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_database())
        yield


@pytest.fixture(scope="session", autouse=True)
def home_of_the_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Workers side by side do not meet in one home: a file that one of them damages on purpose is no file of another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(configured, "GONGJIAN_HOME", a_shared_home(tmp_path_factory))
        yield


def a_shared_home(factory: pytest.TempPathFactory) -> Path:
    """A fresh home that more than one test will see."""
    folder = factory.mktemp("home")
    shared_homes.add(str(folder))
    return folder


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """A fresh home of the installation, for this test alone: its evidence and its offices' keys."""
    settings.GONGJIAN_HOME = tmp_path
    return tmp_path


@pytest.fixture(scope="module")
def home_of_the_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh home for all tests of one file, where these share what one of them has made."""
    with pytest.MonkeyPatch.context() as patch:
        folder = a_shared_home(tmp_path_factory)
        patch.setattr(configured, "GONGJIAN_HOME", folder)
        yield folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The installed Chromium, without a sandbox (root has none) and without calls to its maker."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture(scope="session")
def filming(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser with a camera that shows a test picture and a microphone that beeps."""
    told = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *CAMERA]}
    browser = browser_type.launch(**told)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Chinese browser in China's time zone."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes after its argument: a file made anew for each worker is another file, but the same case."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with tests in the browser come last: from its start on, Playwright's event loop runs in this thread, and some tests need their own."""
    in_browser = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path in in_browser)
