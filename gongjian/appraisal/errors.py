"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class DraftNotFound(NotFound):
    code = "appraisal.draft_not_found"
    message = "没有找到这份未提交的申请，或者它不属于您。请从“我的案件”重新进入。"


class DraftChanged(RuleError):
    """Another device saved the same step meanwhile. `step` names it; the page shows both versions and lets the person choose."""

    code = "appraisal.draft_changed"
    message = "您打开这一页之后，这一步在别的设备上改过。系统没有覆盖，请对照两边的内容，选定后再保存。"


class DraftIncomplete(RuleError):
    code = "appraisal.draft_incomplete"
    message = "申请还不能提交，还有{count}处需要填写或改正：{what}。请回到对应的步骤补全。"


class DraftSubmitted(RuleError):
    code = "appraisal.draft_submitted"
    message = "这份申请已经提交，不能再修改。请到“我的案件”查看办理进度。"


class StepUnknown(NotFound):
    code = "appraisal.step_unknown"
    message = "申请里没有这一步。请从申请的第一步重新进入。"


class NameNotCompared(RuleError):
    code = "appraisal.name_not_compared"
    message = (
        "本件填写的姓名与平台上同一证件号码的姓名不一致。请先核对证件原件，在“核对姓名”页写明证件上的姓名，再受理。"
    )


class AccountNotFound(RuleError):
    code = "appraisal.account_not_found"
    message = "这个手机号还没有登录过本平台，不能关联。请先用这个手机号登录一次，再来办理。"


class NameMissing(RuleError):
    code = "appraisal.name_missing"
    message = "请按证件原件填写姓名，最多60个字。"


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


class WindowOnly(NotAllowed):
    code = "appraisal.window_only"
    message = "只有本单位的受理窗口可以录入纸质申请。请由窗口工作人员办理。"


class ReceivedDayWithoutReason(RuleError):
    code = "appraisal.received_day_without_reason"
    message = "收到申请的日期早于今天的，请写明理由（例如：邮寄申请、系统故障期间收件）。"


class PapersMissing(RuleError):
    code = "appraisal.papers_missing"
    message = "材料清单中还缺：{what}。请一次性告知申请人补正，或者把窗口收到的材料扫描录入后再受理。"


class NothingToAsk(RuleError):
    code = "appraisal.nothing_to_ask"
    message = "请至少写明一项需要补正的材料和补正要求。告知书只能发一次，请把所有需要补正的材料一次写全。"


class NoticeIncomplete(RuleError):
    code = "appraisal.notice_incomplete"
    message = "材料清单中还缺：{what}，告知书里没有列明。依规定只能告知一次，请把缺少的材料全部列明后再告知。"


class SecondNoticeRefused(RuleError):
    code = "appraisal.second_notice_refused"
    message = (
        "本案已于{sent:%Y-%m-%d}一次性告知过补正，依规定不能再次告知。材料齐全的请受理；仍不齐全的，请按视为放弃办理。"
    )


class SupplementLate(RuleError):
    code = "appraisal.supplement_late"
    message = "补正期限已于{due:%Y-%m-%d}届满。有正当理由的，请尽快联系受理窗口说明，由窗口决定是否准予延后。"


class NothingSupplemented(RuleError):
    code = "appraisal.nothing_supplemented"
    message = "还没有上传需要补正的材料。请按告知书逐项上传后再提交。"


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


class NotTheApplicant(NotAllowed):
    code = "appraisal.not_the_applicant"
    message = "只有申请的一方可以这样做：申请人，或者由他人代为申请的被鉴定人本人。您不是申请的一方，请联系申请人办理。"
