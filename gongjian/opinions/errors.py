"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class ExamNotFound(NotFound):
    code = "opinions.exam_not_found"
    message = "没有找到检查编码{exam_code}，或者它不在您的专家组。请从“今日检查”进入；如有疑问，请询问现场工作人员。"


class NotDeclared(NotAllowed):
    code = "opinions.not_declared"
    message = "请先声明与本案没有利害关系，再查看材料和填写意见（令55第二十八条）。"


class DeclaredAlready(RuleError):
    code = "opinions.declared_already"
    message = "您已经作过声明。如后来发现应当回避，请在检查页选择“发现应当回避”。"


class NotOpenNow(RuleError):
    code = "opinions.not_open_now"
    message = "本案现在是“{state}”，不能办理这一步。请刷新页面查看最新进展。"


class NotCalledYet(RuleError):
    code = "opinions.not_called_yet"
    message = "还没有叫到这位被鉴定人，检查之后才能签名封存意见。您现在写的内容已经保存。"


class RecusalWaiting(RuleError):
    code = "opinions.recusal_waiting"
    message = "当事人提出的回避申请还没有答复，答复之前不能封存意见（令55第二十八条）。您写的内容已经保存。请现场工作人员联系抽取人员尽快答复。"


class SealedAlready(RuleError):
    code = "opinions.sealed_already"
    message = "您本轮的意见已经签名封存，不能再改，也不能再看本案材料（令55第三十四条）。"


class StillSealed(NotAllowed):
    code = "opinions.still_sealed"
    message = "专家组成员还没有全部封存意见，任何人都不能查看。请等全部成员封存之后再看。"


class DraftChangedMeanwhile(RuleError):
    code = "opinions.draft_changed_meanwhile"
    message = "您在另一个窗口或者另一台设备上改过这份意见。系统没有覆盖任何一份，请核对后选择保留哪一份。"


class NotReady(RuleError):
    code = "opinions.not_ready"
    message = "意见还不能封存，有{count}处需要补充或者改正。请回到检查页处理。"


class SignatureWrong(NotAllowed):
    code = "opinions.signature_wrong"
    message = "签名口令不对，没有办成，您写的内容都还在。请重新输入您的登录口令。"


class SealBroken(RuleError):
    code = "opinions.seal_broken"
    message = "检查编码{exam_code}第{seat}席的意见与封存时不一致，已停止使用。请立即联系管理员，并运行完整性检查。"


class StatementFormUnknown(RuleError):
    code = "opinions.statement_form_unknown"
    message = "这份意见的格式“{form}”是本系统不认识的，已停止使用。请确认系统版本不低于封存时的版本。"


class StatementUnsound(RuleError):
    code = "opinions.statement_unsound"
    message = "带回的这份意见与抽取、席位、轮次或者签名对不上，没有采用。原文已经原样留存，不计票。"


class VoteIncomplete(RuleError):
    code = "opinions.vote_incomplete"
    message = "专家组有{size}名成员，现有{found}份意见，不能计票。请等全部成员封存意见。"


class GroupSizeWrong(RuleError):
    code = "opinions.group_size_wrong"
    message = "专家组应由3名或者5名专家组成，现为{size}名，不能开始检查。请联系抽取工作人员。"


class GroupIncomplete(RuleError):
    code = "opinions.group_incomplete"
    message = (
        "专家组有{count}个席位空缺，承诺的候补已经用完，本组不能继续鉴定这位被鉴定人（令55第十一条）。"
        "工作人员会为其重新抽取专家组；已经封存的意见作为记录保留，不再计票。"
    )


class ExpertWithoutAccount(RuleError):
    code = "opinions.expert_without_account"
    message = "专家组里有{count}名专家还没有登录账号，不能开始检查。请联系专家库管理人员开通。"


class TextMissing(RuleError):
    code = "opinions.text_missing"
    message = "请写明{what}，内容会记入案卷。"


class SaidAlready(RuleError):
    code = "opinions.said_already"
    message = "您在这次合议中已经签名发表意见，不能再改。需要补充的，请在合议时当面说明，由组长记入记录。"


class NotChair(NotAllowed):
    code = "opinions.not_chair"
    message = "合议记录由组长（第{seat}席）整理并签名。请由组长办理。"


class ViewsMissing(RuleError):
    code = "opinions.views_missing"
    message = "还有{count}名成员没有签名发表合议意见，不能结束合议。请等全体成员发表意见。"


class PacketWrong(RuleError):
    code = "opinions.packet_wrong"
    message = "受托鉴定委员会发来的专家组意见核验不通过（{fault}），没有采用。请对方核对后重新出具。"


class DrawNotClosed(RuleError):
    code = "opinions.draw_not_closed"
    message = "本场的抽取还没有结束，凭证还不能公开，意见还不能发回。请先在“抽取”页结束本场抽取。"


class NoMajorityYet(RuleError):
    code = "opinions.no_majority_yet"
    message = "专家组还没有形成多数意见，不能发回。请等全体专家封存、计票或者合议结束。"
