"""What stands in the staff's navigation."""

from gongjian.accounts.roles import DEATHS
from gongjian.deaths.queries import how_many_wait
from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "突发疾病死亡报告", "deaths:list", DEATHS, order=21, count=how_many_wait),)
