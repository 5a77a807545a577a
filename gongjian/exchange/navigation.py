"""What stands in the staff's navigation."""

from gongjian.accounts.roles import PEERS
from gongjian.exchange.queries import HANDLE
from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "受托协助调查", "exchange:incoming", HANDLE, order=64),
    Entry("desk", "异地平台", "exchange:peers", PEERS, order=97),
)
