"""`gongjian law benefits FACTS.json`: the statement on the command line."""

import json
from decimal import Decimal
from pathlib import Path

import click

from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.wording import as_answer, lines
from gongjian.law.told_files import read_json_file


@click.command()
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--text", "as_text", is_flag=True, help="Answer in lines for people instead of JSON.")
def benefits(facts: Path, as_text: bool) -> None:
    """The benefits that follow from FACTS (a JSON file): items, payers, formulas, what is missing. docs/guide/benefits.md"""
    found = statement(read_facts(read_json_file(facts, decimals=Decimal)))
    click.echo("\n".join(lines(found)) if as_text else json.dumps(as_answer(found), ensure_ascii=False, indent=2))
