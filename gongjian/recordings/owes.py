"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

ANSWER_RECORDING = named("answer_recording", "答复查阅录音录像的申请")
