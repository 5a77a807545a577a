"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "档案", "archives:list", "archives.read", order=80),)
