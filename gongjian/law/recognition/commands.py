"""`gongjian law recognition ANSWERS.json`: which heads may apply and what is still unknown, on the command line."""

import json
from pathlib import Path

import click

from gongjian.law.recognition.answers import read_answers
from gongjian.law.recognition.wording import as_answer


@click.command()
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "as_text", is_flag=True, help="Answer in lines for people instead of JSON.")
def recognition(answers: Path, as_text: bool) -> None:
    """What ANSWERS (a JSON file) say to the heads of Articles 14-16. Never a decision. docs/guide/recognition.md"""
    try:
        told = json.loads(answers.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise click.UsageError(f"{answers}: not JSON ({fault})") from fault
    found = as_answer(read_answers(told))
    click.echo("\n".join(found["lines"]) if as_text else json.dumps(found, ensure_ascii=False, indent=2))
