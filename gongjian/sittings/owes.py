"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

DECIDE_RESCHEDULE = named("decide_reschedule", "答复改期申请")
DECIDE_ABSENCE = named("decide_absence", "处理未到场")
EXPLAIN_ABSENCE = named("explain_absence", "说明未到场的理由")
REBOOK = named("rebook", "安排已不适合，重新安排")
TELL_IN_PERSON = named("tell_in_person", "当面或者电话告知鉴定时间")
FILL_SEAT = named("fill_seat", "专家组缺员且无候补，重新抽取专家组")
LOOSE_ENDS = (DECIDE_RESCHEDULE, DECIDE_ABSENCE, EXPLAIN_ABSENCE, REBOOK, TELL_IN_PERSON, FILL_SEAT)
"""All of them end with the appointment they are about."""
