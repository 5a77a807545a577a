"""What the benefits refuse."""

from gongjian.law.errors import RuleError


class RateNotRecorded(RuleError):
    """A local standard that is not in the data, or not for this day: refused, not guessed."""

    code = "law.rate_not_recorded"
    message = "“{title}”由当地规定，{region}的标准尚未录入，不能计算。请向当地社会保险经办机构查询。"


class RateNotInForce(RuleError):
    """The day lies outside the days for which the standard is in the data."""

    code = "law.rate_not_in_force"
    message = "“{title}”没有适用于{on:%Y-%m-%d}的标准，不能计算；已录入的标准不能用来推算。"
