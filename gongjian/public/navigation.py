"""What stands in the navigation of the public face."""

from gongjian.kernel.frame import Entry

ENTRIES = (Entry("public", "文书查验", "public:check", order=40),)
