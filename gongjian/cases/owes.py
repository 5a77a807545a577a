"""What this room owes beside the tables of the procedures."""

from gongjian.cases.labels import named

DECIDE_STAFF_RECUSAL = named("decide_staff_recusal", "决定工作人员回避申请")
FIND_COLLEAGUE = named("find_colleague", "指派其他工作人员承担职责")
