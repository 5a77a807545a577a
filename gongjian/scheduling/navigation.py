"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "排期", "scheduling:index", "sittings.plan", order=31),)
