"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

EVIDENCE = named("give_evidence", "提交书面意见和举证材料")
JOINING = named("decide_joining", "判断是否同一次伤害的申请")
SILENT = named("employer_silent", "用人单位逾期未举证，依其他证据办理")
SIGN_REVISION = named("sign_revision", "签发更正、撤销决定")
REPLY = named("reply_to_remedy", "答复行政复议、行政诉讼")
AWAIT_REMEDY = named("await_remedy", "跟踪行政复议、行政诉讼的结果")
CARRY_OUT = named("carry_out_remedy", "依行政复议、行政诉讼的结果撤销或者重新作出决定")
AWAIT_SUIT = named("await_suit", "等待不服行政复议决定的起诉期限届满")
TAKE_UP = named("take_up_handed_over", "接手移交的案件，确定调查人员")
