"""What is installed with the product is used by the product; what only tests or tools need stands in the group of developers."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [re.split(r"[\[~><= ;]", line)[0] for line in DECLARED["project"]["dependencies"]]
DEV = [re.split(r"[\[~><= ;]", line)[0] for line in DECLARED["dependency-groups"]["dev"]]
PLUGIN = ROOT / "gongjian" / "config" / "testing.py"
"""Our own plugin of pytest; nothing else of the product is for tests."""
MODULES = {
    "argon2-cffi": "argon2",
    "django-axes": "axes",
    "django-csp": "csp",
    "django-environ": "environ",
    "django-health-check": "health_check",
    "django-pgtrigger": "pgtrigger",
    "pillow": "PIL",
    "python-stdnum": "stdnum",
}
BY_NAME = {"argon2-cffi": "Argon2PasswordHasher", "granian": '"granian"'}
"""Packages that nobody imports: Django or a command line asks for them by name."""


def source() -> list[str]:
    files = (path for path in (ROOT / "gongjian").rglob("*.py") if "tests" not in path.parts and path != PLUGIN)
    return [path.read_text(encoding="utf-8") for path in files]


SOURCE = source()


def imported() -> set[str]:
    found: set[str] = set()
    for text in SOURCE:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


IMPORTED = imported()


def module_of(package: str) -> str:
    return MODULES.get(package, package.replace("-", "_"))


@pytest.mark.parametrize("package", RUNTIME)
def test_what_the_product_installs_the_product_uses(package):
    word = BY_NAME.get(package) or f'"{module_of(package)}'
    assert module_of(package) in IMPORTED or any(word in text for text in SOURCE), f"{package} is used by no source"


@pytest.mark.parametrize("package", [name for name in DEV if name not in RUNTIME])
def test_what_only_developers_install_the_product_never_imports(package):
    assert module_of(package) not in IMPORTED


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_files_name_every_package_with_its_hash_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    named = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==", text, re.MULTILINE))
    wanted = RUNTIME if lock == "requirements.txt" else [*RUNTIME, *DEV]
    assert {name for name in wanted if name not in named} == set()
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search(r"://|index|find.links", text)


def test_what_only_developers_need_is_not_locked_for_the_product():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert not re.search(r"^(puremagic|pypdf|python-stdnum|pytest|ruff|mypy|playwright)==", text, re.MULTILINE)
