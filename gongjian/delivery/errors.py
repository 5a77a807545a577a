"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class DeliveryNotFound(NotFound):
    code = "delivery.not_found"
    message = "没有找到这项送达，或者您无权查看。请从案件页或者送达清单重新进入。"


class BatchNotFound(NotFound):
    code = "delivery.batch_not_found"
    message = "没有找到这一批邮件，或者您无权查看。请从邮寄页面重新进入。"


class NotADeliverer(NotAllowed):
    code = "delivery.not_a_deliverer"
    message = "您没有在本案办理送达的权限。请由送达岗位的同事办理。"


class NotTheRecipient(NotAllowed):
    code = "delivery.not_the_recipient"
    message = "只有受送达人或者其代理人可以办理这一步。"


class ServedAlready(RuleError):
    code = "delivery.served_already"
    message = "这份文书已于{on:%Y-%m-%d}送达，不能再记一次送达。日期确有错误的，请用“更正送达日期”，并写明理由。"


class NotServedYet(RuleError):
    code = "delivery.not_served_yet"
    message = "这份文书还没有送达，没有可以更正的日期。"


class NoConsent(RuleError):
    code = "delivery.no_consent"
    message = "受送达人没有同意电子送达，不能以电子方式送达。请改用其他方式，或者请受送达人在平台上表示同意。"


class NoAccount(RuleError):
    code = "delivery.no_account"
    message = "受送达人在平台上没有账号，电子送达没有可以到达的消息箱。请改用其他方式。"


class ProofMissing(RuleError):
    code = "delivery.proof_missing"
    message = "“{method}”还缺少：{what}。请补全后再记录，送达凭证会存入案卷。"


class DayImpossible(RuleError):
    code = "delivery.day_impossible"
    message = "送达日期应在文书作出之日（{first:%Y-%m-%d}）至今天（{last:%Y-%m-%d}）之间。请核对日期。"


class NoticeTooSoon(RuleError):
    code = "delivery.notice_too_soon"
    message = "公告送达是最后的办法：须受送达人下落不明，或者直接送达和邮寄送达都没有送到。还没有试过：{missing}。"


class AttemptRunning(RuleError):
    code = "delivery.attempt_running"
    message = "这项送达正在以“{method}”进行，请先记录它的结果。"


class NoAttemptRunning(RuleError):
    code = "delivery.no_attempt_running"
    message = "这项送达现在没有正在进行的“{method}”，没有结果可以记录。请刷新页面查看。"


class MethodNotRecorded(RuleError):
    code = "delivery.method_not_recorded"
    message = "“{method}”由系统办理，不能手工记录结果。"


class NoAddress(RuleError):
    code = "delivery.no_address"
    message = "没有登记送达地址，不能邮寄。请先补充送达地址。"


class NothingToPost(RuleError):
    code = "delivery.nothing_to_post"
    message = "没有可以交寄的文书：请勾选还没有送达、没有正在进行其他送达方式、已有送达地址的文书。"


class ReappealTooLate(RuleError):
    code = "delivery.reappeal_too_late"
    message = "再次鉴定的申请期限已于{due:%Y-%m-%d}届满，{on:%Y-%m-%d}的申请已经超过期限。"


class NoRemedyRunning(RuleError):
    code = "delivery.no_remedy_running"
    message = "结论书还没有送达这一方，再次鉴定的期限没有起算。请先记录送达。"


class TableUnreadable(RuleError):
    code = "delivery.table_unreadable"
    message = "表格读不出来。请用本页下载的格式，保存为xlsx文件后重新上传，或者直接粘贴。"


class CaseClosed(RuleError):
    code = "delivery.case_closed"
    message = "案卷已经归档，不能再更正送达日期，也不能再登记再次鉴定申请。请把情况书面告知省级劳动能力鉴定委员会和社会保险经办机构。"
