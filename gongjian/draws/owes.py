"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

DECIDE_RECUSAL = named("decide_recusal", "答复回避申请")
CONFIRM_CHANGE = named("confirm_change", "确认抽取后的变更")
PREPARE_DRAW = named("prepare_draw", "准备本场次的专家抽取")
"""One for each sitting, kept on one of the cases that are expected there; `about` is the sitting's number."""
