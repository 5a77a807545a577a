"""What stands in the staff's navigation."""

from gongjian.accounts.administering import MANAGE
from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "人员", "accounts:colleagues", MANAGE, order=95),
    Entry("desk", "单位信息", "accounts:offices", MANAGE, order=96),
)
