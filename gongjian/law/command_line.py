"""`gongjian law …`: the law on the command line. Bad input: one line that says what and where, exit 2."""

import click

from gongjian.law.benefits.commands import benefits
from gongjian.law.clock_commands import due, limits
from gongjian.law.command_group import OneLineErrors
from gongjian.law.recognition.commands import recognition

COMMANDS = (due, limits, benefits, recognition)
"""What the parts of the law answer on the command line; a part with commands of its own adds them here."""


@click.group(cls=OneLineErrors)
def law() -> None:
    """Limits and their working; benefits; recognition."""


for command in COMMANDS:
    law.add_command(command)
