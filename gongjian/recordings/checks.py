"""What `gongjian check` asks of recordings, and `gongjian recording verify` with it."""

from collections.abc import Iterator

from gongjian.kernel.checks import Problem
from gongjian.recordings.models import Recording
from gongjian.recordings.queries import fault_in, list_fault_in

Faults = list[tuple[str, str]]


def recordings() -> Iterator[Problem]:
    """Recordings whose list of pieces does not hold together, or ends elsewhere than it says. The bytes are the evidence store's own check."""
    for row in Recording.objects.select_related("booking__case").order_by("id").iterator():
        if found := list_fault_in(row):
            yield Problem("recordings", f"{row.booking.case.number} {row}", found.sentence)


def verified(number: str = "") -> tuple[int, Faults]:
    """How many recordings were read whole, and what is wrong with which. number: of one case, "" for all."""
    rows = Recording.objects.exclude(state="running").select_related("booking__case").order_by("id")
    rows = rows.filter(booking__case__number=number) if number else rows
    faults, count = [], 0
    for row in rows.iterator():
        count += 1
        if found := fault_in(row):
            faults.append((f"{row.booking.case.number} {row}", found.sentence))
    return count, faults
