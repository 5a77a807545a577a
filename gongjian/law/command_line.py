"""`gongjian law …`: the law on the command line. Bad input: one line that says what and where, exit 2."""

import json
from typing import Any

import click

from gongjian.law import asking
from gongjian.law.errors import RuleError
from gongjian.law.limits import all_limits


class OneLineErrors(click.Group):
    """Says what is wrong with the input in one line, without the usage before it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            wrong.ctx = None
            raise


@click.group(cls=OneLineErrors)
def law() -> None:
    """Limits and their working."""


@law.command()
@click.argument("limit")
@click.option("--from", "start", required=True, metavar="DATE", help="The day of the start event, itself not counted.")
@click.option("--pause", "pauses", multiple=True, metavar="A:B", help="The days A to B, both included, do not count.")
@click.option("--region", metavar="CODE", help="Six digits; without it the national values.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def due(limit: str, start: str, pauses: tuple[str, ...], region: str | None, as_json: bool) -> None:
    """The due day of LIMIT (such as LA-DECIDE), with the whole working."""
    try:
        answer = asking.due(limit, start, pauses=pauses, region=region)
    except RuleError as refusal:
        raise click.UsageError(str(refusal)) from refusal
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    click.echo(f"{answer['limit']} {answer['title']}：{answer['due']}{'（暂定）' if answer['provisional'] else ''}")
    for step in answer["working"]:
        article = f"［{step['article']}］" if step["article"] else ""
        click.echo(f"  {step['day'] or ' ' * 10}  {step['what']}{article}")


@law.command()
def limits() -> None:
    """All limits by their ids."""
    for one in all_limits().values():
        click.echo(f"{one.id:16} {one.title}；自{one.start}起；{one.basis[-1][1]}")
