"""Refusals about codes."""

from gongjian.law.errors import RuleError


class CodeSetUnknown(RuleError):
    """No code set bears this name."""

    code = "codes.set_unknown"
    message = "没有名为“{name}”的代码集。请核对名称。"


class CodeUnknown(RuleError):
    """A value or a code that the set does not have on the day."""

    code = "codes.code_unknown"
    message = "“{title}”在{on:%Y-%m-%d}没有“{code}”。请核对代码和日期。"


class FieldUnknown(RuleError):
    """No field bears this name."""

    code = "codes.field_unknown"
    message = "没有名为“{field}”的指标项。请核对名称。"


class RegionUnknown(RuleError):
    """The code is no region on the day, or none at all."""

    code = "codes.region_unknown"
    message = "行政区划代码“{code}”在{on:%Y-%m-%d}不存在。请核对代码和日期。"
