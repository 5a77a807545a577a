"""A sitting at a distance: opened beside the worker, entered by who belongs there, begun when all is well, given up with one press and a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_worker_user,
    an_employer_user,
    an_exam_staff,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, Obligation, StaffRecusal
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.draws.models import Recusal
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import a_held
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.modes import Mode
from gongjian.opinions.models import Assignment
from gongjian.remote import actions, queries
from gongjian.remote.errors import (
    GroundMissing,
    NotByVideo,
    NotForThisSeat,
    NotHere,
    NotReady,
    RoomNotFound,
    RoomOver,
    SignalWrong,
)
from gongjian.remote.models import RemoteRoom, RemoteSeat, Signal
from gongjian.remote.states import Role
from gongjian.remote.tests.builders import (
    POOR,
    a_host,
    a_present_by_video,
    a_room,
    declares,
    enters,
    everybody_enters,
    the_panel,
)
from gongjian.sittings.models import Booking
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, a_present, an_accepted_case, at, put_in_sitting_state
from gongjian.sittings.tests.test_pages import as_
from gongjian.sittings.tests.wishes import a_booked_wish, a_sitting_of
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db
TOLD = {"ground": "line", "reason": ""}


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    monkeypatch.setattr(queries, "panel_of", lambda sitting: [user.pk for user in the_panel()])
    with at(MORNING):
        yield


def the_worker(room: RemoteRoom):
    join_case(room.booking.case, a_worker_user(), capacity="worker", is_applicant=True)
    return a_worker_user()


class TestOpening:
    def test_it_is_opened_once_for_who_has_come_to_be_examined_by_video(self):
        row = a_room()
        assert actions.open_room(row.booking_id, by=a_host()).pk == row.pk
        assert RemoteRoom.objects.count() == 1
        assert LedgerEntry.objects.filter(act="remote.opened").count() == 1

    def test_not_for_who_comes_to_the_hall(self):
        with pytest.raises(NotByVideo):
            actions.open_room(a_present().pk, by=an_exam_staff())

    def test_not_before_the_person_has_checked_in(self):
        booking = a_booked_wish(sitting=a_sitting_of(Mode.VIDEO))
        with pytest.raises(NotHere):
            actions.open_room(booking.pk, by=an_exam_staff())

    @pytest.mark.parametrize("who", [a_clerk, an_outsider, an_expert_user])
    def test_not_by_who_does_not_receive_people(self, who):
        with pytest.raises(RoomNotFound):
            actions.open_room(a_present_by_video().pk, by=who())


class TestEntering:
    def test_each_enters_as_who_they_are_and_the_worker_waits(self):
        row = a_room()
        seats = [*everybody_enters(row), enters(row, the_worker(row))]
        assert [seat.role for seat in seats] == ["examiner", "host", "expert", "expert", "expert", "worker"]
        assert [seat.admitted_at is None for seat in seats] == [False] * 5 + [True]

    def test_entering_again_takes_the_same_place_with_another_session(self):
        row = a_room()
        first = enters(row, an_exam_staff())
        again = enters(row, an_exam_staff())
        assert (again.pk, again.session != first.session) == (first.pk, True)
        assert LedgerEntry.objects.filter(act="remote.entered").count() == 1

    @pytest.mark.parametrize("who", [a_clerk, an_outsider, lambda: an_expert_user("expert-no", "何组外")])
    def test_nobody_else_enters(self, who):
        row = a_room()
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=who())
        assert as_(who()).post(reverse("remote:enter", args=[row.pk])).status_code == 404

    def test_art_28_an_expert_of_the_group_sees_nobody_before_declaring_no_conflict_in_this_case(self):
        row, expert = a_room(), the_panel()[0]
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=expert)
        waits = declares(row, expert, declared_at=None)
        assert queries.rooms_of(expert) == []
        for page in ("room", "enter", "poll"):
            answer = getattr(as_(expert), "get" if page == "room" else "post")(reverse(f"remote:{page}", args=[row.pk]))
            assert answer.status_code == 404
        Assignment.objects.filter(pk=waits.pk).update(declared_at=MORNING)
        assert queries.room_for(row.pk, by=expert)[1] is Role.EXPERT
        assert queries.rooms_of(expert) == [row]

    def test_art_28_a_declaration_in_another_case_opens_no_room_and_a_conflict_told_later_closes_it(self):
        row, expert = a_room(), the_panel()[0]
        other = declares(row, expert)
        Assignment.objects.filter(pk=other.pk).update(case=a_case())
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=expert)
        mine = declares(row, expert)
        seat = enters(row, expert)
        assert seat.role == Role.EXPERT
        Assignment.objects.filter(pk=mine.pk).update(conflict="kinship", closed_at=MORNING)
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=expert)
        assert as_(expert).post(reverse("remote:poll", args=[row.pk])).status_code == 404

    def test_a_member_who_has_left_the_group_is_not_counted_for_who_sits_there_now(self, monkeypatch):
        row = a_room()
        seats = everybody_enters(row)
        row = actions.identify(row, by=a_host())
        stays = [user.pk for user in the_panel()[1:]]
        monkeypatch.setattr(queries, "panel_of", lambda sitting: [*stays, an_expert_user("expert-new", "后来者").pk])
        assert queries.lacking(row, seats) == ["专家还有1人没有进入会场"]
        monkeypatch.setattr(queries, "panel_of", lambda sitting: stays)
        assert queries.lacking(row, seats) == []

    def test_an_expert_who_is_barred_from_the_case_neither_enters_nor_is_waited_for(self):
        row, barred = a_room(), the_panel()[0]
        everybody_enters(row)
        told = {"told_at": MORNING, "told_by": barred, "source": "expert", "ground": Ground.INTEREST}
        Recusal.objects.create(case=row.booking.case, expert=an_expert(user=barred), **told)
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=barred)
        assert queries.rooms_of(barred) == []
        assert queries.panel_for(row.booking) == [user.pk for user in the_panel()[1:]]

    def test_a_room_is_closed_on_the_next_day(self):
        row = a_room()
        with at(MORNING + timedelta(days=1)), pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=an_exam_staff())

    def test_the_panel_is_who_was_drawn_for_the_sitting(self, monkeypatch):
        monkeypatch.undo()
        draw = a_held()
        first = draw.groups.first().seats.select_related("expert").first().expert
        first.user = an_expert_user()
        first.save(update_fields=["user"])
        assert queries.panel_of(draw.sitting) == [first.user_id]


class TestTheList:
    def test_rooms_of_others_cost_nobody_a_query_and_many_rooms_cost_no_more_than_one(
        self, monkeypatch, django_assert_max_num_queries
    ):
        first, group = a_room(), [user.pk for user in the_panel()]
        monkeypatch.setattr(queries, "panel_of", lambda sitting: group)
        declares(first, the_panel()[0])
        rooms, sitting = [first.pk], put_in_sitting_state(first.booking.sitting, SittingState.PUBLISHED)
        for serial in (2, 3):
            booking = a_booked_wish(an_accepted_case(serial, parts=["143:left"], name=f"被鉴定人{serial}"), sitting)
            rooms.append(RemoteRoom.objects.create(booking=booking, opened_by=a_host(), opened_at=MORNING).pk)
        worker, expert, host = the_worker(first), the_panel()[0], a_host()
        clerk, outsider, other = a_clerk(), an_outsider(), the_panel()[1]
        with django_assert_max_num_queries(3):
            assert [room.pk for room in queries.rooms_of(host)] == rooms
        with django_assert_max_num_queries(6):
            assert queries.rooms_of(clerk) == queries.rooms_of(other) == queries.rooms_of(outsider) == []
        with django_assert_max_num_queries(2):
            assert queries.rooms_of(expert) == [first]
        with django_assert_max_num_queries(1 + len(rooms)):
            assert [room.pk for room in queries.rooms_of(worker)] == rooms

    def test_a_room_of_a_case_that_one_keeps_away_from_is_not_in_the_list(self):
        row = a_room()
        told = {"facts": "同乡", "told_at": MORNING, "told_by": a_host(), "source": "staff", "ground": "interest"}
        StaffRecusal.objects.create(case=row.booking.case, user=a_host(), decision="granted", **told)
        assert queries.rooms_of(a_host()) == []
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=a_host())
        assert queries.rooms_of(an_exam_staff()) == [row]

    def test_the_employers_side_is_shown_no_room(self):
        row = a_room()
        join_case(row.booking.case, an_employer_user(), capacity="employer", is_applicant=False)
        assert queries.rooms_of(an_employer_user()) == []
        with pytest.raises(RoomNotFound):
            queries.room_for(row.pk, by=an_employer_user())


class TestSignals:
    def test_a_word_reaches_whom_it_is_for_and_nobody_else_and_not_for_long(self):
        row = a_room()
        one, two, three, *_ = everybody_enters(row)
        word = actions.say(one, to=two.pk, kind="offer", body="v=0")
        assert [(each.body, each.sender_id) for each in queries.signals_for(two, after=0)] == [("v=0", one.pk)]
        assert queries.signals_for(two, after=word.pk) == []
        assert queries.signals_for(three, after=0) == []
        with at(MORNING + timedelta(minutes=3)):
            assert queries.signals_for(two, after=0) == []
            assert actions.sweep_signals() == 1
        assert not Signal.objects.exists()

    def test_no_word_leaves_the_room_its_kinds_or_the_waiting_area(self):
        row = a_room()
        one, two, *_ = everybody_enters(row)
        outside = enters(row, the_worker(row))
        for to, kind, body in (
            (0, "offer", "x"),
            (one.pk, "offer", "x"),
            (two.pk, "hack", "x"),
            (two.pk, "offer", ""),
            (outside.pk, "offer", "x"),
        ):
            with pytest.raises(SignalWrong):
                actions.say(one, to=to, kind=kind, body=body)
        with pytest.raises(SignalWrong):
            actions.say(outside, to=one.pk, kind="offer", body="x")
        actions.admit(row, outside.pk, by=a_host())
        outside.refresh_from_db()
        assert actions.say(outside, to=one.pk, kind="offer", body="x").recipient_id == one.pk

    def test_a_seat_leaves_one_word_of_each_kind_for_each_other_however_often_it_speaks(self):
        row = a_room()
        one, two, three, *_ = everybody_enters(row)
        for turn in range(4):
            for to in (two, three):
                actions.say(one, to=to.pk, kind="offer", body=f"v={turn}")
        before = queries.signals_for(two, after=0)[0].pk
        actions.say(one, to=two.pk, kind="answer", body="v=a")
        actions.say(two, to=one.pk, kind="offer", body="v=b")
        assert [word.body for word in queries.signals_for(two, after=0)] == ["v=3", "v=a"]
        assert Signal.objects.count() == 4
        newest = actions.say(one, to=two.pk, kind="offer", body="v=4")
        assert newest.pk > before
        assert [word.body for word in queries.signals_for(two, after=before)] == ["v=a", "v=4"]
        with pytest.raises(SignalWrong):
            actions.say(one, to=two.pk, kind="offer", body="长" * 60_001)
        assert Signal.objects.count() == 4

    def test_no_word_is_handed_on_once_the_room_is_over(self):
        row = a_room()
        one, two, *_ = everybody_enters(row)
        actions.fall_back(row, **TOLD, by=a_host())
        with pytest.raises(SignalWrong):
            actions.say(one, to=two.pk, kind="offer", body="v=0")


class TestBeginning:
    def test_who_has_not_entered_has_compared_no_face(self):
        row = a_room()
        with pytest.raises(NotForThisSeat, match="已经进入会场"):
            actions.identify(row, by=a_host())
        seat = enters(row, a_host())
        RemoteSeat.objects.filter(pk=seat.pk).update(seen_at=MORNING - timedelta(minutes=1))
        with pytest.raises(NotForThisSeat, match="已经进入会场"):
            actions.identify(row, by=a_host())
        assert RemoteRoom.objects.get(pk=row.pk).identified_at is None

    def test_it_begins_when_identified_by_who_is_not_beside_the_worker_and_the_lines_are_clear(self):
        row = a_room()
        everybody_enters(row)
        with pytest.raises(NotForThisSeat, match="不在检查点"):
            actions.identify(row, by=an_exam_staff())
        with pytest.raises(NotReady, match="还没有在视频里核对身份"):
            actions.begin(row, by=an_exam_staff())
        actions.identify(row, by=a_host())
        begun = actions.begin(row, by=an_exam_staff())
        assert (begun.state, begun.identified_by) == ("sitting", a_host())
        assert LedgerEntry.objects.get(act="remote.started").facts["lines"].popitem()[1] == [900, 0, 40, 480]
        assert actions.end(begun, by=a_host()).state == "finished"
        with pytest.raises(RoomOver, match="已结束"):
            actions.enter(row, Role.EXAMINER, by=an_exam_staff())

    def test_a_poor_line_a_missing_expert_or_an_expert_pressing_begins_nothing(self):
        row = a_room()
        *_, last = everybody_enters(row)
        actions.identify(row, by=a_host())
        actions.measured(last, POOR)
        with pytest.raises(NotReady, match="有人的网络质量不够"):
            actions.begin(row, by=an_exam_staff())
        RemoteSeat.objects.filter(pk=last.pk).update(seen_at=MORNING - timedelta(minutes=1))
        with pytest.raises(NotReady, match="专家还有1人"):
            actions.begin(row, by=an_exam_staff())
        with pytest.raises(NotForThisSeat):
            actions.begin(row, by=the_panel()[0])
        with pytest.raises(RoomOver):
            actions.end(row, by=a_host())


class TestFallingBack:
    def test_before_the_group_the_person_is_on_the_list_for_the_hall_at_once(self):
        row = a_room()
        actions.fall_back(row, **TOLD, by=an_exam_staff())
        case = Case.objects.get(pk=row.booking.case_id)
        assert (case.state, Booking.objects.get(pk=row.booking_id).state) == ("accepted", "moved")
        assert Obligation.objects.filter(case=case, kind="book", fulfilled_at=None).exists()
        assert LedgerEntry.objects.get(act="remote.fell_back").facts["ground"] == "line"
        assert ModeWish.objects.get(case=case).state == "ended"
        with pytest.raises(RoomOver):
            actions.fall_back(row, **TOLD, by=an_exam_staff())

    def test_afterwards_the_same_group_goes_on_and_that_is_owed_until_it_has(self):
        row = a_room()
        put_in_state(row.booking.case, State.EXAMINING)
        actions.fall_back(row, ground="unclear", reason="左膝活动度看不清", by=a_host())
        owed = Obligation.objects.get(kind="continue_exam")
        assert (owed.role, owed.state, owed.due_on) == ("exam_staff", "examining", MORNING.date())
        assert "左膝" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))

    def test_it_needs_a_ground_of_the_list_and_somebody_of_the_committee(self):
        row = a_room()
        with pytest.raises(GroundMissing):
            actions.fall_back(row, ground="mood", reason="", by=an_exam_staff())
        declares(row, the_panel()[0])
        with pytest.raises(NotForThisSeat):
            actions.fall_back(row, **TOLD, by=the_panel()[0])
        assert Case.objects.get(pk=row.booking.case_id).state == "present"

    @pytest.mark.parametrize("reason", ["", "长" * 200])
    def test_the_ground_is_the_reason_and_words_beside_it_are_free_and_bounded(self, reason):
        row = a_room()
        with pytest.raises(GroundMissing, match="最多200个字"):
            actions.fall_back(row, ground="line", reason="长" * 201, by=an_exam_staff())
        done = actions.fall_back(row, ground="line", reason=reason, by=an_exam_staff())
        assert (done.state, done.ground, done.reason) == ("fell_back", "line", reason)

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({}, "请选择改用其他方式的原因。"),
            ({"ground": "mood"}, "请选择改用其他方式的原因。"),
            ({"ground": "line", "reason": "长" * 201}, "201"),
        ],
    )
    def test_what_does_not_fit_is_said_on_the_page_of_the_room_and_nothing_is_given_up(self, told, words):
        row = a_room()
        answer = as_(an_exam_staff()).post(reverse("remote:fall_back", args=[row.pk]), told)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "不写也可以" in shown
        assert words in shown
        assert answer["Permissions-Policy"].startswith("camera=(self)")
        assert told.get("reason", "") in shown
        assert RemoteRoom.objects.get(pk=row.pk).state == "waiting"


class TestPages:
    def test_each_page_shows_what_its_seat_may_do_and_an_expert_learns_no_name(self):
        row = a_room()
        declares(row, the_panel()[0])
        address, name = reverse("remote:room", args=[row.pk]), row.booking.case.person.name
        examiner = as_(an_exam_staff()).get(address)
        assert examiner["Permissions-Policy"].startswith("camera=(self)")
        assert name in examiner.content.decode()
        assert "改用其他方式" in examiner.content.decode()
        assert "人证相符" not in examiner.content.decode()
        assert "人证相符" in as_(a_host()).get(address).content.decode()
        for page in (address, reverse("remote:list")):
            shown = as_(the_panel()[0]).get(page).content.decode()
            assert row.booking.exam_code in shown
            assert name not in shown
            assert row.booking.case.number not in shown
        worker = the_worker(row)
        block = as_(worker).get(reverse("remote:mine", args=[row.booking.case.number])).content.decode()
        assert reverse("remote:room", args=[row.pk]) in block

    def test_a_poll_says_who_is_there_what_lacks_and_what_was_said(self):
        row = a_room()
        one, two, *_ = everybody_enters(row)
        actions.say(one, to=two.pk, kind="offer", body="v=0")
        browser = as_(a_host())
        told = {"after": 0, "kbps": 500, "loss": 12, "delay": 80, "lines": 480}
        heard = browser.post(reverse("remote:poll", args=[row.pk]), told).json()
        assert [word["body"] for word in heard["signals"]] == ["v=0"]
        assert heard["lacks"] == ["还没有在视频里核对身份"]
        assert [seat["label"] for seat in heard["seats"]] == ["检查员", "会场工作人员", "专家1", "专家2", "专家3"]
        assert (
            "每一百个数据包丢12个"
            in browser.post(reverse("remote:poll", args=[row.pk]), {"after": 9**9}).json()["seats"][1]["words"]
        )

    def test_the_presses_of_the_page_do_what_they_say(self):
        row = a_room()
        everybody_enters(row)
        host = as_(a_host())
        press = {
            what: reverse(f"remote:{what}", args=[row.pk])
            for what in ("identify", "begin", "end", "fall_back", "admit", "say", "poll")
        }
        waiting = enters(row, the_worker(row))
        host.post(press["admit"], {"seat": waiting.pk})
        assert host.post(press["identify"]).status_code == 200
        assert host.post(press["begin"]).status_code == 200
        assert host.post(press["say"], {"to": waiting.pk, "kind": "offer", "body": "v=0"}).status_code == 200
        assert host.post(press["end"]).status_code == 302
        assert host.post(press["fall_back"], TOLD).status_code == 422
        assert as_(a_clerk()).post(press["poll"]).status_code == 404

    def test_the_list_opens_a_room_for_who_has_come(self):
        booking = a_present_by_video()
        browser = as_(an_exam_staff())
        assert booking.case.person.name in browser.get(reverse("remote:list")).content.decode()
        assert browser.post(reverse("remote:open", args=[booking.pk])).status_code == 302
        assert booking.exam_code in browser.get(reverse("remote:list")).content.decode()
