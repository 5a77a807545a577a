"""Refusals of the planner."""

from gongjian.law.errors import RuleError


class ProblemWrong(RuleError):
    """What was handed to the planner contradicts itself."""

    code = "planner.problem_wrong"
    message = "排期所用的资料前后矛盾：{what}。请核对场次和案件后重新排期。"


class NoSolution(RuleError):
    """A solver ended without an answer in its time."""

    code = "planner.no_solution"
    message = "在规定的计算时间内没有得出排期方案。请缩小排期范围后再试。"
