"""What `gongjian check` asks of the evidence store."""

from collections.abc import Iterator

from gongjian.kernel.checks import Problem
from gongjian.kernel.evidence.queries import Fault, files_without_row, findings


def evidence(*, sample: int | None = None) -> Iterator[Problem]:
    """Every acknowledged file that is missing or changed (all, or about `sample` of them), and every file nobody acknowledged."""
    for name, fault in (*findings(sample=sample), *files_without_row()):
        yield Problem("evidence", name, fault.value, is_harmless=fault is Fault.UNKNOWN)
