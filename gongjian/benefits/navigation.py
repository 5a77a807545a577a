"""What stands in the navigation of the faces."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("public", "待遇估算", "benefits:estimate", order=30),
    Entry("portal", "待遇估算", "benefits:estimate", order=35),
)
