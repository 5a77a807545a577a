"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

CONTINUE_EXAM = named("continue_exam", "视频检查中断，安排同一专家组继续检查")
