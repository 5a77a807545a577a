"""The page of a case in each of its states: what has happened, what is next, who must act until when, what I can do."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import PARTY, PERMISSIONS, SYSTEM, Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.models import Application, SupplementNotice
from gongjian.appraisal.states import LABELS, NEXT, PROCEDURE, QUIET, State
from gongjian.cases.actions.move import join_case, move
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal import following
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db
COMMITTEE = "云溪市劳动能力鉴定委员会"


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(RECEIVED + timedelta(hours=1)):
        yield


@dataclass(frozen=True)
class Stand:
    """What the page of a state says to a party. acts: how the case came there; who: of what is owed; now: the next step of the walk."""

    acts: str
    owed: str
    who: str
    now: str
    offers: tuple[str, ...] = ()


TO_THE_ROOM = "accept book check_in group examine"
UNTOLD = {"deliberate", "opine", "review"}
"""Acts between the examination and the signature, of which no party is told."""
FORMING = ("形成鉴定结论", COMMITTEE, "作出结论")
"""What each state between the examination and the signature says alike."""
STANDS = {
    State.SUBMITTED: Stand("", "审查材料", f"{COMMITTEE}（窗口受理）", "受理", ("撤回申请",)),
    State.SUPPLEMENT: Stand("ask_supplement", "补正材料", "您（申请人）", "受理", ("补交材料", "撤回申请")),
    State.ACCEPTED: Stand("accept", "安排鉴定场次", f"{COMMITTEE}（场次安排）", "安排鉴定时间和地点", ("撤回申请",)),
    State.ENTRUSTED: Stand(
        "accept entrust", "等待受托专家组的意见", f"{COMMITTEE}（场次安排）", "现场鉴定", ("撤回申请",)
    ),
    State.SCHEDULED: Stand("accept book", "现场报到与核验", f"{COMMITTEE}（现场工作人员）", "现场鉴定", ("撤回申请",)),
    State.PRESENT: Stand("accept book check_in", "现场抽取专家组", f"{COMMITTEE}（现场工作人员）", "现场鉴定"),
    State.GROUPED: Stand("accept book check_in group", "叫号检查", f"{COMMITTEE}（现场工作人员）", "现场鉴定"),
    State.EXAMINING: Stand(TO_THE_ROOM, *FORMING),
    State.DELIBERATING: Stand(f"{TO_THE_ROOM} deliberate", *FORMING),
    State.OPINED: Stand(f"{TO_THE_ROOM} opine", *FORMING),
    State.REVIEWED: Stand(f"{TO_THE_ROOM} opine review", *FORMING),
    State.CONCLUDED: Stand(f"{TO_THE_ROOM} opine review conclude", "送达结论书", f"{COMMITTEE}（送达）", "送达结论书"),
    State.DELIVERED: Stand(
        f"{TO_THE_ROOM} opine review conclude served", "等待再次鉴定期限届满", f"{COMMITTEE}（送达）", "结论生效"
    ),
    State.EFFECTIVE: Stand(
        f"{TO_THE_ROOM} opine review conclude served take_effect", "归档", f"{COMMITTEE}（档案）", ""
    ),
    State.REFUSED: Stand("refuse", "归档", f"{COMMITTEE}（档案）", ""),
    State.DECEASED: Stand("accept end_by_death", "归档", f"{COMMITTEE}（档案）", ""),
    State.ABANDONED: Stand("ask_supplement lapse", "归档", f"{COMMITTEE}（档案）", ""),
    State.WITHDRAWN: Stand("accept withdraw", "归档", f"{COMMITTEE}（档案）", ""),
    State.TERMINATED: Stand("accept book terminate", "归档", f"{COMMITTEE}（档案）", ""),
    State.ARCHIVED: Stand("withdraw archive", "", "", ""),
}


def who_may(permission: str) -> User | None:
    if permission == SYSTEM:
        return None
    if permission == PARTY:
        return a_worker_user()
    return a_member(next(role for role in Role if permission in PERMISSIONS[role]))


def told(case: Case) -> Application:
    """The application of a case, as the form would have left it."""
    return Application.objects.create(
        case=case,
        applicant_kind="worker",
        applicant=a_worker_user(),
        applicant_name="林知远",
        recognition_number="云溪人社工认〔2025〕31号",
        recognition_on=date(2025, 11, 20),
        injured_on=date(2025, 9, 8),
        recognised_parts=["133:right"],
        hospital="云溪市人民医院",
        department="手足外科",
        injury_state="右手食指活动不便",
        ground="stable",
        telephone="19900000001",
        address="云溪市东溪县柳桥路1号",
        delivery_name="林知远",
        delivery_telephone="19900000001",
        delivery_address="云溪市东溪县柳桥路1号",
        electronic_consent=True,
        consent_at=RECEIVED,
        truthful_at=RECEIVED,
        entered_at=RECEIVED,
        channel="online",
    )


def a_walked_case(state: State) -> Case:
    """A case that came into a state step by step, with what was applied for."""
    case = a_case()
    Person.objects.update(user=a_worker_user())
    told(case)
    for act in STANDS[state].acts.split():
        step = PROCEDURE.move(act, case.state)
        assert step is not None
        move(case, act, by=who_may(step.permission))
    if state == State.SUPPLEMENT:
        asked = {"kind": "medical_records", "title": "病历", "what": "请补交住院病历", "article": "令55 第十条"}
        SupplementNotice.objects.create(
            case=case, items=[asked], sent_at=moment.now(), sent_by=a_clerk(), due_on=date(2026, 3, 12)
        )
    return Case.objects.get(pk=case.pk)


def label_of(state: State) -> str:
    """The state as a party is told it."""
    return QUIET.label if state in QUIET.states else LABELS[state]


def promise_of(state: State) -> str:
    """What is next, as a party is told it."""
    return QUIET.promise if state in QUIET.states else NEXT[state]


def page_of(case: Case, user: User, name: str = "case") -> str:
    answer = signed_in_as(user).get(reverse(f"portal:{name}", args=[case.number]))
    assert answer.status_code == 200
    return text_of(answer)


def test_every_state_is_described_here():
    assert set(STANDS) == set(State)


@pytest.mark.parametrize("state", list(State))
def test_the_page_says_the_state_what_is_next_who_acts_and_what_i_can_do(state):
    stand, case = STANDS[state], a_walked_case(state)
    assert case.state == state
    page = page_of(case, a_worker_user())
    for words in (label_of(state), promise_of(state), stand.owed, stand.who, stand.now, *stand.offers):
        assert words in page
    for words in {"补交材料", "撤回申请"} - set(stand.offers):
        assert f">{words}</a>" not in page


@pytest.mark.parametrize("state", list(State))
def test_what_is_owed_is_one_thing_with_article_and_day(state):
    owed = following.owed_now(a_walked_case(state))
    assert [(each.what, each.who) for each in owed] == ([(STANDS[state].owed, STANDS[state].who)] if owed else [])
    assert len(owed) == (state != State.ARCHIVED)
    assert all(each.article.startswith("令55 第") and each.due >= date(2026, 3, 2) for each in owed)
    assert [each.mine for each in owed] == [state == State.SUPPLEMENT] * len(owed)


@pytest.mark.parametrize("state", list(State))
def test_what_happened_stands_in_order_and_one_thing_is_next(state):
    stand, case = STANDS[state], a_walked_case(state)
    events = following.events(case)
    done = [event for event in events if event.state == "done"]
    assert len(done) == 1 + len([act for act in stand.acts.split() if act not in UNTOLD])
    assert [event.state for event in events] == ["done"] * len(done) + ["now"] * bool(stand.now) + ["later"] * (
        len(events) - len(done) - bool(stand.now)
    )
    assert [event.title for event in events if event.state == "now"] == [stand.now] * bool(stand.now)
    assert done[0].title == "提交申请"


@pytest.mark.parametrize("state", list(State))
def test_no_code_of_the_program_stands_on_the_page(state):
    page = page_of(a_walked_case(state), a_worker_user())
    for code in ("ask_supplement", "take_effect", "check_papers", "LA-DECIDE", "LA-REVIEW", "None", "deliberating"):
        assert f">{code}<" not in page
        assert f"：{code}" not in page


@pytest.mark.parametrize("state", list(State))
def test_every_day_on_the_page_opens_its_working_as_long_as_it_runs(state):
    case = a_walked_case(state)
    limits = following.running_limits(case)
    page = page_of(case, a_worker_user())
    assert limits
    for deadline, _ in limits:
        assert deadline.title in page
        assert deadline.lines


@pytest.mark.parametrize("state", list(State))
def test_the_employer_reads_the_same_state_and_is_offered_nothing_it_did_not_ask_for(state):
    case = a_walked_case(state)
    join_case(case, an_employer_user(), capacity="employer")
    page = page_of(case, an_employer_user())
    assert promise_of(state) in page
    assert ">撤回申请</a>" not in page


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("person", [an_outsider, an_expert_user])
def test_in_no_state_a_stranger_learns_that_there_is_a_case(state, person):
    case = a_walked_case(state)
    client = signed_in_as(person())
    pages = [client.get(reverse(f"portal:{name}", args=[case.number])).status_code for name in ("case", "receipt")]
    assert pages == [404, 404]


@pytest.mark.parametrize("state", [State.PRESENT, State.EXAMINING, State.CONCLUDED, State.WITHDRAWN, State.ARCHIVED])
@pytest.mark.parametrize("name", ["withdraw", "supplement"])
def test_what_a_state_does_not_offer_is_refused_with_a_sentence_when_asked_for_by_address(state, name):
    case = a_walked_case(state)
    answer = signed_in_as(a_worker_user()).post(reverse(f"portal:{name}", args=[case.number]), {"reason": "x"})
    assert answer.status_code == 422
    assert label_of(state) in text_of(answer)
    assert Case.objects.get(pk=case.pk).state == state


def test_withdrawing_takes_a_second_look_and_then_a_button():
    case = a_walked_case(State.ACCEPTED)
    client = signed_in_as(a_worker_user())
    place = reverse("portal:withdraw", args=[case.number])
    assert client.get(place).status_code == 200
    assert Case.objects.get(pk=case.pk).state == "accepted"
    assert client.post(place, {"reason": ""})["Location"] == reverse("portal:case", args=[case.number])
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


def test_withdrawing_twice_is_withdrawing_once():
    case = a_walked_case(State.ACCEPTED)
    client, place = signed_in_as(a_worker_user()), reverse("portal:withdraw", args=[case.number])
    client.post(place, {"reason": ""})
    assert client.post(place, {"reason": ""}).status_code == 422
    assert case.passages.filter(act="withdraw").count() == 1


def test_a_reason_that_is_too_long_is_told_and_nothing_is_withdrawn():
    case = a_walked_case(State.ACCEPTED)
    answer = signed_in_as(a_worker_user()).post(reverse("portal:withdraw", args=[case.number]), {"reason": "原" * 201})
    assert "原" * 201 in text_of(answer)
    assert Case.objects.get(pk=case.pk).state == "accepted"


# By whom it was read.


@pytest.mark.parametrize(("person", "noted"), [(a_worker_user, False), (an_employer_user, True), (a_clerk, True)])
def test_reading_somebody_elses_case_is_noted_and_ones_own_is_not(person, noted):
    case = a_walked_case(State.ACCEPTED)
    join_case(case, an_employer_user(), capacity="employer")
    page_of(case, person())
    page_of(case, person(), "receipt")
    assert readings_of(case.chain).count() == (2 if noted else 0)


def test_the_worker_reads_who_read_by_office_and_role_and_what():
    case = a_walked_case(State.ACCEPTED)
    page_of(case, a_clerk())
    page = page_of(case, a_worker_user(), "readings")
    assert "云溪市劳动能力鉴定委员会（窗口受理）" in page
    assert "陈晓窗" not in page
    assert "案件进度页" in page


@pytest.mark.parametrize("number", ["YXJD-2026-999999", "%", "林知远", "YXJD-2026-000001 ", "x" * 400])
def test_an_address_that_names_no_case_is_not_found(number):
    a_walked_case(State.SUBMITTED)
    client = signed_in_as(a_worker_user())
    for name in ("case", "receipt", "readings", "supplement", "withdraw"):
        assert client.get(reverse(f"portal:{name}", args=[number])).status_code == 404


# The list.


def test_the_list_says_of_each_case_its_state_and_what_waits_for_me():
    a_walked_case(State.SUPPLEMENT)
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:home")))
    assert LABELS[State.SUPPLEMENT] in page
    assert "补正" in page


@pytest.mark.parametrize(("place", "first"), [("1", 25), ("2", 5), ("3", 5), ("0", 5), ("x", 25), ("-1", 5)])
def test_a_long_list_is_turned_page_by_page_and_odd_numbers_do_no_harm(place, first):
    numbers = [a_case(received_at=RECEIVED + timedelta(minutes=minute)).number for minute in range(25)]
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:home"), {"page": place}))
    assert numbers[first - 1] in page
    assert sum(number in page for number in numbers) == (20 if first == 25 else 5)


def test_an_empty_list_says_what_to_do():
    page = text_of(signed_in_as(an_outsider()).get(reverse("portal:home")))
    assert reverse("portal:begin", args=["recognition"]) in page
    assert reverse("portal:begin", args=["appraisal"]) in page


@pytest.mark.parametrize("name", ["home", "inbox", "claim", "start"])
def test_large_type_reaches_every_first_page_and_is_switched_off_again(name):
    a_case()
    client = signed_in_as(a_worker_user())
    client.post(reverse("kernel:large_type"), {"on": "1", "next": "/"})
    assert 'gj-large"' in text_of(client.get(reverse(f"portal:{name}")))
    client.post(reverse("kernel:large_type"), {"on": "0", "next": "/"})
    assert 'gj-large"' not in text_of(client.get(reverse(f"portal:{name}")))


def test_large_type_leads_back_to_our_own_pages_only():
    client = signed_in_as(a_worker_user())
    answer = client.post(reverse("kernel:large_type"), {"on": "1", "next": "https://evil.example/"})
    assert "evil" not in answer["Location"]


# The box.


def a_message(number: int, user: User | None = None) -> Message:
    return send(
        key=f"test/{number}",
        channel=Channel.INBOX,
        user=user or a_worker_user(),
        template="appraisal.withdrawn",
        context={"number": f"YXJD-2026-{number:06d}", "office": COMMITTEE},
        chain="",
        by_office="YXJD",
    )


def box(client: Client, **asked: str) -> str:
    return text_of(client.get(reverse("portal:inbox"), asked))


def test_an_empty_box_says_so():
    assert "消息" in box(signed_in_as(a_worker_user()))


@pytest.mark.parametrize(("place", "count"), [("1", 30), ("2", 5), ("9", 5), ("x", 30)])
def test_a_full_box_is_turned_page_by_page(place, count):
    messages = [a_message(number) for number in range(35)]
    page = box(signed_in_as(a_worker_user()), page=place)
    shown = [each for each in messages if f'"{reverse("portal:message", args=[each.pk])}"' in page]
    assert len(shown) == count


def test_a_message_without_a_paper_has_no_file():
    message = a_message(1)
    answer = signed_in_as(a_worker_user()).get(reverse("portal:message_file", args=[message.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("person", [an_outsider, an_employer_user, a_clerk, an_expert_user])
def test_a_box_is_its_owners_alone(person):
    message = a_message(1)
    client = signed_in_as(person())
    assert f'"{reverse("portal:message", args=[message.pk])}"' not in box(client)
    assert client.get(reverse("portal:message", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.opened_at is None


def test_looking_at_the_list_opens_no_message():
    message = a_message(1)
    box(signed_in_as(a_worker_user()))
    message.refresh_from_db()
    assert message.opened_at is None


@pytest.mark.parametrize("pk", [0, 2**63, 10**25])
def test_a_message_that_does_not_exist_is_not_found(pk):
    assert signed_in_as(a_worker_user()).get(reverse("portal:message", args=[pk])).status_code == 404


# Finding a case that others opened.


@pytest.mark.parametrize(
    ("telephone", "name", "number", "found"),
    [
        ("19900000001", "林知远", "own", True),
        ("19900000001", " 林知远 ", "own", True),
        ("19900000001", "林知", "own", False),
        ("19900000001", "林知远", "other", False),
        ("19900000007", "林知远", "own", False),
    ],
)
def test_a_case_is_found_only_when_name_number_and_telephone_agree(telephone, name, number, found):
    case = a_case(party=an_employer_user())
    told(case)
    user = an_applicant(telephone, "某人")
    sent = {"name": name, "id_type": "resident_id", "id_number": an_id_number(1 if number == "own" else 2)}
    answer = signed_in_as(user).post(reverse("portal:claim"), sent)
    assert answer.status_code == (302 if found else 422)
    assert case.parties.filter(user=user, capacity="worker").exists() is found


def test_a_case_that_is_somebodys_already_is_not_found_by_another_of_the_same_telephone():
    case = a_case(party=an_employer_user())
    told(case)
    Person.objects.update(user=an_outsider())
    sent = {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number()}
    assert signed_in_as(a_worker_user()).post(reverse("portal:claim"), sent).status_code == 422
    assert not case.parties.filter(user=a_worker_user()).exists()


def test_what_was_typed_to_find_a_case_is_kept_and_the_number_is_told_wrong_in_a_sentence():
    sent = {"name": "林知远", "id_type": "resident_id", "id_number": "990101198503120019"}
    answer = signed_in_as(a_worker_user()).post(reverse("portal:claim"), sent)
    assert answer.status_code == 422
    assert "证件号码不正确" in text_of(answer)
    assert 'value="林知远"' in text_of(answer)


@pytest.mark.parametrize("person", [a_clerk, an_expert_user])
def test_who_signs_in_without_a_telephone_finds_no_case_that_way(person):
    told(a_case(party=an_employer_user()))
    sent = {"name": "林知远", "id_type": "resident_id", "id_number": an_id_number()}
    assert signed_in_as(person()).post(reverse("portal:claim"), sent).status_code == 422
