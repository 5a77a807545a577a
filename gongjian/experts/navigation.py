"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "专家库", "experts:list", "experts.see", order=40),)
