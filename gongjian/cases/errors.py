"""Refusals of the room."""

from gongjian.law.errors import NotAllowed as NoAuthority
from gongjian.law.errors import NotFound, RuleError


class CaseNotFound(NotFound):
    code = "cases.not_found"
    message = "没有找到案件{number}，或者您无权查看。请核对案号；如有疑问，请联系受理窗口。"


class MandateEndedByDeath(NoAuthority):
    code = "cases.mandate_ended_by_death"
    message = (
        "您在案件{number}里的代理已经终止：委托您的人已经去世，委托代理自那时起终止（民法典 第一百七十三条第四项）。"
        "您不知道这件事时已经办理的仍然有效（第一百七十四条）。可以继续办理的是近亲属：配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女。"
        "请近亲属带死亡证明、亲属关系证明和身份证件到受理窗口办理；近亲属也可以另行委托您。"
    )


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
    message = (
        "受理、调查、抽取、复核、签发须由不同的人承担：您在本案已承担“{held}”，不能再承担“{wanted}”。请由其他同事办理。"
    )


class ExtendedAlready(RuleError):
    code = "cases.extended_already"
    message = "本案的鉴定期限已延长过一次，依规定只能延长一次。"


class ReasonMissing(RuleError):
    code = "cases.reason_missing"
    message = "请写明理由，理由会记入案卷。"


class KeepsAway(NoAuthority):
    code = "cases.keeps_away"
    message = "您在本案应当回避，不能参与办理。请由其他同事办理。"


class RecusalWaits(RuleError):
    code = "cases.recusal_waits"
    message = "当事人申请工作人员回避，还没有决定，现在不能办理这一步。请等待管理员或者监督人员作出决定。"


class RecusalTooLate(RuleError):
    code = "cases.recusal_too_late"
    message = "本案已经作出结论或者程序已经结束，不能再申请工作人员回避。对结论不服的，可以在收到结论之日起15日内申请再次鉴定。"


class RecusalDecided(RuleError):
    code = "cases.recusal_decided"
    message = "这一回避申请已经决定过，不能重复决定。请刷新页面。"


class OwnRecusal(NoAuthority):
    code = "cases.own_recusal"
    message = "不能决定自己是否回避。请由其他管理员、监督人员或者上级机关决定。"


class WhoIsMeant(RuleError):
    code = "cases.who_is_meant"
    message = "请从办理本案的单位的工作人员中选择应当回避的人。"


class StaffRecusalNotFound(NotFound):
    code = "cases.staff_recusal_not_found"
    message = "没有找到这一回避申请，或者您无权查看。"
