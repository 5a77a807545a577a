"""`gongjian docs`: write again the pages of docs/ that the code decides."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from gongjian.accounts.roles import LABELS, PARTY, PERMISSIONS, SYSTEM
from gongjian.appraisal.states import PROCEDURE
from gongjian.cases.states import Move, Procedure
from gongjian.grading.schema import page as findings_page
from gongjian.law.references import index
from gongjian.recognition.states import PROCEDURE as RECOGNITION

ROOT = Path(__file__).parents[2]
HEAD = """# {title}：流程表

由 `gongjian docs` 根据 `gongjian/{room}/states.py` 生成，请勿手工修改。按钮、接口、待办、测试和本页读的是同一张表。

```mermaid
{chart}
```
"""


def moves_page(procedure: Procedure = PROCEDURE) -> str:
    """The table of a procedure as a chart, a list of moves, and what each state owes."""
    return "".join(
        [
            HEAD.format(title=procedure.title, room=procedure.name.split(".")[0], chart=chart(procedure)),
            "\n## 步骤\n\n| 步骤 | 从 | 到 | 谁办 | 依据 |\n|---|---|---|---|---|\n",
            *(_move_row(move, procedure) for move in procedure.moves),
            "\n## 每个状态下有人负有的下一步义务\n\n| 状态 | 义务 | 由谁 | 期限 | 依据 |\n|---|---|---|---|---|\n",
            *_owed_rows(procedure),
            f"\n办结（不再负有义务）的状态：{'、'.join(procedure.labels[state] for state in sorted(procedure.closed))}。\n",
        ]
    )


def chart(procedure: Procedure) -> str:
    """The states and moves in the language of Mermaid."""
    first = next(iter(procedure.labels))
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f'    state "{label}" as {state}' for state, label in procedure.labels.items()]
    lines += [f"    {move.start} --> {move.end}: {move.label}" for move in procedure.moves]
    return "\n".join(lines + [f"    {state} --> [*]" for state in sorted(procedure.closed)])


def who(permission: str) -> str:
    """Who may take a step, in words."""
    if permission == PARTY:
        return "当事人"
    if permission == SYSTEM:
        return "系统（其他办理的结果）"
    return "、".join(LABELS[role] for role, held in PERMISSIONS.items() if permission in held)


def _move_row(move: Move, procedure: Procedure) -> str:
    start, end = procedure.labels[move.start], procedure.labels[move.end]
    return f"| {move.label} `{move.act}` | {start} | {end} | {who(move.permission)} | {move.article} |\n"


def _owed_rows(procedure: Procedure) -> list[str]:
    parties = {"applicant": "申请人", "experts": "专家组"}
    roles = {role.value: label for role, label in LABELS.items()}
    return [
        f"| {procedure.labels[state]} | {owed.label} `{owed.kind}` | {roles.get(owed.role) or parties[owed.party]}"
        f" | {owed.limit or '—'} | {owed.article} |\n"
        for state, each in procedure.owed.items()
        for owed in each
    ]


def law_index() -> str:
    """The index article → functions, limits and parameters, and back."""
    return index()


PAGES: dict[str, Callable[[], str]] = {
    "docs/law/index.md": law_index,
    "docs/law/appraisal-moves.md": moves_page,
    "docs/law/recognition-moves.md": partial(moves_page, RECOGNITION),
    "docs/guide/findings.md": findings_page,
}


@click.command()
@click.option("--check", is_flag=True, help="只核对，不写；有过时的页面时退出码为1。")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=ROOT, help="代码库的目录。")
@click.pass_context
def docs(context: click.Context, check: bool, root: Path) -> None:
    """重新生成文档中由代码决定的页面。"""
    if not (root / "docs").is_dir():
        raise click.UsageError(f"{root} 下没有 docs 目录。请在代码库中运行，或用 --root 指定。")
    stale = [path for path, write in PAGES.items() if _read(root / path) != write()]
    for path in stale:
        click.echo(f"{path} {'已过时' if check else '已更新'}")
        if not check:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(PAGES[path](), encoding="utf-8")
    if not stale:
        click.echo("没有过时的页面。")
    context.exit(1 if stale and check else 0)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
