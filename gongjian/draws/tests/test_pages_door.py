"""Pages at the door and of recusals."""

import re

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_reviewer,
    a_scheduler,
    a_supervisor,
    a_worker_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.appraisal.states import State as CaseState
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import a_case
from gongjian.draws.actions.recusal import ask_recusal
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.models import Arrival, Draw, Recusal
from gongjian.draws.queries import members
from gongjian.draws.states import Ground, State
from gongjian.draws.tests.house import (
    BONE,
    EYE,
    KNEE,
    a_held,
    a_list,
    a_prepared,
    all_words,
    an_open_door,
    comes,
    opened,
    people_of,
    sent,
)
from gongjian.draws.tests.pages import HTMX, as_, read, text_of
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.ledger.queries import readings_of
from gongjian.sittings.models import Booking
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"draws:{name}", args=args)


def stranded(draw: Draw) -> Booking:
    """A person for whom a member of each group is barred."""
    booking = people_of(draw)[0]
    for number in (1, 2):
        expert = members(draw.groups.get(number=number))[0]
        record_recusal(booking.case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=a_draw_officer())
    return booking


def with_reserves() -> Draw:
    return a_held(a_prepared(each=10), reserves=[BONE] * 3, one_per_hospital=False)


# the station


def test_before_the_experts_are_drawn_the_page_says_so():
    sitting = a_prepared()
    told = text_of(as_(an_exam_staff()).get(url("door", sitting.number)))
    assert "还没有抽取专家" in told
    assert "公布名单和承诺" not in told


@pytest.mark.parametrize("who", [a_clerk, a_supervisor, a_reviewer])
def test_who_does_not_work_at_the_door_is_turned_away(who):
    sitting = a_held().sitting
    for name in ("door", "door_send", "door_commit", "step_back", "rebook"):
        browser = as_(who())
        answer = browser.get(url(name, sitting.number)) if name == "door" else browser.post(url(name, sitting.number))
        assert answer.status_code == 403


def test_an_outsider_does_not_learn_that_there_is_a_sitting():
    sitting = a_held().sitting
    assert as_(an_outsider()).get(url("door", sitting.number)).status_code == 404
    assert as_().get(url("door", sitting.number)).status_code == 302


def test_the_list_is_published_from_the_station_and_words_are_waited_for():
    draw = a_held()
    opened(draw.sitting)
    browser = as_(an_exam_staff())
    answer = browser.post(url("door_commit", draw.sitting.number), {"witness-1": "监督员"})
    row = Draw.objects.get(kind="door")
    assert answer["Location"] == url("conduct", row.number)
    assert "等待给词" in text_of(browser.get(url("door", draw.sitting.number)))
    assert "开始现场分组" in text_of(browser.get(url("conduct", row.number)))


def test_a_list_without_anybody_to_give_a_word_is_refused_on_the_form():
    draw = a_held()
    opened(draw.sitting)
    answer = as_(an_exam_staff()).post(url("door_commit", draw.sitting.number), {"witness-1": ""})
    assert answer.status_code == 422
    assert "至少需要一位" in text_of(answer)


def test_the_draw_officer_does_not_publish_the_list():
    draw = a_held()
    opened(draw.sitting)
    assert as_(a_draw_officer()).post(url("door_commit", draw.sitting.number), {"witness-1": "监"}).status_code == 403


def test_opening_the_door_leads_to_the_station():
    row = all_words(a_list())
    answer = as_(an_exam_staff()).post(url("hold", row.number))
    row.refresh_from_db()
    assert row.state == State.HELD
    assert answer["Location"] == url("door", row.sitting.number)


def test_who_has_checked_in_waits_under_ticket_and_code_and_not_by_name():
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    told = text_of(as_(an_exam_staff()).get(url("door", draw.sitting.number)))
    assert "已报到、未分组（1 人）" in told
    assert str(booking.ticket) in told
    assert f"{booking.exam_code[:4]} {booking.exam_code[4:]}" in told
    assert booking.case.person.name not in told


def test_one_press_sends_somebody_and_shows_group_and_room():
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    browser = as_(an_exam_staff())
    answer = browser.post(
        url("door_send", draw.sitting.number), {"code": booking.exam_code, "word": "平安"}, follow=True
    )
    arrival = Arrival.objects.get()
    told = text_of(answer)
    assert f"第{arrival.group.number}组" in told
    assert arrival.group.room in told
    assert str(booking.ticket) in told
    assert booking.case.person.name not in told
    assert "没有人等候" in text_of(browser.get(url("door", draw.sitting.number)))


def test_a_second_press_shows_the_same():
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    browser = as_(an_exam_staff())
    first, second = (browser.post(url("door_send", draw.sitting.number), {"code": booking.exam_code}) for _ in range(2))
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("code", "said"), [("", "请填写"), ("ZZZZZZZZ", "没有"), ("not-come", "未"), ("word", "64")]
)  # fmt: skip
def test_somebody_who_cannot_be_sent_is_told_why_on_the_form(code, said):
    draw = a_held()
    an_open_door(draw)
    people = people_of(draw)
    come = comes(people[0])
    sends = {
        "not-come": {"code": people[1].exam_code},
        "word": {"code": come.exam_code, "word": "字" * 65},
    }.get(code, {"code": code})
    answer = as_(an_exam_staff()).post(url("door_send", draw.sitting.number), sends)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Arrival.objects.exists()


def test_the_result_of_another_sitting_is_not_shown_here():
    draw = a_held()
    an_open_door(draw)
    sent(comes(people_of(draw)[0]))
    pk = Arrival.objects.get().pk
    browser = as_(an_exam_staff())
    assert browser.get(url("door_sent", draw.sitting.number, pk)).status_code == 200
    assert browser.get(url("door_sent", draw.sitting.number, pk + 1)).status_code == 404


def test_the_hall_sees_how_many_are_in_each_group_and_nothing_else():
    draw = a_held()
    row = an_open_door(draw)
    booking = comes(people_of(draw)[0])
    sent(booking)
    told = text_of(as_().get(url("live", row.number, row.view_key)))
    assert "名单 3 人，已分组 1 人" in told
    assert booking.exam_code not in told
    assert str(booking.ticket) not in re.sub(r"[0-9a-f]{16,}", "", told.replace(row.number, ""))
    assert row.secret not in told


def test_the_day_ends_from_the_page_of_the_draw():
    draw = a_held(a_prepared(people=[[KNEE]]))
    row = an_open_door(draw)
    booking = comes(people_of(draw)[0])
    browser = as_(an_exam_staff())
    waiting = browser.post(url("close", row.number))
    assert waiting.status_code == 422
    assert "还有1人已报到" in text_of(waiting)
    sent(booking)
    told = text_of(browser.post(url("close", row.number), follow=True))
    assert "凭证已向社会公开" in told
    assert as_().get(url("receipt", row.number)).status_code == 200
    assert "分组结束" in text_of(as_().get(url("live", row.number, row.view_key)))


# the way out


def test_somebody_stranded_stands_on_the_page_with_both_ways_out():
    draw = with_reserves()
    opened(draw.sitting)
    booking = stranded(draw)
    staff = text_of(as_(an_exam_staff()).get(url("door", draw.sitting.number)))
    assert f"{booking.exam_code[:4]} {booking.exam_code[4:]}（需要：骨科）" in staff
    assert "请抽取人员在本页办理" in staff
    assert "请场次安排人员在本页办理" in staff
    assert "由候补递补其席位" in text_of(as_(a_draw_officer()).get(url("door", draw.sitting.number)))
    assert "退回，改期安排" in text_of(as_(a_scheduler()).get(url("door", draw.sitting.number)))


def test_publishing_names_them_too():
    draw = with_reserves()
    opened(draw.sitting)
    booking = stranded(draw)
    answer = as_(an_exam_staff()).post(url("door_commit", draw.sitting.number), {"witness-1": "监督员"})
    assert answer.status_code == 422
    assert f"鉴定编码{booking.exam_code}没有可以分配的专家组" in text_of(answer)


def test_the_draw_officer_lets_the_reserve_take_the_seat():
    draw = with_reserves()
    opened(draw.sitting)
    booking = stranded(draw)
    group = draw.groups.get(number=1)
    expert = members(group)[0]
    sends = {"booking": booking.pk, "expert": expert.number, "group": group.pk}
    assert as_(an_exam_staff()).post(url("step_back", draw.sitting.number), sends, follow=True).status_code == 200
    assert expert in members(group)
    told = text_of(as_(a_draw_officer()).post(url("step_back", draw.sitting.number), sends, follow=True))
    assert "第二人确认之前，本组保持原样" in told
    assert expert in members(group)
    change = draw.changes.get()
    answer = {"answer": "confirm"}
    as_(an_exam_staff()).post(url("answer_change", draw.number, change.pk), answer)
    told = text_of(as_(a_draw_officer()).get(url("door", draw.sitting.number)))
    assert "没有可分配专家组的人" not in told
    assert expert not in members(group)


def test_nobody_can_be_put_out_without_a_ground():
    draw = with_reserves()
    opened(draw.sitting)
    group = draw.groups.get(number=1)
    expert = members(group)[1]
    sends = {"booking": people_of(draw)[0].pk, "expert": expert.number, "group": group.pk}
    told = text_of(as_(a_draw_officer()).post(url("step_back", draw.sitting.number), sends, follow=True))
    assert "没有已知的回避事由" in told
    assert expert in members(group)


@pytest.mark.parametrize("broken", ["booking", "expert", "group"])
def test_a_button_that_names_nobody_is_refused(broken):
    draw = with_reserves()
    opened(draw.sitting)
    group = draw.groups.get(number=1)
    sends = {"booking": people_of(draw)[0].pk, "expert": members(group)[0].number, "group": group.pk, broken: "x"}
    assert as_(a_draw_officer()).post(url("step_back", draw.sitting.number), sends).status_code == 404


def test_the_scheduler_takes_somebody_off_the_sitting_and_the_list_can_be_published():
    draw = with_reserves()
    opened(draw.sitting)
    booking = stranded(draw)
    as_(a_scheduler()).post(url("rebook", draw.sitting.number), {"booking": booking.pk})
    case = Case.objects.get(pk=booking.case_id)
    assert case.state == CaseState.ACCEPTED
    answer = as_(an_exam_staff()).post(url("door_commit", draw.sitting.number), {"witness-1": "监督员"})
    assert answer.status_code == 302
    assert len(Draw.objects.get(kind="door").commitment["visitors"]) == 2


def test_who_may_not_rebook_is_told_so():
    draw = with_reserves()
    opened(draw.sitting)
    booking = stranded(draw)
    told = text_of(as_(an_exam_staff()).post(url("rebook", draw.sitting.number), {"booking": booking.pk}, follow=True))
    assert "没有在本案办理" in told
    assert Case.objects.get(pk=booking.case_id).state == CaseState.SCHEDULED


def test_somebody_who_has_come_and_finds_every_group_barred_may_be_given_another_day():
    draw = with_reserves()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    stranded(draw)
    refused = as_(an_exam_staff()).post(url("door_send", draw.sitting.number), {"code": booking.exam_code})
    assert refused.status_code == 422
    assert "没有可分配专家组的人（1 人）" in text_of(refused)
    as_(a_scheduler()).post(url("rebook", draw.sitting.number), {"booking": booking.pk})
    assert Case.objects.get(pk=booking.case_id).state == CaseState.ACCEPTED
    assert "没有人等候" in text_of(as_(an_exam_staff()).get(url("door", draw.sitting.number)))


# recusals


def test_a_party_asks_on_the_portal_and_sees_the_answer():
    case = a_case()
    browser = as_(a_worker_user())
    told = text_of(browser.get(url("ask_recusal", case.number)))
    assert "令55 第二十八条" in told
    browser.post(url("ask_recusal", case.number), {"ground": "kinship", "facts": "主刀医生是我爱人的表兄"})
    row = Recusal.objects.get()
    assert "待答复" in text_of(browser.get(url("ask_recusal", case.number)))
    officer = as_(a_draw_officer())
    prefix = f"r{row.pk}-"
    officer.post(
        url("recusals", case.number),
        {
            "recusal": row.pk,
            f"{prefix}decision": "granted",
            f"{prefix}expert": an_expert().pk,
            f"{prefix}answer": "已核实。",
        },
    )
    told = text_of(browser.get(url("ask_recusal", case.number)))
    assert "予以回避" in told
    assert "已核实。" in told
    assert "骆骨生" not in told


@pytest.mark.parametrize("sends", [{}, {"ground": "kinship", "facts": " "}, {"ground": "x", "facts": "表亲"}])
def test_a_request_that_says_too_little_stays_on_the_form(sends):
    case = a_case()
    answer = as_(a_worker_user()).post(url("ask_recusal", case.number), sends)
    assert answer.status_code == 422
    assert not Recusal.objects.exists()


def test_once_it_is_too_late_the_page_shows_the_other_way():
    case = a_case(state=CaseState.CONCLUDED)
    browser = as_(a_worker_user())
    assert "再次鉴定" in text_of(browser.get(url("ask_recusal", case.number)))
    answer = browser.post(url("ask_recusal", case.number), {"ground": "kinship", "facts": "表亲"})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", [an_outsider, a_draw_officer, a_clerk])
def test_who_is_no_party_has_no_such_page(who):
    case = a_case()
    assert as_(who()).get(url("ask_recusal", case.number)).status_code == 404


def a_request() -> Recusal:
    return ask_recusal(a_case(), ground=Ground.KINSHIP, facts="主刀医生是我爱人的表兄", by=a_worker_user())


def test_the_officer_finds_requests_on_a_list_without_what_they_say():
    row = a_request()
    told = text_of(as_(a_draw_officer()).get(url("recusal_list")))
    assert row.case.number in told
    assert "表兄" not in told
    assert as_(an_exam_staff()).get(url("recusal_list")).status_code == 403


def test_reading_what_a_party_says_is_on_record():
    row = a_request()
    told = text_of(as_(a_draw_officer()).get(url("recusals", row.case.number)))
    assert "表兄" in told
    assert [(entry.by_id, entry.facts["what"]) for entry in readings_of(row.case.chain)] == [
        (a_draw_officer().pk, "回避申请")
    ]


@pytest.mark.parametrize("who", [an_exam_staff, a_supervisor, a_clerk])
def test_others_do_not_read_it(who):
    row = a_request()
    answer = as_(who()).get(url("recusals", row.case.number))
    assert answer.status_code == 403
    assert "表兄" not in text_of(answer)
    assert not readings_of(row.case.chain).exists()


@pytest.mark.parametrize(
    ("sends", "said"),
    [
        ({"decision": "granted", "answer": "已核实。"}, "请选择应当回避的专家"),
        ({"decision": "refused", "answer": ""}, "请填写"),
        ({"answer": "已核实。"}, "请选择"),
    ],
)
def test_an_answer_that_is_none_stays_on_the_form(sends, said):
    row = a_request()
    data = {"recusal": row.pk} | {f"r{row.pk}-{name}": value for name, value in sends.items()}
    answer = as_(a_draw_officer()).post(url("recusals", row.case.number), data)
    assert answer.status_code == 422
    assert said in text_of(answer)
    row.refresh_from_db()
    assert row.decision == "asked"


@pytest.mark.parametrize("pk", ["", "x", "999999"])
def test_an_answer_to_nothing_is_refused(pk):
    row = a_request()
    assert as_(a_draw_officer()).post(url("recusals", row.case.number), {"recusal": pk}).status_code == 404


def test_an_answer_given_twice_is_refused_the_second_time():
    row = a_request()
    data = {"recusal": row.pk, f"r{row.pk}-decision": "refused", f"r{row.pk}-answer": "没有关系。"}
    browser = as_(a_draw_officer())
    assert browser.post(url("recusals", row.case.number), data).status_code == 302
    assert browser.post(url("recusals", row.case.number), data).status_code == 422


def test_a_case_without_requests_says_so():
    assert "本案没有回避记录" in text_of(as_(a_draw_officer()).get(url("recusals", a_case().number)))


# the part of the case page


def test_the_case_page_of_staff_has_a_part_of_the_draw():
    draw = a_held()
    booking = people_of(draw)[0]
    address = url("case_part", booking.case.number)
    told = text_of(as_(a_draw_officer()).get(address))
    assert draw.number in told
    assert "还没有分到专家组" in told
    an_open_door(draw)
    group = sent(comes(booking))
    fragment = text_of(as_(a_draw_officer()).get(address, **HTMX))
    assert fragment.startswith("<section")
    assert f"{group.code}（{group.room}）" in fragment


def test_a_party_has_no_such_part():
    assert as_(a_worker_user()).get(url("case_part", a_case().number)).status_code == 404
    assert as_(an_outsider()).get(url("case_part", a_case().number)).status_code == 404


def test_a_clerk_sees_recusals_without_what_was_said_and_no_draw():
    row = a_request()
    page = read(as_(a_clerk()).get(url("case_part", row.case.number)))
    told = "".join(element.text for element in page.all("section", id="_case_part_draws"))
    assert "亲属关系，待决定" in told
    assert "表兄" not in told
    assert "办理回避" not in told


def test_queries_at_the_station_do_not_grow_with_people(django_assert_max_num_queries):
    draw = a_held(a_prepared(people=[[KNEE]] * 4 + [[EYE]] * 4))
    an_open_door(draw)
    for booking in people_of(draw):
        comes(booking)
    browser = as_(an_exam_staff())
    with django_assert_max_num_queries(25):
        browser.get(url("door", draw.sitting.number))
