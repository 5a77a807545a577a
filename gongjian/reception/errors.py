"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class KioskNotOpen(RuleError):
    code = "reception.kiosk_not_open"
    message = "这台自助机现在没有启用。请到人工报到台报到，或者请工作人员启用本机。"


class NotRecognised(RuleError):
    """Unknown, and known but with the wrong second number: one answer, so that nothing is learnt from it."""

    code = "reception.not_recognised"
    message = "两项信息没有对上今天的安排。请核对后再试一次；仍不成功的，请到人工报到台，带上身份证件和鉴定通知书。"


class TriedTooOften(RuleError):
    code = "reception.tried_too_often"
    message = "试的次数太多了。为了保护个人信息，请到人工报到台报到。"


class ComesAnotherDay(RuleError):
    code = "reception.comes_another_day"
    message = "您的鉴定安排在{day:%Y年%m月%d日}，不是今天。请按通知书上的日期来；日期有疑问的，请到人工报到台询问。"


class ComesElsewhere(RuleError):
    code = "reception.comes_elsewhere"
    message = "您今天的鉴定安排在{place}，不在这里。请到该处报到；找不到的，请问工作人员。"


class NoLongerExpected(RuleError):
    code = "reception.no_longer_expected"
    message = "您的这次安排已经有了变化，不能自助报到。请到人工报到台询问。"


class DayNotFound(NotFound):
    code = "reception.day_not_found"
    message = "没有找到这一页，或者它已经过期。请看号票上的二维码，或者到人工报到台询问。"


class NobodyAtTheDesk(RuleError):
    code = "reception.nobody_at_the_desk"
    message = "现在没有人等候核验身份。"


class DeskNameMissing(RuleError):
    code = "reception.desk_name_missing"
    message = "请写明是哪个核验台（如“1号台”），叫号屏会显示它。"


class DelayWrong(RuleError):
    code = "reception.delay_wrong"
    message = "请选择原因，并把晚开始的时间填写为5至480分钟。"


class FeedbackTooEarly(RuleError):
    code = "reception.feedback_too_early"
    message = "您的检查还没有结束。结束以后，可以在这里评价。"


class MarkMissing(RuleError):
    code = "reception.mark_missing"
    message = "请先选择满意的程度，再提交。"


class NotOnTheSpot(RuleError):
    code = "reception.not_on_the_spot"
    message = "现在是“{stage}”，不能在现场办理改期：只有当天、还没有抽取专家组的可以办理。抽取以后不能换组重来；身体不适的先安排休息，可以过号，排到队尾。"


class OperationUnknown(RuleError):
    code = "reception.operation_unknown"
    message = "没有这种整场办理的事项。请从列表中选择。"


class HasCome(RuleError):
    code = "reception.has_come"
    message = "这个人已经报到，不能登记为未到场。没有核验身份、没有检查的，请核对当天的情况；确实离开了的，在“现场人员”里逐人登记。"


class NothingToDo(RuleError):
    code = "reception.nothing_to_do"
    message = "本场没有人需要“{what}”，或者都已经办过。"


class RunUnderWay(RuleError):
    code = "reception.run_under_way"
    message = "本场的“{what}”正在办理，不需要再次发起。请查看办理进度。"


class RunNotFound(NotFound):
    code = "reception.run_not_found"
    message = "没有找到这次整场办理，或者您无权查看。请从本场的现场页重新进入。"
