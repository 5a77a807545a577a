"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class ExpertNotFound(NotFound):
    code = "experts.not_found"
    message = "专家库中没有这位专家，或者您无权查看。请从专家名单重新进入。"


class PoolNotYours(NotAllowed):
    code = "experts.not_yours"
    message = "您没有管理本单位专家库的权限。请由专家库管理人员办理，或联系本单位管理员。"


class AnswerNotYours(NotAllowed):
    code = "experts.answer_not_yours"
    message = "只有专家本人或者场次安排人员可以登记能否到场。"


class ExpertCannotCome(RuleError):
    code = "experts.cannot_come"
    message = "专家{number}在该场次当日不能参加抽取：{reasons}。请先在专家库中办理聘任、培训或恢复手续。"


class NotInvited(RuleError):
    code = "experts.not_invited"
    message = "专家{number}属于外地鉴定委员会，本场次没有邀请记录，不能登记能否到场。请先在场次页登记邀请。"


class InvitedAlready(RuleError):
    code = "experts.invited_already"
    message = "专家{number}已被邀请参加本场次，不需要重复登记。"


class InvitationIncomplete(RuleError):
    code = "experts.invitation_incomplete"
    message = "请写明专家所属的鉴定委员会（不是本单位）和邀请函、同意函的文号。"


class NoGuest(RuleError):
    code = "experts.no_guest"
    message = "专家{number}不是外地受邀专家：本单位和省内共享的专家不用邀请，可以直接抽取。"


class InvitationGone(NotFound):
    code = "experts.invitation_gone"
    message = "没有找到这份邀请，或者它已经撤回。请刷新页面。"


class SittingOver(RuleError):
    code = "experts.sitting_over"
    message = "这一场次已经开始或已经结束，不能再登记能否到场。"


class SpecialtyUnknown(RuleError):
    code = "experts.specialty_unknown"
    message = "专业目录里没有所填的专业。请从目录中选择至少一个专业。"


class TitleTooLow(RuleError):
    code = "experts.title_too_low"
    message = "专家应当具有医疗卫生高级专业技术职务任职资格（令55 第二十四条）。请核对职称级别。"


class TermWrong(RuleError):
    code = "experts.term_wrong"
    message = "聘期应当自开始日起不超过{years}年（令55 第二十四条），且结束日晚于开始日。期满后可以续聘。"


class ReasonMissing(RuleError):
    code = "experts.reason_missing"
    message = "请写明理由，理由会记入专家档案。"


class PeriodWrong(RuleError):
    code = "experts.period_wrong"
    message = "结束日期应当晚于开始日期。请核对日期。"


class DismissedAlready(RuleError):
    code = "experts.dismissed"
    message = "专家{number}已经解聘，不能再办理这一步。需要再次聘任的，请重新登记。"


class TrainingInFuture(RuleError):
    code = "experts.training_in_future"
    message = "培训合格日期不能晚于今天。请在培训合格后登记。"


class NumberTaken(RuleError):
    code = "experts.number_taken"
    message = "专家编号{number}已被使用。请核对编号。"


class ChangedMeanwhile(RuleError):
    code = "experts.changed_meanwhile"
    message = "您打开页面之后，专家{number}的资料已被他人修改。系统没有覆盖他人的修改；请重新打开后再改。"


class SheetUnreadable(RuleError):
    code = "experts.sheet_unreadable"
    message = "这个文件不能读取：{what}。请使用本页下载的表格模板填写后再上传。"


class SheetHasErrors(RuleError):
    code = "experts.sheet_has_errors"
    message = "表格中有{count}行不符合要求，一行也没有导入。请按提示改正后重新上传。"


class ImportGone(NotFound):
    code = "experts.import_gone"
    message = "没有找到这次导入，或者它已经办理完毕。请重新上传表格。"


class AccountAlready(RuleError):
    code = "experts.account_already"
    message = "这名专家已有登录账号。忘记口令的，请生成新口令。"


class NoAccount(RuleError):
    code = "experts.no_account"
    message = "这名专家还没有登录账号，请先开通。"
