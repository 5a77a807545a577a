"""What `gongjian check` asks of the ledger."""

from collections.abc import Iterator

from gongjian.kernel.checks import Problem
from gongjian.kernel.ledger.queries import verify


def ledger() -> Iterator[Problem]:
    """Every fault of every chain and anchor."""
    for fault in verify()[1]:
        yield Problem("ledger", f"{fault.chain}#{fault.sequence}", fault.sentence)
