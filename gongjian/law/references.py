"""The index article → functions, limits and parameters, and back: `python -m gongjian.law.references FILE`.

Functions are found by the `Law:` lines of their docstrings, limits and parameters by the articles in the data.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gongjian.law.register import cited, register

PROJECT = Path(__file__).parents[1]
SKIPPED = {"tests", "migrations"}
SECTION = re.compile(r"(?<!`)\bLaw:\s*(.*?)(?=\n\s*\n|\b(?:Raises|Returns|Yields)\b[^:\n]{0,30}:|\Z)", re.DOTALL)
CITATION = re.compile(r"([^\s;,，；、()（）]+)\s+arts?\.\s*((?:\d+(?:\(\d+\))*(?:\s*[-–,，]\s*(?=\d))?)+)")
CHINESE = re.compile(r"([^\s;,，；、()（）]+?)\s*第([一二三四五六七八九十百零]+)条")
STANDARD = re.compile(r"GB(?:/T)?\s?\d+(?:-\d{4})?(?!\s+art)")
DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
HEAD = """# 法律条文索引

由 `python -m gongjian.law.references docs/law/index.md` 从各函数说明中的 `Law:` 行和期限、参数数据生成，请勿手工修改。
先按条文列出函数、期限和参数，再按函数、期限和参数列出条文，最后是全部期限和参数。
"""


class Reference(NamedTuple):
    """One function, limit or parameter that carries out one article; `function` is its name."""

    instrument: str
    article: int
    function: str
    purpose: str


def references(root: Path = PROJECT) -> list[Reference]:
    """All references below a folder of source, in the order of instrument, article and function."""
    found = [
        one for path in sorted(root.rglob("*.py")) if not SKIPPED & set(path.parts) for one in _of_file(path, root)
    ]
    return sorted(set(found))


def page(found: list[Reference]) -> str:
    """The index as Markdown: one table per instrument."""
    tables: dict[str, list[Reference]] = defaultdict(list)
    for one in found:
        tables[one.instrument].append(one)
    return (
        HEAD
        + "".join(_table(instrument, rows) for instrument, rows in sorted(tables.items()))
        + _back(found)
        + register()
    )


def of_data() -> list[Reference]:
    """The references of the limits and parameters, in the order of instrument, article and name."""
    found = {
        Reference(instrument, article, name, purpose)
        for name, purpose, text in cited()
        for instrument, article in citations(text)
    }
    return sorted(found)


def index() -> str:
    """The whole page as it stands in the documents."""
    return page(sorted(references() + of_data()))


def citations(text: str) -> list[tuple[str, int]]:
    """The (instrument, article) pairs of a text: "令55 art. 10, 12; 条例 art. 25-26", "令55 第十条", "GB11643" (article 0)."""
    found = [(instrument, article) for instrument, numbers in CITATION.findall(text) for article in _articles(numbers)]
    found += [(instrument, _chinese_number(number)) for instrument, number in CHINESE.findall(text)]
    return found + [(standard, 0) for standard in STANDARD.findall(text)]


def main(arguments: list[str]) -> None:
    """Write the index to the file named by the one argument."""
    if len(arguments) != 1:
        sys.exit("usage: python -m gongjian.law.references FILE")
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(index(), encoding="utf-8")


def _of_file(path: Path, root: Path) -> Iterator[Reference]:
    module = ".".join(path.relative_to(root.parent).with_suffix("").parts)
    for name, docstring in _docstrings(ast.parse(path.read_text(encoding="utf-8")), module):
        first_line = docstring.strip().splitlines()[0]
        purpose = SECTION.sub("", first_line).rstrip(" (（") or first_line
        for section in SECTION.findall(docstring):
            for instrument, article in citations(" ".join(section.split())):
                yield Reference(instrument, article, name, purpose)


def _docstrings(node: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, str]]:
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            full = f"{name}.{child.name}"
            docstring = ast.get_docstring(child)
            if docstring:
                yield full, docstring
            if isinstance(child, ast.ClassDef):
                yield from _docstrings(child, full)


def _articles(text: str) -> list[int]:
    articles: list[int] = []
    for part in re.split(r"[,，]", re.sub(r"\(\d+\)", "", text)):
        first, _, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        if first:
            articles += range(int(first), int(last or first) + 1)
    return articles


def _chinese_number(text: str) -> int:
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = 100 * DIGITS[hundreds] if hundreds else 0
    if ten:
        total += 10 * (DIGITS[tens.strip("零")] if tens.strip("零") else 1)
    return total + (DIGITS[ones.strip("零")] if ones.strip("零") else 0)


def _table(instrument: str, rows: list[Reference]) -> str:
    lines = [
        f"| {f'第{row.article}条' if row.article else '—'} | `{row.function}` | {row.purpose.replace('|', '&#124;')} |"
        for row in rows
    ]
    return f"\n## {instrument}\n\n| 条文 | 函数、期限、参数 | 用途 |\n|---|---|---|\n" + "\n".join(lines) + "\n"


def _back(found: list[Reference]) -> str:
    articles: dict[str, list[str]] = defaultdict(list)
    for one in found:
        articles[one.function].append(f"{one.instrument} 第{one.article}条" if one.article else one.instrument)
    rows = "\n".join(f"| `{name}` | {'、'.join(dict.fromkeys(each))} |" for name, each in sorted(articles.items()))
    return f"\n## 从函数、期限、参数查条文\n\n| 函数、期限、参数 | 条文 |\n|---|---|\n{rows}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
