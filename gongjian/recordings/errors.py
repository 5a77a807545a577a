"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class RecordingNotYours(NotAllowed):
    code = "recordings.not_yours"
    message = "{act}需要相应的权限。请联系本单位管理员。"


class RecordingNotFound(NotFound):
    code = "recordings.not_found"
    message = "没有找到这份录音录像，或者您无权查看。请核对；如有疑问，请联系受理窗口。"


class AnswerMissing(RuleError):
    code = "recordings.answer_missing"
    message = "请先选择同意还是不同意，以及由谁作出。"


class NoticeChanged(RuleError):
    code = "recordings.notice_changed"
    message = "告知的内容已经更新。请重新读一遍，再选择。"


class NothingToWithdraw(RuleError):
    code = "recordings.nothing_to_withdraw"
    message = "没有同意录音录像的记录，不需要撤回。"


class NotYoursToWithdraw(NotAllowed):
    code = "recordings.not_yours_to_withdraw"
    message = "录音录像的同意只能由被鉴定人本人、其近亲属或者委托代理人撤回。"


class NoConsent(RuleError):
    code = "recordings.no_consent"
    message = "被鉴定人还没有同意录音录像，或者已经不同意，不能录制。检查照常进行，如实做好书面记录。"


class NotPresent(RuleError):
    code = "recordings.not_present"
    message = "只有已经报到、正在等候检查或者检查中的人可以录制。现在是“{state}”。"


class RunningAlready(RuleError):
    code = "recordings.running_already"
    message = "这个人的检查正在另一处录制，或者上一段还没有结束。请先结束上一段。"


class NoRoomLeft(RuleError):
    code = "recordings.no_room_left"
    message = "存储空间不够：这次录制最多需要{needed_mb}兆字节，现在只剩{left_mb}兆字节可用。没有开始录制。请联系系统管理员；检查可以照常进行，如实做好书面记录。"


class NotRunning(RuleError):
    code = "recordings.not_running"
    message = "这份录音录像已经结束，不再接收。需要继续的，请开始新的一段。"


class PieceDamaged(RuleError):
    code = "recordings.piece_damaged"
    message = "第{number}段在传送中损坏，没有收下。设备会自动重传。"


class PieceUnlike(RuleError):
    code = "recordings.piece_unlike"
    message = "第{number}段已经收过，内容与现在传来的不同。没有收下，原来的保持不变。请结束这份录像，开始新的一段。"


class PieceMissing(RuleError):
    code = "recordings.piece_missing"
    message = "中间少了分段：收到的是第{number}段，应当先传第{wanted}段。没有收下。"


class PieceWrong(RuleError):
    code = "recordings.piece_wrong"
    message = "第{number}段{what}，没有收下。"


class RecordingTooLong(RuleError):
    code = "recordings.too_long"
    message = "已经到了一份录像的上限（{minutes}分钟、{megabytes}兆字节），不再接收。已收到的都已保存；需要继续的，请开始新的一段。"


class RateTooHigh(RuleError):
    code = "recordings.rate_too_high"
    message = (
        "第{number}段的数据量超过约定的码率（每秒{kbps}千比特）太多，没有收下。请结束这份录像，检查设备后开始新的一段。"
    )


class NotAllArrived(RuleError):
    code = "recordings.not_all_arrived"
    message = "还有{missing}段没有传到，暂时不能结束。请保持页面打开，等它传完。"


class PieceCountMissing(RuleError):
    code = "recordings.piece_count_missing"
    message = "设备没有说明一共录了多少段，不能按录制完成登记。请刷新本页后再结束；设备已经关闭的，请按“结束这一段”，以已收到的部分为准。"


class StepUnknown(RuleError):
    code = "recordings.step_unknown"
    message = "没有这个检查环节，或者时间不在录像之内。请从按钮中选择。"


class StepsTooMany(RuleError):
    code = "recordings.steps_too_many"
    message = "这份录像已经标记了{most}次环节，不能再标记。录制不受影响；需要继续标记的，请结束这一段，开始新的一段。"


class ReasonMissing(RuleError):
    code = "recordings.reason_missing"
    message = "请选择事由，并写明具体情况（至少{least}个字）。播放会记入账链，本人可以看到谁在什么时候为什么看过。"


class PlaybackOver(NotFound):
    code = "recordings.playback_over"
    message = "这次播放的时间已过。需要再看的，请重新写明事由。"


class RecordingErased(RuleError):
    code = "recordings.erased"
    message = "这份录音录像已于{on:%Y年%m月%d日}销毁（{why}），不能播放。分段的摘要值仍然保存，可以核验登记没有被改动。"


class AskedAlready(RuleError):
    code = "recordings.asked_already"
    message = "您的申请正在办理，最迟{due:%Y年%m月%d日}答复，不需要再次提出。"


class NotToldSide(RuleError):
    code = "recordings.not_the_persons_side"
    message = "检查的录音录像只向被鉴定人本人和代其办理的人提供。用人单位对结论有异议的，可以申请再次鉴定。"


class WishMissing(RuleError):
    code = "recordings.wish_missing"
    message = "请选择在线查看，还是查看并下载一份。"


class RequestAnswered(RuleError):
    code = "recordings.request_answered"
    message = "没有等待答复的申请，或者已经答复。"


class GroundMissing(RuleError):
    code = "recordings.ground_missing"
    message = "不同意的，请从列表中选择理由，并写明具体情况（至少{least}个字）。其他情况不能拒绝。"


class NothingToGive(RuleError):
    code = "recordings.nothing_to_give"
    message = "本案没有保存着的录音录像，不能答复同意。请选择“没有录音录像，或者已经销毁”。"


class HoldIncomplete(RuleError):
    code = "recordings.hold_incomplete"
    message = "暂缓销毁的，请从列表中选择理由，并写明具体情况（{least}到{most}个字）。"


class HeldAlready(RuleError):
    code = "recordings.held_already"
    message = "已经按这个理由暂缓销毁，不需要再次登记。"


class NotHeld(RuleError):
    code = "recordings.not_held"
    message = "没有这项暂缓销毁，或者已经解除。"
