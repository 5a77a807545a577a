"""Refusals of the room. What another installation is told names no person."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class LetterBroken(RuleError):
    code = "exchange.letter_broken"
    message = "函件不是规定的格式（{fault}），没有收下。请核对接口说明后重新生成。"


class WrongAudience(RuleError):
    code = "exchange.wrong_audience"
    message = "函件写明的收件机构不在本平台，没有收下。请核对收件机构的编号。"


class UnknownSender(NotAllowed):
    code = "exchange.unknown_sender"
    message = "发件机构没有在本平台登记并核对密钥，没有收下。请双方管理员互相登记、核对指纹。"


class SignatureWrong(NotAllowed):
    code = "exchange.signature_wrong"
    message = "函件的签名与登记的密钥不符，或者内容被改动过，没有收下。请由发件机构重新发送。"


class LetterExpired(RuleError):
    code = "exchange.expired"
    message = "函件已过有效期，或者签发时间不在合理范围内，没有收下。请核对两地的时钟后重新发送。"


class OutOfOrder(RuleError):
    code = "exchange.out_of_order"
    message = "这一事项的第{wanted}号函件还没有收到，第{number}号没有收下。请按顺序发送。"


class NumberTaken(RuleError):
    code = "exchange.number_taken"
    message = "这一事项的第{number}号函件已经收下，内容与这次的不同。已收下的不作改动。"


class NotNow(RuleError):
    code = "exchange.not_now"
    message = "事项现在的状态是“{state}”，不能收下“{kind}”。"


class MatterUnknown(NotFound):
    code = "exchange.matter_unknown"
    message = "没有找到这个协助调查事项，或者您无权查看。请从列表重新进入。"


class FileNotAnnounced(NotFound):
    code = "exchange.file_not_announced"
    message = "没有函件写明过这份附件，没有收下。请先发送函件。"


class RangeWrong(RuleError):
    code = "exchange.range_wrong"
    message = "附件分段的位置与内容不符，没有收下。附件共{size}字节，已收到{received}字节，请从这里继续。"


class FileChanged(RuleError):
    code = "exchange.file_changed"
    message = "附件收齐后与函件写明的数字指纹不符，已丢弃。请从头重新传送。"


class TooMuch(RuleError):
    code = "exchange.too_much"
    message = "内容超过大小限制（{limit}），没有收下。"


class TooOften(NotAllowed):
    code = "exchange.too_often"
    message = "请求过于频繁，请稍后再试。"


class KeyUnreadable(RuleError):
    code = "exchange.key_unreadable"
    message = (
        "这段文字不是可以使用的证书或者公钥（PEM 格式，RSA 2048 位以上或者 P-256 曲线）。请从对方平台的登记页完整复制。"
    )


class FingerprintDiffers(RuleError):
    code = "exchange.fingerprint_differs"
    message = "填写的指纹与这把密钥的指纹不符，没有登记为可信。请通过电话等另外的途径与对方逐位核对。"


class PeerKnown(RuleError):
    code = "exchange.peer_known"
    message = "编号为{code}的机构已经登记。密钥更换的，请先停用原来的登记。"


class PeerNotFound(NotFound):
    code = "exchange.peer_not_found"
    message = "没有找到这个登记的机构，或者您无权管理。"


class AddressWrong(RuleError):
    code = "exchange.address_wrong"
    message = "平台地址应当以 https:// 开头（内网专线可以用 http://），不带账号、问号后面的内容。请核对。"


class NothingAsked(RuleError):
    code = "exchange.nothing_asked"
    message = "请写明需要核实的事项，并把答复期限定在今天以后、{most}日以内。"


class NotLeast(RuleError):
    code = "exchange.not_least"
    message = "选择的材料不在本案，或者您现在无权查看。请只附协助调查必需的材料。"


class ReasonNeeded(RuleError):
    code = "exchange.reason_needed"
    message = "请写明内容：退回的写明理由，答复的写明调查情况，知悉的写明如何处理。"


class NothingToSend(RuleError):
    code = "exchange.nothing_to_send"
    message = "这个事项没有未能送达的函件，不需要重新发送。"


class HoldsNoMore(RuleError):
    code = "exchange.holds_no_more"
    message = (
        "未能送达的函件已过30日的有效期，不能再发。委托的请重新委托；答复的请按对方公布的地址寄送纸质材料，并电话告知。"
    )


class TooLate(RuleError):
    code = "exchange.too_late"
    message = "请对方答复的日期应当早于本案的鉴定期限{day:%Y-%m-%d}：委托期间期限照常计算（令55 第十条）。请改早一些。"
