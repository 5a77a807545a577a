"""How a command of the law answers bad input: one line that says what and where, exit 2."""

from typing import Any

import click

from gongjian.law.errors import RuleError

LONGEST = 400
MIDDLE = "……"


class OneLineErrors(click.Group):
    """Says what is wrong with the input in one line, without the usage before it; a refusal of the law is such a line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RuleError as refusal:
            raise click.UsageError(one_line(str(refusal))) from refusal
        except click.UsageError as wrong:
            raise click.UsageError(one_line(wrong.format_message())) from wrong


def one_line(text: str) -> str:
    """A text that may repeat what was handed in, safe for a terminal: no line breaks or control signs, and not too long."""
    told = "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))
    half = (LONGEST - len(MIDDLE)) // 2
    return told if len(told) <= LONGEST else f"{told[:half]}{MIDDLE}{told[-half:]}"
