"""Several people at the same moment: one commitment, one draw, one word each, one group each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from gongjian.accounts.tests.builders import a_draw_officer, a_supervisor, a_worker_user, an_exam_staff
from gongjian.cases.tests.builders import a_case
from gongjian.draws.actions import door, experts
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.actions.changes import ask_leave, ask_void, confirm, refuse
from gongjian.draws.actions.device import hand_in_seal
from gongjian.draws.actions.recusal import ask_recusal
from gongjian.draws.errors import (
    ChangeDecided,
    ChangeWaiting,
    DrawAlready,
    DrawStateWrong,
    StillWaiting,
    WordGivenAlready,
    WordsNotAllIn,
)
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Arrival, Draw, Recusal, Seat, Witness
from gongjian.draws.queries import members
from gongjian.draws.states import LIST_WRONG, NO_SHOW, Ground, State
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    KNEE,
    RESERVES,
    WISHES,
    WITNESSES,
    a_committed,
    a_held,
    a_prepared,
    all_words,
    an_open_door,
    cannot_come,
    comes,
    people_of,
)
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.law.errors import RuleError
from gongjian.sittings.models import QueueEntry
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db(transaction=True)
Answer = TypeVar("Answer")


def at_once(*acts: Callable[[], Answer]) -> list[Answer | RuleError]:
    """What each act gives, or how it is refused, when all begin at the same moment."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Answer]) -> Answer | RuleError:
        try:
            ready.wait(30)
            return act()
        except RuleError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def kinds(answers: list[Answer | RuleError]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_two_officers_commit_and_one_list_stands():
    sitting, officer = a_prepared(), a_draw_officer()

    def commit() -> Draw:
        return experts.commit_experts(sitting, WISHES, reserves=RESERVES, witnesses=WITNESSES, by=officer)

    with at(DRAWN):
        answers = at_once(commit, commit)
    assert kinds(answers) == ["Draw", DrawAlready.__name__]
    assert Draw.objects.count() == 1


def test_two_clicks_hold_one_draw():
    draw, officer = all_words(a_committed()), a_draw_officer()
    with at(DRAWN):
        answers = at_once(*[lambda: experts.hold(draw, by=officer)] * 3)
    assert kinds(answers) == ["Draw"] * 3
    assert {answer.receipt_hash for answer in answers if isinstance(answer, Draw)} == {Draw.objects.get().receipt_hash}
    assert Seat.objects.count() == 6
    assert LedgerEntry.objects.filter(act="draw.held", chain=draw.chain).count() == 1


def test_holding_and_voiding_at_once_does_one_of_them():
    draw, officer = all_words(a_committed()), a_draw_officer()
    with at(DRAWN):
        ask = lambda: ask_void(draw, kind=LIST_WRONG, facts="重来", by=officer)  # noqa: E731
        answers = at_once(lambda: experts.hold(draw, by=officer), ask)
    held = Draw.objects.get().state == State.HELD
    assert kinds(answers) == (["Draw", DrawStateWrong.__name__] if held else ["ChangeRequest", ChangeWaiting.__name__])
    assert Seat.objects.count() == (6 if held else 0)


def test_two_second_persons_at_once_confirm_once():
    draw, supervisor, staff = a_held(reserves=()), a_supervisor(), an_exam_staff()
    gone = members(draw.groups.get(number=1))[0]
    change = ask_leave(draw.sitting, gone, kind=NO_SHOW, facts="联系不上", by=a_draw_officer())
    answers = at_once(lambda: confirm(change, by=supervisor), lambda: refuse(change, by=staff))
    assert kinds(answers) == [ChangeDecided.__name__, "ChangeRequest"]
    change.refresh_from_db()
    assert Seat.objects.filter(expert=None).count() == (change.decision == "confirmed")


def test_one_seal_from_two_devices_fills_the_place_once():
    code = a_committed().witnesses.all()[0].entry_code
    answers = at_once(lambda: hand_in_seal(code, "ab" * 32), lambda: give_word(code, "二"))
    assert kinds(answers) == ["Witness", WordGivenAlready.__name__]


def test_one_code_used_on_two_telephones_gives_one_word():
    code = a_committed().witnesses.all()[0].entry_code
    answers = at_once(lambda: give_word(code, "一"), lambda: give_word(code, "二"))
    assert kinds(answers) == ["Witness", WordGivenAlready.__name__]
    assert Witness.objects.get(entry_code=code).word in ("一", "二")


def test_everybody_gives_a_word_at_once_while_the_officer_presses_the_button():
    draw, officer = a_committed(witnesses=[f"代表{n}" for n in range(4)]), a_draw_officer()
    codes = [witness.entry_code for witness in draw.witnesses.all()]
    give_word(codes[0], "先到")
    with at(DRAWN):
        answers = at_once(
            *[lambda code=code: give_word(code, code) for code in codes[1:]], lambda: experts.hold(draw, by=officer)
        )
        assert kinds(answers).count("Witness") == 3
        assert set(kinds(answers)) <= {"Witness", "Draw", WordsNotAllIn.__name__}
        held = experts.hold(draw, by=officer)
    assert verify_text(held.receipt.encode()) == []


def test_two_stations_send_two_people_at_once():
    draw, staff = a_held(a_prepared(people=[[KNEE]] * 6)), an_exam_staff()
    row = an_open_door(draw)
    bookings = [comes(booking) for booking in people_of(draw)]
    with at(MORNING):
        answers = at_once(*[lambda one=one: door.draw_group_for(one, by=staff) for one in bookings])
        assert kinds(answers) == ["Group"] * 6
        assert list(Arrival.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
        assert sum(draw.groups.get(number=n).arrivals.count() for n in (1, 2)) == 6
        closed = door.close(row, by=staff)
    assert verify_text(closed.receipt.encode()) == []
    assert verify()[1] == []


def test_one_person_at_two_stations_has_one_group():
    draw, staff = a_held(), an_exam_staff()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    with at(MORNING):
        answers = at_once(*[lambda: door.draw_group_for(booking, by=staff)] * 3)
    assert kinds(answers) == ["Group"] * 3
    assert len({answer.pk for answer in answers if not isinstance(answer, RuleError)}) == 1
    assert Arrival.objects.count() == QueueEntry.objects.count() == 1


def test_sending_the_last_person_and_ending_the_day_at_once():
    draw, staff = a_held(a_prepared(people=[[KNEE]])), an_exam_staff()
    row = an_open_door(draw)
    booking = comes(people_of(draw)[0])
    with at(MORNING):
        answers = at_once(lambda: door.draw_group_for(booking, by=staff), lambda: door.close(row, by=staff))
    assert kinds(answers) in (["Draw", "Group"], ["Group", StillWaiting.__name__])
    assert Arrival.objects.count() == 1


def test_two_members_leave_at_once_and_two_reserves_are_called():
    draw, officer = a_held(a_prepared(each=10), reserves=[BONE] * 4, one_per_hospital=False), a_draw_officer()
    first, second = (members(draw.groups.get(number=number))[0] for number in (1, 2))
    a_supervisor()
    answers = at_once(
        lambda: cannot_come(draw.sitting, first, by=officer), lambda: cannot_come(draw.sitting, second, by=officer)
    )
    assert kinds(answers) == ["list", "list"]
    draw.refresh_from_db()
    assert verify_text(draw.receipt.encode()) == []
    numbers = list(Seat.objects.filter(group__draw=draw).values_list("expert", flat=True))
    assert len(set(numbers)) == 6
    assert None not in numbers


def test_a_request_sent_twice_at_once_is_one():
    case, party = a_case(), a_worker_user()
    ask = lambda: ask_recusal(case, ground=Ground.KINSHIP, facts="表亲", by=party)  # noqa: E731
    with at(DRAWN):
        answers = at_once(ask, ask)
    assert kinds(answers) == ["Recusal", "Recusal"]
    assert Recusal.objects.count() == 1
