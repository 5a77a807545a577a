"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

DECIDE_RESCHEDULE = named("decide_reschedule", "答复改期申请")
DECIDE_ABSENCE = named("decide_absence", "处理未到场")
EXPLAIN_ABSENCE = named("explain_absence", "说明未到场的理由")
REBOOK = named("rebook", "安排已不适合，重新安排")
TELL_IN_PERSON = named("tell_in_person", "当面或者电话告知鉴定时间")
FILL_SEAT = named("fill_seat", "专家组缺员且无候补，重新抽取专家组")
DECIDE_MODE = named("decide_mode", "答复鉴定方式的申请")
FOLLOW_OFFER = named("follow_offer", "落实被鉴定人对所提鉴定方式的选择")
ANSWER_COLLECTIVE = named("answer_collective", "答复单位的集中鉴定申请")
CHOOSE_ENTRUSTED = named("choose_entrusted", "选定受托的鉴定委员会并发出委托")
OF_A_WISH = (DECIDE_MODE, FOLLOW_OFFER)
"""They outlive an appointment, and end with the wish."""
LOOSE_ENDS = (DECIDE_RESCHEDULE, DECIDE_ABSENCE, EXPLAIN_ABSENCE, REBOOK, TELL_IN_PERSON, FILL_SEAT)
"""All of them end with the appointment they are about."""
