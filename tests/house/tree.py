"""The house as it stands on disk: which files it has, which of them are source, and what they import."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gongjian"
SKIPPED = {"migrations", "vendor", "fonts"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in the repository or about to be: git knows which, and a copy without git has them all."""
    order = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(order, capture_output=True, text=True, check=False)
    found = (
        [ROOT / name for name in listed.stdout.split("\0") if name] if listed.returncode == 0 else list(ROOT.rglob("*"))
    )
    return tuple(path for path in found if path.is_file() and ".venv" not in path.parts)


def python_files() -> tuple[Path, ...]:
    """Our own Python, without what Django writes."""
    return tuple(path for path in files() if path.suffix == ".py" and not SKIPPED & set(path.parts))


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name.startswith(("test_", "conftest"))


def sources() -> tuple[Path, ...]:
    return tuple(path for path in python_files() if not is_test(path))


def own_tests() -> tuple[Path, ...]:
    return tuple(path for path in python_files() if is_test(path))


def rooms() -> tuple[Path, ...]:
    """The folders directly under the package that are Python packages."""
    return tuple(
        sorted({path.parent for path in files() if path.parent.parent == PACKAGE and path.name == "__init__.py"})
    )


def name(path: Path) -> str:
    """The path as a person would write it."""
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; own imports are written in full everywhere."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [("." * node.level) + (node.module or "")]
    return []
