"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

FILL_SEAT = named("fill_seat", "补齐专家组成员")
