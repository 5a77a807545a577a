"""Refusals of this room: why a paper cannot be made, numbered, signed or checked."""

from gongjian.law.errors import NotFound, RuleError


class PaperFieldMissing(RuleError):
    """A field that the paper must state is blank."""

    code = "papers.field_missing"
    message = "文书缺少必填内容“{field}”，不能制发。请补充后再办理。"


class PaperFieldWrong(RuleError):
    """A field holds what this paper cannot state; the fact names the field and the rule, never the value."""

    code = "papers.field_wrong"
    message = "文书内容“{field}”不符合要求：{why}。请更正后再制发。"


class KindUnknown(NotFound):
    """No paper of this kind is issued here."""

    code = "papers.kind_unknown"
    message = "没有这一种文书。请从文书目录中选择。"


class GlyphMissing(RuleError):
    """The fonts lack characters of this paper: nothing is printed rather than a wrong or empty sign."""

    code = "papers.glyph_missing"
    message = "字库缺少以下字符，文书不能制发：{characters}。请联系管理员加装含有这些字的字库，再重新制发。"


class TemplateBroken(RuleError):
    """A paper template, perhaps edited on the spot, does not compile; the details are for the operator's eyes only."""

    code = "papers.template_broken"
    message = "文书模板“{template}”有误，文书没有制发。请联系管理员检查模板。"


class CheckCodeWrong(RuleError):
    """What was typed is not a check code."""

    code = "papers.check_code_wrong"
    message = "查验码应为12位字母或数字，可以带短横线。请对照文书页脚重新输入。"


class AuthorityMissing(RuleError):
    """The directory holds no complete signing authority, or no certificate of this office."""

    code = "papers.authority_missing"
    message = "签名证书或密钥不完整，文书不能签发。请联系管理员检查证书目录。"


class SigningFailed(RuleError):
    """The signature could not be put into the PDF."""

    code = "papers.signing_failed"
    message = "文书没有签上电子签名，未予签发。请稍后重试；如再次失败，请联系管理员。"


class PaperNotFound(NotFound):
    """No such paper, or one that may not be known to exist by who asks."""

    code = "papers.not_found"
    message = "没有找到这份文书，或者您无权查看。请从案件页重新进入；如有疑问，请联系受理窗口。"


class OfficeUnreachable(RuleError):
    """A paper must say where its reader can ask back."""

    code = "papers.office_unreachable"
    message = "“{office}”还没有登记办公地址和咨询电话，文书不能制发。请管理员先补充本单位信息。"


class SupersededAlready(RuleError):
    """The paper was replaced before."""

    code = "papers.superseded_already"
    message = "文书{number}已被新的文书替代，不能再次替代。请刷新页面查看。"


class CheckedTooLarge(RuleError):
    """A file handed in for checking is larger than any paper of ours."""

    code = "papers.checked_too_large"
    message = "文件超过{limit_mb}兆字节，不是本平台制发的文书。请核对后重新选择文件。"
