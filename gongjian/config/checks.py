"""All that `gongjian check` looks for: one line for each question, and what it found."""

from collections.abc import Callable, Iterable, Iterator

from gongjian.archives import checks as archives
from gongjian.cases import checks as cases
from gongjian.delivery import checks as delivery
from gongjian.draws import checks as draws
from gongjian.kernel.checks import Problem
from gongjian.kernel.evidence import checks as evidence
from gongjian.kernel.ledger import checks as ledger
from gongjian.kernel.outbox import checks as outbox
from gongjian.opinions import checks as opinions
from gongjian.papers import checks as papers
from gongjian.recordings import checks as recordings
from gongjian.sittings import checks as sittings

CHECKS: dict[str, Callable[[], Iterable[Problem]]] = {
    "ledger": ledger.ledger,
    "evidence": evidence.evidence,
    "outbox": outbox.outbox,
    "limbo": cases.limbo,
    "case_numbers": cases.case_numbers,
    "due_days": cases.due_days,
    "paper_numbers": papers.paper_numbers,
    "paper_bytes": papers.paper_bytes,
    "deliveries": delivery.deliveries,
    "seals": opinions.seals,
    "votes": opinions.votes,
    "draw_receipts": draws.receipts,
    "draw_seats": draws.seats,
    "departures": draws.departures,
    "draw_changes": draws.changes,
    "draw_reasons": draws.reasons,
    "capacity": sittings.capacity,
    "notices": sittings.notices,
    "archives": archives.archives,
    "recordings": recordings.recordings,
}


def run_checks(only: Iterable[str] = ()) -> Iterator[tuple[str, list[Problem]]]:
    """Each check's name and what it found, in the order of the table. Raises: KeyError for a name that is no check."""
    for name in list(only) or CHECKS:
        yield name, list(CHECKS[name]())
