"""What each kind of obligation is called."""

from gongjian.cases.procedures import PROCEDURES

OTHERS = {
    "chase": "催办",
    "decide_absence": "处理未到场",
    "decide_recusal": "答复回避申请",
    "decide_reschedule": "答复改期申请",
    "deliver_again": "再次送达",
    "explain_absence": "说明未到场的理由",
    "message_failed": "处理未送出的消息",
    "reach_party": "设法通知到当事人",
    "rebook": "重新安排场次",
    "review_booking": "复核已安排的场次",
    "send_copy": "抄送结论书",
    "send_paper": "补寄纸质文书",
    "tell_in_person": "当面或者电话告知",
}
"""Kinds that stand in no procedure's table: they come up on the way."""


def label_of(kind: str) -> str:
    """What an obligation is called; its kind where nobody has named it."""
    tables = (owed for table in PROCEDURES.values() for each in table.owed.values() for owed in each)
    return next((owed.label for owed in tables if owed.kind == kind), OTHERS.get(kind, kind))
