"""Where each kind of work is done: the page behind an obligation and behind an allowed move."""

from collections.abc import Collection, Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from gongjian.cases.models import Case, Obligation
from gongjian.recognition.states import RECOGNITION
from gongjian.sittings.models import Booking
from gongjian.sittings.states import LIVE

BY_CASE = {
    "check_papers": "desk:check",
    "accept": "desk:check",
    "ask_supplement": "desk:check",
    "receive_supplement": "desk:supplement",
    "give_up": "desk:give_up",
    "refuse": "desk:refuse",
    "end_by_death": "desk:death",
    "hand_over": "desk:hand_over",
    "receive_withdrawal": "desk:withdrawal",
    "book": "sittings:book",
    "rebook": "sittings:release",
    "reschedule": "sittings:answer",
    "decide_reschedule": "sittings:answer",
    "decide_mode": "sittings:answer_mode",
    "follow_offer": "sittings:offer",
    "answer_collective": "sittings:collective_of",
    "choose_entrusted": "exchange:entrust",
    "entrust": "exchange:entrust",
    "await_entrusted": "exchange:entrusted",
    "asked_not_delivered": "exchange:entrusted",
    "send_opinion": "exchange:send_opinion",
    "give_back": "exchange:give_back",
    "decide_absence": "sittings:absence",
    "answer_recording": "recordings:case",
    "tell_in_person": "sittings:told",
    "terminate": "sittings:terminate",
    "decide_recusal": "draws:recusals",
    "confirm_change": "draws:changes",
    "decide_staff_recusal": "desk:staff_recusals",
    "find_colleague": "desk:staff_recusals",
    "handover_fails": "jurisdiction:failing",
    "settle_kit": "kits:of_case",
    "fill_seat": "desk:regroup",
    "regroup": "desk:regroup",
    "review": "conclusions:review",
    "reopen": "conclusions:review",
    "sign": "conclusions:sign",
    "conclude": "conclusions:sign",
    "return": "conclusions:sign",
    "deliver": "delivery:case",
    "remedies": "delivery:case",
    "take_back": "delivery:case",
    "await_post": "delivery:case",
    "await_year": "delivery:case",
    "await_second": "delivery:case",
    "deliver_again": "delivery:case",
    "reach_party": "delivery:case",
    "send_copy": "delivery:case",
    "send_notice": "delivery:case",
    "send_paper": "delivery:case",
    "archive": "archives:case",
}
OF_RECOGNITION = {
    "check_papers": "recognition:check",
    "accept": "recognition:check",
    "ask_supplement": "recognition:check",
    "receive_supplement": "recognition:supplement",
    "reject": "recognition:reject",
    "transfer": "recognition:transfer",
    "receive_withdrawal": "recognition:withdrawal",
    "start_investigation": "recognition:start",
    "begin": "recognition:start",
    "investigate": "recognition:investigation",
    "take_up_handed_over": "recognition:take_up",
    "take_simple": "recognition:take_simple",
    "leave_simple": "recognition:leave_simple",
    "suspend": "recognition:suspend",
    "resume": "recognition:resume",
    "await_outcome": "recognition:look",
    "decide_joining": "recognition:check",
    "employer_silent": "recognition:investigation",
    "terminate": "recognition:terminate",
    "propose": "recognition:draft",
    "take_asked_answer": "exchange:case",
    "asked_office_late": "exchange:case",
    "asked_office_refused": "exchange:case",
    "read_asked_answer": "exchange:case",
    "asked_not_delivered": "exchange:case",
    "read_inquiry_finding": "authenticity:case",
    "inquiry_unanswered": "authenticity:case",
    "compare_pictures": "authenticity:case",
    "review": "recognition:review",
    "give_back": "recognition:review",
    "review_proposal": "recognition:review",
    "sign_decision": "recognition:sign",
    "decide": "recognition:sign",
    "return": "recognition:sign",
    "deliver_decision": "delivery:case",
    "await_remedies": "delivery:case",
    "sign_revision": "recognition:after",
    "revoke": "recognition:after",
    "revoke_anew": "recognition:after",
    "revoke_rejection": "recognition:after",
    "reply_to_remedy": "recognition:after",
    "await_remedy": "recognition:after",
    "carry_out_remedy": "recognition:after",
    "await_suit": "recognition:after",
}
"""The same for a recognition; what stands here not is done where every procedure does it."""
BY_SITTING = {
    "receive_at_door": "sittings:check_in",
    "check_in": "sittings:check_in",
    "group": "draws:door",
    "call": "sittings:queue",
    "continue_exam": "sittings:queue",
    "prepare_draw": "draws:prepare",
}
"""Kind of obligation or act → name of the page, by what its address takes."""
SUPPLEMENTED = "supplemented"
"""Stands for this: the one notice went out, and what it asked for came in."""
ONLY_WHEN = {"regroup": "fill_seat", "give_up": SUPPLEMENTED, "entrust": "choose_entrusted"}
"""Act → the open obligation, or fact, without which the table alone would offer it too often: a group that is complete is left by nobody,
nobody is entrusted whose person has not agreed, and nothing is still missing after a supplement before there was one."""
PARTS = (
    "sittings:case_part",
    "exchange:entrusted_part",
    "recordings:case_part",
    "draws:case_part",
    "conclusions:case_part",
    "delivery:case_part",
)
PARTS_OF_RECOGNITION = (
    "recognition:case_part",
    "deaths:case_part",
    "authenticity:case_part",
    "exchange:case_part",
    "delivery:case_part",
)
"""Parts of the case page that higher rooms show of themselves, loaded by address."""


def offered(act: str, facts: Collection[str]) -> bool:
    """Whether a button may stand for an allowed move, given the kinds of obligations that are open, and SUPPLEMENTED."""
    return act not in ONLY_WHEN or ONLY_WHEN[act] in facts


def parts_of(case: Case) -> list[str]:
    """Addresses of the parts that the installed rooms add to the case page."""
    names = PARTS_OF_RECOGNITION if case.procedure == RECOGNITION else PARTS
    return [url for name in names if (url := _reversed(name, case.number))]


def _reversed(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def page_of(kind: str, case: Case) -> str:
    """The address where this is done; the case page where no other is known."""
    return _page(kind, case, _sittings_of([case]) if kind in BY_SITTING else {})


def pages_of(owed: Iterable[Obligation]) -> list[str]:
    """The same for each obligation of a list: one query, however many."""
    rows = list(owed)
    sittings = _sittings_of([row.case for row in rows if row.kind in BY_SITTING])
    return [_page(row.kind, row.case, sittings) for row in rows]


def _page(kind: str, case: Case, sittings: Mapping[int, str]) -> str:
    found = ""
    if case.procedure == RECOGNITION and kind in OF_RECOGNITION:
        return _reversed(OF_RECOGNITION[kind], case.number)
    if kind in BY_SITTING and (sitting := sittings.get(case.pk)):
        found = _reversed(BY_SITTING[kind], sitting)
    elif kind in BY_CASE:
        found = _reversed(BY_CASE[kind], case.number)
    return found or reverse("desk:case", args=[case.number])


def _sittings_of(cases: Collection[Case]) -> dict[int, str]:
    """Case → number of the sitting where it has a place now."""
    if not cases:
        return {}
    live = Booking.objects.filter(case__in=cases, state__in=[state.value for state in LIVE])
    return dict(live.values_list("case_id", "sitting__number"))
