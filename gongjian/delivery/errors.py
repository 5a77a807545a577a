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
    message = "只有收文书的本人一方，或者委托书写明可以代收文书的代理人，可以办理这一步。请由他们登录办理。"


class ServedAlready(RuleError):
    code = "delivery.served_already"
    message = "这份文书已于{on:%Y-%m-%d}送达，不能再记一次送达。日期确有错误的，请用“更正送达日期”，并写明理由。"


class NotServedYet(RuleError):
    code = "delivery.not_served_yet"
    message = "这份文书还没有送达，没有可以更正的日期。请先记录送达。"


class NoConsent(RuleError):
    code = "delivery.no_consent"
    message = "受送达人没有同意电子送达，不能以电子方式送达。请改用其他方式，或者请受送达人在平台上表示同意。"


class NoAccount(RuleError):
    code = "delivery.no_account"
    message = "受送达人在平台上没有账号，电子送达没有可以到达的消息箱。请改用其他方式。"


class ProofMissing(RuleError):
    code = "delivery.proof_missing"
    message = "“{method}”还缺少：{what}。请补全后再记录，送达凭证会存入案卷。"


class SignerWrongForPerson(RuleError):
    code = "delivery.signer_wrong_for_person"
    message = (
        "受送达人是个人，“{told}”签收不算送达。只能由本人、同住的成年家属、委托代理人或者本人指定的代收人签收。"
        "签收人不是这些人的，请记为“没有送到”，改用其他方式。"
    )


class SignerWrongForBody(RuleError):
    code = "delivery.signer_wrong_for_body"
    message = (
        "受送达人是单位，“{told}”签收不算送达。只能由法定代表人、主要负责人（个体工商户为经营者）、"
        "单位负责收件的人、委托代理人或者单位指定的代收人签收。签收人不是这些人的，请记为“没有送到”，改用其他方式。"
    )


class SignerNotTold(RuleError):
    code = "delivery.signer_not_told"
    message = (
        "第{line}号邮件由“{name}”签收，没有写明与收件人的关系。请在表格最后一列写明，例如：{ways}。"
        "不是这些人签收的，请按退回填写，改用其他方式。"
    )


class RefuserWrong(RuleError):
    code = "delivery.refuser_wrong"
    message = (
        "“{told}”拒收，不能留置送达。个人须由本人、同住成年家属或者指定的代收人拒收，"
        "单位须由负责人、负责收件的人或者指定的代收人拒收。请核对拒收的人，或者改用其他方式。"
    )


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
    message = "“{method}”由系统办理，不能手工记录结果。请选择列出的其他方式。"


class WayNotTold(RuleError):
    code = "delivery.way_not_told"
    message = "请选择是用什么方式办好的（打电话、当面、纸质件或者新的号码），选好后再按“已办理”。"


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


class RegisteredElsewhere(RuleError):
    code = "delivery.registered_elsewhere"
    message = "工伤认定的行政复议、行政诉讼在案件的“更正、撤销和救济”页登记，收到副本的日期和材料一并录入。"
