"""What stands in the navigation of staff and of everyone."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("desk", "抽取与分组", "draws:list", "draws.see", order=40),
    Entry("desk", "回避申请", "draws:recusal_list", "draws.draw", order=45),
    Entry("public", "抽取公开", "draws:published", order=40),
)
