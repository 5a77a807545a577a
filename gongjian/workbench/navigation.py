"""What stands in the experts' navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("workbench", "今日检查", "workbench:home", order=10),
    Entry("workbench", "出席安排", "workbench:sittings", order=20),
    Entry("workbench", "我的履职", "workbench:history", order=30),
)
