"""What the estimate refuses."""

from gongjian.law.errors import RuleError


class SheetWrong(RuleError):
    """What the page carries from one question to the next is not what the page wrote."""

    code = "benefits.sheet_wrong"
    message = "页面带回的内容不完整，不能继续。请从头重新估算；所填内容没有保存在平台上。"
