"""The first appraisal of an injured worker (工伤初次鉴定) as one table: states, moves, what each state owes."""

from enum import StrEnum

from gongjian.accounts.roles import PARTY, SYSTEM, Role
from gongjian.cases.states import Move, Owed, Procedure, Quiet, Service

INITIAL = "appraisal.initial"


class State(StrEnum):
    """Where a first appraisal stands."""

    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    ENTRUSTED = "entrusted"
    SCHEDULED = "scheduled"
    PRESENT = "present"
    GROUPED = "grouped"
    EXAMINING = "examining"
    DELIBERATING = "deliberating"
    OPINED = "opined"
    REVIEWED = "reviewed"
    CONCLUDED = "concluded"
    DELIVERED = "delivered"
    EFFECTIVE = "effective"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    DECEASED = "deceased"
    ARCHIVED = "archived"


LABELS = {
    State.SUBMITTED: "待审查材料",
    State.SUPPLEMENT: "待补正材料",
    State.ACCEPTED: "已受理，待安排场次",
    State.ENTRUSTED: "已委托外地鉴定",
    State.SCHEDULED: "已安排场次",
    State.PRESENT: "已到场",
    State.GROUPED: "已分组候检",
    State.EXAMINING: "专家组检查中",
    State.DELIBERATING: "专家组合议中",
    State.OPINED: "专家组意见已形成",
    State.REVIEWED: "已复核，待签发",
    State.CONCLUDED: "结论已作出，送达中",
    State.DELIVERED: "已送达，再次鉴定期限内",
    State.EFFECTIVE: "结论已生效",
    State.REFUSED: "不予受理",
    State.ABANDONED: "视为放弃申请",
    State.WITHDRAWN: "申请人已撤回",
    State.TERMINATED: "当次鉴定终止",
    State.DECEASED: "被鉴定人死亡，鉴定终结",
    State.ARCHIVED: "已归档",
}

S = State
ENDED_BY_DEATH = (S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.ENTRUSTED, S.SCHEDULED, S.PRESENT, S.GROUPED, S.EXAMINING)
"""Where the examination is still to be done: without the person there is nothing to examine."""
GOES_ON_AFTER_DEATH = (S.DELIBERATING, S.OPINED, S.REVIEWED, S.CONCLUDED, S.DELIVERED, S.EFFECTIVE)
"""Where every expert has examined the person and sealed: the rest is done without them, and served on the near relatives."""
MOVES = (
    Move("accept", S.SUBMITTED, S.ACCEPTED, "appraisal.accept", "令55 第十条", "受理"),
    Move("ask_supplement", S.SUBMITTED, S.SUPPLEMENT, "appraisal.ask_supplement", "令55 第十条", "一次性告知补正"),
    Move("refuse", S.SUBMITTED, S.REFUSED, "appraisal.refuse", "令55 第五条、第七条", "不予受理"),
    Move("supplement", S.SUPPLEMENT, S.SUBMITTED, PARTY, "令55 第十条", "提交补正材料"),
    Move(
        "receive_supplement",
        S.SUPPLEMENT,
        S.SUBMITTED,
        "appraisal.receive_supplement",
        "令55 第十条",
        "窗口收取补正材料",
    ),
    Move("lapse", S.SUPPLEMENT, S.ABANDONED, SYSTEM, "令55 第十条", "逾期未补正"),
    Move("give_up", S.SUBMITTED, S.ABANDONED, "appraisal.give_up", "令55 第十条", "补正后仍不齐，视为放弃"),
    Move("withdraw", S.SUBMITTED, S.WITHDRAWN, PARTY, "令55 第七条", "撤回申请"),
    Move("withdraw", S.SUPPLEMENT, S.WITHDRAWN, PARTY, "令55 第七条", "撤回申请"),
    Move("withdraw", S.ACCEPTED, S.WITHDRAWN, PARTY, "令55 第七条", "撤回申请"),
    Move("withdraw", S.ENTRUSTED, S.WITHDRAWN, PARTY, "令55 第七条", "撤回申请"),
    Move("withdraw", S.SCHEDULED, S.WITHDRAWN, PARTY, "令55 第七条", "撤回申请"),
    *(
        Move("receive_withdrawal", state, S.WITHDRAWN, "appraisal.withdraw", "令55 第七条", "窗口收取撤回申请")
        for state in (S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.ENTRUSTED, S.SCHEDULED)
    ),
    Move("entrust", S.ACCEPTED, S.ENTRUSTED, "sittings.book", "令55 第十二条", "委托外地鉴定"),
    Move("bring_back", S.ENTRUSTED, S.ACCEPTED, SYSTEM, "令55 第十二条", "委托结束，重新安排"),
    Move("opine", S.ENTRUSTED, S.OPINED, SYSTEM, "令55 第十二条、第十五条", "收到受托专家组的意见"),
    Move("book", S.ACCEPTED, S.SCHEDULED, "sittings.book", "令55 第十二条", "安排场次"),
    Move("reschedule", S.SCHEDULED, S.ACCEPTED, "sittings.reschedule", "令55 第十二条", "同意改期"),
    Move(
        "reschedule", S.PRESENT, S.ACCEPTED, "sittings.reschedule", "令55 第十一条、第十二条", "无可分配的专家组，改期"
    ),
    *(
        Move("change_mode", state, S.ACCEPTED, SYSTEM, "令55 第十二条", "鉴定方式改变，重新安排")
        for state in (S.SCHEDULED, S.PRESENT)
    ),
    Move("check_in", S.SCHEDULED, S.PRESENT, "sittings.check_in", "令55 第十二条", "核验身份，报到"),
    Move("group", S.PRESENT, S.GROUPED, "draws.door", "令55 第十一条", "现场抽取专家组"),
    *(
        Move("regroup", state, S.PRESENT, "draws.regroup", "令55 第十一条、第二十八条", "重新抽取专家组")
        for state in (S.GROUPED, S.EXAMINING, S.DELIBERATING)
    ),
    Move("examine", S.GROUPED, S.EXAMINING, SYSTEM, "令55 第十三条", "进入检查"),
    Move("terminate", S.SCHEDULED, S.TERMINATED, "sittings.terminate", "令55 第十四条", "终止当次鉴定"),
    Move("terminate", S.PRESENT, S.TERMINATED, "sittings.terminate", "令55 第十四条", "终止当次鉴定"),
    Move("terminate", S.GROUPED, S.TERMINATED, "sittings.terminate", "令55 第十四条", "终止当次鉴定"),
    Move("terminate", S.EXAMINING, S.TERMINATED, "sittings.terminate", "令55 第十四条", "终止当次鉴定"),
    Move("deliberate", S.EXAMINING, S.DELIBERATING, SYSTEM, "令55 第十五条", "无多数意见，合议"),
    Move("opine", S.EXAMINING, S.OPINED, SYSTEM, "令55 第十五条", "形成专家组意见"),
    Move("opine", S.DELIBERATING, S.OPINED, SYSTEM, "令55 第十五条", "合议形成专家组意见"),
    Move("review", S.OPINED, S.REVIEWED, "conclusions.review", "令55 第十六条", "复核"),
    Move("reopen", S.OPINED, S.DELIBERATING, "conclusions.review", "令55 第十五条、第十六条", "退回专家组重新出具意见"),
    Move("set_aside", S.OPINED, S.ACCEPTED, SYSTEM, "令55 第十五条、第十六条", "不采用受托专家组的意见，重新安排"),
    Move("return", S.REVIEWED, S.OPINED, "conclusions.sign", "令55 第十六条", "退回复核"),
    Move("conclude", S.REVIEWED, S.CONCLUDED, "conclusions.sign", "令55 第十六条", "签发结论"),
    Move("served", S.CONCLUDED, S.DELIVERED, SYSTEM, "令55 第十七条", "全部送达"),
    Move("take_effect", S.DELIVERED, S.EFFECTIVE, SYSTEM, "令55 第十九条", "期满生效"),
    Move("take_back", S.EFFECTIVE, S.DELIVERED, "delivery.deliver", "令55 第十九条", "撤回生效登记"),
    *(
        Move("end_by_death", state, S.DECEASED, "appraisal.note_death", "令55 第十二条、第十三条", "被鉴定人死亡")
        for state in ENDED_BY_DEATH
    ),
    Move("archive", S.EFFECTIVE, S.ARCHIVED, "archives.archive", "令55 第二十三条", "归档"),
    Move("archive", S.ABANDONED, S.ARCHIVED, "archives.archive", "令55 第二十三条", "归档"),
    Move("archive", S.WITHDRAWN, S.ARCHIVED, "archives.archive", "令55 第二十三条", "归档"),
    Move("archive", S.TERMINATED, S.ARCHIVED, "archives.archive", "令55 第二十三条", "归档"),
    Move("archive", S.REFUSED, S.ARCHIVED, "archives.archive", "令55 第二十三条", "归档"),
    Move("archive", S.DECEASED, S.ARCHIVED, "archives.archive", "令55 第二十三条", "归档"),
)

DECIDING = frozenset(
    {S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.ENTRUSTED, S.SCHEDULED, S.PRESENT, S.GROUPED, S.EXAMINING, S.DELIBERATING}
) | {S.OPINED, S.REVIEWED}
"""Where the limit of the decision runs."""

OWED = {
    S.SUBMITTED: (Owed("check_papers", "审查材料", "令55 第十条", role=Role.WINDOW_CLERK, limit="LA-REVIEW"),),
    S.SUPPLEMENT: (Owed("supplement", "补正材料", "令55 第十条", party="applicant", limit="LA-SUPPLEMENT"),),
    S.ACCEPTED: (Owed("book", "安排鉴定场次", "令55 第十条、第十二条", role=Role.SCHEDULER, limit="LA-DECIDE"),),
    S.ENTRUSTED: (
        Owed(
            "await_entrusted", "等待受托专家组的意见", "令55 第十条、第十二条", role=Role.SCHEDULER, limit="LA-DECIDE"
        ),
    ),
    S.SCHEDULED: (Owed("receive_at_door", "现场报到与核验", "令55 第十二条", role=Role.EXAM_STAFF, limit="LA-DECIDE"),),
    S.PRESENT: (Owed("group", "现场抽取专家组", "令55 第十一条", role=Role.EXAM_STAFF, limit="LA-DECIDE"),),
    S.GROUPED: (Owed("call", "叫号检查", "令55 第十三条", role=Role.EXAM_STAFF, limit="LA-DECIDE"),),
    S.EXAMINING: (Owed("opine", "专家检查并封存意见", "令55 第十五条", party="experts", limit="LA-DECIDE"),),
    S.DELIBERATING: (Owed("deliberate", "专家组合议", "令55 第十五条", party="experts", limit="LA-DECIDE"),),
    S.OPINED: (Owed("review", "复核专家组意见", "令55 第十六条", role=Role.REVIEWER, limit="LA-DECIDE"),),
    S.REVIEWED: (Owed("sign", "签发鉴定结论", "令55 第十条、第十六条", role=Role.SIGNER, limit="LA-DECIDE"),),
    S.CONCLUDED: (Owed("deliver", "送达结论书", "令55 第十七条", role=Role.DELIVERY_CLERK, limit="LA-DELIVER"),),
    S.DELIVERED: (
        Owed("remedies", "等待再次鉴定期限届满", "令55 第十九条", role=Role.DELIVERY_CLERK, limit="LA-REAPPEAL"),
    ),
    S.EFFECTIVE: (Owed("archive", "归档", "令55 第二十三条", role=Role.ARCHIVIST),),
    S.ABANDONED: (Owed("archive", "归档", "令55 第二十三条", role=Role.ARCHIVIST),),
    S.WITHDRAWN: (Owed("archive", "归档", "令55 第二十三条", role=Role.ARCHIVIST),),
    S.TERMINATED: (Owed("archive", "归档", "令55 第二十三条", role=Role.ARCHIVIST),),
    S.REFUSED: (Owed("archive", "归档", "令55 第二十三条", role=Role.ARCHIVIST),),
    S.DECEASED: (Owed("archive", "归档", "令55 第二十三条", role=Role.ARCHIVIST),),
}

NEXT = {
    S.SUBMITTED: "受理窗口正在审查材料。材料齐全即受理；不齐全的，会一次性告知您全部需要补正的材料。",
    S.SUPPLEMENT: "请在期限内补交告知书列明的全部材料。逾期未补正又无正当理由的，视为放弃本次申请。",
    S.ACCEPTED: "正在为您安排鉴定的时间和地点，安排好后会提前通知您。",
    S.ENTRUSTED: "已委托您所在地的劳动能力鉴定委员会组织专家检查，时间和地点由那里通知您。结论仍由本委员会作出，鉴定期限照常计算。",
    S.SCHEDULED: "请按通知写明的时间、地点和方式参加鉴定，备好身份证件原件和病历资料。有正当理由不能按时参加的，请提前申请改期。",
    S.PRESENT: "您已报到，请等候现场抽取专家组。",
    S.GROUPED: "请留意叫号屏上的号码，等候进入检查室。",
    S.EXAMINING: "专家组正在检查并形成意见。",
    S.DELIBERATING: "专家意见不一致，专家组正在合议。",
    S.OPINED: "专家组意见已形成，鉴定委员会正在复核。",
    S.REVIEWED: "鉴定委员会正在签发鉴定结论。",
    S.CONCLUDED: "结论已作出，正在送达给您和用人单位。",
    S.DELIVERED: "如不服结论，可在收到之日起15日内向省级劳动能力鉴定委员会申请再次鉴定。",
    S.EFFECTIVE: "结论已生效。可凭结论书向社会保险经办机构申请工伤待遇。",
    S.ABANDONED: "本次申请视为放弃。您可以在备齐材料后重新申请。",
    S.WITHDRAWN: "您已撤回本次申请。需要时可以重新申请。",
    S.TERMINATED: "当次鉴定已终止，原因写在通知书里。需要鉴定的，您可以重新提出申请；当时有正当理由的，请尽快联系鉴定委员会说明。",
    S.REFUSED: "本次申请不予受理。理由、依据，以及您接下来可以怎么办，写在《不予受理决定书》里。",
    S.DECEASED: "被鉴定人已经死亡，本次鉴定终结。近亲属可以申请哪些待遇、向谁申请，写在《鉴定终结通知书》里。",
    S.ARCHIVED: "案卷已归档，您仍可查看和下载结论书。",
}

QUIET = Quiet(
    states=frozenset({S.EXAMINING.value, S.DELIBERATING.value, S.OPINED.value, S.REVIEWED.value}),
    label="专家组已检查，正在形成结论",
    promise="专家组已经检查，鉴定委员会正在形成结论。作出结论后会送达给您和用人单位。",
    owed="形成鉴定结论",
    article="令55 第十条、第十五条、第十六条",
)
"""From the examination to the signature: whoever is not of the office is told one thing, so that nobody learns how it is deliberated."""

HEALTH = {
    S.SUBMITTED.value: "appraisal.accept",
    S.SUPPLEMENT.value: "appraisal.receive_supplement",
    S.OPINED.value: "conclusions.review",
    S.REVIEWED.value: "conclusions.sign",
}
"""State → permission of whose step needs the medical papers then. 个保法 art. 28: no other member of staff has a need."""

AFTER = {
    "change_mode": "鉴定方式已改变，原来的时间不用再来，正在为您重新安排时间，安排好后会提前通知您。",
    "bring_back": "委托外地鉴定已经结束，正在为您重新安排鉴定的时间和地点，安排好后会提前通知您。",
    "set_aside": "复核发现受托专家组的意见形式不完整，不予采用，正在为您重新安排鉴定。鉴定期限不因此延长。",
    "regroup": "专家组人员有变，将为您重新抽取专家组，请稍候。需要改日进行的，会另行通知您，鉴定期限不因此延长。",
    "reopen": "复核发现专家组意见的形式不完整，已请原专家组重新出具意见。您不用再来，鉴定期限不因此延长。",
}
"""What happens next where the last step says it better than the state does."""

PROCEDURE = Procedure(
    name=INITIAL,
    title="工伤职工劳动能力初次鉴定",
    moves=MOVES,
    labels={state.value: label for state, label in LABELS.items()},
    owed={state.value: owed for state, owed in OWED.items()},
    closed=frozenset({S.ARCHIVED.value}),
    series="appraisal",
    service=Service(
        papers=("conclusion",),
        deliver="LA-DELIVER",
        served_on="令55 第十七条",
        remedies=("LA-REAPPEAL",),
        article="令55 第十九条",
        appeal="再次鉴定",
        copied=("hrss", "agency"),
    ),
    begins=("LA-DECIDE", "LA-REVIEW"),
    decision_limits=("LA-DECIDE",),
    promises={state.value: sentence for state, sentence in NEXT.items()},
    promises_after=AFTER,
    deciding=frozenset(state.value for state in DECIDING),
    decides="conclude",
    health=HEALTH,
    quiet=QUIET,
)
