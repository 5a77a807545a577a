"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

HAND_OVER = named("hand_over", "把申请材料移送有管辖权的委员会")
