"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class SittingNotFound(NotFound):
    code = "sittings.not_found"
    message = "没有找到这一场次，或者您无权查看。请从场次列表重新进入。"


class BookingNotFound(NotFound):
    code = "sittings.booking_not_found"
    message = "没有找到这次安排，或者您无权查看。请从案件页重新进入。"


class RequestNotFound(NotFound):
    code = "sittings.request_not_found"
    message = "没有找到这份改期申请，或者它已经答复。请刷新页面。"


class SittingNotYours(NotAllowed):
    code = "sittings.not_yours"
    message = "您没有在本单位办理“{act}”的权限。请由承担该职责的同事办理，或联系本单位管理员。"


class StepNotAllowed(RuleError):
    code = "sittings.step_not_allowed"
    message = "场次现在是“{state}”，不能办理“{act}”。请刷新页面，查看场次的最新情况。"


class SlotFull(RuleError):
    code = "sittings.slot_full"
    message = "这一时段的名额已满。请选择其他时段或其他场次。"


class NotBookable(RuleError):
    code = "sittings.not_bookable"
    message = "场次{number}已经开始、结束或日期已过，不能再安排人员。请选择以后的场次。"


class BookedAlready(RuleError):
    code = "sittings.booked_already"
    message = "本案已经安排了场次，不能再安排一次。需要换时间的，请先办理改期。"


class OtherOffice(RuleError):
    code = "sittings.other_office"
    message = "场次{number}不是本案鉴定委员会的场次。请选择本单位的场次。"


class SpecialtyNotOffered(RuleError):
    code = "sittings.specialty_not_offered"
    message = "场次{number}没有本案需要的专业（{missing}）。请选择有该专业专家的场次。"


class NotStepFree(RuleError):
    code = "sittings.not_step_free"
    message = "场次{number}的场地没有无障碍通道，而被鉴定人需要。请选择其他场地的场次。"


class NotAvailableYet(RuleError):
    code = "sittings.not_available_yet"
    message = "当事人在改期申请中说明{from_day:%Y-%m-%d}之后才能到场。请选择该日及以后的场次。"


class NoticeTooLate(RuleError):
    code = "sittings.notice_too_late"
    message = "通知应当至少提前{days}个工作日（令55 第十二条及当地规定），现在只剩{left}个。请选择以后的场次；当事人同意提前的，请记明何时、以何种方式同意。"


class PlanWrong(RuleError):
    code = "sittings.plan_wrong"
    message = "场次方案有误：{what}。请改正后再保存。"


class VenueClosed(RuleError):
    code = "sittings.venue_closed"
    message = "场地在该日已停用。请选择其他场地。"


class AskedAlready(RuleError):
    code = "sittings.asked_already"
    message = "您已经提出了改期申请，正在等待答复，不需要重复提出。"


class ForTheOtherSide(NotAllowed):
    """A party of the employer's side would say what is for the appraisee to say."""

    code = "sittings.for_the_other_side"
    message = "这一项由被鉴定人本人、其近亲属或者受其委托的代理人办理。单位了解的情况，请电话或者书面告知鉴定委员会。"


class AskedByYourself(NotAllowed):
    code = "sittings.asked_by_yourself"
    message = "这份改期申请是您代为登记的，不能由您同意。请由另一位有权限的同事答复。"


class HowItCameMissing(RuleError):
    code = "sittings.how_it_came_missing"
    message = "代为登记的，请选择当事人以何种方式提出：来电、来信或者当面。"


class ReasonMissing(RuleError):
    code = "sittings.reason_missing"
    message = "请写明理由，理由会记入案卷。"


class ConsentMissing(RuleError):
    code = "sittings.consent_missing"
    message = "改期后，您要求推后的这段时间不计入作出结论的期限，需要您勾选同意（令55 第十二条）。"


class TooLateToAsk(RuleError):
    code = "sittings.too_late_to_ask"
    message = "约定的时间已经到了，不能再申请改期。有正当理由没能到场的，请联系鉴定委员会说明；登记为未到场后，也可以在案件页说明理由。"


class CodeUnknown(RuleError):
    code = "sittings.code_unknown"
    message = "没有查到这个签到码或证件号码对应的安排。请核对后重新输入；仍查不到的，请被鉴定人出示鉴定通知书。"


class WrongDay(RuleError):
    code = "sittings.wrong_day"
    message = "这位被鉴定人的安排是{day:%Y年%m月%d日}，不是今天，不能报到。请被鉴定人按通知书上的日期来；日期有误的，请联系场次安排人员。"


class WrongSitting(RuleError):
    code = "sittings.wrong_sitting"
    message = "这位被鉴定人安排在场次{number}（{venue}），不在本场。请指引其前往该处报到。"


class InAlready(RuleError):
    code = "sittings.in_already"
    message = "这位被鉴定人已于{at:%H:%M}报到，不需要再次报到。"


class NotExpected(RuleError):
    code = "sittings.not_expected"
    message = "这次安排现在是“{state}”，不能报到。请由场次安排人员处理。"


class NotOpen(RuleError):
    code = "sittings.not_open"
    message = "场次{number}还没有开始现场报到，或者已经结束。请先由现场工作人员开始本场。"


class DocumentMissing(RuleError):
    code = "sittings.document_missing"
    message = "核对其他证件的，请写明证件名称。"


class StillExpected(RuleError):
    code = "sittings.still_expected"
    message = "约定的时间还没有过，不能登记未到场。请等本场结束后再登记。"


class AbsenceOpen(RuleError):
    code = "sittings.absence_open"
    message = "说明理由的期限到{day:%Y-%m-%d}，当事人还没有说明，现在不能认定无正当理由。"


class AbsenceDecided(RuleError):
    code = "sittings.absence_decided"
    message = "对这次未到场已经作出认定，不能再次认定。请在案件页查看认定的结果和下一步。"


class HeadUnknown(RuleError):
    code = "sittings.head_unknown"
    message = "终止当次鉴定只能依据令55 第十四条的四项情形。请选择其中一项。"


class AbsenceNotEstablished(RuleError):
    code = "sittings.absence_not_established"
    message = "还没有认定被鉴定人无正当理由不到场，不能以第一项终止。请先登记未到场并听取说明。"


class NoShowsTooFew(RuleError):
    code = "sittings.no_shows_too_few"
    message = "当地规定无正当理由未到场{limit}次才终止，本案现为{count}次。请另行安排场次。"


class NoticeNotGiven(RuleError):
    code = "sittings.notice_not_given"
    message = "没有在约定时间之前通知到被鉴定人一方的记录，不能以未到场终止当次鉴定。请另行安排，并通知到本人。"


class FactsMissing(RuleError):
    code = "sittings.facts_missing"
    message = "终止当次鉴定须写明事实和证据，二者都会记入案卷并载入通知书。"


class QueueEmpty(RuleError):
    code = "sittings.queue_empty"
    message = "第{group}组现在没有等候的人。请等新的人报到、分组以后再叫号。"


class NotInQueue(RuleError):
    code = "sittings.not_in_queue"
    message = "这个号码现在是“{state}”，不能办理这一步。请刷新页面。"


class CalledJustNow(RuleError):
    """Somebody is at the person's place in the queue in this very moment."""

    code = "sittings.called_just_now"
    message = "这位被鉴定人正在叫号，没有办成，什么都没有改变。请刷新页面后再办。"


class QueuedAlready(RuleError):
    code = "sittings.queued_already"
    message = "这位被鉴定人已经在第{group}组候检，不能再次分组。"


class NeedUnknown(RuleError):
    code = "sittings.need_unknown"
    message = "所选的便利需求不在目录中。请从目录中选择。"


class WishNotFound(NotFound):
    code = "sittings.wish_not_found"
    message = "没有找到这份鉴定方式的申请，或者它已经办完。请刷新页面。"


class WishOpen(RuleError):
    """What was asked once is not asked again."""

    code = "sittings.wish_open"
    message = "您已经申请了{title}，正在办理，不需要重复申请。"


class ModeGrantedAlready(RuleError):
    code = "sittings.mode_granted_already"
    message = "本案已经同意按{title}办理，不需要再次申请。上门的地址、联系人有变化的，请在案件页更改。"


class ModeNotAsked(RuleError):
    code = "sittings.mode_not_asked"
    message = "“{title}”不能由您申请，或者所选的情形不在该方式的适用范围内（{article}）。请从列出的情形中选择。"


class TooEarlyForMode(RuleError):
    code = "sittings.too_early_for_mode"
    message = "本案现在是“{state}”，不能改变鉴定方式。受理以后、鉴定开始以前，可以申请。"


class AddressMissing(RuleError):
    code = "sittings.address_missing"
    message = "{title}须写明详细地址（到门牌号）和现场联系人、电话，专家组才能找到您（{article}）。"


class ConsentToModeMissing(RuleError):
    code = "sittings.consent_to_mode_missing"
    message = "{title}须经被鉴定人同意。请阅读同意的内容并勾选；代为登记的，请写明被鉴定人何时、怎样表示同意。"


class ProofMissing(RuleError):
    code = "sittings.proof_missing"
    message = "{title}须有证明（如诊断证明、病危通知、住院证明）。请上传照片；来电登记的，可以写明上门时核对的证明。"


class ModeCannotJudge(RuleError):
    code = "sittings.mode_cannot_judge"
    message = "本案的伤情不能用{title}鉴定：{reasons}（{article}）。请选择其他方式。"


class OfferWrong(RuleError):
    code = "sittings.offer_wrong"
    message = "请选择一种与申请不同、并且能够鉴定本案伤情的方式。"


class WrongMode(RuleError):
    code = "sittings.wrong_mode"
    message = "场次{number}是{offered}，本案按{wanted}办理（令55 第十二条）。请选择{wanted}的场次。"


class SlotTooShort(RuleError):
    code = "sittings.slot_too_short"
    message = "本案用{title}约需{minutes}分钟，场次{number}每个时段只有{slot}分钟。请选择时段更长的场次。"


class WrongEmployer(RuleError):
    code = "sittings.wrong_employer"
    message = "场次{number}在另一家单位的地点举行，只安排该单位的职工。请选择本案单位的集中鉴定场次。"


class AddressUnchanged(RuleError):
    code = "sittings.address_unchanged"
    message = "这就是现在登记的地址和联系人，没有变化。请填写新的地址或者联系人。"


class AddressTooLate(RuleError):
    code = "sittings.address_too_late"
    message = "上门的队伍已经出发，不能在网上更改地址。请马上致电鉴定委员会，由工作人员登记并告诉队伍。"


class CollectiveNotFound(NotFound):
    code = "sittings.collective_not_found"
    message = "没有找到这份集中鉴定申请，或者您无权查看。请从案件页重新进入。"


class CollectiveOver(RuleError):
    """It was answered, or called off, meanwhile."""

    code = "sittings.collective_over"
    message = "这份集中鉴定申请现在是“{state}”，不能这样办理。请刷新页面。"


class CollectiveSize(RuleError):
    code = "sittings.collective_size"
    message = "企业集中鉴定一次为{least}至{most}人，现在是{count}人（{article}）。人数不足的，照常到现场鉴定；超过的，请分次申请。"


class CollectiveCasesWrong(RuleError):
    code = "sittings.collective_cases"
    message = (
        "所选的案件须是您单位的、同一鉴定委员会已受理、尚未开始鉴定的案件，并且不在另一份集中鉴定申请中。请重新选择。"
    )


class CollectivePlaceMissing(RuleError):
    code = "sittings.collective_place"
    message = "请写明鉴定地点的详细地址、现场联系人和电话，以及能提供几间单独的、门可以关上的房间（至少1间）。"


class NoModeInForce(RuleError):
    code = "sittings.no_mode_in_force"
    message = "本案按现场鉴定办理，没有可以撤回的其他方式。"


class ModeUnderWay(RuleError):
    code = "sittings.mode_under_way"
    message = "鉴定已经开始分组或者检查，不能在这里改变方式。请当面告诉现场工作人员。"


class NotToBeEntrusted(RuleError):
    code = "sittings.not_to_be_entrusted"
    message = "本案没有同意委托外地鉴定（令55 第十二条）。请先由被鉴定人一方提出并同意，再委托。"


class HeldElsewhere(RuleError):
    code = "sittings.held_elsewhere"
    message = "本案已同意委托外地鉴定（令55 第十二条），由受托的鉴定委员会安排场次。请选定受托的鉴定委员会；要在本地鉴定的，先改回现场鉴定。"
