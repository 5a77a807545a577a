"""The investigators' pages: team and track, plan, evidence, interviews, scene, suspension, draft."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.actions.move import allowed_move, allowed_moves
from gongjian.cases.queries import reads_health
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.materials.queries import visible_materials
from gongjian.recognition.actions import evidence, investigation, proposing, records, suspension, track
from gongjian.recognition.actions.proposing import Draft, Fact
from gongjian.recognition.errors import NothingProposed
from gongjian.recognition.forms import (
    AnswerForm,
    EvidenceForm,
    HeadsForm,
    InterviewForm,
    ProposalForm,
    ReasonForm,
    RecordingForm,
    ResumeForm,
    SignedForm,
    SiteForm,
    StartForm,
    SuspendForm,
    TeamForm,
)
from gongjian.recognition.queries import (
    application_of,
    heads_of,
    investigators_of,
    lines_of,
    pending,
    plan_of,
    proposal_of,
    wants_investigators,
)
from gongjian.recognition.queries.accident import accident_of
from gongjian.recognition.queries.investigation import able_investigators
from gongjian.recognition.queries.joining import papers_in_file, shared_papers, voices_seen_by
from gongjian.recognition.queries.records import (
    evidence_notice_of,
    interview_of,
    interviews_of,
    sites_of,
    suspension_now,
    suspensions_of,
    team_of,
)
from gongjian.recognition.states import GATHERING, State
from gongjian.recognition.views.common import colleagues_of, done, keep_proofs, one_form, recognition_case
from gongjian.recognition.views.supports import rests_of, support_choices

HERE = "recognition:investigation"


@signed_in
def start(request: SignedIn, number: str) -> HttpResponse:
    """Choose who investigates, and the track."""
    case = recognition_case(number, request.user)
    allowed_move(case, "begin", by=request.user)
    form = StartForm(request.POST or None, colleagues=colleagues_of(case, request.user))
    if request.method == "POST" and form.is_valid():
        team = team_of(form.cleaned_data["team"])
        if ground := form.cleaned_data["simple_ground"].strip():
            track.take_simple(case, ground=ground, with_=team, by=request.user)
        else:
            investigation.start(case, with_=team, by=request.user)
        return done(request, case, "已开始调查核实。", HERE)
    return one_form(request, case, form, "确定调查人员", STARTING, "开始调查核实")


@signed_in
def take_up(request: SignedIn, number: str) -> HttpResponse:
    """Choose who goes on with a case that another office has handed over, or of which too few investigators are left."""
    case = recognition_case(number, request.user)
    posted = request.POST if request.method == "POST" else None
    form = TeamForm(posted, colleagues=colleagues_of(case, request.user))
    if request.method == "POST" and form.is_valid():
        investigation.take_up(case, with_=team_of(form.cleaned_data["team"]), by=request.user)
        return done(request, case, "已接手，调查记录和材料都在案卷里，请继续办理。", HERE)
    return one_form(request, case, form, "接手调查", TAKING_UP, "接手")


@signed_in
def page(request: SignedIn, number: str) -> HttpResponse:
    """The investigation: what each head needs, what is on file, what nobody has asked, and every record."""
    case = recognition_case(number, request.user)
    record_reading(case.chain, by=request.user, what="调查核实页")
    lines, notice = plan_of(case), evidence_notice_of(case)
    context: dict[str, Any] = {
        "case": case,
        "plan": lines,
        "never": list(dict.fromkeys(each.title for line in lines for each in line.never_asked)),
        "team": investigators_of(case),
        "short": wants_investigators(case) and request.user.holds("recognition.investigate", case.office_id),
        "mine": request.user in investigators_of(case) and case.state in GATHERING,
        "notice": notice,
        "doubt": case.state == State.SIMPLE and bool(notice and notice.denies),
        "silent": case.obligations.filter(kind="employer_silent", fulfilled_at=None).exists(),
        "interviews": interviews_of(case),
        "sites": sites_of(case),
        "suspensions": suspensions_of(case),
        "tracks": case.track_choices.select_related("by").order_by("id"),
        "materials": visible_materials(case, by=request.user),
        "voices": voices_seen_by(case, request.user),
        "accident": accident_of(case),
        "shared": shared_papers(case),
        "heads": HeadsForm(initial={"heads": heads_of(case)}),
        "moves": {move.act for move in allowed_moves(case, by=request.user)},
        "reads_health": reads_health(request.user, case),
    }
    planned = {each.name for line in lines for each in line.asked}
    return form_page(request, "recognition/investigation.html", AnswerForm(planned=planned), context)


@require_POST
@signed_in
def plan(request: SignedIn, number: str) -> HttpResponse:
    """Set the heads."""
    case = recognition_case(number, request.user)
    investigation.plan(case, request.POST.getlist("heads"), by=request.user)
    return done(request, case, "调查的情形已更新。", HERE)


@require_POST
@signed_in
def answer(request: SignedIn, number: str) -> HttpResponse:
    """Answer one question."""
    case = recognition_case(number, request.user)
    said, basis = request.POST.get("said") == "yes", request.POST.get("basis_told", "")
    investigation.answer(case, request.POST.get("question", ""), said=said, basis=basis, by=request.user)
    return done(request, case, "已记入调查提纲。", HERE)


@require_POST
@signed_in
def ask_employer(request: SignedIn, number: str) -> HttpResponse:
    """Send the employer the notice to prove."""
    case = recognition_case(number, request.user)
    evidence.send_notice(case, by=request.user)
    return done(request, case, "举证通知书已制发，举证期限自送达之日起算。", HERE)


@require_POST
@signed_in
def without_employer(request: SignedIn, number: str) -> HttpResponse:
    """Go on on the other evidence."""
    case = recognition_case(number, request.user)
    investigation.go_on_without_employer(case, by=request.user)
    return done(request, case, "已记录：用人单位逾期未举证，依职工提供的证据和调查取得的证据办理。", HERE)


@signed_in
def employers_word(request: SignedIn, number: str) -> HttpResponse:
    """Take in the employer's answer on paper, with the papers that came with it."""
    case = recognition_case(number, request.user)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        denies, statement = form.cleaned_data["denies"] == "yes", form.cleaned_data["statement"]
        keep_proofs(case, form.cleaned_data["proofs"], by=request.user)
        evidence.receive_evidence(case, denies=denies, statement=statement, by=request.user)
        return done(request, case, "用人单位的意见已收取。", HERE)
    return one_form(request, case, form, "收取用人单位的举证", PROVING, "收取")


@signed_in
def interview(request: SignedIn, number: str) -> HttpResponse:
    """Write an interview down, word for word."""
    case = recognition_case(number, request.user)
    team = [each for each in able_investigators(case) if each != request.user]
    form = InterviewForm(request.POST or None, colleagues=team)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = [each for each in team if str(each.pk) in told["team"]]
        talk = records.Talk(
            told["asked"], told["role"], told["place"], told["started_at"], told["ended_at"], form.lines()
        )
        row = records.keep_interview(case, talk, team=chosen, by=request.user)
        return done(request, case, f"笔录已保存，编号{row.paper.number}。请打印、宣读，逐页签名后扫描上传。", HERE)
    return one_form(request, case, form, "调查笔录", ASKING, "保存笔录")


@signed_in
def signed(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Take in a record as it was signed."""
    case, row = recognition_case(number, request.user), interview_of(number, pk)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        pages = [records.Handed(file, file.name) for file in told["pages"]]
        records.sign_interview(row, pages, was_read=told["was_read"], refused=told["refused"], by=request.user)
        return done(request, case, "签名的笔录已存档。", HERE)
    return one_form(request, case, form, f"笔录签名存档（{row.paper.number}）", ASKING, "存档")


@signed_in
def recording(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Keep the sound or film of an interview."""
    case, row = recognition_case(number, request.user), interview_of(number, pk)
    form = RecordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["recording"]
        records.attach_recording(row, records.Handed(file, file.name), by=request.user)
        return done(request, case, "录音录像已附在笔录后。", HERE)
    return one_form(request, case, form, f"录音录像（{row.paper.number}）", ASKING, "上传")


@signed_in
def site(request: SignedIn, number: str) -> HttpResponse:
    """Write down what was seen at the scene."""
    case = recognition_case(number, request.user)
    team = [each for each in able_investigators(case) if each != request.user]
    form = SiteForm(request.POST or None, request.FILES or None, colleagues=team)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        photos = [
            records.Photo(file, file.name, told["taken_at"] or told["visited_at"], told["maker"], told["subject"])
            for file in told["photos"]
        ]
        chosen = [each for each in team if str(each.pk) in told["team"]]
        records.keep_site(
            case, visited_at=told["visited_at"], place=told["place"], seen=told["seen"], photos=photos, team=chosen,
            by=request.user,
        )  # fmt: skip
        return done(request, case, "现场勘查记录已保存。", HERE)
    return one_form(request, case, form, "现场勘查记录", ASKING, "保存")


@signed_in
def suspend(request: SignedIn, number: str) -> HttpResponse:
    """Stop the clock."""
    case = recognition_case(number, request.user)
    allowed_move(case, "suspend", by=request.user)
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = suspension.suspend(case, by=request.user, **form.cleaned_data)
        return done(request, case, f"已中止，期限已用{row.days_used}日，通知书已发给申请人。", HERE)
    return one_form(request, case, form, "中止认定", SUSPENDING, "中止")


@signed_in
def look(request: SignedIn, number: str) -> HttpResponse:
    """Note how the awaited conclusion stands."""
    case = recognition_case(number, request.user)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = "回访情况"
    if request.method == "POST" and form.is_valid():
        suspension.look(case, note=form.cleaned_data["reason"], by=request.user)
        return done(request, case, "已记录。", HERE)
    row = suspension_now(case)
    basis = f"等待：{row.awaited}（{row.from_on:%Y-%m-%d}中止，期限已用{row.days_used}日）" if row else SUSPENDING
    return one_form(request, case, form, "回访等待的结论", basis, "记录回访")


@signed_in
def resume(request: SignedIn, number: str) -> HttpResponse:
    """The document has come."""
    case = recognition_case(number, request.user)
    allowed_move(case, "resume", by=request.user)
    form = ResumeForm(request.POST or None, request.FILES or None, initial={"received_on": moment.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        suspension.resume(
            case, received_on=told["received_on"], document=told["document"], file=told["file"], name=told["file"].name,
            by=request.user,
        )  # fmt: skip
        return done(request, case, "已恢复认定，通知书已发出。", HERE)
    return one_form(request, case, form, "恢复认定", SUSPENDING, "恢复")


@signed_in
def leave_simple(request: SignedIn, number: str) -> HttpResponse:
    """Back to the ordinary track."""
    return _reason(request, number, "leave_simple", "转为普通程序", STARTING, track.leave_simple, "ground")


@signed_in
def take_simple(request: SignedIn, number: str) -> HttpResponse:
    """To the simple track; who investigates is chosen first."""
    if not investigators_of(recognition_case(number, request.user)):
        return redirect("recognition:start", number)
    return _reason(request, number, "take_simple", "适用简易程序", STARTING, track.take_simple, "ground")


@signed_in
def terminate(request: SignedIn, number: str) -> HttpResponse:
    """End without a decision."""
    return _reason(request, number, "terminate", "终止认定", TERMINATING, suspension.terminate, "reason")


@signed_in
def draft(request: SignedIn, number: str) -> HttpResponse:
    """The draft of the decision, sentence by sentence."""
    case = recognition_case(number, request.user)
    allowed_move(case, "propose", by=request.user)
    supports = support_choices(
        papers_in_file(case).order_by("pk"), interviews_of(case).exclude(signed_at=None), sites_of(case)
    )
    form = ProposalForm(request.POST or None, supports=supports, initial=_former(case))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facts = tuple(Fact(text, tuple(map(rests_of, rests))) for text, rests in form.facts())
        values = {name: told[name] for name in ("outcome", "parts", "treatment", "reason")}
        values |= {"heads": tuple(told["heads"]), "part_codes": tuple(told["part_codes"])}
        proposing.draft(case, Draft(facts=facts, **values), by=request.user)
        return done(request, case, "草稿已保存。没有依据的句子标着【待核实】，补齐后才能送复核。", "recognition:draft")
    return form_page(request, "recognition/draft.html", form, {"case": case, **_drafted(case)})


@require_POST
@signed_in
def propose(request: SignedIn, number: str) -> HttpResponse:
    """Hand the draft to the reviewer."""
    case = recognition_case(number, request.user)
    proposing.propose(case, seen=request.POST.get("seen", ""), by=request.user)
    return done(request, case, "已送复核。")


def _reason(request: SignedIn, number: str, act: str, title: str, basis: str, action: Any, name: str) -> HttpResponse:
    case = recognition_case(number, request.user)
    allowed_move(case, act, by=request.user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action(case, by=request.user, **{name: form.cleaned_data["reason"]})
        return done(request, case, f"已{title}。")
    return one_form(request, case, form, title, basis, title)


def _drafted(case: Any) -> dict[str, Any]:
    try:
        row = proposal_of(case)
    except NothingProposed:
        return {"proposal": None, "lines": [], "pending": 0}
    return {"proposal": row, "lines": lines_of(row), "pending": pending(row)}


def _former(case: Any) -> dict[str, Any]:
    found = _drafted(case)
    row = found["proposal"]
    if row is None:
        return {"heads": heads_of(case), "part_codes": application_of(case).parts}
    told = {name: getattr(row, name) for name in ("outcome", "heads", "parts", "part_codes", "treatment", "reason")}
    for line in found["lines"]:
        told[f"fact_{line.sentence.order}"] = line.sentence.text
        told[f"rests_{line.sentence.order}"] = [_name(each) for each in line.sentence.supports.all()]
    return told


def _name(support: Any) -> str:
    if support.kind == "interview":
        return f"interview-{support.interview_id}-{support.line}"
    return f"{support.kind}-{support.material_id or support.site_id}"


TAKING_UP = "令8 第九条、第十条：由本机关两名以上工作人员继续调查核实。以前的笔录、勘查记录和材料继续有效，都在案卷里。"
STARTING = "令8 第九条：调查核实由两名以上工作人员共同进行，出示证件。令8 第二十一条：事实清楚、权利义务明确的，15日内作出决定。"
PROVING = "条例 第十九条、令8 第十七条：职工认为是工伤、用人单位不认为是工伤的，由用人单位承担举证责任。"
ASKING = "令8 第九条至第十一条：两名以上调查人员，逐页签名，载明时间、地点和制作人。"
SUSPENDING = (
    "条例 第二十条、令8 第二十条：以司法机关或者有关行政主管部门的结论为依据的，中止期间不计入期限，书面通知申请人。"
)
TERMINATING = "终止不作出认定结论，写明理由并通知双方；在法定申请时限内可以重新申请。"
