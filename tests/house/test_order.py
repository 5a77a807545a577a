"""Every room says what it is for, imports run down, and no import hides in a function."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, files, functions, imported, name, rooms, sources, tree

LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
ROOM_NAMES = [room.name for room in rooms()]


def imports(path: Path) -> list[tuple[int, str]]:
    return [
        (node.lineno, module) for node in ast.walk(tree(path)) for module in imported(node) if hasattr(node, "lineno")
    ]


def test_every_import_contract_is_kept():
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def another_house(tmp_path):
    """An empty house with the same rooms and the same contracts, in which a test can misbehave."""
    for room in ROOM_NAMES:
        (tmp_path / "gongjian" / room).mkdir(parents=True)
        (tmp_path / "gongjian" / room / "__init__.py").touch()
    (tmp_path / "gongjian" / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def verdict(house: Path) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(house)}
    done = subprocess.run(LINT, cwd=house, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_contracts_accept_an_empty_house(another_house):
    assert verdict(another_house)[0] == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("law/clock.py", "import django"),
        ("grading/search.py", "from django.db import models"),
        ("planner/flow.py", "import django"),
        ("draws/rules.py", "from django.utils import timezone"),
        ("draws/lot/rules.py", "import django"),
        ("cases/states.py", "import django.db"),
        ("cases/errors.py", "import psycopg"),
        ("kernel/ledger/errors.py", "import django"),
    ],
)
def test_law_and_rules_that_import_a_framework_are_refused(another_house, file, line):
    path = another_house / "gongjian" / file
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(line + "\n")
    code, words = verdict(another_house)
    assert (code, "know no framework BROKEN" in words) == (1, True)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("law/clock.py", "import gongjian.kernel"),
        ("kernel/actions.py", "from gongjian.cases import queries"),
        ("papers/actions.py", "import gongjian.materials"),
        ("portal/views.py", "import gongjian.desk"),
        ("cases/actions/move.py", "import gongjian.config"),
    ],
)
def test_an_import_that_climbs_or_crosses_a_floor_is_refused(another_house, file, line):
    path = another_house / "gongjian" / file
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    (another_house / "gongjian" / "cases" / "queries.py").touch()
    path.write_text(line + "\n")
    code, words = verdict(another_house)
    assert (code, "from floors below it BROKEN" in words) == (1, True)


def test_a_room_without_a_floor_is_refused(another_house):
    (another_house / "gongjian" / "attic").mkdir()
    (another_house / "gongjian" / "attic" / "__init__.py").touch()
    code, words = verdict(another_house)
    assert (code, "attic" in words) == (1, True)


def test_a_test_may_look_at_anything(another_house):
    (another_house / "gongjian" / "law" / "tests").mkdir()
    (another_house / "gongjian" / "law" / "tests" / "__init__.py").touch()
    (another_house / "gongjian" / "law" / "tests" / "test_law.py").write_text("import django\nimport gongjian.cases\n")
    assert verdict(another_house)[0] == 0


def test_no_own_import_hides_in_a_function():
    hidden = [
        f"{name(path)}:{node.lineno} {module}"
        for path in sources()
        for function in functions(path)
        for node in ast.walk(function)
        for module in imported(node)
        if module.startswith(("gongjian", ".")) and isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_a_rooms_refusals_import_nothing_but_those_of_the_law():
    wrong = [
        f"{name(path)}:{number} {module}"
        for path in sources()
        if path.name == "errors.py"
        for number, module in imports(path)
        if module.startswith("gongjian") and module != "gongjian.law.errors"
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOM_NAMES)
def test_every_room_says_what_it_is_for(room):
    docstring = ast.get_docstring(tree(PACKAGE / room / "__init__.py")) or ""
    assert len(docstring) >= 40, f"gongjian/{room}/__init__.py does not say what the room is for"


def test_every_module_begins_with_what_it_is():
    silent = [name(path) for path in sources() if path.name != "__init__.py" and not ast.get_docstring(tree(path))]
    assert silent == []


def test_every_public_rule_names_its_law():
    lawless = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in sources()
        if path.name == "rules.py"
        for function in functions(path)
        if function in tree(path).body and not function.name.startswith("_")
        if "Law:" not in (ast.get_docstring(function) or "")
    ]
    assert lawless == []


def test_a_rooms_templates_stand_in_a_folder_of_its_name():
    strays = []
    for path in files():
        parts = path.relative_to(ROOT).parts
        if path.suffix == ".html" and "templates" in parts and "tests" not in parts:
            inside = parts[parts.index("templates") + 1 :]
            if len(inside) < 2 or inside[0] not in {
                *parts[: parts.index("templates")],
                "forms",
                "django",
                "axes",
                "health_check",
            }:
                strays.append(name(path))
    assert strays == []
