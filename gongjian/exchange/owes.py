"""What this room owes beside the tables of the procedures."""

from gongjian.cases.labels import named

TAKE_ANSWER = named("take_asked_answer", "查收受托地区的调查答复")
ASKED_LATE = named("asked_office_late", "受托地区逾期未答复，催办或者自行调查")
ASKED_REFUSED = named("asked_office_refused", "受托地区退回协助调查，另行安排")
READ_MEANWHILE = named("read_asked_answer", "受托地区的答复在拟定以后到达，查看并决定是否退回调查")
NOT_DELIVERED = named("asked_not_delivered", "协助调查函没有送到，另行联系")
