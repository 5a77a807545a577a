"""Refusals that every procedure's applications have alike."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class DraftNotFound(NotFound):
    code = "applications.draft_not_found"
    message = "没有找到这份未提交的申请，或者它不属于您。请从“我的案件”重新进入。"


class VisitNotFound(NotFound):
    code = "applications.visit_not_found"
    message = "没有找到这次来访的登记，或者不是您今天登记的。请重新核对证件原件，再登记一次。"


class AnotherPerson(RuleError):
    code = "applications.another_person"
    message = "这件案件不是来访登记的这个人的，不能沿用。请核对证件原件，重新登记来访。"


class DraftChanged(RuleError):
    """Another device saved the same step meanwhile. `step` names it; the page shows both versions and lets the person choose."""

    code = "applications.draft_changed"
    message = "您打开这一页之后，这一步在别的设备上改过。系统没有覆盖，请对照两边的内容，选定后再保存。"


class DraftIncomplete(RuleError):
    code = "applications.draft_incomplete"
    message = "申请还不能提交，还有{count}处需要填写或改正：{what}。请回到对应的步骤补全。"


class DraftSubmitted(RuleError):
    code = "applications.draft_submitted"
    message = "这份申请已经提交，不能再修改。请到“我的案件”查看办理进度。"


class StepUnknown(NotFound):
    code = "applications.step_unknown"
    message = "申请里没有这一步。请从申请的第一步重新进入。"


class WindowOnly(NotAllowed):
    code = "applications.window_only"
    message = "只有本单位的受理窗口可以录入纸质申请。请由窗口工作人员办理。"


class NotTheApplicant(NotAllowed):
    code = "applications.not_the_applicant"
    message = "只有申请的一方可以这样做：申请人，或者由他人代为申请的职工本人。您不是申请的一方，请联系申请人办理。"


class NameNotCompared(RuleError):
    code = "applications.name_not_compared"
    message = (
        "本件填写的姓名与平台上同一证件号码的姓名不一致。请先核对证件原件，在“核对姓名”页写明证件上的姓名，再受理。"
    )


class PapersMissing(RuleError):
    code = "applications.papers_missing"
    message = "材料清单中还缺：{what}。请一次性告知申请人补正，或者把窗口收到的材料扫描录入后再受理。"


class NothingToAsk(RuleError):
    code = "applications.nothing_to_ask"
    message = "请至少写明一项需要补正的材料和补正要求。告知书只能发一次，请把所有需要补正的材料一次写全。"


class NoticeIncomplete(RuleError):
    code = "applications.notice_incomplete"
    message = "材料清单中还缺：{what}，告知书里没有列明。依规定只能告知一次，请把缺少的材料全部列明后再告知。"


class SecondNoticeRefused(RuleError):
    code = "applications.second_notice_refused"
    message = "本案已于{sent:%Y-%m-%d}一次性告知过补正，依规定不能再次告知。材料齐全的请受理；仍不齐全的，请依规定作出决定，不能再要材料。"


class NothingSupplemented(RuleError):
    code = "applications.nothing_supplemented"
    message = "还没有上传需要补正的材料。请按告知书逐项上传后再提交。"


class ReceivedDayWithoutReason(RuleError):
    code = "applications.received_day_without_reason"
    message = "收到申请的日期早于今天的，请写明理由（例如：邮寄申请、系统故障期间收件）。"


class AccountNotFound(RuleError):
    code = "applications.account_not_found"
    message = "这个手机号还没有登录过本平台，不能关联。请先用这个手机号登录一次，再来办理。"


class NameMissing(RuleError):
    code = "applications.name_missing"
    message = "请按证件原件填写姓名，最多60个字。"


class ApplicantsOnly(NotAllowed):
    code = "applications.applicants_only"
    message = "批量申请由用人单位用自己的账号在网上办理。窗口请逐件录入。"


class FilingNotFound(NotFound):
    code = "applications.filing_not_found"
    message = "没有找到这份批量申请，或者它不属于您。请从“批量申请”重新进入。"


class NothingDeclared(RuleError):
    code = "applications.nothing_declared"
    message = "没有可以提交的申请：每人至少要先上传一份材料，内容要填写齐全。请逐人补充后再提交。"


class TooManyFiled(RuleError):
    code = "applications.too_many_filed"
    message = "没提交的批量申请已接近{most}份，不能再导入。请先提交或者删除一部分。"


class TooManyDrafts(RuleError):
    code = "applications.too_many_drafts"
    message = "您已有{most}份没写完的申请，不能再开始新的。请先写完提交，或者在“我的案件”里删除不要的。"
