"""What this room owes."""

from gongjian.cases.labels import named

SETTLE_KIT = named("settle_kit", "处理离线工作包带回的冲突")
