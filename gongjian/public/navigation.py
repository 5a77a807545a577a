"""What stands in the navigation of the public face."""

from gongjian.kernel.frame import Entry

ENTRIES = (
    Entry("public", "首页", "public:home", order=10),
    Entry("public", "办事流程", "public:flow", order=20),
    Entry("public", "文书查验", "public:check", order=40),
    Entry("public", "送达公告", "public:notices", order=50),
    Entry("public", "账本日锚", "public:anchors", order=60),
)
