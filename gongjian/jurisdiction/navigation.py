"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "管辖", "jurisdiction:table", order=97),)
