"""The page on which somebody leaves a group that lacks a member for good, and every page that leads there."""

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_reviewer,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.desk.steps import ONLY_WHEN, offered
from gongjian.draws.actions import door
from gongjian.draws.lot.plan import ANY
from gongjian.draws.models import Departure, Draw, Group
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.tests.house import (
    BONE,
    KNEE,
    SIGHT,
    a_held,
    a_prepared,
    a_vacancy,
    an_open_door,
    comes,
    people_of,
    sent,
)
from gongjian.draws.tests.pages import HTMX, as_, text_of
from gongjian.kernel.ledger.queries import readings_of
from gongjian.sittings.models import Booking
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db
BUTTON = "退出本组，重新抽取"
PROMISE = "专家组人员有变，将为您重新抽取专家组，请稍候"


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def somebody(**changes: object) -> tuple[Booking, Group]:
    """Somebody whom the door has sent to a group; the draw has no reserves."""
    row = an_open_door(a_held(reserves=(), **changes))  # type: ignore[arg-type]
    booking = comes(people_of(row)[0])
    return booking, sent(booking)


def stuck(**changes: object) -> Booking:
    """The same, and the group has lost a member."""
    booking, group = somebody(**changes)
    a_vacancy(group)
    return booking


def an_only_group() -> dict[str, object]:
    wishes = (GroupWish("一号诊室", (BONE, SIGHT, ANY)),)
    return {"sitting": a_prepared(people=[[KNEE]]), "wishes": wishes}


def page(booking: Booking) -> str:
    return reverse("desk:regroup", args=[booking.case.number])


def the_case(booking: Booking) -> Case:
    return Case.objects.get(pk=booking.case_id)


@pytest.mark.parametrize("who", [a_draw_officer, an_exam_staff])
def test_one_button_with_its_consequence_and_then_the_door(who):
    booking = stuck()
    told = text_of(as_(who()).get(page(booking)))
    assert ["1个席位空缺" in told, "还有1个专家组能够鉴定" in told, told.count(BUTTON)] == [True, True, 1]
    assert "不再计票" in told
    answer = as_(who()).post(page(booking), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("draws:door", args=[booking.sitting.number])
    assert "已退出缺员的专家组" in text_of(answer)
    assert booking.exam_code[:4] in text_of(answer)
    assert the_case(booking).state == State.PRESENT


def test_the_person_may_be_sent_at_once_from_the_page_that_follows():
    booking = stuck()
    client = as_(an_exam_staff())
    client.post(page(booking))
    answer = client.post(
        reverse("draws:door_send", args=[booking.sitting.number]), {"code": booking.exam_code}, follow=True
    )
    assert "第2组" in text_of(answer) or "第1组" in text_of(answer)
    assert booking.arrivals.filter(departure=None).count() == 1
    assert the_case(booking).state == State.GROUPED


def test_where_no_other_group_is_left_the_page_says_so_and_another_day_is_one_press_away():
    booking = stuck(**an_only_group())
    assert "没有其他能够鉴定的专家组" in text_of(as_(an_exam_staff()).get(page(booking)))
    as_(an_exam_staff()).post(page(booking))
    station = reverse("draws:door", args=[booking.sitting.number])
    assert "退回，改期安排" in text_of(as_(a_scheduler()).get(station))
    as_(a_scheduler()).post(reverse("draws:rebook", args=[booking.sitting.number]), {"booking": booking.pk})
    case, due = the_case(booking), booking.case.due_on
    assert (case.state, case.due_on) == (State.ACCEPTED, due)


def test_when_the_door_is_closed_already_another_day_is_one_press_away():
    row = an_open_door(a_held(a_prepared(people=[[KNEE]]), reserves=()))
    booking = comes(people_of(row)[0])
    group = sent(booking)
    door.close(Draw.objects.get(pk=row.pk), by=an_exam_staff())
    a_vacancy(group)
    as_(an_exam_staff()).post(page(booking))
    told = text_of(as_(a_scheduler()).get(reverse("draws:door", args=[booking.sitting.number])))
    assert ["退回，改期安排" in told, "现场分组已经结束" in told] == [True, True]


def test_the_page_of_a_complete_group_has_no_button_and_refuses():
    booking, _ = somebody()
    told = text_of(as_(an_exam_staff()).get(page(booking)))
    assert [BUTTON in told, "没有空缺席位" in told] == [False, True]
    answer = as_(an_exam_staff()).post(page(booking))
    assert (answer.status_code, Departure.objects.count()) == (422, 0)
    assert "不能重新抽取专家组" in text_of(answer)


def test_pressed_a_second_time_it_says_where_the_case_is():
    booking = stuck()
    client = as_(an_exam_staff())
    client.post(page(booking))
    assert client.post(page(booking)).status_code == 422
    assert "已经退出缺员的专家组" in text_of(client.get(page(booking)))
    assert Departure.objects.count() == 1


@pytest.mark.parametrize("who", [a_clerk, a_reviewer, a_scheduler])
def test_other_staff_read_who_does_it_and_are_refused(who):
    booking = stuck()
    told = text_of(as_(who()).get(page(booking)))
    assert [BUTTON in told, "请抽取人员或者现场工作人员办理" in told] == [False, True]
    assert as_(who()).post(page(booking)).status_code == 403
    assert the_case(booking).state == State.GROUPED


@pytest.mark.parametrize(("who", "status"), [(a_worker_user, 403), (an_outsider, 404), (an_expert_user, 404)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_l08_strangers_and_parties_find_no_such_page(who, status, method):
    booking = stuck()
    assert getattr(as_(who()), method)(page(booking)).status_code == status
    assert Departure.objects.count() == 0


def test_looking_is_recorded():
    booking = stuck()
    as_(an_exam_staff()).get(page(booking))
    assert [row.facts["what"] for row in readings_of(booking.case.chain)] == ["重新抽取专家组"]


# What leads there.


@pytest.mark.parametrize(("who", "there"), [(a_draw_officer, True), (an_exam_staff, True), (a_scheduler, False)])
def test_the_case_page_offers_it_to_who_may_and_only_then(who, there):
    booking, group = somebody()
    at_first = text_of(as_(who()).get(reverse("desk:case", args=[booking.case.number])))
    a_vacancy(group)
    then = text_of(as_(who()).get(reverse("desk:case", args=[booking.case.number])))
    assert page(booking) not in at_first
    assert (f'class="btn btn-outline-primary" href="{page(booking)}"' in then) is there
    assert "专家组缺员且无候补，重新抽取专家组" in then


def test_an_act_is_offered_without_an_obligation_unless_the_table_says_otherwise():
    assert [offered("terminate", ()), offered("regroup", ()), offered("regroup", {"fill_seat"})] == [True, False, True]
    assert [offered("entrust", ()), offered("entrust", {"choose_entrusted"})] == [False, True]
    assert set(ONLY_WHEN) == {"regroup", "give_up", "entrust"}


def test_the_worklist_of_the_draw_officer_leads_there():
    booking = stuck()
    told = text_of(as_(a_draw_officer()).get(reverse("desk:worklist")))
    assert [page(booking) in told, "专家组缺员且无候补，重新抽取专家组" in told] == [True, True]


@pytest.mark.parametrize("name", ["sittings:sitting", "sittings:queue"])
def test_the_pages_of_the_sitting_load_whose_group_lacks_a_member(name):
    booking = stuck()
    part = reverse("draws:vacancies", args=[booking.sitting.number])
    assert f'hx-get="{part}"' in text_of(as_(an_exam_staff()).get(reverse(name, args=[booking.sitting.number])))
    told = text_of(as_(an_exam_staff()).get(part, **HTMX))
    assert told.lstrip().startswith('<div id="_vacancies"')
    assert [page(booking) in told, f"{booking.ticket}号" in told] == [True, True]
    assert booking.case.person.name not in told


def test_the_part_is_a_page_too_and_empty_while_all_groups_are_complete():
    booking, _ = somebody()
    part = reverse("draws:vacancies", args=[booking.sitting.number])
    assert "没有缺员的专家组" in text_of(as_(an_exam_staff()).get(part))
    assert "缺员" not in text_of(as_(an_exam_staff()).get(part, **HTMX))


@pytest.mark.parametrize(("who", "status"), [(a_clerk, 403), (an_outsider, 404), (a_worker_user, 404)])
def test_the_part_is_for_who_works_at_the_door(who, status):
    booking = stuck()
    assert as_(who()).get(reverse("draws:vacancies", args=[booking.sitting.number])).status_code == status


def test_who_could_not_open_the_part_is_not_offered_it():
    booking = stuck()
    told = text_of(as_(a_reviewer()).get(reverse("sittings:sitting", args=[booking.sitting.number])))
    assert reverse("draws:vacancies", args=[booking.sitting.number]) not in told


def test_the_door_and_the_part_of_the_case_page_name_it_too():
    booking = stuck()
    client = as_(an_exam_staff())
    for name, number in (("draws:door", booking.sitting.number), ("draws:case_part", booking.case.number)):
        assert page(booking) in text_of(client.get(reverse(name, args=[number])))


# What the person reads.


def test_the_person_reads_a_kind_sentence_without_names_until_the_next_group():
    booking = stuck()
    join_case(the_case(booking), a_worker_user(), capacity="worker", is_applicant=True)
    portal = reverse("portal:case", args=[booking.case.number])
    assert PROMISE not in text_of(as_(a_worker_user()).get(portal))
    gone = {
        one.expert.name
        for one in Group.objects.get(number=booking.arrivals.get().group.number).seats.filter(expert__isnull=False)
    }
    as_(an_exam_staff()).post(page(booking))
    told = text_of(as_(a_worker_user()).get(portal))
    assert PROMISE in told
    assert not any(name in told for name in gone)
    sent(booking)
    assert PROMISE not in text_of(as_(a_worker_user()).get(portal))
