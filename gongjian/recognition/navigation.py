"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "绿色通道", "recognition:accidents", "recognition.accidents", order=22),
    Entry("desk", "用人单位申请延期", "recognition:extension", "recognition.extend", order=62),
)
