"""Refusals of planning."""

from gongjian.law.errors import NotFound, RuleError


class ProposalNotFound(NotFound):
    """No proposal, or none that may be known of."""

    code = "scheduling.not_found"
    message = "没有找到这份排期方案，或者您无权查看。请回到排期页重新打开。"


class ProposalOver(RuleError):
    """The proposal has been accepted or replaced by another."""

    code = "scheduling.over"
    message = "这份排期方案已经{state}，不能再修改。请打开最新的方案，或者重新排期。"


class AlreadySettled(RuleError):
    """This case of the proposal has been booked already."""

    code = "scheduling.settled"
    message = "这一件已经按方案安排，不能再在方案里改动。需要改期的，请从案件页办理。"


class NotInThisPlan(RuleError):
    """The sitting is none of those that the proposal was made for."""

    code = "scheduling.other_sitting"
    message = "场次{number}不在本方案的范围内：已不能安排人员，或者不属于本单位。请重新排期后再选。"


class NothingToPlan(RuleError):
    """There is nobody waiting, or no sitting to come."""

    code = "scheduling.nothing"
    message = "现在没有可以排期的内容：没有待安排的案件，或者没有仍可通知到人的场次。请先新建场次。"


class PlanningUnderWay(RuleError):
    """The office has asked already, and the worker has not come to an end."""

    code = "scheduling.under_way"
    message = "后台正在为本单位排期，还没有结束。请等这一次结束，或者刷新页面看进度。"


class InsertionChanged(RuleError):
    """What would move is not what the person has seen."""

    code = "scheduling.insertion_changed"
    message = "打开这一页之后，场次或者方案有了变动，插入会动到的人不同了。什么都没有改动，请看新的结果，再决定。"


class NowhereToInsert(RuleError):
    """No sitting takes the urgent case, even where others would move."""

    code = "scheduling.nowhere"
    message = "不动已经通知的人，就没有能排入本案的场次。请增加名额、加开场次，或者与已通知的人商量改期。"
