"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, RuleError


class ExpertsOnly(NotAllowed):
    code = "workbench.experts_only"
    message = "这里是专家工作台，只供医疗卫生专家使用。请换用专家账号登录。"


class SittingNotAsked(RuleError):
    code = "workbench.sitting_not_asked"
    message = "这个场次现在不征询您的出席安排。请刷新页面，从列表中选择。"


class TooManyFindings(RuleError):
    code = "workbench.too_many_findings"
    message = "一份意见最多写{limit}项伤情。请把相近的伤情合并填写。"


class TooManySheets(RuleError):
    code = "workbench.too_many_sheets"
    message = "一项伤情最多记{limit}份测量。请另加一项伤情，或者去掉不用的测量。"
