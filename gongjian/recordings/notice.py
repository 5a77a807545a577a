"""What is read out, or read, before anybody is recorded; and what follows from a no. Kept with each answer by its SHA-256."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from gongjian.law.parameters import parameter
from gongjian.recordings.rules import Limits

AFTER_NO = (
    "不同意的，检查照常进行，鉴定结论不受任何影响；现场人员做好书面记录。",
    "没有录音录像的，以后对检查过程有疑问，只能根据书面记录核查。",
)
"""What follows from a no."""
AFTER_WITHDRAWAL = (
    "撤回同意后立即停止录制；已经录下的部分，除依法暂缓销毁的以外，在次日内销毁。撤回以前依法进行的处理不受影响。"
)


@dataclass(frozen=True)
class Notice:
    """What is told, as question and answer."""

    lines: tuple[tuple[str, str], ...]

    @property
    def version(self) -> str:
        """Names the exact words that were told."""
        return sha256("\n".join(f"{title}：{text}" for title, text in self.lines).encode()).hexdigest()


def notice(office: str, *, on: date, region: str, limits: Limits) -> Notice:
    """The notice of an office on a day. Law: 个保法 art. 7, 17, 29, 30 (who, what for, how, how long, rights, effects on the person)."""
    months = parameter("recording_months", on=on, region=region).number
    days = parameter("recording_answer_days", on=on, region=region).number
    return Notice(
        (
            ("谁来录", f"{office}，在检查室用本机的摄像头和话筒录制。"),
            (
                "录什么",
                "检查过程的声音和画面。其中有您的相貌、声音和伤情，属于敏感个人信息。更衣、暴露身体隐私部位时可以要求暂停。",
            ),
            (
                "为什么录",
                "如实记录检查过程，供核查投诉、质量评查和再次鉴定、复议、诉讼时使用。不作其他用途，不用来识别人脸。",
            ),
            ("录多久、多大", f"一份最长{limits.minutes}分钟，最多约{limits.megabytes}兆字节，加密保存在本单位。"),
            ("保存多久", f"{months}个月。期满销毁；再次鉴定、复议、诉讼或者投诉还没有办完的，暂缓到办完为止。"),
            ("谁能看", "只有承担复核、监督的人员，写明事由才能播放。每次播放都有记录，您可以看到。用人单位不能看。"),
            (
                "您的权利",
                f"您可以在办事网页上申请查看或者复制，{days}日内答复。您也可以随时当场或者在办事网页上撤回同意。{AFTER_WITHDRAWAL}",
            ),
            ("不同意会怎样", "".join(AFTER_NO)),
        )
    )
