"""What may stand in the repository, and what may not: addresses, paths of a machine, clocks, prints."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, functions, name, python_files, sources, tree

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".yml",
    ".yaml",
    ".typ",
    ".csv",
    ".json",
    ".sh",
    ".svg",
    "",
}
TEMPLATES = tuple(path for path in files() if path.suffix == ".html")
PATHS_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|opt/pypi|home/\w+|Users/\w+)/")
REGISTRIES = re.compile(
    "|".join(["index" + "-url", "find" + "-links", r"registry\.npm", r"pypi\." + r"org/simple", "nexus", "artifactory"])
)
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)[^>]*>\s*[^\s<]|\son\w+\s*=\s*["']|\sstyle\s*=\s*["']|\bhx-on\b|javascript:"""
)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""")


def text_files() -> list[Path]:
    return [path for path in files() if path.suffix in TEXT and "vendor" not in path.parts and path.name != "LICENSE"]


def found(pattern: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    """Where the pattern stands, as file and line."""
    return [
        f"{name(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_a_developers_machine():
    assert found(PATHS_OF_A_MACHINE, [path for path in text_files() if path.name != "test_words.py"]) == []


def test_no_address_of_a_package_registry():
    here = {"test_words.py", "lock"}  # the two places that look for them
    assert found(REGISTRIES, [path for path in text_files() if path.name not in here]) == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_files_hold_names_versions_and_hashes_and_nothing_else(lock):
    allowed = re.compile(
        r"^(?:[a-z0-9][\w.-]*(?:\[[\w,]+\])?==[^\s;]+(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?)$"
    )
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not allowed.match(line)] == []


def test_what_runs_is_locked_to_the_same_versions_as_what_is_tested():
    runtime, tested = (set(re.findall(r"^\S+==\S+", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))
                       for file in ("requirements.txt", "requirements-dev.txt"))  # fmt: skip
    assert runtime <= tested


def test_no_template_has_a_script_a_style_or_a_handler_in_it():
    assert found(INLINE, TEMPLATES) == []


def test_no_page_loads_anything_from_elsewhere():
    assert found(ELSEWHERE, TEMPLATES) == []


def test_only_one_place_knows_the_time():
    asking = re.compile(r"\b(?:timezone\.now|datetime\.now|datetime\.utcnow|date\.today|datetime\.today)\(")
    assert found(asking, [path for path in sources() if path.name != "moment.py"]) == []


def test_nothing_is_printed():
    printed = [
        f"{name(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printed == []


def test_no_test_sleeps_except_while_it_looks_for_something():
    asleep = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in python_files()
        for function in functions(path)
        if function.name.startswith("test_")
        for node in function.body
        if isinstance(node, ast.Expr) and re.match(r"(?:time\.)?sleep\(", ast.unparse(node))
    ]
    assert asleep == []


def test_no_test_is_left_to_chance():
    unseeded = re.compile(r"\brandom\.(?!Random\((?:\d|seed))\w+\(|\bRandom\(\)")
    assert (
        found(unseeded, [path for path in python_files() if "tests" in path.parts and "vendor" not in path.parts]) == []
    )


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    blocks = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    entries = [line for block in blocks for line in block.splitlines() if line.strip()]
    assert len(entries) > 40
    assert [line for line in entries if not re.search(r",  # \w", line)] == []
