"""`gongjian grade …`: the grading standard on the command line. JSON out; bad input: one line that says what and where, exit 2."""

import json
from pathlib import Path
from typing import Any

import click

from gongjian.grading.answers import answer_as_json, search_as_json
from gongjian.grading.appraisal import appraise
from gongjian.grading.findings.examination import read_examination
from gongjian.grading.promotion import CountingPolicy
from gongjian.grading.schema import json_schema
from gongjian.law.command_group import OneLineErrors
from gongjian.law.told_files import read_json_file


class FileOrCommand(OneLineErrors):
    """`grade FINDINGS.json` reads a file; `grade search TEXT` is a command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["findings", *args]
        return super().resolve_command(ctx, args)


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
    examination = read_examination(read_json_file(path))
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


def _say(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
