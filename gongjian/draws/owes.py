"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

DECIDE_RECUSAL = named("decide_recusal", "答复回避申请")
CONFIRM_CHANGE = named("confirm_change", "确认抽取后的变更")
