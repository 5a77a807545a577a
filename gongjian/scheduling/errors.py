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
