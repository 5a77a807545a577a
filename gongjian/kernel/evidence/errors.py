"""What the evidence store refuses, and what it cannot show."""

from gongjian.law.errors import NotFound, RuleError


class EvidenceTooLarge(RuleError):
    code = "evidence.too_large"
    message = "文件超过{limit_mb}兆字节，没有收下。请压缩后重新上传，或分成几份上传。"


class PictureTooLarge(RuleError):
    code = "evidence.picture_too_large"
    message = "图片的像素太多（最多{limit_million}百万像素），没有收下。请缩小图片后重新上传。"


class KindNotAllowed(RuleError):
    code = "evidence.kind_not_allowed"
    message = "这个文件{found}，没有收下。可以上传的是：{allowed}。"


class EvidenceBroken(RuleError):
    code = "evidence.broken"
    message = "文件打不开：{reason}。文件没有收下，请检查后重新上传。"


class NotStored(RuleError):
    code = "evidence.not_stored"
    message = "文件没有存好，平台没有收下它。请重新上传；如再次失败，请联系受理窗口。"


class NotErasable(RuleError):
    """Only pieces of recordings have an end; everything else that was acknowledged stays."""

    code = "evidence.not_erasable"
    message = "这份文件不能销毁。"


class EvidenceErased(RuleError):
    code = "evidence.erased"
    message = "这份内容已按规定销毁，只保留它的摘要值。"


class EvidenceUnreadable(RuleError):
    """A file that was acknowledged is missing or changed: an alarm for the operator, said plainly to who asked for it."""

    code = "evidence.unreadable"
    message = "平台保存的文件（{sha256}）现在读不出来。请联系系统管理员核查存储。"


class PageNotFound(NotFound):
    code = "evidence.page_not_found"
    message = "这份文件共{pages}页，没有第{page}页。"


class PageNotShown(RuleError):
    code = "evidence.page_not_shown"
    message = "这一页暂时不能在网页上显示。请下载原文件，用专门的软件查看。"
