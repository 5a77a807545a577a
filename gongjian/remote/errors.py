"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class RoomNotFound(NotFound):
    code = "remote.not_found"
    message = "没有找到这个视频会场，或者它不是为您开的，或者已经结束。请核对时间；如有疑问，请联系检查点的工作人员。"


class NotByVideo(RuleError):
    code = "remote.not_by_video"
    message = "这个人不是按远程视频鉴定安排的，不能开视频会场。"


class NotHere(RuleError):
    code = "remote.not_here"
    message = "被鉴定人还没有在检查点报到，或者检查已经结束。报到以后才能开视频会场。"


class NotForThisSeat(RuleError):
    code = "remote.not_for_this_seat"
    message = "这一步由{who}办理。"


class NotReady(RuleError):
    code = "remote.not_ready"
    message = "还不能开始：{lacks}。等不到的，请改用其他方式。"


class SignalWrong(RuleError):
    code = "remote.signal_wrong"
    message = "连接信息不对，没有转达。请刷新本页，重新进入会场。"


class GroundMissing(RuleError):
    code = "remote.ground_missing"
    message = "请选择改用其他方式的原因；补充说明可以不写，最多{most}个字。"


class RoomOver(RuleError):
    code = "remote.over"
    message = "这个视频会场现在是“{state}”，不能办理这一步。"
