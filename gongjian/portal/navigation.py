"""What stands in the applicants' navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("portal", "我的案件", "portal:home", order=10),
    Entry("portal", "提出申请", "portal:start", order=20),
    Entry("portal", "消息", "portal:inbox", order=30),
    Entry("portal", "我的账号", "accounts:profile", order=40),
    Entry("desk", "录入认定申请", "portal:window_recognition", permission="recognition.enter", order=20),
    Entry("desk", "录入鉴定申请", "portal:window_start", permission="appraisal.enter", order=35),
)
