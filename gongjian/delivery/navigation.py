"""What stands in the staff's navigation."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "送达", "delivery:list", "delivery.deliver", order=70),
    Entry("desk", "邮寄", "delivery:post", "delivery.deliver", order=71),
)
