"""What stands in the staff's navigation."""

from gongjian.accounts.roles import RECUSE, SEE, VISITS
from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "待办", "desk:worklist", SEE, order=10),
    Entry("desk", "一窗受理", "desk:intake", VISITS, order=15),
    Entry("desk", "工作人员回避", "desk:staff_recusal_list", RECUSE, order=46),
    Entry("desk", "案号、姓名或证件号", "desk:search", SEE, slot="search"),
)
