"""What stands in the staff's navigation."""

from gongjian.accounts.roles import PEERS
from gongjian.exchange.business import BUSINESSES
from gongjian.exchange.states import Name
from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "受托协助调查", "exchange:incoming", BUSINESSES[Name.RECOGNITION].handle, order=64),
    Entry("desk", "受托鉴定", "exchange:incoming", BUSINESSES[Name.APPRAISAL].handle, order=65),
    Entry("desk", "异地平台", "exchange:peers", PEERS, order=97),
)
