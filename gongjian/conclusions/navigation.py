"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "复核", "conclusions:to_review", "conclusions.review", order=60),
    Entry("desk", "签发", "conclusions:to_sign", "conclusions.sign", order=61),
    Entry("desk", "退回专家组", "conclusions:reopened", "oversight.read", order=62),
)
