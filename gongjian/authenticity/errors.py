"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class SourceNotSet(RuleError):
    code = "authenticity.source_not_set"
    message = "没有接通这个部门的协查接口。请系统管理员按接口说明设置，或者发纸质协查函。"


class InquiryIncomplete(RuleError):
    code = "authenticity.incomplete"
    message = "请写明协查的事由和医疗机构，就诊日期不晚于今天，答复期限在今天以后、{most}日以内。"


class PaperNotOpen(NotFound):
    code = "authenticity.paper_not_open"
    message = "没有找到这份材料，或者您现在无权查看。请从案件页重新进入。"


class InquiryNotFound(NotFound):
    code = "authenticity.inquiry_not_found"
    message = "没有找到这次协查，或者您无权查看。请从案件页重新进入。"


class AnswerWrong(RuleError):
    code = "authenticity.answer_wrong"
    message = "对方的答复不合接口说明（{fault}），没有采用。"


class PairNotFound(NotFound):
    code = "authenticity.pair_not_found"
    message = "没有找到这一对图片，或者您无权查看。请从案件的材料核查页重新进入。"


class ComparisonUnclear(RuleError):
    code = "authenticity.comparison_unclear"
    message = "请选择核对的结果，并写明依据，例如核对了什么、问过谁。"
