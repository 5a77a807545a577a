"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class WindowOnly(NotAllowed):
    code = "recognition.window_only"
    message = "只有人力资源和社会保障局的受理窗口可以录入工伤认定申请。请由窗口工作人员办理。"


class NotTheEmployer(NotAllowed):
    code = "recognition.not_the_employer"
    message = "只有用人单位一方可以提交举证意见。请由用人单位或者其委托的代理人办理。"


class LateWithoutReason(RuleError):
    code = "recognition.late_without_reason"
    message = (
        "按所填日期，申请已超过法定时限。系统不拦截申请，但请写明逾期的原因和不计入期限的情形，由受理机关审查决定。"
    )


class TimeBarNotWeighed(RuleError):
    code = "recognition.time_bar_not_weighed"
    message = "按登记的事实，申请已超过法定时限。受理的，请写明为何未超过（例如不计入期限的情形和证据）；确已超过的，请决定不予受理。"


class GroundUnknown(RuleError):
    code = "recognition.ground_unknown"
    message = "没有这种情形。请从列出的情形中选择。"


class ExtensionPeriodWrong(RuleError):
    code = "recognition.extension_period_wrong"
    message = (
        "延长的天数应为1至{most}日，并且应当在用人单位的申请时限（{due:%Y-%m-%d}）届满之前提出。请核对后重新填写。"
    )


class TransferTargetWrong(RuleError):
    code = "recognition.transfer_target_wrong"
    message = "请写明有管辖权的机关；不能移送给本机关自己。"


class EvidenceNoticeSent(RuleError):
    code = "recognition.evidence_notice_sent"
    message = "本案已于{sent:%Y-%m-%d}向用人单位发出举证通知，不需要再发。"


class NoEvidenceNotice(RuleError):
    code = "recognition.no_evidence_notice"
    message = "本案没有向用人单位发出过举证通知，或者用人单位已经答复。"


class EmployerApplied(RuleError):
    code = "recognition.employer_applied"
    message = "本案由用人单位提出申请，用人单位没有否认工伤，不需要发举证通知。"


class TwoInvestigators(RuleError):
    code = "recognition.two_investigators"
    message = "调查核实应当由两名以上工作人员共同进行并出示证件。请至少选择两名有调查职责、登记了证件号的工作人员。"


class NotTheInvestigator(NotAllowed):
    code = "recognition.not_the_investigator"
    message = "您不是本案的调查人员。请由本案的调查人员办理。"


class QuestionUnknown(RuleError):
    code = "recognition.question_unknown"
    message = "调查提纲里没有这个问题。请刷新页面后重新填写。"


class AnswerWithoutBasis(RuleError):
    code = "recognition.answer_without_basis"
    message = "请写明这一回答的依据（哪份材料、哪份笔录的第几问）。"


class HeadUnknown(RuleError):
    code = "recognition.head_unknown"
    message = "《工伤保险条例》没有这一情形。请从列出的情形中选择。"


class InterviewEmpty(RuleError):
    code = "recognition.interview_empty"
    message = "笔录至少要有一问一答，并写明被调查人、地点和起止时间。请补全后再保存。"


class InterviewTimesWrong(RuleError):
    code = "recognition.interview_times_wrong"
    message = "调查的结束时间应当晚于开始时间，并且不能晚于现在。请核对后重新填写。"


class InterviewNotRead(RuleError):
    code = "recognition.interview_not_read"
    message = "笔录应当交被调查人核对或者向其宣读。请确认已经宣读；被调查人拒绝签名的，写明情况。"


class InterviewPagesMissing(RuleError):
    code = "recognition.interview_pages_missing"
    message = "笔录共{pages}页，应当逐页签名，现在收到{given}页。请逐页扫描后一并上传。"


class InterviewSignedAlready(RuleError):
    code = "recognition.interview_signed_already"
    message = "这份笔录已经签名存档，不能再改。需要补充的，请另作一份笔录。"


class RecordNotFound(NotFound):
    code = "recognition.record_not_found"
    message = "没有找到这份调查记录，或者您无权查看。请从案件页重新进入。"


class SiteRecordEmpty(RuleError):
    code = "recognition.site_record_empty"
    message = "现场勘查记录应当写明时间、地点、所见和至少一张照片。请补全后再保存。"


class AwaitedMissing(RuleError):
    code = "recognition.awaited_missing"
    message = "请写明等待的是哪个机关的什么结论。中止通知书会写明这一点。"


class DocumentMissing(RuleError):
    code = "recognition.document_missing"
    message = "请上传收到的生效法律文书，并写明文书名称。恢复认定以收到文书之日为准。"


class DayOfReceiptWrong(RuleError):
    code = "recognition.day_of_receipt_wrong"
    message = "收到文书的日期应在中止之日（{first:%Y-%m-%d}）至今天之间。请核对后重新填写。"


class SimpleTrackClosed(RuleError):
    code = "recognition.simple_track_closed"
    message = "本案曾转为普通程序，或者简易程序的期限已过，不能再适用简易程序。"


class OutcomeWithoutHead(RuleError):
    code = "recognition.outcome_without_head"
    message = "认定工伤要选定第十四条的情形，视同工伤要选定第十五条的情形，不予认定要写明理由。请补全后再提交。"


class ExclusionUnproved(RuleError):
    code = "recognition.exclusion_unproved"
    message = "以“{title}”为由不予认定的，须有：{proofs}。案卷里还没有这种材料，不能据此拟定。"


class StillPending(RuleError):
    code = "recognition.still_pending"
    message = "认定的事实中还有{count}句没有依据，标着【待核实】。请逐句指明所依据的材料或者笔录，再送复核和签发。"


class NothingProposed(RuleError):
    code = "recognition.nothing_proposed"
    message = "本案还没有拟定认定意见，不能复核或者签发。请先由调查人员拟定。"


class ProposalChanged(RuleError):
    code = "recognition.proposal_changed"
    message = "认定意见与您在页面上看到的、或者复核时的不一致。您的这次操作没有生效，请刷新页面重新核对。"


class SupportUnknown(RuleError):
    code = "recognition.support_unknown"
    message = "所指的依据不在本案案卷中。请从列出的材料和笔录中选择。"


class NobodyToCopy(RuleError):
    code = "recognition.nobody_to_copy"
    message = "没有登记职工参保地或者“{office}”所在地的社会保险经办机构，决定书无法依规定抄送。请管理员先登记该机构。"


class NoEmployer(RuleError):
    code = "recognition.no_employer"
    message = "本案没有登记用人单位，决定书缺少法定内容。请受理窗口先补充。"


class NothingCorrected(RuleError):
    code = "recognition.nothing_corrected"
    message = "请写明至少一处笔误：更正的内容、原文和更正后的文字，两者不能相同。认定结果、依据和救济途径不能用更正改变，应当依法撤销。"


class NoDecisionStands(RuleError):
    code = "recognition.no_decision_stands"
    message = "本案现在没有有效的决定，或者决定还没有送达，不能更正、撤销或者登记复议、诉讼。"


class RevisionWaits(RuleError):
    code = "recognition.revision_waits"
    message = "本案已有一件更正或者撤销在等待签发。请先签发或者退回那一件。"


class RevisionNotFound(NotFound):
    code = "recognition.revision_not_found"
    message = "没有找到这件更正或者撤销，或者它已经办结。请从案件页重新进入。"


class ProposerSigns(NotAllowed):
    code = "recognition.proposer_signs"
    message = "这件更正或者撤销是您提出的，应当由其他人签发。"


class RevocationNeedsOrder(RuleError):
    code = "recognition.revocation_needs_order"
    message = "依行政复议决定或者法院判决撤销的，请写明文书名称、文号和日期；日期不能晚于今天。"


class RejectionOnlyAnew(RuleError):
    code = "recognition.rejection_only_anew"
    message = "不予受理决定撤销后，申请要重新审查。请选择“撤销并重新办理”。"


class RemedyNotTheGround(RuleError):
    code = "recognition.remedy_not_the_ground"
    message = "所选的复议、诉讼不能作为这次撤销的依据：应当是本案针对现有决定的，已经登记了结果，种类与撤销的依据一致。请核对。"


class OrderedAnew(RuleError):
    code = "recognition.ordered_anew"
    message = "复议机关或者人民法院责令重新作出决定，不能只撤销。请选择“撤销并重新办理”。"


class RemedyNotFound(NotFound):
    code = "recognition.remedy_not_found"
    message = "没有找到这件行政复议或者行政诉讼，或者您无权查看。请从案件页重新进入。"


class RemedyRegistered(RuleError):
    code = "recognition.remedy_registered"
    message = "这件行政复议或者行政诉讼已经登记过，案号相同。请核对。"


class RemedyEnded(RuleError):
    code = "recognition.remedy_ended"
    message = "这件行政复议或者行政诉讼已经登记了结果，不能再登记答复或者结果。"


class RepliedAlready(RuleError):
    code = "recognition.replied_already"
    message = "已于{on:%Y-%m-%d}登记过答复，不需要再次登记。"


class ReceiptDayWrong(RuleError):
    code = "recognition.receipt_day_wrong"
    message = "收到申请书副本或者起诉状副本的日期应在决定之日（{first:%Y-%m-%d}）至今天之间。请核对后重新填写。"


class PartyDayMissing(RuleError):
    code = "recognition.party_day_missing"
    message = "维持决定的，请向行政复议机关查明并填写当事人收到复议决定书的日期：十五日的起诉期限自当事人收到之日起算，不是自本机关收到之日。"


class OutcomeDayWrong(RuleError):
    code = "recognition.outcome_day_wrong"
    message = "收到结果的日期应在收到副本之日（{first:%Y-%m-%d}）至今天之间。请核对后重新填写。"


class TransferredBack(RuleError):
    code = "recognition.transferred_back"
    message = "本案是{office}移送来的，不能再移送回去。对管辖有争议的，请报请共同的上级机关指定管辖。"


class NotTheSameInjury(RuleError):
    code = "recognition.not_the_same_injury"
    message = "这两件不是同一名职工、相差不超过一天的伤害，不能合并，也不需要判断。请核对案号。"


class JoiningDecided(RuleError):
    code = "recognition.joining_decided"
    message = "这两件是否同一次伤害，已由{who}于{at:%Y-%m-%d %H:%M}判断为“{verdict}”。请刷新页面查看。"


class KeptApartByNobody(RuleError):
    code = "recognition.kept_apart_by_nobody"
    message = "这两件没有被判断为“不是同一次伤害”，没有可以重新判断的。已经合并办理的不能再分开。请刷新页面查看。"


class JoiningTooLate(RuleError):
    code = "recognition.joining_too_late"
    message = "案件{number}现在是“{state}”，不能再合并办理。已拟定意见的，请先退回调查；已作出决定的，请告知另一方对决定的救济途径。"


class JoiningUndecided(RuleError):
    code = "recognition.joining_undecided"
    message = "同一名职工另有相近日期的工伤认定申请：{numbers}。请先判断是否同一次伤害，再受理。"


class OtherVoiceInTime(RuleError):
    code = "recognition.other_voice_in_time"
    message = "本案并有另一方的申请，其中有一份没有超过该方的申请时限，不能以超过时限为由不予受理。请按没有超过时限的申请办理。"


class TwoVoices(RuleError):
    code = "recognition.two_voices"
    message = "本案由双方各自提出的申请合并而成，一方撤回不能终结另一方的申请。请在案卷中记明这一方的意愿，案件继续办理；双方都要求撤回的，由签发人终止认定。"


class NobodyApplied(RuleError):
    code = "recognition.nobody_applied"
    message = (
        "本案由本机关依职权启动，没有申请可以撤回。职工不属于本次事故伤亡人员，或者不应继续办理的，由签发人终止认定。"
    )


class VictimListUnreadable(RuleError):
    code = "recognition.victim_list_unreadable"
    message = "名单无法读取：{why}。"


class TooManyVictims(RuleError):
    code = "recognition.too_many_victims"
    message = "一次事故最多登记{most}名伤亡职工，加上这份名单共{count}名。请核对名单。"


class VictimListed(RuleError):
    code = "recognition.victim_listed"
    message = "这名职工已经在名单上，不重复登记。"


class VictimHasCase(RuleError):
    code = "recognition.victim_has_case"
    message = "这名职工已经立案，不能再从名单中剔除。不属于本次事故伤亡人员的，由签发人终止认定。"


class VictimSetAside(RuleError):
    code = "recognition.victim_set_aside"
    message = "这名职工已经从名单中剔除，不再立案。"


class VictimNotFound(NotFound):
    code = "recognition.victim_not_found"
    message = "没有找到名单上的这名职工，或者您无权查看。请从事故页面重新进入。"


class VictimElsewhere(RuleError):
    code = "recognition.victim_elsewhere"
    message = "{office}已有这名职工同一次伤害的案件{number}。请先向该机关核对：由其办理的，从名单中剔除；由本机关办理的，请其依法移送。"


class VictimOfAnotherAccident(RuleError):
    code = "recognition.victim_of_another_accident"
    message = (
        "这名职工的案件{number}已经列在另一次登记的事故（{title}）中。请核对是否重复登记，重复的从这份名单中剔除。"
    )


class AccidentNotFound(NotFound):
    code = "recognition.accident_not_found"
    message = "没有找到这次事故，或者您无权查看。请从绿色通道列表中选择。"


class BatchUnderWay(RuleError):
    code = "recognition.batch_under_way"
    message = "这次事故的“{what}”正在批量办理，请等办完后再开始。"


class NothingForBatch(RuleError):
    code = "recognition.nothing_for_batch"
    message = "没有可以“{what}”的案件。请刷新页面查看各人的办理状态。"


class BatchChanged(RuleError):
    code = "recognition.batch_changed"
    message = "您看到页面之后，有人的拟定意见改过了。请重新打开页面，看过最新的内容再办理。"


class SharedEvidenceUnknown(RuleError):
    code = "recognition.shared_evidence_unknown"
    message = "这份材料、笔录或者现场记录不能列为事故的共同证据。笔录要先逐页签名存档；个人的病历等健康材料只放在本人的案卷里。"
