"""What this room owes beside the tables of the procedures."""

from gongjian.cases.labels import named

HANDOVER_FAILS = named("handover_fails", "查明案件没有移交成的原因")
