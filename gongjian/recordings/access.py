"""Who may do what with recordings, in words for the refusal; what a browser is let do on the pages that need a camera."""

from gongjian.accounts.models import Office, User
from gongjian.recordings.errors import RecordingNotYours

RECORD, PLAY, ANSWER, HOLD = "recordings.record", "recordings.play", "recordings.answer", "recordings.hold"
ACTS = {RECORD: "录制检查过程", PLAY: "播放录音录像", ANSWER: "答复查阅录音录像的申请", HOLD: "暂缓销毁录音录像"}
SEEING = tuple(ACTS)
"""Who holds one of these at an office knows which recordings there are; playing is another matter."""


def require(user: User, permission: str, office: Office | int) -> None:
    """Refuse who does not hold the permission at the office. Raises: RecordingNotYours."""
    if not user.holds(permission, office):
        raise RecordingNotYours(act=ACTS[permission])
