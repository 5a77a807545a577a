"""What stands in the navigation."""

from gongjian.kernel.frame import Entry
from gongjian.kits.access import KEEP
from gongjian.kits.queries import conflicts_waiting

ENTRIES = (
    Entry("workbench", "离线工作包", "kits:home", order=40, count=conflicts_waiting),
    Entry("desk", "离线工作包", "kits:home", KEEP, order=30, count=conflicts_waiting),
)
