"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class NoOpinion(RuleError):
    code = "conclusions.no_opinion"
    message = "专家组意见还没有形成，不能复核或者签发。请等待专家组完成检查和表决。"


class OpinionNotFollowed(RuleError):
    """What is to be signed is not what the group has found, or not what the reviewer or the signer has seen."""

    code = "conclusions.opinion_not_followed"
    message = "{what}与专家组意见不一致。鉴定结论必须依据专家组意见作出，任何人不得改变；本次操作没有生效，请退回复核后重新办理。"


class NotReviewed(RuleError):
    code = "conclusions.not_reviewed"
    message = "本案没有复核记录，不能签发。请先由复核人员复核。"


class ReviewNoteMissing(RuleError):
    code = "conclusions.review_note_missing"
    message = "复核发现{count}处需要留意，请逐条看过，并在复核说明中写明核对结果。复核不能改变专家组意见。"


class OpinionDefective(RuleError):
    code = "conclusions.opinion_defective"
    message = (
        "专家组意见有形式上的缺陷，不能据以作出结论：{what}"
        "复核人员和委员会都不能代为补正，请用“退回原专家组”写明缺陷，由原专家组重新出具意见。"
    )


class NoProvince(RuleError):
    code = "conclusions.no_province"
    message = "“{office}”没有登记上级劳动能力鉴定委员会，结论书无法告知再次鉴定的途径。请管理员先登记。"


class NobodyToCopy(RuleError):
    code = "conclusions.nobody_to_copy"
    message = "没有登记职工参保地或者“{office}”所在地的{kind}，结论书无法依规定抄送。请管理员先登记该机构。"


class NoEmployer(RuleError):
    code = "conclusions.no_employer"
    message = "本案没有登记用人单位，结论书缺少法定内容，不能签发。请受理窗口先补充。"


class NothingChosen(RuleError):
    code = "conclusions.nothing_chosen"
    message = "请先勾选要签发的案件。"


class BatchNotFound(NotFound):
    code = "conclusions.batch_not_found"
    message = "没有找到这一批签发，或者它不是您发起的。请从签发清单重新进入。"


class PageNotThere(NotFound):
    code = "conclusions.page_not_there"
    message = "草稿没有这一页。请从签发页面重新进入。"
