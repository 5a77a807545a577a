"""Refusals of the draw."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class PlanWrong(RuleError):
    """The list to be committed contradicts itself."""

    code = "draws.plan_wrong"
    message = "抽取方案有误：{what}。请改正后再提交。"


class QuotaImpossible(RuleError):
    """The seats cannot be filled from the list; `reasons` names each shortage and the smallest thing that would help."""

    code = "draws.quota_impossible"
    message = "席位无法排满，不能抽取。{reasons}"


class HospitalsTooFew(RuleError):
    """Seats can be filled, but hardly ever with at most one expert of a hospital in each group."""

    code = "draws.hospitals_too_few"
    message = (
        "按“同一专家组内每家医院至多一人”的条件预演{tried}次，只有{seated}次能排满席位。"
        "请增派其他医院的专家、减少专家组，或在方案中取消这一条件后重新提交。"
    )


class NotSeated(RuleError):
    """Every permitted redraw ended in a set of experts that cannot be seated. The draw is void; nothing was patched."""

    code = "draws.not_seated"
    message = "已按承诺的规则连续抽取{attempts}次，均不能满足“同组每家医院至多一人”，本次抽取作废。请调整方案，重新公布承诺后再抽。"


class SecretWrong(RuleError):
    """The secret is not the one whose hash was committed, or is not 32 bytes long."""

    code = "draws.secret_wrong"
    message = "密值与已公布的哈希不符，或长度不是32字节。请使用本次承诺时保存的密值。"


class SecretUsedBefore(RuleError):
    """A secret serves one draw only."""

    code = "draws.secret_used_before"
    message = "这一密值已在以前的抽取中用过。每次抽取必须使用新的密值，请重新生成。"


class WordWrong(RuleError):
    """A word that is empty, too long, or not the one that was sealed."""

    code = "draws.word_wrong"
    message = "第{position}位在场人员的抽取词不能使用：{what}。"


class WordsMissing(RuleError):
    """At least one person present, other than the office, gives a word."""

    code = "draws.words_missing"
    message = "还没有在场人员给出抽取词。至少需要一位监督人员或职工一方的人员给词后才能抽取。"


class WordsNotAllIn(RuleError):
    """Somebody who was given a code has not given a word yet."""

    code = "draws.words_not_all_in"
    message = "{who}还没有给词，全部给齐后才能继续。有人已经离场的，请写明理由作废，重新公布名单。"


class NotTaking(RuleError):
    """The person who leaves is neither seated in the group named nor a reserve."""

    code = "draws.not_taking"
    message = "专家{expert}不在本次抽取的席位或候补名单中，不需要办理回避。请核对编号。"


class DoorClosedTo(RuleError):
    """A person who is not on the committed list of the day, or who already has a group."""

    code = "draws.door_closed_to"
    message = "鉴定编码{person}不在今日名单中，或已经分到专家组。请核对编码。"


class NoGroupFits(RuleError):
    """No group has the specialty a person needs without a conflict."""

    code = "draws.no_group_fits"
    message = "没有既符合专业要求、又无须回避的专家组可分配给鉴定编码{person}。请安排改期或增开专家组。"


class ReceiptUnreadable(RuleError):
    """The text is not a receipt of this platform."""

    code = "draws.receipt_unreadable"
    message = "这份凭证无法读取：{what}。请使用平台出具的原始文件，不要改动格式。"


class DrawNotFound(NotFound):
    """No such draw, or none that may be known to exist."""

    code = "draws.not_found"
    message = "没有找到这次抽取，或者您无权查看。请核对编号或重新扫描现场公布的二维码。"


class GroupSizeNotAllowed(RuleError):
    """A group has three or five experts."""

    code = "draws.group_size"
    message = "专家组应为3人或5人，不能是{size}人。"


class DrawStateWrong(RuleError):
    """The draw is not where this step begins."""

    code = "draws.state_wrong"
    message = "本次抽取现在是“{state}”，不能办理“{act}”。请刷新页面。"


class DrawAlready(RuleError):
    """The sitting has a live draw of this kind."""

    code = "draws.already"
    message = "本场已有一次“{kind}”的承诺，未作废前不能另行抽取。"


class NoDrawYet(RuleError):
    """The door opens after the experts are drawn."""

    code = "draws.no_draw_yet"
    message = "本场还没有抽取专家，不能进行现场分组。请先完成专家抽取。"


class DoorNotOpen(RuleError):
    """People are sent to groups only when the door's list is committed and all words are in."""

    code = "draws.door_not_open"
    message = "现场分组还没有开始：名单承诺后、在场人员全部给词，才能分组。"


class EntryCodeWrong(NotFound):
    """No place for a word under this code."""

    code = "draws.entry_code_wrong"
    message = "给词码不正确。请向现场工作人员核对。"


class WordGivenAlready(RuleError):
    """A word is given once and cannot be changed."""

    code = "draws.word_given"
    message = "这一席位已经给过抽取词，不能更改。"


class OfficeHasNoWord(RuleError):
    """The office knows the secret and therefore gives no word."""

    code = "draws.office_no_word"
    message = "抽取人员不能给词：给词的应是监督人员、职工一方或其他在场人员。"


class NobodyBooked(RuleError):
    """There is nobody to draw for."""

    code = "draws.nobody_booked"
    message = "本场还没有安排任何人，不能承诺名单。请先安排场次。"


class NotAMember(RuleError):
    """The expert does not sit in the group."""

    code = "draws.not_a_member"
    message = "该专家不在本组，不需要办理回避。请核对。"


class RecusedAlready(RuleError):
    """The same recusal is recorded."""

    code = "draws.recused_already"
    message = "这一回避已经记录，不需要重复办理。"


class ReasonMissing(RuleError):
    """An act that needs a written reason."""

    code = "draws.reason_missing"
    message = "请写明理由，理由会记入抽取记录。"


class OneGroupOnly(RuleError):
    """A sitting of a mode in which one group examines one person after another."""

    code = "draws.one_group_only"
    message = "{title}的场次只抽取一个专家组，由它依次检查，现在是{count}个。请减少到一个组；人数较多的，分几个场次。"


class NeedsNotCovered(RuleError):
    """Somebody expected needs specialties that no group has seats for."""

    code = "draws.needs_not_covered"
    message = (
        "鉴定编码{people}需要的专业，没有一个专家组的席位能全部覆盖。"
        "请在某一组加上相应专业的席位（或改为5人组），或请场次安排人员为其改期。"
    )


class ListOutdated(RuleError):
    """Somebody on the committed list may no longer be drawn for the day."""

    code = "draws.list_outdated"
    message = (
        "名单公布之后，专家{experts}不再符合参加本场鉴定的条件（聘期、培训、暂停、解聘或者健康），不能按这份名单抽取。"
        "请写明原因作废本次承诺，再重新公布名单。"
    )


class PeopleUnserved(RuleError):
    """Somebody expected has no group to go to: the list of the day cannot be fixed yet."""

    code = "draws.people_unserved"
    message = "鉴定编码{people}没有可以分配的专家组，名单还不能公布。请按本页列出的办法逐一处理后再公布。"


class OfficerTied(RuleError):
    """Who draws has another checking duty in a case of the sitting."""

    code = "draws.officer_tied"
    message = (
        "抽取人员{name}在鉴定编码{people}的案件中承担过受理、复核或签发，依规定不能再承担抽取。"
        "请由其他抽取人员办理，或请场次安排人员将其改到别的场次。"
    )


class DoorTooEarly(RuleError):
    """The list of the day is fixed on the day, when nobody can be booked any more."""

    code = "draws.door_too_early"
    message = "现场分组的名单在场次当天（{day:%Y年%m月%d日}）公布，以免漏掉后来安排的人。请当天再办理。"


class SittingOver(RuleError):
    """Nothing is drawn for a sitting that has ended."""

    code = "draws.sitting_over"
    message = "场次{number}已经结束，不能再办理抽取。"


class StillWaiting(RuleError):
    """Somebody has checked in and has no group."""

    code = "draws.still_waiting"
    message = "还有{count}人已报到、尚未分组，不能结束现场分组。请先为他们抽组；确实没有可分配的专家组的，请安排改期。"


class DoorWordWrong(RuleError):
    """A word that a person at the door cannot give."""

    code = "draws.door_word_wrong"
    message = "这个词不能使用：请填写{most}个字以内、不换行的文字，也可以不填。"


class NotTied(RuleError):
    """A member may leave the seat for a case only on a ground that is known."""

    code = "draws.not_tied"
    message = "专家{expert}与鉴定编码{person}之间没有已知的回避事由，不能为此更换。请先登记回避事由。"


class GroupComplete(RuleError):
    """A case leaves its group only when that group lacks a member for good."""

    code = "draws.group_complete"
    message = "本案的专家组没有空缺席位，不能重新抽取专家组。更换专家组成员只能由承诺的候补按次序递补（令55第十一条）。"


class RecusalNotFound(NotFound):
    """No such request, or none that may be known to exist."""

    code = "draws.recusal_not_found"
    message = "没有找到这一回避申请，或者您无权查看。"


class RecusalDecided(RuleError):
    """A request is decided once."""

    code = "draws.recusal_decided"
    message = "这一回避申请已经答复过，不能重复答复。请刷新页面。"


class RecusalTooLate(RuleError):
    """A request after the group has formed its opinion."""

    code = "draws.recusal_too_late"
    message = (
        "本案专家组意见已经形成或者程序已经结束，不能再申请回避。对结论不服的，可以在收到结论之日起15日内申请再次鉴定。"
    )


class GrantTooLate(RuleError):
    """A request granted after the group has formed its opinion would change nothing."""

    code = "draws.grant_too_late"
    message = (
        "本案专家组意见已经形成或者程序已经结束，予以回避不能再改变由谁鉴定。请选择不予回避，并告知当事人："
        "对结论不服的，可以在收到结论之日起15日内申请再次鉴定（令55第十九条），由另行组成的专家组鉴定。"
    )


class NotTheExpert(NotAllowed):
    """A conflict is declared by the expert concerned, or noted by who draws."""

    code = "draws.not_the_expert"
    message = "专家的回避只能由本人声明，或者由本单位抽取人员登记。"


class TooManyTries(RuleError):
    """Too many wrong codes from one address."""

    code = "draws.too_many_tries"
    message = "这个网络上输错给词码的次数过多，请{minutes}分钟后再试，或者改用手机流量扫描二维码。"


class SealWrong(RuleError):
    """A seal that cannot be one: not 64 hex digits."""

    code = "draws.seal_wrong"
    message = "封存码应为64位0-9、a-f的字符。请在本机重新计算，或者核对抄写。"


class NotTheSealed(RuleError):
    """A word or a salt that is not the one sealed at this place."""

    code = "draws.not_the_sealed"
    message = "这个词和随机码与先前交出的封存码对不上。请使用封存时的那台设备，或者核对抄下的词和随机码；词中的空格、标点也要一致。"


class WordsNotOpened(RuleError):
    """Somebody has sealed a word on a device of their own and has not handed it in yet."""

    code = "draws.words_not_opened"
    message = "{who}还没有揭晓封存的词。请其打开封存时的页面揭晓；确实不能揭晓的，请申请作废，重新公布名单。"


class SealedAsTyped(RuleError):
    """A part whose word could not be opened before gives the next one in the hall."""

    code = "draws.sealed_as_typed"
    message = "本场此前有一次承诺因“{who}”封存的词不能揭晓而作废，这一身份此后在本场只能现场输入抽取词。"


class ChangeNotFound(NotFound):
    """No such request, or none that may be known to exist."""

    code = "draws.change_not_found"
    message = "没有找到这项变更申请，或者您无权查看。"


class ChangeDecided(RuleError):
    """A request is decided once."""

    code = "draws.change_decided"
    message = "这项变更申请已经办理过（{decision}），不能重复办理。请刷新页面。"


class ChangeWaiting(RuleError):
    """Something that has to wait until a request is decided."""

    code = "draws.change_waiting"
    message = "本次抽取有一项变更申请（{act}）正等待第二人确认，在此之前不能办理“{step}”。"


class ChangeAskedAlready(RuleError):
    """The same change is being asked for."""

    code = "draws.change_asked"
    message = "同一变更已经申请，正等待第二人确认，不需要重复申请。"


class SecondPersonNeeded(NotAllowed):
    """Who asked does not confirm."""

    code = "draws.second_person"
    message = "变更须由申请人以外的第二人确认：本单位的监督人员，或者另一名现场工作人员。"


class KindUnfounded(RuleError):
    """A kind of reason that the records do not bear out, or that is none for this act."""

    code = "draws.kind_unfounded"
    message = "“{kind}”与系统中的记录不符，不能作为理由。请核对后另选一种。"


class NotTheAsker(NotAllowed):
    """Only who asked takes a request back."""

    code = "draws.not_the_asker"
    message = "变更申请只能由提出的人撤回。"
