"""What stands in the staff's navigation."""

from gongjian.accounts.roles import SITTINGS
from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "今日现场", "reception:today", SITTINGS, order=29),)
