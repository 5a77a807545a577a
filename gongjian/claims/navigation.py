"""What stands in the navigation of the faces."""

from gongjian.claims.states import ANSWER
from gongjian.kernel.frame import Entry

ENTRIES = (Entry("desk", "待遇申领", "claims:list", permission=ANSWER, order=70),)
