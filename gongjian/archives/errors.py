"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class NotComplete(RuleError):
    code = "archives.not_complete"
    message = "案卷还不齐全，不能归档：{lacks}。请补齐后再归档。"


class FileDamaged(RuleError):
    code = "archives.file_damaged"
    message = "案卷中的“{title}”读不出来，或者与收到时的指纹不符，不能归档。请联系系统管理员核查存储。"


class ArchiveNotFound(NotFound):
    code = "archives.not_found"
    message = "没有找到案件{number}的归档案卷，或者您无权查看。请核对案号；如有疑问，请联系档案管理人员。"


class BorrowingNotFound(NotFound):
    code = "archives.borrowing_not_found"
    message = "没有找到这次调阅登记，或者它不是您办理的。请从案卷页面重新登记。"


class BorrowingEnded(RuleError):
    code = "archives.borrowing_ended"
    message = "这次调阅登记已过期（登记后{hours}小时内可以下载）。需要再看的，请重新登记调阅。"


class ReasonMissing(RuleError):
    code = "archives.reason_missing"
    message = "请写明调阅的用途和事由，事由会记入案卷。"
