"""Committing the list from which experts are drawn: what stands on it, and when it is refused."""

import json
from datetime import date

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_draw_officer, a_reviewer, a_scheduler, an_exam_staff, an_outsider
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.models import CaseDuty
from gongjian.draws.actions import experts
from gongjian.draws.errors import (
    DrawAlready,
    DrawStateWrong,
    GroupSizeNotAllowed,
    HospitalsTooFew,
    NeedsNotCovered,
    NobodyBooked,
    OfficerTied,
    PlanWrong,
    QuotaImpossible,
    ReasonMissing,
    SittingOver,
    WordsMissing,
)
from gongjian.draws.lot.plan import ANY
from gongjian.draws.models import Draw, Group, Witness
from gongjian.draws.proposals import proposed_groups
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.states import State
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    EYE,
    KNEE,
    SIGHT,
    a_committed,
    a_held,
    a_pool,
    a_prepared,
    an_available,
    says,
    someone,
    void,
)
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import NotAllowed
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import a_sitting, at, put_in_sitting_state

pytestmark = pytest.mark.django_db
ONE_ROOM = (GroupWish("一号诊室", (BONE, SIGHT, ANY)),)


def listed(draw: Draw) -> list[str]:
    return [expert["id"] for expert in draw.commitment["plan"]["experts"]]


def excluded(draw: Draw) -> dict[str, str]:
    return {one["id"]: one["reason"] for one in draw.commitment["plan"]["excluded"]}


def recusals(draw: Draw) -> dict[str, list[tuple[str, str]]]:
    return {
        expert["id"]: [(one["group"], one["reason"]) for one in expert["recusals"]]
        for expert in draw.commitment["plan"]["experts"]
        if expert["recusals"]
    }


def test_a_committed_list_is_public_to_the_last_seat_and_its_secret_is_not():
    draw = a_committed()
    assert draw.state == State.COMMITTED
    assert draw.number == "YXJD-C2026-00001"
    assert len(listed(draw)) == 12
    assert draw.commitment["plan"]["groups"][0] == {"id": "G01", "wants": ["骨科", "眼科", "*"]}
    assert draw.commitment["secret_hash"] == draw.secret_hash
    assert draw.secret not in str(draw.commitment)
    assert (draw.receipt, draw.receipt_hash) == ("", "")


def test_art_34_the_commitment_is_in_the_ledger_before_any_word():
    draw = a_committed()
    acts = LedgerEntry.objects.filter(chain=draw.chain).order_by("sequence")
    assert [entry.act for entry in acts] == ["draw.committed", "draw.witnesses"]
    assert acts[0].facts["commitment"] == draw.commitment_hash
    assert draw.secret not in str(list(acts.values_list("facts", flat=True)))
    on_the_sitting = LedgerEntry.objects.filter(chain=draw.sitting.chain, act="draw.committed").get()
    assert on_the_sitting.facts["commitment"] == draw.commitment_hash


def test_groups_have_their_rooms_and_witnesses_their_codes():
    draw = a_committed()
    assert [(group.code, group.room) for group in draw.groups.all()] == [("G01", "一号诊室"), ("G02", "二号诊室")]
    assert [witness.who for witness in draw.witnesses.all()] == ["监督员", "职工代表"]
    codes = [witness.entry_code for witness in draw.witnesses.all()]
    assert len(set(codes)) == 2
    assert all(len(code) == 8 for code in codes)


def test_who_commits_takes_the_duty_of_drawing_in_every_case():
    draw = a_committed()
    duties = CaseDuty.objects.filter(case__bookings__sitting=draw.sitting)
    assert [(duty.duty, duty.user) for duty in duties] == [("draw_officer", a_draw_officer())] * 3


@pytest.mark.parametrize("who", [a_scheduler, an_exam_staff, a_reviewer, an_outsider])
def test_art_11_only_who_draws_may_commit(who):
    with pytest.raises(NotAllowed):
        a_committed(by=who())
    assert not Draw.objects.exists()


def test_a_draw_officer_of_another_office_may_not_commit():
    stranger = User.objects.create_user("other-officer", name="邻市抽取", kind=User.Kind.STAFF)
    with pytest.raises(NotAllowed):
        a_committed(by=stranger)


def test_nobody_booked_is_nobody_to_draw_for():
    sitting = a_sitting(state=SittingState.PUBLISHED)
    a_pool(sitting)
    with pytest.raises(NobodyBooked):
        a_committed(sitting)


def test_people_who_were_moved_away_are_not_expected():
    sitting = a_prepared()
    for booking in Booking.objects.filter(sitting=sitting):
        give_back(booking, BookingState.MOVED)
    with pytest.raises(NobodyBooked):
        a_committed(sitting)


def test_a_second_commitment_is_refused_while_the_first_stands():
    sitting = a_prepared()
    a_committed(sitting)
    with pytest.raises(DrawAlready, match="抽取专家"):
        a_committed(sitting)
    assert Draw.objects.count() == 1


def test_nothing_is_drawn_for_a_sitting_that_is_over():
    sitting = put_in_sitting_state(a_prepared(), SittingState.CLOSED)
    with pytest.raises(SittingOver):
        a_committed(sitting)


def test_who_accepted_a_case_may_not_draw_for_it_and_hears_which():
    sitting = a_prepared()
    booking = Booking.objects.filter(sitting=sitting)[0]
    take_duty(booking.case, CaseDuty.Duty.ACCEPTOR, by=a_draw_officer())
    with pytest.raises(OfficerTied, match=booking.exam_code):
        a_committed(sitting)
    assert not CaseDuty.objects.filter(duty="draw_officer").exists()


def test_somebody_present_must_give_a_word():
    with pytest.raises(WordsMissing):
        a_committed(witnesses=(" ", ""))


def test_a_number_given_back_leaves_no_gap():
    sitting = a_prepared()
    with pytest.raises(WordsMissing):
        a_committed(sitting, witnesses=())
    assert a_committed(sitting).number == "YXJD-C2026-00001"


def test_art_11_everybody_expected_finds_seats_for_what_they_need():
    sitting = a_prepared()
    code = Booking.objects.get(sitting=sitting, needs=[BONE, SIGHT]).exam_code
    apart = (GroupWish("一号诊室", (BONE, BONE, ANY)), GroupWish("二号诊室", (SIGHT, SIGHT, ANY)))
    with pytest.raises(NeedsNotCovered, match=code):
        a_committed(sitting, wishes=apart)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_art_11_a_group_of_another_size_is_refused(size):
    with pytest.raises(PlanWrong, match="3人或5人"):
        a_committed(
            wishes=(GroupWish("一号诊室", (BONE, SIGHT, *[ANY] * 3)[:size]),), reserves=()
        ) if size > 1 else a_committed(
            a_prepared(people=[[KNEE]]), wishes=(GroupWish("一号诊室", (BONE,)),), reserves=()
        )
    with pytest.raises(GroupSizeNotAllowed):
        proposed_groups([], groups=1, size=size)


def test_l19_an_impossible_quota_is_refused_naming_what_must_give():
    sitting = a_prepared(each=1)
    with pytest.raises(QuotaImpossible) as refused:
        a_committed(sitting)
    assert "需要 6 席，可用 2 人" in str(refused.value)
    assert "需增派 4 名" in str(refused.value)
    assert "或减少 4 个" in str(refused.value)
    assert not Draw.objects.exists()


def test_l19_reserves_that_cannot_be_filled_are_refused_too():
    with pytest.raises(QuotaImpossible, match="连同候补名额"):
        a_committed(reserves=[BONE] * 7)


def test_one_hospital_for_all_cannot_fill_groups_without_repeating_it():
    sitting = a_prepared(each=0)
    for code in (BONE, SIGHT):
        for _ in range(4):
            an_available(sitting, code, hospital="云溪市中医院", department="康复科")
    with pytest.raises((HospitalsTooFew, QuotaImpossible)):
        a_committed(sitting, wishes=ONE_ROOM, reserves=())
    assert a_committed(sitting, wishes=ONE_ROOM, reserves=(), one_per_hospital=False).state == State.COMMITTED


def test_a_hospital_spelled_in_two_ways_is_one_hospital():
    sitting = a_prepared()
    strange = an_available(sitting, BONE, hospital="云溪市　中医院", department="骨科")
    draw = a_committed(sitting)
    (found,) = [one for one in draw.commitment["plan"]["experts"] if one["id"] == strange.number]
    assert found["hospital"] == "云溪市中医院"


BARRED = {
    "term over": ({"term_until": date(2026, 3, 23)}, "聘期已届满"),
    "term to begin": ({"term_from": date(2026, 3, 25)}, "聘期未开始"),
    "untrained": ({"trained_on": None}, "未经培训合格"),
    "suspended": ({"suspended_from": date(2026, 3, 1), "suspension_reason": "调查中"}, "已暂停参加鉴定"),
    "dismissed": ({"dismissed_on": date(2026, 3, 1), "dismissal_reason": "本人申请"}, "已解聘"),
    "unwell": ({"in_good_health": False}, "身体状况不能胜任"),
}


@pytest.mark.parametrize(("changes", "reason"), BARRED.values(), ids=BARRED)
def test_art_24_who_may_not_be_drawn_stands_outside_the_plan_with_the_reason(changes, reason):
    sitting = a_prepared()
    barred = an_expert(BONE, **changes)
    draw = a_held(sitting)
    assert barred.number not in listed(draw)
    assert excluded(draw)[barred.number] == "不符合本次条件"
    assert reason not in str(draw.commitment) + draw.receipt
    assert reason in str([json.loads(row.exact).get("reasons") for row in draw.reasons.all()])
    assert barred.number not in str(draw.receipt).split('"places"')[1]


def test_who_cannot_come_or_has_not_answered_is_not_drawn():
    sitting = a_prepared()
    silent, busy = an_expert(BONE), an_expert(SIGHT)
    says(busy, sitting, False)
    draw = a_committed(sitting)
    assert excluded(draw) == {silent.number: "本场不能到场", busy.number: "本场不能到场"}


def test_term_is_looked_at_on_the_day_of_the_sitting():
    sitting = a_prepared()
    last_day = an_expert(BONE, term_until=sitting.day)
    says(last_day, sitting, True)
    assert last_day.number in listed(a_committed(sitting))


def test_art_28_where_one_group_alone_can_judge_somebody_their_doctor_may_not_sit_in_it():
    sitting = a_sitting(state=SittingState.PUBLISHED)
    someone(sitting, 1, KNEE, hospital="云溪市中医院", department="骨科")
    a_pool(sitting)
    doctor = an_available(sitting, BONE, hospital="云溪市中医院", department="骨科")
    draw = a_committed(sitting, wishes=ONE_ROOM, reserves=())
    assert recusals(draw)[doctor.number] == [("G01", "依法回避")]


def test_where_several_groups_can_judge_nobody_is_barred_in_advance():
    sitting = a_sitting(state=SittingState.PUBLISHED)
    someone(sitting, 1, KNEE, hospital="云溪市中医院", department="骨科")
    a_pool(sitting)
    assert recusals(a_committed(sitting)) == {}


def test_a_void_commitment_frees_the_sitting_and_the_next_one_names_it():
    draw = a_committed()
    void(draw, reason="职工代表临时离场", by=a_draw_officer())
    again = a_committed(draw.sitting)
    assert draw.state == State.VOID
    assert draw.void_reason == "职工代表临时离场"
    assert again.commitment["prior"] == [draw.commitment_hash]
    assert LedgerEntry.objects.filter(chain=draw.chain).latest("sequence").act == "draw.void"


def test_voiding_takes_a_reason_and_the_right_person():
    draw = a_committed()
    with pytest.raises(ReasonMissing):
        void(draw, reason="  ", by=a_draw_officer())
    with pytest.raises(NotAllowed):
        void(draw, reason="不满意", by=an_exam_staff())
    draw.refresh_from_db()
    assert draw.state == State.COMMITTED


def test_art_34_a_draw_that_is_held_can_no_longer_be_voided():
    draw = a_held()
    with pytest.raises(DrawStateWrong, match="已抽取"):
        void(draw, reason="结果不满意", by=a_draw_officer())


def test_l20_no_two_draws_share_a_secret():
    first = a_committed()
    void(first, reason="重来", by=a_draw_officer())
    second = a_committed(first.sitting)
    assert first.secret != second.secret
    with pytest.raises(Exception, match="secret_hash"), at(DRAWN):
        Draw.objects.create(
            number="X", kind="experts", sitting=first.sitting, office=first.office, state=State.VOID, commitment={},
            commitment_hash="0" * 64, secret="", secret_hash=second.secret_hash, view_key="x", committed_at=DRAWN,
            committed_by=a_draw_officer(),
        )  # fmt: skip


@pytest.mark.parametrize("change", [{"commitment": {}}, {"commitment_hash": "0" * 64}, {"secret_hash": "0" * 64}])
def test_art_34_the_database_keeps_the_commitment_as_it_is(change):
    draw = a_committed()
    with pytest.raises(Exception, match="commitment_stays"):
        Draw.objects.filter(pk=draw.pk).update(**change)


def test_a_refusal_leaves_nothing_behind():
    sitting = a_prepared(each=1)
    with pytest.raises(QuotaImpossible):
        a_committed(sitting)
    counts = [Draw.objects.count(), Group.objects.count(), Witness.objects.count(), CaseDuty.objects.count()]
    assert counts == [0, 0, 0, 0]


def test_needs_are_asked_of_everybody_expected_and_of_nobody_else():
    sitting = a_prepared(people=[[KNEE], [EYE]])
    Booking.objects.filter(sitting=sitting, needs=[SIGHT]).update(state=BookingState.ABSENT)
    only_bones = (GroupWish("一号诊室", (BONE, BONE, ANY)),)
    with at(DRAWN):
        experts.check_covered(list(Booking.objects.filter(sitting=sitting, state="booked")), only_bones)
        draw = experts.commit_experts(sitting, only_bones, reserves=(), witnesses=("监督员",), by=a_draw_officer())
    assert draw.commitment["plan"]["groups"] == [{"id": "G01", "wants": ["骨科", "骨科", "*"]}]
