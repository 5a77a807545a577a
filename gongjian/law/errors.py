"""Refusals: the one base class of every "no" the platform says, and the refusals of the law itself."""

from typing import Any, ClassVar


class RuleError(Exception):
    """A refusal: a stable code for programs, named facts, and a whole Chinese sentence that says what is wrong and what to do.

    Subclasses set `code` ("room.reason") and `message` (a format string over the facts). No personal data among the facts.
    """

    code: ClassVar[str] = "law.refused"
    message: ClassVar[str] = "这一步不能办理。"

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


class NotFound(RuleError):
    """What was asked for does not exist, or may not be known to exist by who asks: both answer alike."""

    code = "law.not_found"
    message = "没有找到您要的内容，或者您无权查看。请核对编号；如有疑问，请联系受理窗口。"


class NotAllowed(RuleError):
    """The person who asks has no authority for this act."""

    code = "law.not_allowed"
    message = "您没有办理这一步的权限。请联系本单位管理员。"


class LawDataWrong(Exception):
    """A data file of the law cannot be used: names the file, the entry and the fault. Loading stops, nothing is guessed."""

    def __init__(self, file: str, entry: str, fault: str) -> None:
        super().__init__(f"{file}: [{entry}] {fault}" if entry else f"{file}: {fault}")


class ParameterUnknown(RuleError):
    """No parameter bears this name."""

    code = "law.parameter_unknown"
    message = "没有名为“{name}”的法定或当地参数。请核对名称。"


class NotInForce(RuleError):
    """The day lies before the first value of the parameter: it is refused, not guessed."""

    code = "law.not_in_force"
    message = "“{title}”自{first:%Y-%m-%d}起才有规定，不能用于{on:%Y-%m-%d}。请核对日期。"


class NotFixed(RuleError):
    """The nation leaves the number to the locality, and the locality's number is not in the data."""

    code = "law.not_fixed"
    message = "“{title}”国家没有规定，当地的规定尚未录入。请先录入当地规定。"


class RegionWrong(RuleError):
    """A region is not written as six digits."""

    code = "law.region_wrong"
    message = "行政区划代码应为6位数字。请核对后重新填写。"


class LimitUnknown(RuleError):
    """No limit bears this id."""

    code = "law.limit_unknown"
    message = "没有编号为“{limit}”的期限。请核对编号。"


class PostponementNotAllowed(RuleError):
    """The law names nothing that postpones this limit."""

    code = "law.postponement_not_allowed"
    message = "“{title}”的期限，法律没有规定可以顺延。请取消顺延后重新计算。"


class PostponementWrong(RuleError):
    """A postponement does not last at least one day."""

    code = "law.postponement_wrong"
    message = "顺延的天数应至少为1日，起止日期应先后有序。请核对日期。"


class ExtensionNotAllowed(RuleError):
    """The law names no extension of this limit."""

    code = "law.extension_not_allowed"
    message = "“{title}”的期限，法律没有规定可以延长。"


class ExtendedTwice(RuleError):
    """A second extension of a limit that may be extended once."""

    code = "law.extended_twice"
    message = "“{title}”的期限只能延长一次，不能再次延长。"


class ExtensionWithoutReason(RuleError):
    """An extension without a written reason."""

    code = "law.extension_without_reason"
    message = "延长期限应当写明理由（伤情复杂、涉及医疗卫生专业较多等）。请填写理由后再提交。"


class ExtensionTooLong(RuleError):
    """An extension of no day, or of more days than the law gives."""

    code = "law.extension_too_long"
    message = "期限可以延长1{unit}至{allowed}{unit}，不能延长{length}{unit}。请核对。"


class ExtensionTooLate(RuleError):
    """An extension decided after the limit had run out."""

    code = "law.extension_too_late"
    message = "期限已于{due:%Y-%m-%d}届满，不能再延长。请尽快办结并如实记录超期。"


class ReceiptOrderWrong(RuleError):
    """The papers are said to have been complete before the first of them came."""

    code = "law.receipt_order_wrong"
    message = "收齐材料的日期不能早于首次收到申请的日期。请核对日期。"


class IdNumberWrong(RuleError):
    """A citizen's identity number (or a residence permit's) fails a check. The number itself is not repeated."""

    code = "law.id_number_wrong"
    message = "证件号码不正确：{reason}请对照证件原件核对后重新填写。"


class DocumentNumberWrong(RuleError):
    """The number of a passport, a travel permit or another paper cannot be right. The number itself is not repeated."""

    code = "law.document_number_wrong"
    message = "{title}号码不正确：{reason}请对照证件原件核对后重新填写。"


class MobileWrong(RuleError):
    """Not a mobile telephone number of the mainland. The number itself is not repeated."""

    code = "law.mobile_wrong"
    message = "手机号码不正确：应为以1开头的11位数字。请核对后重新填写。"


class DayWrong(RuleError):
    """A text that is not a day of the calendar, or too far away to be meant. `field` says where it stood."""

    code = "law.day_wrong"
    message = "{field}：“{text}”不是日期，或不在1900年至2199年之间；应写作 2026-02-10 的形式。"


class ToldWrong(RuleError):
    """Something told that cannot be, or that is written wrongly. `field` says where it stood."""

    code = "law.told_wrong"
    message = "{field}：{fault}"


class FileUnreadable(RuleError):
    """A file that is not what was asked for: missing, unreadable, too large, not JSON, a name given twice."""

    code = "law.file_unreadable"
    message = "{name}：{fault}"


class DayOutOfBounds(RuleError):
    """A day that somebody wrote down lies before what it follows, or beyond what it may reach."""

    code = "law.day_out_of_bounds"
    message = "{what}{must}{why}（{limit}），您写的是{day}。{then}"


class PauseWrong(RuleError):
    """A text that is not two days with a colon between them, the earlier first."""

    code = "law.pause_wrong"
    message = "{field}：“{text}”不是起止日期，应写作 2026-03-05:2026-03-11，起日在前，两日都不计入期限。"


class EventWrong(RuleError):
    """A text that is not a day and an event, or an event that says nothing to the limit asked about."""

    code = "law.event_wrong"
    message = "{field}：“{text}”不能用于{limit}；应写作 2026-03-05:事件 或者 2026-03-05:事件=数。可用的事件：{known}。"


class EventUnknown(RuleError):
    """No event bears this name."""

    code = "law.event_unknown"
    message = "没有名为“{what}”的事件。请核对名称。"


class EventNumberWrong(RuleError):
    """An event with a number that takes none, or without one that needs it."""

    code = "law.event_number_wrong"
    message = "{day:%Y-%m-%d}的“{title}”：{fault}。请核对后重新填写。"


class CorrectionWrong(RuleError):
    """An event is said to correct one that is not there, or events correct each other in a circle, or one number names two events."""

    code = "law.correction_wrong"
    message = "编号为“{id}”的事件：{fault}。请核对更正的是哪一条。"


class StillPaused(RuleError):
    """The clock stands still and nobody said up to what day it is asked about."""

    code = "law.still_paused"
    message = "“{title}”自{since:%Y-%m-%d}起中止，尚未恢复，到期日还不能确定。请说明算到哪一日（--today）。"
