"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class NotRecognisedHere(RuleError):
    code = "appraisal.not_recognised_here"
    message = "没有找到可以沿用的工伤认定：要在本平台认定为工伤（或者视同工伤），决定书已经送达。请改为自己填写决定书的文号和日期。"


class InjuryInHand(RuleError):
    """Another case of the same person with the same recognition decision came first. `number` is that case's."""

    code = "appraisal.injury_in_hand"
    message = (
        "同一工伤认定决定已有在先的案件{number}，同一伤情只作一次初次鉴定，本件不能受理。"
        "请告知申请人撤回本件（可在窗口凭书面撤回申请办理），并用“查找为我申请的案件”加入在先的案件。"
    )


class NothingToExtend(RuleError):
    code = "appraisal.nothing_to_extend"
    message = "案件现在是“{state}”，作出结论的期限已经不在进行，没有期限可以延长。"


class MandateNotFound(NotFound):
    code = "appraisal.mandate_not_found"
    message = "没有找到您可以取消的这份委托：它可能已经取消，或者不是您给出的。请返回案件查看。"


class SupplementLate(RuleError):
    code = "appraisal.supplement_late"
    message = "补正期限已于{due:%Y-%m-%d}届满。有正当理由的，请尽快联系受理窗口说明，由窗口决定是否准予延后。"


class LaterDayGranted(RuleError):
    code = "appraisal.later_day_granted"
    message = "本案的补正期限已经准予延后过一次，不能再次延后。"


class NoNoticeYet(RuleError):
    code = "appraisal.no_notice_yet"
    message = "没有告知过补正、申请人也没有补正过的，不能按视为放弃办理。请先一次性告知补正。"


class GroundNotMet(RuleError):
    code = "appraisal.ground_not_met"
    message = "不能以“{ground}”为由不予受理：{why}请核对后选择正确的理由，或者受理。"


class CompetentMissing(RuleError):
    code = "appraisal.competent_missing"
    message = "以不属于本机关管辖为由不予受理的，要写明哪个机关有管辖权和它的联系方式，让申请人知道该去哪里。"


class CreditCodeMissing(RuleError):
    code = "appraisal.credit_code_missing"
    message = "请照营业执照填写18位统一社会信用代码。只凭单位名称不能关联：同名的单位不止一家。"


class EmployerDiffers(RuleError):
    code = "appraisal.employer_differs"
    message = (
        "营业执照上的统一社会信用代码或者名称，与本案登记的用人单位不一致，不能关联。"
        "请核对是不是这一家单位；本案的用人单位登记错了的，请先联系申请人核实。"
    )


class AccountOnOtherSide(RuleError):
    code = "appraisal.account_on_other_side"
    message = "这个手机号的账户已经是被鉴定人一方的，不能同时代表用人单位。请用人单位换一个手机号登录后再来关联。"


class AgentNameMissing(RuleError):
    code = "appraisal.agent_name_missing"
    message = "凭授权委托书关联的，请写明代理人的姓名。"


class DeathNotNotable(RuleError):
    code = "appraisal.death_not_notable"
    message = "案件现在是“{state}”，不用再登记死亡。需要补充说明的，请把证明存入案卷。"


class DeathNoted(RuleError):
    code = "appraisal.death_noted"
    message = (
        "本案已经登记过被鉴定人死亡（{on:%Y-%m-%d}），不能重复登记。要更换收件的近亲属，请在送达页面修改收件人和地址。"
    )


class RelativeIncomplete(RuleError):
    code = "appraisal.relative_incomplete"
    message = "写了近亲属的，姓名、与被鉴定人的关系、地址三项都要写，文书才能送到；暂时不知道的，三项都不写。"
