"""A wish for another mode: never lost, never asked twice, answered with a reason; and what the answer changes."""

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_employer_user, an_exam_staff, an_outsider
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.law.modes import Mode
from gongjian.sittings.actions import (
    accept_offer,
    ask_mode,
    ask_reschedule,
    book,
    book_oldest_first,
    check_in,
    decline_offer,
    grant_mode,
    leave_mode,
    offer_mode,
    refuse_mode,
    release,
    revalidate,
)
from gongjian.sittings.errors import (
    ConsentToModeMissing,
    ForTheOtherSide,
    HowItCameMissing,
    ModeCannotJudge,
    ModeGrantedAlready,
    ModeUnderWay,
    NoModeInForce,
    OfferWrong,
    ProofMissing,
    ReasonMissing,
    SittingNotYours,
    TooEarlyForMode,
    WishNotFound,
    WishOpen,
    WrongMode,
)
from gongjian.sittings.models import Booking, Presence
from gongjian.sittings.queries import live_booking, mode_in_force, open_wish
from gongjian.sittings.rules import Flag
from gongjian.sittings.states import BookingState, SittingState, WishState
from gongjian.sittings.sweeping import revalidate_coming
from gongjian.sittings.tests.builders import (
    DAY,
    MORNING,
    PLANNED,
    a_booking,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
    with_parts,
)
from gongjian.sittings.tests.wishes import (
    ADDRESS,
    CONTACT,
    a_granted_wish,
    a_sitting_of,
    a_wish_for,
    an_asked_wish,
    the_worker_of,
)
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def owed(case):
    """What is open on a case: kind → due day."""
    return dict(case.obligations.filter(fulfilled_at=None).values_list("kind", "due_on"))


def the_acts(case):
    """What the ledger says happened about the mode."""
    acts = LedgerEntry.objects.filter(chain=case.chain).order_by("sequence").values_list("act", flat=True)
    return [act for act in acts if "mode" in act]


def test_a_wish_taken_down_on_the_telephone_is_kept_and_is_a_task_with_its_day():
    wish = an_asked_wish()
    assert (wish.state, wish.mode, wish.came_by) == ("asked", "home", "telephone")
    assert (wish.address, wish.contact) == (ADDRESS, CONTACT)
    assert "我可以在鉴定开始前撤回同意" in wish.consent
    assert "本人口头同意" in wish.consent
    assert "诊断证明上门时核对" in wish.reason
    assert owed(wish.case)["decide_mode"].isoformat() == "2026-03-13"
    assert the_acts(wish.case) == ["mode.asked"]


def test_address_contact_and_reason_lie_encrypted_and_not_in_the_ledger():
    wish = an_asked_wish()
    entry = LedgerEntry.objects.get(chain=wish.case.chain, act="mode.asked")
    assert entry.facts == {"mode": "home", "came_by": "telephone", "consented": True}
    row = ModeWish.objects.extra(select={"raw": "address"}).values("raw").get(pk=wish.pk)
    assert "柳桥路" not in str(row["raw"])


def test_the_person_asks_over_the_network_and_never_twice():
    case = an_accepted_case(parts=["143:left"])
    worker = the_worker_of(case)
    with pytest.raises(ProofMissing):
        ask_mode(case, a_wish_for(), by=worker)
    ask_mode(case, a_wish_for(Mode.VIDEO), by=worker)
    assert open_wish(case).came_by == "online"
    with pytest.raises(WishOpen, match="远程视频鉴定"):
        ask_mode(case, a_wish_for(Mode.CLINIC), by=worker)
    grant_mode(open_wish(case), by=a_scheduler())
    with pytest.raises(ModeGrantedAlready):
        ask_mode(case, a_wish_for(Mode.VIDEO), by=worker)


def test_whose_body_it_is_asks_and_nobody_else():
    case = an_accepted_case(parts=["143:left"])
    join_case(case, an_employer_user(), capacity="employer")
    with pytest.raises(ForTheOtherSide):
        ask_mode(case, a_wish_for(Mode.VIDEO), by=an_employer_user())
    for stranger in (an_outsider(), an_exam_staff(), a_clerk()):
        with pytest.raises(SittingNotYours):
            ask_mode(case, a_wish_for(Mode.VIDEO), by=stranger)
    with pytest.raises(HowItCameMissing):
        ask_mode(case, a_wish_for(came_by="online"), by=a_scheduler())
    with pytest.raises(ConsentToModeMissing):
        ask_mode(case, a_wish_for(consent=""), by=a_scheduler())
    assert not ModeWish.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.GROUPED, State.CONCLUDED])
def test_a_mode_is_asked_for_between_acceptance_and_examination(state):
    case = put_in_state(an_accepted_case(parts=["143:left"]), state)
    with pytest.raises(TooEarlyForMode):
        ask_mode(case, a_wish_for(), by=a_scheduler())


def test_only_who_plans_sittings_answers_and_only_once():
    wish = an_asked_wish()
    with pytest.raises(SittingNotYours):
        grant_mode(wish, by=a_clerk())
    grant_mode(wish, by=a_scheduler())
    for answer in (grant_mode, refuse_mode):
        with pytest.raises(WishNotFound):
            answer(wish, reason="再答复一次", by=a_scheduler())
    assert "decide_mode" not in owed(wish.case)
    assert the_acts(wish.case) == ["mode.asked", "mode.granted"]


def test_a_no_has_its_reason_and_the_person_may_ask_again():
    wish = an_asked_wish()
    with pytest.raises(ReasonMissing):
        refuse_mode(wish, reason=" ", by=a_scheduler())
    told = refuse_mode(wish, reason="证明显示可以坐轮椅外出", by=a_scheduler())
    assert (told.state, told.answer) == (WishState.REFUSED, "证明显示可以坐轮椅外出")
    assert an_asked_wish(wish.case).pk != wish.pk
    assert ModeWish.objects.count() == 2


def test_art_13_a_mode_that_cannot_judge_the_injury_is_not_granted_but_another_is_offered():
    wish = an_asked_wish(an_accepted_case(parts=["050"]))
    with pytest.raises(ModeCannotJudge, match="隔音室"):
        grant_mode(wish, by=a_scheduler())
    for wrong in ("home", "video", "hall"):
        with pytest.raises(OfferWrong):
            offer_mode(wish, mode=wrong, reason="听力须在隔音室测", by=a_scheduler())
    offered = offer_mode(wish, mode="clinic", reason="听力须在隔音室测", by=a_scheduler())
    assert (offered.state, offered.meant) == (WishState.OFFERED, Mode.CLINIC)
    assert set(owed(wish.case)) == {"book", "follow_offer"}


def test_the_person_takes_the_offer_with_the_consent_it_needs():
    case = an_accepted_case(parts=["143:left"])
    worker = the_worker_of(case)
    offer_mode(an_asked_wish(case), mode="video", reason="路途太远，可以就近视频", by=a_scheduler())
    with pytest.raises(ConsentToModeMissing):
        accept_offer(case, by=worker)
    taken = accept_offer(case, consent="在网上勾选同意", by=worker)
    assert (taken.state, mode_in_force(case).meant, taken.address) == (WishState.GRANTED, Mode.VIDEO, "")
    assert "专家组在线上" in taken.consent
    assert "follow_offer" not in owed(case)


def test_the_person_does_not_take_the_offer():
    case = an_accepted_case(parts=["143:left"])
    worker = the_worker_of(case)
    offer_mode(an_asked_wish(case), mode="video", reason="可以就近视频", by=a_scheduler())
    with pytest.raises(SittingNotYours):
        decline_offer(case, by=an_outsider())
    assert decline_offer(case, by=worker).state == WishState.DECLINED
    assert set(owed(case)) == {"book"}
    assert mode_in_force(case) is None


def test_granted_means_booked_into_sittings_of_this_mode_only():
    case = a_granted_wish().case
    with pytest.raises(WrongMode, match="是现场集中鉴定，本案按上门鉴定办理"):
        book(case, a_sitting(), by=a_scheduler())
    booking = book(case, a_sitting_of(Mode.HOME), by=a_scheduler())
    assert (booking.wish.case_id, booking.place, booking.public_place) == (case.pk, ADDRESS, "被鉴定人登记的地址")
    with pytest.raises(WrongMode, match="是上门鉴定，本案按现场集中鉴定办理"):
        book(an_accepted_case(2), a_sitting_of(Mode.HOME), by=a_scheduler())


def test_a_sitting_is_filled_with_who_is_examined_in_its_mode():
    hall, visited = an_accepted_case(2, name="江雨晴"), a_granted_wish().case
    assert [each.case for each in book_oldest_first(a_sitting_of(Mode.HOME), by=a_scheduler())] == [visited]
    assert [each.case for each in book_oldest_first(a_sitting(), by=a_scheduler())] == [hall]


def test_a_stop_too_short_for_the_injury_is_left_out_and_the_next_is_taken():
    long, short = a_granted_wish(an_accepted_case(parts=["010"])).case, a_granted_wish(an_accepted_case(2)).case
    booked = book_oldest_first(a_sitting_of(Mode.HOME, minutes=60), by=a_scheduler())
    assert [each.case for each in booked] == [short]
    assert [each.case for each in book_oldest_first(a_sitting_of(Mode.HOME, minutes=90), by=a_scheduler())] == [long]


def test_l04_who_was_booked_in_the_hall_is_back_on_the_list_when_a_visit_is_granted():
    booking = a_booking(parts=["143:left"])
    an_asked_wish(booking.case)
    grant_mode(open_wish(booking.case), by=a_scheduler())
    booking.case.refresh_from_db()
    booking.refresh_from_db()
    assert (booking.case.state, booking.state) == (State.ACCEPTED, BookingState.MOVED)
    assert live_booking(booking.case) is None
    assert "book" in owed(booking.case)
    assert booking.slot.__class__.objects.get(pk=booking.slot_id).taken == 0


def test_l04_consent_withdrawn_is_back_on_the_list_at_once_and_the_consent_stays_on_record():
    case = a_granted_wish(mode=Mode.VIDEO).case
    worker = the_worker_of(case)
    booking = book(case, a_sitting_of(Mode.VIDEO), by=a_scheduler())
    with pytest.raises(SittingNotYours):
        leave_mode(case, reason="", by=an_outsider())
    left = leave_mode(case, reason="", by=worker)
    booking.refresh_from_db()
    assert (left.state, booking.state, mode_in_force(case)) == (State.ACCEPTED, BookingState.MOVED, None)
    kept = ModeWish.objects.get(case=case)
    assert (kept.state, kept.ended_by) == (WishState.ENDED, worker)
    assert "我可以在鉴定开始前撤回同意" in kept.consent
    assert set(owed(case)) == {"book"}
    assert book(left, a_sitting(), by=a_scheduler()).sitting.mode == Mode.HALL


def test_consent_may_be_withdrawn_at_the_door_but_not_before_a_group():
    case = a_granted_wish(mode=Mode.VIDEO).case
    sitting = a_sitting_of(Mode.VIDEO)
    booking = book(case, sitting, by=a_scheduler())
    put_in_sitting_state(sitting, SittingState.OPEN)
    with at(MORNING):
        check_in(booking.exam_code, sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())
        with pytest.raises(ModeUnderWay, match="当面告诉现场工作人员"):
            leave_mode(put_in_state(case, State.GROUPED), reason="改变主意", by=a_scheduler())
        put_in_state(case, State.PRESENT)
        assert leave_mode(case, reason="到场后改变主意", by=a_scheduler()).state == State.ACCEPTED
    assert "book" in owed(case)


def test_there_is_nothing_to_withdraw_from_in_the_hall_and_staff_say_why():
    case = an_accepted_case()
    with pytest.raises(NoModeInForce):
        leave_mode(case, reason="误登记", by=a_scheduler())
    with pytest.raises(ReasonMissing):
        leave_mode(a_granted_wish(case).case, reason="", by=a_scheduler())


def test_one_mode_follows_another_and_only_one_is_in_force():
    case = a_granted_wish(mode=Mode.VIDEO).case
    a_granted_wish(case, Mode.HOME)
    assert mode_in_force(case).meant == Mode.HOME
    states = ModeWish.objects.filter(case=case).order_by("pk").values_list("state", flat=True)
    assert list(states) == [WishState.ENDED, WishState.GRANTED]


def test_a_postponed_visit_stays_a_visit():
    case = a_granted_wish().case
    booking = book(case, a_sitting_of(Mode.HOME), by=a_scheduler())
    release(booking, reason="专家临时有任务", by=a_scheduler())
    assert mode_in_force(case).meant == Mode.HOME
    assert book_oldest_first(a_sitting_of(Mode.HOME), by=a_scheduler())[0].case == case


def test_l06_an_injury_told_after_booking_that_the_mode_cannot_judge_flags_the_booking():
    case = a_granted_wish().case
    booking = book(case, a_sitting_of(Mode.HOME), by=a_scheduler())
    with_parts(case, "143:left", "050")
    assert revalidate_coming() == 1
    booking.refresh_from_db()
    assert Flag.CANNOT_JUDGE in booking.flags
    assert "rebook" in owed(case)
    assert revalidate_coming() == 0


def test_l06_special_needs_travel_to_the_bedside_where_no_ramp_is_asked_for():
    case = a_granted_wish().case
    sitting = a_sitting_of(Mode.HOME)
    sitting.venue.step_free = False
    sitting.venue.save(update_fields=["step_free"])
    booking = book(case, sitting, by=a_scheduler())
    assert revalidate(Booking.objects.get(pk=booking.pk)) is False
    assert booking.flags == []


def test_a_wish_still_open_ends_when_the_person_comes():
    booking = a_booking(parts=["143:left"])
    wish = an_asked_wish(booking.case)
    put_in_sitting_state(booking.sitting, SittingState.OPEN)
    with at(MORNING):
        check_in(booking.exam_code, booking.sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())
    wish.refresh_from_db()
    assert (wish.state, "decide_mode" in owed(booking.case)) == (WishState.ENDED, False)


def test_the_promised_day_of_the_clinic_is_ten_working_days():
    assert a_granted_wish(mode=Mode.CLINIC).promised_on.isoformat() == "2026-03-24"
    assert a_granted_wish(an_accepted_case(2), Mode.VIDEO).promised_on is None


def test_each_side_is_told_what_concerns_it_and_no_address():
    booking = a_booking(parts=["143:left"])
    worker = the_worker_of(booking.case)
    join_case(booking.case, an_employer_user(), capacity="employer")
    a_granted_wish(booking.case)
    told = Message.objects.filter(user=worker).values_list("template", flat=True)
    assert set(told) == {"sittings.mode_granted"}
    assert set(Message.objects.filter(user=an_employer_user()).values_list("template", flat=True)) == {
        "sittings.employer_released"
    }
    assert not any(ADDRESS in message.body for message in Message.objects.all())


def test_another_day_asked_for_on_a_visit_leaves_its_mode():
    case = a_granted_wish().case
    booking = book(case, a_sitting_of(Mode.HOME, state=SittingState.PLANNED), by=a_scheduler())
    told = {"reason": "当天转院", "available_from": DAY.replace(day=31), "consent": True, "came_by": "telephone"}
    asked = ask_reschedule(case, by=a_scheduler(), **told)
    assert (asked.booking, mode_in_force(case).meant) == (booking, Mode.HOME)
