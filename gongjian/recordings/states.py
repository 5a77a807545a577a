"""The words of the room: where a recording stands, the steps of an examination, answers, reasons and grounds. Each list is closed."""

from enum import StrEnum


class RecordingState(StrEnum):
    """Where a recording stands. broken_off: the browser or its device went away, what had come in stays."""

    RUNNING = "running"
    FINISHED = "finished"
    BROKEN_OFF = "broken_off"

    @property
    def label(self) -> str:
        return {"running": "正在录制", "finished": "录制完成", "broken_off": "中途断开，已收到的部分保存"}[self.value]


class Answer(StrEnum):
    """What the person says to being recorded. The newest answer holds."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"yes": "同意录音录像", "no": "不同意录音录像", "withdrawn": "撤回同意"}[self.value]


class Speaker(StrEnum):
    """Who says it."""

    SELF = "self"
    GUARDIAN = "guardian"
    AGENT = "agent"

    @property
    def label(self) -> str:
        return {"self": "本人", "guardian": "监护人", "agent": "委托代理人"}[self.value]


class Step(StrEnum):
    """The steps of an examination that are marked in its recording."""

    IDENTITY = "identity"
    STATEMENT = "statement"
    EXAMINATION = "examination"
    MEASURING = "measuring"
    PAPERS = "papers"
    WORDS = "words"
    PAUSE = "pause"
    END = "end"

    @property
    def label(self) -> str:
        return STEP_LABELS[self]


STEP_LABELS = {
    Step.IDENTITY: "核对身份、告知",
    Step.STATEMENT: "本人陈述伤情",
    Step.EXAMINATION: "体格检查",
    Step.MEASURING: "测量、功能检查",
    Step.PAPERS: "查看病历和影像",
    Step.WORDS: "本人补充意见",
    Step.PAUSE: "暂停、更衣",
    Step.END: "检查结束",
}


class Purpose(StrEnum):
    """What a recording is played for. own: the person themselves, or who speaks for them, after their request was granted."""

    COMPLAINT = "complaint"
    QUALITY = "quality"
    REMEDY = "remedy"
    DOUBT = "doubt"
    AUTHORITY = "authority"
    OWN = "own"

    @property
    def label(self) -> str:
        return PURPOSE_LABELS[self]


PURPOSE_LABELS = {
    Purpose.COMPLAINT: "核查投诉、举报",
    Purpose.QUALITY: "质量抽查、案卷评查",
    Purpose.REMEDY: "再次鉴定、复议、诉讼需要",
    Purpose.DOUBT: "复核检查记录中的疑点",
    Purpose.AUTHORITY: "办案机关依法调取",
    Purpose.OWN: "本人查阅",
}
OF_STAFF = tuple(purpose for purpose in Purpose if purpose is not Purpose.OWN)


class HoldGround(StrEnum):
    """Why a recording is kept beyond its day."""

    SECOND = "second"
    REMEDY = "remedy"
    COMPLAINT = "complaint"
    AUTHORITY = "authority"

    @property
    def label(self) -> str:
        return {
            "second": "再次鉴定或者复查鉴定正在进行",
            "remedy": "行政复议或者诉讼正在进行",
            "complaint": "投诉、举报正在核查",
            "authority": "办案机关要求保存",
        }[self.value]


class Wish(StrEnum):
    """What somebody asks of their recording."""

    SEE = "see"
    COPY = "copy"

    @property
    def label(self) -> str:
        return {"see": "在线查看", "copy": "查看并下载一份"}[self.value]


class RequestState(StrEnum):
    """What has become of a request."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"asked": "等待答复", "granted": "已同意", "refused": "未同意"}[self.value]


class RefusalGround(StrEnum):
    """Why a request may be refused: nothing else is a ground."""

    NOTHING_KEPT = "nothing_kept"
    OTHERS = "others"
    AUTHORITY = "authority"
    CONFIDENTIAL = "secret"

    @property
    def label(self) -> str:
        return {
            "nothing_kept": "没有录音录像，或者保存期满、撤回同意后已经销毁",
            "others": "录像里有他人的个人信息，无法分开提供",
            "authority": "办案机关正在依法调查，提供会妨碍调查",
            "secret": "法律、行政法规规定应当保密",
        }[self.value]

    @property
    def article(self) -> str:
        """The text on which the ground stands."""
        return {
            "nothing_kept": "个保法 第四十七条",
            "others": "个保法 第四十五条、第五十条",
            "authority": "个保法 第十八条、第四十五条",
            "secret": "个保法 第十八条、第四十五条",
        }[self.value]


class EraseCause(StrEnum):
    """Why a recording's bytes are gone."""

    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"expired": "保存期满", "withdrawn": "本人撤回同意"}[self.value]
