"""What stands in the staff's navigation."""

from functools import partial

from gongjian.accounts.roles import PEERS
from gongjian.exchange.business import BUSINESSES
from gongjian.exchange.queries import how_many_wait
from gongjian.exchange.states import Name
from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry(
        "desk",
        "受托协助调查",
        "exchange:incoming",
        BUSINESSES[Name.RECOGNITION].handle,
        order=64,
        count=partial(how_many_wait, business=Name.RECOGNITION),
    ),
    Entry(
        "desk",
        "受托鉴定",
        "exchange:incoming",
        BUSINESSES[Name.APPRAISAL].handle,
        order=65,
        count=partial(how_many_wait, business=Name.APPRAISAL),
    ),
    Entry("desk", "异地平台", "exchange:peers", PEERS, order=97),
)
