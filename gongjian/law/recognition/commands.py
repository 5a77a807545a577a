"""`gongjian law recognition ANSWERS.json`: which heads may apply and what is still unknown, on the command line."""

import json
from pathlib import Path

import click

from gongjian.law.recognition.answers import read_answers
from gongjian.law.recognition.wording import as_answer
from gongjian.law.told_files import read_json_file


@click.command()
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--text", "as_text", is_flag=True, help="Answer in lines for people instead of JSON.")
def recognition(answers: Path, as_text: bool) -> None:
    """What ANSWERS (a JSON file) say to the heads of Articles 14-16. Never a decision. docs/guide/recognition.md"""
    found = as_answer(read_answers(read_json_file(answers)))
    click.echo("\n".join(found["lines"]) if as_text else json.dumps(found, ensure_ascii=False, indent=2))
