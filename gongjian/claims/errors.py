"""What a benefit claim refuses."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class ClaimNotFound(NotFound):
    code = "claims.not_found"
    message = "没有找到这件待遇申领，或者您无权查看。请从“我的案件”或者待遇申领清单重新打开。"


class NothingToClaimOn(RuleError):
    code = "claims.nothing_to_claim_on"
    message = (
        "本案还没有可以据以申领待遇的决定：工伤认定决定书送达后可以申领治疗期间的待遇，鉴定结论生效后可以申领伤残待遇。"
    )


class NoAgency(RuleError):
    code = "claims.no_agency"
    message = "{office}所在地区还没有在平台上登记社会保险经办机构，不能网上申领。请持决定书到当地社会保险经办机构办理。"


class ClaimRuns(RuleError):
    code = "claims.runs_already"
    message = "这个决定已经有一件待遇申领正在办理，不用重复提交。请打开正在办理的那一件查看进展。"


class ClaimMoved(RuleError):
    code = "claims.moved"
    message = "这件申领现在是“{state}”，不能办理“{act}”。请刷新页面，按最新的情况办理。"


class NotYourClaim(NotAllowed):
    code = "claims.not_yours"
    message = "这件申领的“{act}”不由您办理：由申领人一方（或者代为录入的窗口）提交、补正、撤回，由经办机构的复核人员核定、支付。"


class FoundingFell(RuleError):
    code = "claims.founding_fell"
    message = (
        "这件申领依据的决定已经被撤销，不能再按它核定或者支付。请登记不予支付并写明理由；新的决定作出后可以重新申领。"
    )


class DayToCompleteWrong(RuleError):
    code = "claims.day_to_complete_wrong"
    message = "补齐材料的期限要晚于今天，最晚到{latest}（一年以内）。请核对年份和日期。"


class AnswerChanged(RuleError):
    code = "claims.answer_changed"
    message = "要更正的不是这件申领最后的一次答复，或者它已经更正过。请刷新页面，按最新的情况办理。"


class DayWrong(RuleError):
    code = "claims.day_paid_wrong"
    message = "支付日期要在核定之日（{approved_on}）之后，不能晚于今天。请核对支付凭证。"


class AnswerIncomplete(RuleError):
    code = "claims.answer_incomplete"
    message = "答复还不完整：{what}。请补充后再提交。"
