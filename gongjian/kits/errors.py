"""Refusals of the room."""

from gongjian.law.errors import NotFound, RuleError


class KitNotFound(NotFound):
    code = "kits.not_found"
    message = "没有找到这个离线工作包，或者您无权查看。请从“离线工作包”列表进入。"


class NothingToTake(RuleError):
    code = "kits.nothing_to_take"
    message = "这个场次现在没有可以带走的检查：只有已经分到您这里、您已声明没有利害关系、还没有封存的，以及上门场次里还没有见到的，才能带走。请先在“今日检查”里逐件作声明。"


class KeyUnusable(RuleError):
    code = "kits.key_unusable"
    message = "这台设备没有交来可用的密钥，工作包没有带走。请更新浏览器，或者换一台设备再试。"


class KitEnded(RuleError):
    code = "kits.ended"
    message = "这个工作包{ending}，口令已经销毁，不能再打开。设备上没有上传的记录仍然可以上传。"


class Unreadable(RuleError):
    code = "kits.unreadable"
    message = "上传的记录读不出来，没有收下。设备上的记录还在，请重新上传；仍不成功的，请联系管理员。"


class Forked(RuleError):
    code = "kits.forked"
    message = "第{n}条记录与先前收到的不是同一条，没有收下。请停止使用这台设备，并联系管理员核对。"


class IdTaken(RuleError):
    code = "kits.id_taken"
    message = "第{n}条记录的标识与另一条记录相同，没有收下。请停止使用这台设备，并联系管理员核对。"


class FileMissing(RuleError):
    code = "kits.file_missing"
    message = "照片或者签名的文件还没有传到。文件传到之后会自动并入。"


class FileDiffers(RuleError):
    code = "kits.file_differs"
    message = "传来的文件与记录的校验值不符，没有收下。请重新上传。"


class NotInKit(RuleError):
    code = "kits.not_in_kit"
    message = "这条记录所说的检查不在这个工作包里，没有采用。原文已经原样留存。"


class NotComeYet(RuleError):
    code = "kits.not_come_yet"
    message = "平台上还没有这位被鉴定人的报到、分组和叫号。工作人员补办之后自动并入。"


class NeverReady(RuleError):
    code = "kits.never_ready"
    message = "工作包结束七天以后，平台上仍没有这次检查的报到、分组、叫号、回避答复或者席位，不再自动并入。原文已经原样留存，请核对后处理。"


class FileNeverCame(RuleError):
    code = "kits.file_never_came"
    message = "工作包结束七天以后，照片或者签名的文件仍没有传到，不再等候。记录已经原样留存，请核对后处理。"


class NotAConflict(RuleError):
    code = "kits.not_a_conflict"
    message = "这一条现在是“{stage}”，不需要处理。请刷新页面查看最新进展。"


class WayNotOpen(RuleError):
    code = "kits.way_not_open"
    message = "这一条不能这样处理。请从页面列出的办法中选择。"
