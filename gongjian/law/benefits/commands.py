"""`gongjian law benefits FACTS.json`: the statement on the command line."""

import json
from decimal import Decimal
from pathlib import Path

import click

from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.wording import as_answer, lines


@click.command()
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "as_text", is_flag=True, help="Answer in lines for people instead of JSON.")
def benefits(facts: Path, as_text: bool) -> None:
    """The benefits that follow from FACTS (a JSON file): items, payers, formulas, what is missing. docs/guide/benefits.md"""
    try:
        told = json.loads(facts.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, RecursionError) as fault:
        raise click.UsageError(f"{facts}: not JSON ({fault})") from fault
    found = statement(read_facts(told))
    click.echo("\n".join(lines(found)) if as_text else json.dumps(as_answer(found), ensure_ascii=False, indent=2))
