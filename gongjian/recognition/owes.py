"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

EVIDENCE = named("give_evidence", "提交书面意见和举证材料")
SILENT = named("employer_silent", "用人单位逾期未举证，依其他证据办理")
