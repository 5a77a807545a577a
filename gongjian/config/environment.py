"""Typed readers of the environment that settings need. A value that cannot be right stops the program and names itself."""

import os
import re
import secrets
import sys
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from gongjian.kernel.home import home, kept, made

EMBEDDED = "gongjian.kernel.embedded.backend"
POSTGRESQL = "django.db.backends.postgresql"
FALSE_STRINGS = ("false", "off", "no", "n", "0", "")
SHORTEST_SECRET = 32
PLAIN = {int: re.compile(r"-?[0-9]{1,12}"), float: re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")}
"""How a number is written: no 0x10, no 1_000, no 1e9, no nan, no inf, nothing but the digits."""
SHAPES = {int: "一个整数，例如 50", float: "一个数，例如 0.25"}


class Environment(environ.Env):  # type: ignore[misc]
    """django-environ, but louder: it takes "ture" for False, 0x10 and nan for numbers, and does not say which number is none."""

    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False
    ) -> Any:
        """The value of `var`. Raises: ImproperlyConfigured, naming the variable but not its value."""
        given = self.ENVIRON.get(var, "")
        if cast is bool and given.lower() not in (*self.BOOLEAN_TRUE_STRINGS, *FALSE_STRINGS):
            raise ImproperlyConfigured(f"环境变量 {var} 只能是 true 或 false。")
        if var in self.ENVIRON and cast in PLAIN and not PLAIN[cast].fullmatch(given):
            raise ImproperlyConfigured(f"环境变量 {var} 只能是{SHAPES[cast]}。")
        try:
            return super().get_value(var, cast=cast, default=default, parse_default=parse_default)
        except (ValueError, ArithmeticError) as error:
            raise ImproperlyConfigured(f"环境变量 {var} 的值不是所要的数字或格式。") from error


def secret(name: str) -> str:
    """A secret from NAME, from the file NAME_FILE, or made once and kept in a private file of the installation.

    Raises: ImproperlyConfigured when it is too short to be one, or its file cannot be read.
    """
    value = os.environ.get(name) or _from_file(name) or _own(name)
    if len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"{name} 太短：至少要 {SHORTEST_SECRET} 个字符。")
    return value


def _from_file(name: str) -> str | None:
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"读不到 {name}_FILE 指定的文件：{error.strerror}。") from error


def _own(name: str) -> str:
    folder = made(home()) / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    return kept(folder / name.lower(), secrets.token_urlsafe(48))


def database(env: environ.Env) -> dict[str, Any]:
    """Django's database settings: the operator's server named by DATABASE_URL, else the embedded one.

    Raises: ImproperlyConfigured when DATABASE_URL names something else than PostgreSQL.
    """
    settings: dict[str, Any] = {"ENGINE": EMBEDDED, "NAME": "gongjian"}
    if os.environ.get("DATABASE_URL"):
        settings = env.db_url("DATABASE_URL")
        if settings["ENGINE"] != POSTGRESQL:
            raise ImproperlyConfigured(
                "DATABASE_URL 要写成 postgres://账户:口令@主机:端口/库名，只支持 PostgreSQL 15 或更高版本。"
            )
    settings["CONN_MAX_AGE"] = 0 if "pytest" in sys.modules else 60
    settings["CONN_HEALTH_CHECKS"] = True
    settings["ATOMIC_REQUESTS"] = False
    if name := os.environ.get("GJ_TEST_DB"):
        settings["TEST"] = {"NAME": f"test_{name}"}
    return settings
