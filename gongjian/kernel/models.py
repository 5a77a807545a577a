"""The kernel's tables, each written beside the mechanism it belongs to."""

from gongjian.kernel.allowance.models import Spent
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.models import Anchor, LedgerEntry, LedgerHead
from gongjian.kernel.outbox.models import Breaker, Message

__all__ = ["Anchor", "Breaker", "Evidence", "LedgerEntry", "LedgerHead", "Message", "Spent"]
