"""How an entrusted matter ends without an opinion: at once the case is on the list here again, and nobody is left in two places."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_scheduler, an_exam_staff
from gongjian.appraisal.actions import withdraw as withdraw_application
from gongjian.appraisal.entrusted import CALLED_OFF, GIVEN_BACK
from gongjian.appraisal.states import State
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case
from gongjian.exchange.actions import entrusting, examining
from gongjian.exchange.actions.again import send_again
from gongjian.exchange.errors import FileNotAnnounced, MatterUnknown, NotNow, ReasonNeeded, TooLate
from gongjian.exchange.models import Enclosure, Matter
from gongjian.exchange.queries import enclosure_for
from gongjian.exchange.sending import attempt
from gongjian.exchange.tests.builders import WireLine, the_other_end
from gongjian.exchange.tests.entrusting import (
    DUE,
    SCOPE,
    a_matter_taken_on,
    a_scheduler_there,
    an_entrustable_case,
    an_entrusted_matter,
    an_opined_matter,
    asking_office,
    booked,
    delivered,
    seen_by_a_group,
    two_committees,
)
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.sittings.actions import Wish, ask_mode, book, decide_reschedule, leave_mode
from gongjian.sittings.actions.absences import decide_absence, may_terminate, note_absence
from gongjian.sittings.actions.entrusting import bring_back
from gongjian.sittings.actions.terminating import terminate
from gongjian.sittings.errors import HeldElsewhere, NotToBeEntrusted, SittingNotYours, WishOpen
from gongjian.sittings.models import Booking, QueueEntry
from gongjian.sittings.queries import mode_in_force, open_request
from gongjian.sittings.states import LIVE, CameBy, SittingState
from gongjian.sittings.tests.builders import AFTER, MORNING, PLANNED, a_sitting, put_in_sitting_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
LATER = PLANNED + timedelta(hours=2)


def owed(case: Case) -> set[str]:
    return set(case.obligations.filter(fulfilled_at=None).values_list("kind", flat=True))


def is_on_the_list_again(case: Case) -> bool:
    """Ordinary in every respect: to be booked into a hall, and told so."""
    case.refresh_from_db()
    told = Message.objects.filter(chain=case.chain, template__in=["sittings.entrusting_ended", "sittings.mode_left"])
    return (case.state, owed(case), mode_in_force(case)) == (State.ACCEPTED, {"book"}, None) and told.exists()


def here(matter: Matter) -> Matter:
    return Matter.objects.select_related("case").get(key=matter.key, direction="out")


def test_a_refusal_brings_the_case_back_with_its_reason():
    matter = an_entrusted_matter()
    delivered(PLANNED)
    with moment.fixed(LATER):
        with pytest.raises(ReasonNeeded):
            examining.give_back(the_other_end(matter), reason=" ", by=a_clerk())
        examining.give_back(the_other_end(matter), reason="专家库没有骨科专家", by=a_clerk())
    delivered(LATER)
    assert is_on_the_list_again(here(matter).case)
    assert (here(matter).state, here(matter).reply) == ("refused", "专家库没有骨科专家")
    told = Message.objects.filter(template="sittings.entrusting_ended")
    assert all("专家库没有骨科专家" in each.body for each in told if each.channel == "inbox")


def test_what_was_given_back_or_taken_back_untouched_is_read_there_by_nobody():
    matter = an_entrusted_matter()
    delivered(PLANNED)
    there = the_other_end(matter)
    paper = Enclosure.objects.filter(letter__matter=there).first()
    with moment.fixed(LATER):
        assert enclosure_for(paper.pk, by=a_clerk()) == paper
        examining.give_back(there, reason="专家库没有骨科专家", by=a_clerk())
        with pytest.raises(FileNotAnnounced):
            enclosure_for(paper.pk, by=a_clerk())


def test_who_gives_back_what_a_colleague_has_just_taken_on_leaves_no_case_behind():
    matter = an_entrusted_matter()
    delivered(PLANNED)
    seen_before = the_other_end(matter)
    with moment.fixed(LATER):
        case = examining.take_on(the_other_end(matter), by=a_clerk())
        with pytest.raises(NotNow):
            examining.give_back(seen_before, reason="专家库没有骨科专家", by=a_clerk())
    case.refresh_from_db()
    assert (case.state, the_other_end(matter).state) == (State.ACCEPTED, "accepted")


@pytest.mark.parametrize("stage", ["booked", "called"])
def test_what_is_given_back_late_gives_its_place_and_its_turn_back(stage):
    matter = a_matter_taken_on()
    booking = booked(matter)
    if stage == "called":
        seen_by_a_group(booking)
    with moment.fixed(MORNING + timedelta(hours=2)):
        examining.give_back(matter, reason="被鉴定人没有到场", by=a_clerk())
    delivered(MORNING + timedelta(hours=3))
    matter.done_as.refresh_from_db()
    assert (matter.done_as.state, owed(matter.done_as)) == (GIVEN_BACK, set())
    assert not Booking.objects.filter(case=matter.done_as, state__in=[each.value for each in LIVE]).exists()
    assert not QueueEntry.objects.filter(booking__case=matter.done_as, state__in=["waiting", "called"]).exists()
    assert is_on_the_list_again(here(matter).case)


@pytest.mark.parametrize(("day", "ended"), [(DUE, 0), (DUE + timedelta(days=1), 1)])
def test_silence_brings_the_case_back_on_the_day_after_the_last_and_once(day: date, ended: int):
    matter = a_matter_taken_on()
    with moment.fixed(moment.at(day)):
        assert (entrusting.end_late(), entrusting.end_late()) == (ended, 0)
    assert is_on_the_list_again(here(matter).case) == bool(ended)
    delivered(moment.at(day, 12))
    matter.done_as.refresh_from_db()
    assert (matter.done_as.state == CALLED_OFF) == bool(ended)


def test_the_office_takes_it_back_with_a_reason_and_the_other_side_stops():
    matter = a_matter_taken_on()
    booked(matter)
    with moment.fixed(LATER):
        with pytest.raises(ReasonNeeded):
            entrusting.withdraw(here(matter), why="", by=a_scheduler_there())
        with pytest.raises(SittingNotYours):
            entrusting.withdraw(here(matter), why="不委托了", by=a_member(Role.ARCHIVIST, office=asking_office()))
        entrusting.withdraw(here(matter), why="被鉴定人已回本市", by=a_scheduler_there())
        with pytest.raises(NotNow):
            entrusting.withdraw(here(matter), why="再撤回", by=a_scheduler_there())
    assert is_on_the_list_again(here(matter).case)
    delivered(LATER)
    there = the_other_end(matter)
    assert (there.state, there.reply, there.done_as.state) == ("withdrawn", "被鉴定人已回本市", CALLED_OFF)
    assert not Booking.objects.filter(case=there.done_as, state__in=[each.value for each in LIVE]).exists()


def test_who_does_not_come_there_is_called_again_or_given_back_and_never_ended_there():
    matter = a_matter_taken_on()
    booking = booked(matter)
    put_in_sitting_state(booking.sitting, SittingState.OPEN)
    staff = a_scheduler()
    with moment.fixed(AFTER):
        Booking.objects.filter(pk=booking.pk).update(noticed_at=PLANNED)
        booking.refresh_from_db()
        absence = note_absence(booking, by=an_exam_staff())
    case = Case.objects.get(pk=booking.case_id)
    with moment.fixed(moment.at(absence.explain_by + timedelta(days=1))):
        decide_absence(case, justified=False, reason="没有说明理由", by=staff)
        request = open_request(case)
        assert request
        decide_reschedule(request, approve=True, reason="另行安排", by=staff)
        case.refresh_from_db()
        assert not may_terminate(case)
        assert (case.state, case.due_on, owed(case)) == (State.ACCEPTED, DUE, {"book"})
        with pytest.raises(MoveNotAllowed):
            terminate(case, 1, "没有到场", staff, proof="现场记录")
        another = a_sitting(day=date(2026, 4, 9))
        assert book(case, another, by=staff, consent="4月1日来电同意").state == "booked"
    case.refresh_from_db()
    assert case.due_on == DUE, "the day that was named is not ours to move"


def leaves(case: Case) -> None:
    """The person withdraws their consent."""
    leave_mode(case, reason="", by=case.parties.get().user)


def withdraws(case: Case) -> None:
    """The application is taken back."""
    withdraw_application(case, by=case.parties.get().user, reason="不申请了")


@pytest.mark.parametrize(("act", "state"), [(leaves, State.ACCEPTED), (withdraws, State.WITHDRAWN)])
def test_what_the_person_takes_back_ends_it_there_within_a_minute(act: Callable[[Case], None], state: State):
    matter = a_matter_taken_on()
    case = here(matter).case
    with moment.fixed(LATER):
        assert entrusting.end_idle() == 0, "nothing is idle while the case is entrusted"
        act(case)
        assert (entrusting.end_idle(), entrusting.end_idle()) == (1, 0)
    case.refresh_from_db()
    assert case.state == state
    delivered(LATER)
    assert the_other_end(matter).done_as.state == CALLED_OFF


def test_an_opinion_that_comes_after_the_case_was_taken_back_is_not_used():
    matter = an_opined_matter()
    with moment.fixed(AFTER):
        entrusting.withdraw(here(matter), why="等不及了", by=a_scheduler_there())
        examining.send_opinion(matter.done_as, by=a_reviewer())
    delivered(AFTER)
    assert is_on_the_list_again(here(matter).case)
    assert not here(matter).case.entrusted_opinions.exists()
    assert here(matter).letters.filter(is_ours=False, kind="answered").count() == 0, (
        "refused at the door: it was withdrawn"
    )


def test_what_was_withdrawn_before_it_went_never_goes():
    matter = an_entrusted_matter()
    with moment.fixed(LATER):
        entrusting.withdraw(matter, why="写错了受托机构", by=a_scheduler_there())
    line = delivered(LATER)
    assert line.requests == []
    assert set(matter.letters.values_list("last_error", flat=True)) == {
        "exchange.withdrawn",
        "exchange.earlier_not_sent",
    }
    assert owed(here(matter).case) == {"book"}, "nothing is left to do about it"


def test_a_letter_that_nobody_takes_is_the_schedulers_task_who_sends_it_again():
    matter = an_entrusted_matter()
    letter = matter.letters.get()
    with moment.fixed(PLANNED + timedelta(days=31)):
        attempt(matter.letters.select_related("matter__case", "matter__office", "matter__peer").get(), WireLine())
    letter.refresh_from_db()
    assert (letter.sending, owed(here(matter).case)) == ("failed", {"await_entrusted", "asked_not_delivered"})
    with moment.fixed(PLANNED + timedelta(days=1)):
        assert send_again(here(matter), by=a_scheduler_there()) == 1
    assert owed(here(matter).case) == {"await_entrusted"}


def test_a_case_is_never_in_a_sitting_here_and_entrusted_there():
    case, (peer, _) = an_entrustable_case(), two_committees()
    sitting = a_sitting(office=asking_office())
    told = {"scope": SCOPE, "due_on": DUE, "by": a_scheduler_there()}
    with moment.fixed(PLANNED):
        with pytest.raises(HeldElsewhere):
            book(case, sitting, by=a_scheduler_there())
        first = entrusting.entrust(case, peer, **told)
        assert entrusting.entrust(case, peer, **told) == first, "sent twice is once"
        case.refresh_from_db()
        with pytest.raises(MoveNotAllowed):
            book(case, sitting, by=a_scheduler_there())
        assert bring_back(case, why="不委托了。", key=first.key)
        assert not bring_back(case, why="不委托了。", key=first.key)
        entrusting.end_idle()
        case.refresh_from_db()
        assert book(case, sitting, by=a_scheduler_there()).state == "booked"
        with pytest.raises(NotToBeEntrusted):
            entrusting.entrust(case, peer, **told)
    assert Matter.objects.count() == 1


def test_only_with_consent_before_the_limit_and_to_whom_is_trusted():
    case, (peer, other_way) = an_entrustable_case(), two_committees()
    told = {"scope": SCOPE, "due_on": DUE, "by": a_scheduler_there()}
    with moment.fixed(PLANNED):
        with pytest.raises(SittingNotYours):
            entrusting.entrust(case, peer, **{**told, "by": a_member(Role.SIGNER, office=asking_office())})
        with pytest.raises(TooLate):
            entrusting.entrust(case, peer, **{**told, "due_on": case.due_on})
        with pytest.raises(MatterUnknown):
            entrusting.entrust(case, other_way, **told)
        ask_mode(
            case,
            Wish(mode="clinic", ground="simple", reason="想快些", came_by=CameBy.TELEPHONE),
            by=a_scheduler_there(),
        )
        with pytest.raises(WishOpen):
            entrusting.entrust(case, peer, **told)
    assert not Matter.objects.exists()
    case.refresh_from_db()
    assert case.state == State.ACCEPTED
