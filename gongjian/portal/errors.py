"""What the applicants' pages refuse."""

from gongjian.law.errors import NotFound, RuleError


class LimitNotFound(NotFound):
    """No such limit in the case, or none that concerns who asks."""

    code = "portal.limit_not_found"
    message = "没有找到这个期限，或者它与您无关。请回到案件页面查看。"


class NothingOffered(NotFound):
    code = "portal.nothing_offered"
    message = "这里没有这种申请。请回到“提出申请”，选择您要办的事。"


class TooManyTables(RuleError):
    code = "portal.too_many_tables"
    message = "一小时内上传的表格太多。请过一会儿再上传；已经导入的内容都在。"
