"""Refusals of the room."""

from gongjian.law.errors import NotAllowed as NoAuthority
from gongjian.law.errors import NotFound, RuleError


class CaseNotFound(NotFound):
    code = "cases.not_found"
    message = "没有找到案件{number}，或者您无权查看。请核对案号；如有疑问，请联系受理窗口。"


class MoveNotAllowed(RuleError):
    code = "cases.move_not_allowed"
    message = "案件现在是“{state}”，不能办理“{act}”。请刷新页面，查看案件的最新进展。"


class NotYours(NoAuthority):
    code = "cases.not_yours"
    message = "您没有在本案办理“{act}”的权限。请由承担该职责的同事办理，或联系本单位管理员。"


class MovedMeanwhile(RuleError):
    code = "cases.moved_meanwhile"
    message = "就在刚才，案件已由他人办理到“{state}”。请刷新页面后再决定下一步，您的这次操作没有生效。"


class ChangedMeanwhile(RuleError):
    code = "cases.changed_meanwhile"
    message = "您打开页面之后，案件已被修改。系统没有覆盖他人的修改；请核对下面的变化后再提交。"


class DutyConflict(RuleError):
    code = "cases.duty_conflict"
    message = "受理、复核、抽取、签发须由不同的人承担：您在本案已承担“{held}”，不能再承担“{wanted}”。请由其他同事办理。"


class ExtendedAlready(RuleError):
    code = "cases.extended_already"
    message = "本案的鉴定期限已延长过一次，依规定只能延长一次。"


class ReasonMissing(RuleError):
    code = "cases.reason_missing"
    message = "请写明理由，理由会记入案卷。"
