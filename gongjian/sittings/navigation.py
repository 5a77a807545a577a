"""What stands in the staff's navigation."""

from gongjian.accounts.roles import SITTINGS
from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "鉴定场次", "sittings:list", SITTINGS, order=30),
    Entry("desk", "改期申请", "sittings:requests", "sittings.reschedule", order=32),
    Entry("desk", "鉴定方式申请", "sittings:wishes", "sittings.book", order=33),
)
