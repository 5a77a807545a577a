"""The recognition of a work injury (工伤认定) as one table: states, moves, what each state owes."""

from enum import StrEnum

from gongjian.accounts.roles import PARTY, SYSTEM, Role
from gongjian.cases.states import Move, Owed, Procedure, Service

RECOGNITION = "recognition.injury"


class State(StrEnum):
    """Where a recognition stands."""

    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    INVESTIGATING = "investigating"
    SIMPLE = "simple"
    SUSPENDED = "suspended"
    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    REJECTED = "rejected"
    DELIVERED = "delivered"
    EFFECTIVE = "effective"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    TERMINATED = "terminated"
    ARCHIVED = "archived"


LABELS = {
    State.SUBMITTED: "待审查材料",
    State.SUPPLEMENT: "待补正材料",
    State.ACCEPTED: "已受理，待调查",
    State.INVESTIGATING: "调查核实中",
    State.SIMPLE: "简易程序核实中",
    State.SUSPENDED: "已中止",
    State.PROPOSED: "已拟定，待复核",
    State.REVIEWED: "已复核，待签发",
    State.DECIDED: "决定已作出，送达中",
    State.REJECTED: "已决定不予受理，送达中",
    State.DELIVERED: "已送达，救济期限内",
    State.EFFECTIVE: "救济期限已届满",
    State.TRANSFERRED: "已移送有管辖权的机关",
    State.WITHDRAWN: "申请人已撤回",
    State.JOINED: "已并入同一次伤害的案件",
    State.TERMINATED: "已终止",
    State.ARCHIVED: "已归档",
}

S = State
TAKEN_BACK = (S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.INVESTIGATING, S.SIMPLE, S.SUSPENDED)
"""From where an application may be taken back: until a decision is proposed."""
JOINABLE = (S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.INVESTIGATING, S.SIMPLE)
"""From where an application may be joined to the other one about the same injury."""
SIMPLE_TRACK = "条例 第二十条、令8 第二十一条"
MOVES = (
    Move("accept", S.SUBMITTED, S.ACCEPTED, "recognition.accept", "令8 第七条、第八条", "受理"),
    Move("ask_supplement", S.SUBMITTED, S.SUPPLEMENT, "recognition.ask_supplement", "令8 第八条", "一次性告知补正"),
    Move("supplement", S.SUPPLEMENT, S.SUBMITTED, PARTY, "令8 第八条", "提交补正材料"),
    Move(
        "receive_supplement",
        S.SUPPLEMENT,
        S.SUBMITTED,
        "recognition.receive_supplement",
        "令8 第八条",
        "窗口收取补正材料",
    ),
    Move("supplement_over", S.SUPPLEMENT, S.SUBMITTED, SYSTEM, "令8 第八条", "逾期未补正，转审查决定"),
    Move("reject", S.SUBMITTED, S.REJECTED, "recognition.reject", "令8 第七条、第八条", "不予受理"),
    Move("transfer", S.SUBMITTED, S.TRANSFERRED, "recognition.transfer", "条例 第十七条、令8 第四条", "移送"),
    *(Move("withdraw", state, S.WITHDRAWN, PARTY, "条例 第十七条", "撤回申请") for state in TAKEN_BACK),
    *(
        Move("receive_withdrawal", state, S.WITHDRAWN, "recognition.withdraw", "条例 第十七条", "窗口收取撤回申请")
        for state in TAKEN_BACK
    ),
    *(Move("join", state, S.JOINED, SYSTEM, "条例 第十七条", "并入同一次伤害的案件") for state in JOINABLE),
    Move("begin", S.ACCEPTED, S.INVESTIGATING, "recognition.investigate", "令8 第九条", "开始调查核实"),
    Move("take_simple", S.ACCEPTED, S.SIMPLE, "recognition.investigate", SIMPLE_TRACK, "适用简易程序"),
    Move("take_simple", S.INVESTIGATING, S.SIMPLE, "recognition.investigate", SIMPLE_TRACK, "适用简易程序"),
    Move("leave_simple", S.SIMPLE, S.INVESTIGATING, "recognition.investigate", "令8 第十八条", "转为普通程序"),
    *(
        Move("suspend", state, S.SUSPENDED, "recognition.suspend", "条例 第二十条、令8 第二十条", "中止认定")
        for state in (S.INVESTIGATING, S.SIMPLE)
    ),
    Move("resume", S.SUSPENDED, S.INVESTIGATING, "recognition.suspend", "条例 第二十条、令8 第二十条", "恢复认定"),
    *(
        Move("terminate", state, S.TERMINATED, "recognition.terminate", "令8 第七条", "终止认定")
        for state in (S.INVESTIGATING, S.SUSPENDED)
    ),
    *(
        Move("propose", state, S.PROPOSED, "recognition.propose", "令8 第十八条", "拟定认定意见")
        for state in (S.INVESTIGATING, S.SIMPLE)
    ),
    Move("review", S.PROPOSED, S.REVIEWED, "recognition.review", "令8 第十八条", "复核"),
    Move("give_back", S.PROPOSED, S.INVESTIGATING, "recognition.review", "令8 第十八条", "退回调查"),
    Move("return", S.REVIEWED, S.PROPOSED, "recognition.sign", "令8 第十八条", "退回复核"),
    Move("decide", S.REVIEWED, S.DECIDED, "recognition.sign", "条例 第二十条、令8 第十八条、第十九条", "签发决定"),
    Move("served", S.DECIDED, S.DELIVERED, SYSTEM, "令8 第二十二条", "全部送达"),
    Move("served", S.REJECTED, S.DELIVERED, SYSTEM, "令8 第二十二条", "全部送达"),
    Move("take_effect", S.DELIVERED, S.EFFECTIVE, SYSTEM, "条例 第五十五条、令8 第二十三条", "救济期限届满"),
    Move("take_back", S.EFFECTIVE, S.DELIVERED, "delivery.deliver", "令8 第二十三条", "撤回期满登记"),
    *(
        Move(act, state, end, "recognition.sign", article, label)
        for state in (S.DELIVERED, S.EFFECTIVE)
        for act, end, article, label in (
            ("revoke", S.DECIDED, "条例 第五十五条、法释9 第九条", "撤销决定"),
            ("revoke_anew", S.INVESTIGATING, "条例 第二十条、第五十五条、法释9 第九条", "撤销并重新认定"),
            ("revoke_rejection", S.SUBMITTED, "条例 第五十五条、令8 第八条", "撤销不予受理决定，重新审查"),
        )
    ),
    *(
        Move("archive", state, S.ARCHIVED, "archives.archive", "令8 第二十四条", "归档")
        for state in (S.EFFECTIVE, S.TRANSFERRED, S.WITHDRAWN, S.JOINED, S.TERMINATED)
    ),
)

OWED = {
    S.SUBMITTED: (Owed("check_papers", "审查材料", "令8 第八条", role=Role.WINDOW_CLERK, limit="WI-REVIEW"),),
    S.SUPPLEMENT: (Owed("supplement", "补正材料", "令8 第八条", party="applicant", limit="WI-SUPPLEMENT"),),
    S.ACCEPTED: (Owed("start_investigation", "确定调查人员", "令8 第九条", role=Role.INVESTIGATOR, limit="WI-DECIDE"),),
    S.INVESTIGATING: (
        Owed("investigate", "调查核实", "令8 第九条、第十八条", role=Role.INVESTIGATOR, limit="WI-DECIDE"),
    ),
    S.SIMPLE: (Owed("investigate", "调查核实", "令8 第九条、第十八条", role=Role.INVESTIGATOR, limit="WI-DECIDE"),),
    S.SUSPENDED: (Owed("await_outcome", "回访等待的结论", "条例 第二十条、令8 第二十条", role=Role.INVESTIGATOR),),
    S.PROPOSED: (Owed("review_proposal", "复核拟定意见", "令8 第十八条", role=Role.REVIEWER, limit="WI-DECIDE"),),
    S.REVIEWED: (Owed("sign_decision", "签发工伤认定决定", "令8 第十八条", role=Role.SIGNER, limit="WI-DECIDE"),),
    S.DECIDED: (
        Owed("deliver_decision", "送达决定书", "令8 第二十二条", role=Role.DELIVERY_CLERK, limit="WI-DELIVER"),
    ),
    S.REJECTED: (
        Owed("deliver_decision", "送达决定书", "令8 第二十二条", role=Role.DELIVERY_CLERK, limit="WI-DELIVER"),
    ),
    S.DELIVERED: (
        Owed(
            "await_remedies",
            "等待行政复议和行政诉讼期限届满",
            "条例 第五十五条、令8 第二十三条",
            role=Role.DELIVERY_CLERK,
            limit="WI-SUIT",
        ),
    ),
    **{
        state: (Owed("archive", "归档", "令8 第二十四条", role=Role.ARCHIVIST),)
        for state in (S.EFFECTIVE, S.TRANSFERRED, S.WITHDRAWN, S.JOINED, S.TERMINATED)
    },
}

NEXT = {
    S.SUBMITTED: "受理窗口正在审查材料，自收到申请之日起15日内决定是否受理；材料不齐全的，一次性书面告知全部需要补正的材料。",
    S.SUPPLEMENT: "请在期限内补交告知书列明的全部材料。收到全部补正材料后15日内决定是否受理。",
    S.ACCEPTED: "申请已受理，正在安排调查人员。自受理之日起60日内作出决定。",
    S.INVESTIGATING: "正在调查核实。用人单位不认为是工伤的，由用人单位举证。自受理之日起60日内作出决定。",
    S.SIMPLE: "事实清楚、权利义务明确，适用简易程序，自受理之日起15日内作出决定。",
    S.SUSPENDED: "作出决定需要等待有关机关的结论，期限已停止计算。结论作出后请及时将文书交来，收到之日起恢复认定。",
    S.PROPOSED: "认定意见已拟定，正在复核。",
    S.REVIEWED: "认定意见已复核，正在签发。",
    S.DECIDED: "决定已作出，正在送达给职工和用人单位。",
    S.REJECTED: "已决定不予受理，正在送达决定书。",
    S.DELIVERED: "如不服决定，可在收到之日起60日内申请行政复议，也可在6个月内提起行政诉讼。",
    S.EFFECTIVE: "救济期限已届满。认定为工伤的，伤情相对稳定后可以申请劳动能力鉴定。",
    S.TRANSFERRED: "申请已移送有管辖权的机关，由该机关办理，您不需要重新准备材料。",
    S.WITHDRAWN: "您已撤回本次申请。在法定申请时限内可以重新申请。",
    S.JOINED: "您的申请和同一次伤害的另一份申请合并办理，材料和陈述都保留在案卷里。请在合并后的案件中查看进度和文书。",
    S.TERMINATED: "本次工伤认定已终止。在法定申请时限内可以重新申请。",
    S.ARCHIVED: "案卷已归档，您仍可查看和下载决定书。",
}

GATHERING = (S.INVESTIGATING, S.SIMPLE, S.SUSPENDED)
"""While facts are gathered: what the draft rests on is no longer added to once it is handed on (令8 art. 11, 18)."""
NEEDS_INVESTIGATORS = frozenset({*GATHERING, S.PROPOSED, S.REVIEWED})
"""Where two investigators stand behind what is known (令8 art. 9)."""
READERS = {**dict.fromkeys(GATHERING, Role.INVESTIGATOR), S.PROPOSED: Role.REVIEWER, S.REVIEWED: Role.SIGNER}
"""Who reads what comes in late, by the state the case is in: it still bears on the decision that is being made (令8 art. 18)."""
DECIDING = frozenset(
    {S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.INVESTIGATING, S.SIMPLE, S.SUSPENDED, S.PROPOSED, S.REVIEWED}
)
"""Before the decision: who of the staff keeps away still matters (令8 art. 16)."""
HEALTH = {
    S.SUBMITTED: "recognition.accept",
    S.SUPPLEMENT: "recognition.receive_supplement",
    S.ACCEPTED: "recognition.investigate",
    S.INVESTIGATING: "recognition.investigate",
    S.SIMPLE: "recognition.investigate",
    S.SUSPENDED: "recognition.investigate",
    S.PROPOSED: "recognition.review",
    S.REVIEWED: "recognition.sign",
}
"""For which step staff read about the person's health."""

PROCEDURE = Procedure(
    name=RECOGNITION,
    title="工伤认定",
    moves=MOVES,
    labels={state.value: label for state, label in LABELS.items()},
    owed={state.value: owed for state, owed in OWED.items()},
    closed=frozenset({S.ARCHIVED.value}),
    series="recognition",
    service=Service(
        papers=(
            "decision_recognised",
            "decision_deemed",
            "decision_refused",
            "recognition_rejection",
            "decision_revocation",
        ),
        deliver="WI-DELIVER",
        served_on="令8 第二十二条",
        remedies=("WI-RECONS", "WI-SUIT"),
        article="条例 第五十五条、令8 第二十三条",
        appeal="行政复议或者行政诉讼",
        copied=("agency",),
        uncopied=("recognition_rejection",),
    ),
    begins=("WI-REVIEW",),
    decision_limits=("WI-DECIDE-FAST", "WI-DECIDE"),
    deciding=frozenset(state.value for state in DECIDING),
    decides="decide",
    health={state.value: permission for state, permission in HEALTH.items()},
    promises={state.value: sentence for state, sentence in NEXT.items()},
    promises_after={
        "revoke": "原决定已撤销，撤销决定正在送达。不服撤销决定的，可以申请行政复议或者提起行政诉讼。",
        "revoke_anew": "原决定已撤销，正在重新调查，自撤销之日起60日内作出新的决定，您不需要重新申请。",
        "revoke_rejection": "原不予受理决定已撤销，正在重新审查您的申请，您不需要重新申请。",
    },
)


def reader_of(state: str) -> Role | None:
    """Whose task it is to read what comes in now; nobody's once the case is decided or ended. Law: 令8 art. 9, 18."""
    return READERS.get(State(state))
