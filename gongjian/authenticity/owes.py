"""What this room owes beside the tables of the procedures."""

from gongjian.cases.labels import named

READ_FINDING = named("read_inquiry_finding", "查看协查答复，判断材料")
COMPARE = named("compare_pictures", "核对与其他案件相同的图片")
UNANSWERED = named("inquiry_unanswered", "协查逾期未答复，另行核实")
