"""`gongjian law …`: the law on the command line. Bad input: one line that says what and where, exit 2."""

from typing import Any

import click

from gongjian.law.benefits.commands import benefits
from gongjian.law.clock_commands import due, limits
from gongjian.law.errors import RuleError
from gongjian.law.recognition.commands import recognition

COMMANDS = (due, limits, benefits, recognition)
"""What the parts of the law answer on the command line; a part with commands of its own adds them here."""


class OneLineErrors(click.Group):
    """Says what is wrong with the input in one line, without the usage before it; a refusal of the law is such a line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RuleError as refusal:
            raise click.UsageError(str(refusal)) from refusal
        except click.UsageError as wrong:
            wrong.ctx = None
            raise


@click.group(cls=OneLineErrors)
def law() -> None:
    """Limits and their working; benefits; recognition."""


for command in COMMANDS:
    law.add_command(command)
