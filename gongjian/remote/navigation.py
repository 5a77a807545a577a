"""What stands in the navigation of staff and experts."""

from gongjian.kernel.frame import Entry
from gongjian.remote.queries import KEEPS

ENTRIES = (
    Entry("desk", "视频会场", "remote:list", KEEPS, order=30),
    Entry("workbench", "视频会场", "remote:list", order=30),
)
