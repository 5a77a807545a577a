"""`gongjian grade …`: the grading standard on the command line. JSON out; bad input: one line that says what and where, exit 2."""

import json
from pathlib import Path
from typing import Any

import click

from gongjian.grading.answers import answer_as_json, search_as_json
from gongjian.grading.appraisal import appraise
from gongjian.grading.errors import ExaminationUnreadable
from gongjian.grading.findings.examination import read_examination
from gongjian.grading.promotion import CountingPolicy
from gongjian.grading.schema import json_schema
from gongjian.law.errors import RuleError

_MOST_BYTES = 2_000_000


class FileOrCommand(click.Group):
    """`grade FINDINGS.json` reads a file; `grade search TEXT` is a command. Says what is wrong in one line."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["findings", *args]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            wrong.ctx = None
            raise
        except RuleError as refusal:
            raise click.UsageError(str(refusal)) from refusal


@click.group(cls=FileOrCommand)
def grade() -> None:
    """Candidates of the grading standard for a file of findings, and search in its clauses."""


@grade.command()
@click.argument("path", metavar="FINDINGS.json", type=click.Path(path_type=Path))
@click.option(
    "--policy", type=click.Choice([each.value for each in CountingPolicy]), default=CountingPolicy.INJURY.value
)
def findings(path: Path, policy: str) -> None:
    """What the standard says to the findings in a file."""
    examination = read_examination(_json(path))
    answer = appraise(examination, policy=CountingPolicy(policy))
    _say(answer_as_json(examination, answer))


@grade.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 530), default=50, help="How many clauses at most.")
def search(text: str, limit: int) -> None:
    """Clauses by words, pinyin initials or number."""
    _say(search_as_json(text, limit=limit))


@grade.command()
def schema() -> None:
    """The form of a file of findings, as a JSON schema."""
    _say(json_schema())


def _json(path: Path) -> object:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ExaminationUnreadable(where=path.name, fault="文件过大")
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as wrong:
        raise ExaminationUnreadable(where=path.name, fault="文件不存在或读不了") from wrong
    except json.JSONDecodeError as wrong:
        raise ExaminationUnreadable(where=path.name, fault=f"第{wrong.lineno}行第{wrong.colno}列不是JSON") from wrong
    except (UnicodeDecodeError, RecursionError) as wrong:
        raise ExaminationUnreadable(where=path.name, fault="不是UTF-8编码的JSON") from wrong


def _say(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
