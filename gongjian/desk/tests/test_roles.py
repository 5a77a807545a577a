"""The desk by role and by state: what each sees and is offered, where each kind of work leads, and what bad input does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import LABELS as ROLE_LABELS
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_province,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_expert_user,
    an_office,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.states import LABELS, MOVES, OWED, State
from gongjian.appraisal.tests.builders import a_case_to_supplement, a_submitted_case
from gongjian.cases.actions.clock import extend, meet_limit, postpone, start_limit
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.move import move
from gongjian.cases.actions.obligations import owe
from gongjian.cases.labels import label_of, labels
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.desk.forms import ExtendForm, HandedInForm, LaterDayForm, ReasonForm, SupplementForm
from gongjian.desk.queries.case import case_view
from gongjian.desk.queries.worklist import page
from gongjian.desk.steps import BY_CASE, BY_SITTING, ONLY_WHEN, PARTS, page_of, parts_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.tests.searching import searched
from gongjian.materials.catalog import KINDS, OF_APPRAISAL
from gongjian.parties.tests.builders import a_person

pytestmark = pytest.mark.django_db
SEEING = [role for role in Role if role != Role.ADMINISTRATOR]
STATES = sorted(set(State) - {State.ARCHIVED})
FORMS_OF_A_CASE = ("check", "supplement", "give_up", "extend", "later")


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(RECEIVED + timedelta(hours=2)):
        yield


def a_browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def case_page(case: Case, user: User) -> str:
    answer = a_browser(user).get(reverse("desk:case", args=[case.number]))
    assert answer.status_code == 200
    return text_of(answer)


def offered_to(user: User, case: Case) -> set[str]:
    return {button.move.act for button in case_view(case, by=user).buttons}


# The case page, for every role and in every state.


@pytest.mark.parametrize("role", SEEING)
def test_every_role_that_sees_cases_reads_the_case_page_and_leaves_its_name(role):
    case, user = a_case(), a_member(role)
    shown = case_page(case, user)
    for words in (case.number, "林知远", LABELS[State.SUBMITTED], "审查材料", "2026-03-09"):
        assert words in shown
    assert [(entry.by, entry.facts["what"]) for entry in readings_of(case.chain)] == [(user, "案件页")]


@pytest.mark.parametrize("state", STATES)
def test_the_case_page_can_be_read_in_every_state(state):
    case = a_case(state=state)
    shown = case_page(case, a_supervisor())
    assert LABELS[state] in shown
    assert all(owed.label in shown for owed in OWED[state])


def test_giving_up_after_a_supplement_is_offered_only_when_one_has_come():
    case, notice = a_case_to_supplement()
    Case.objects.filter(pk=case.pk).update(state="submitted")
    case.refresh_from_db()
    assert "give_up" not in offered_to(a_clerk(), case)
    SupplementNotice.objects.filter(pk=notice.pk).update(supplemented_on=notice.due_on)
    assert "give_up" in offered_to(a_clerk(), case)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", SEEING)
def test_each_role_is_offered_the_moves_of_the_state_that_are_its_own(state, role):
    case = a_case()
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    user = a_member(role)
    offered = {button.move.act for button in case_view(case, by=user).buttons}
    own = {step.act for step in MOVES if step.start == state and user.holds(step.permission)}
    assert offered == own - set(ONLY_WHEN)
    assert all(button.url for button in case_view(case, by=user).buttons)


@pytest.mark.parametrize("state", STATES)
def test_a_supervisor_reads_everything_and_is_offered_nothing(state):
    case = a_case(state=state)
    assert case_view(case, by=a_supervisor()).buttons == []


@pytest.mark.parametrize(("role", "may"), [(role, role in (Role.REVIEWER, Role.SIGNER)) for role in SEEING])
def test_art_10_who_may_extend_is_offered_it(role, may):
    case = a_case(state=State.ACCEPTED)
    address = reverse("desk:extend", args=[case.number])
    assert (f'"{address}"' in case_page(case, a_member(role))) is may


@pytest.mark.parametrize("role", SEEING)
def test_a_role_of_another_office_does_not_know_of_the_case(role):
    case, user = a_case(), a_member(role, office=an_office("QT", "他市劳动能力鉴定委员会"))
    browser = a_browser(user)
    pages = [
        browser.get(reverse(f"desk:{name}", args=[case.number])).status_code for name in ("case", *FORMS_OF_A_CASE)
    ]
    assert pages == [404] * 6
    assert not readings_of(case.chain).exists()


def test_the_supervisor_of_the_province_reads_the_cases_of_the_city():
    assert case_page(a_case(), a_member(Role.SUPERVISOR, office=a_province()))


def test_who_left_the_post_is_out_at_once():
    case, clerk = a_case(), a_clerk()
    browser = a_browser(clerk)
    assert browser.get(reverse("desk:case", args=[case.number])).status_code == 200
    Post.objects.filter(user=clerk).update(ended_on=date(2026, 3, 1))
    assert browser.get(reverse("desk:case", args=[case.number])).status_code == 404
    assert browser.get(reverse("desk:worklist")).status_code == 403


def test_the_page_tells_who_holds_which_duty():
    case = a_case(state=State.ACCEPTED)
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=a_clerk())
    take_duty(case, CaseDuty.Duty.SIGNER, by=the_signer())
    assert case_view(case, by=a_clerk()).duties == [("受理", "陈晓窗"), ("签发", "方签石")]
    assert "方签石" in case_page(case, a_supervisor())


def test_a_limit_that_was_met_late_is_marked_and_one_met_in_time_is_not():
    case = a_case()
    meet_limit(case, "LA-REVIEW", on=date(2026, 3, 10))
    meet_limit(case, "LA-DECIDE", on=date(2026, 5, 1))
    lines = {line.deadline.limit: line.is_late for line in case_view(case, by=a_clerk()).limits}
    assert lines == {"LA-REVIEW": True, "LA-DECIDE": False}


def test_art_19_each_sides_time_is_told_by_whose_it_is_and_runs_out_without_anybody_being_late():
    case = a_case(state=State.EFFECTIVE)
    for side in ("worker", "employer", ""):
        start_limit(case, "LA-REAPPEAL", start=date(2026, 4, 1), about=side)
    with moment.fixed(moment.at(date(2026, 9, 1))):
        shown = case_page(case, a_clerk())
    assert "（被鉴定人）" in shown
    assert "（用人单位）" in shown
    assert "（双方期限均届满之日）" in shown
    assert "（worker）" not in shown
    assert shown.count("已届满") == 3


@pytest.mark.parametrize(("state", "late"), [(State.ACCEPTED, True), (State.TERMINATED, False)])
def test_a_case_that_ended_is_late_with_nothing(state: State, late: bool):
    case = a_case(state=state)
    with moment.fixed(moment.at(date(2026, 9, 1))):
        limits = {line.deadline.limit: line.is_over for line in case_view(case, by=a_clerk()).limits}
        shown = case_page(case, a_clerk())
    assert limits["LA-DECIDE"] != late
    assert ("不再计算" in shown) != late


def test_the_working_of_a_moved_limit_stands_on_the_page():
    case = a_case(state=State.ACCEPTED)
    extend(case, reason="涉及三个科别", by=a_reviewer())
    postpone(case, first=date(2026, 4, 1), until=date(2026, 4, 8), reason="住院治疗", by=a_reviewer())
    shown = case_page(case, a_clerk())
    for words in ("2026-06-07", "涉及三个科别", "住院治疗", "令55 第十二条"):
        assert words in shown


def test_what_happened_stands_in_order_with_the_names_of_who_did_it():
    case = a_case()
    move(case, "accept", by=a_clerk())
    events = case_view(case, by=a_clerk()).events
    assert [(event["title"], event["text"], event["by"]) for event in events] == [
        ("收到申请", LABELS[State.SUBMITTED], ""),
        ("受理", LABELS[State.ACCEPTED], "陈晓窗"),
    ]


@pytest.mark.parametrize(
    ("party", "who"),
    [
        ("applicant", "申请人"),
        ("worker", "被鉴定人"),
        ("employer", "用人单位"),
        ("experts", "专家组"),
        ("else", "else"),
    ],
)
def test_a_party_that_owes_something_is_named_in_words(party, who):
    case = a_case()
    owe(case, "explain_absence", due=date(2026, 3, 5), article="令55 第十七条", party=party)
    [line] = [line for line in case_view(case, by=a_clerk()).owed if line.label == label_of("explain_absence")]
    assert (line.who, line.url) == (who, "")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_owes_something_is_named_in_words_with_its_page(role):
    case = a_case()
    owe(case, "review", due=date(2026, 3, 5), article="令55 第十六条", role=role.value)
    line = case_view(case, by=a_clerk()).owed[0]
    assert (line.who, bool(line.url)) == (ROLE_LABELS[role], True)


def test_the_case_page_takes_no_more_queries_when_much_has_happened(django_assert_max_num_queries):
    case, clerk = a_case(), a_clerk()
    for number in range(12):
        owe(case, "chase", due=date(2026, 3, 5), article="令55 第十七条", role="window_clerk", about=str(number))
    clerk.posts_held()
    with django_assert_max_num_queries(26):
        case_view(case, by=clerk)


# Bad input on the forms of a case. A member of staff who may not do it is refused, whatever is sent.


@pytest.mark.parametrize("person", [a_reviewer, a_supervisor])
def test_only_the_window_sends_the_one_notice(person):
    case = a_submitted_case(papers=("diagnosis",))
    answer = a_browser(person()).post(reverse("desk:check", args=[case.number]), {"diagnosis": "请盖章"})
    assert answer.status_code == 403
    assert Case.objects.get(pk=case.pk).state == "submitted"


@pytest.mark.parametrize("name", ["accept", *FORMS_OF_A_CASE[1:]])
@pytest.mark.parametrize("person", [a_worker_user, a_supervisor])
def test_what_is_not_ones_own_to_do_is_refused_and_changes_nothing(name, person):
    case = a_case()
    sent = {
        "reason": "x",
        "version": case.version,
        "until": "2026-04-01",
        "handed_in_on": "2026-03-02",
        "diagnosis": "x",
    }
    answer = a_browser(person()).post(reverse(f"desk:{name}", args=[case.number]), sent)
    assert answer.status_code in (403, 422)
    assert Case.objects.get(pk=case.pk).state == "submitted"
    assert case.passages.count() == 1


@pytest.mark.parametrize("name", ["accept", *FORMS_OF_A_CASE])
@pytest.mark.parametrize("person", [an_outsider, an_expert_user])
def test_a_stranger_who_sends_a_form_finds_no_case(name, person):
    case = a_case()
    answer = a_browser(person()).post(reverse(f"desk:{name}", args=[case.number]), {"reason": "x"})
    assert answer.status_code == 404
    assert "林知远" not in text_of(answer)


@pytest.mark.parametrize("name", ["case", "accept", *FORMS_OF_A_CASE])
def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(name):
    address = reverse(f"desk:{name}", args=[a_case().number])
    answer = a_browser().get(address)
    assert answer["Location"] == f"{reverse('accounts:sign_in')}?next={address}"


def test_accepting_is_not_done_by_looking():
    case = a_case()
    assert a_browser(a_clerk()).get(reverse("desk:accept", args=[case.number])).status_code == 405


def test_a_form_from_another_site_is_refused():
    case = a_case()
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_clerk(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("desk:accept", args=[case.number])).status_code == 403


@pytest.mark.parametrize(
    ("form", "sent", "wrong"),
    [
        (ReasonForm, {"reason": "邮寄延误"}, set()),
        (ReasonForm, {"reason": ""}, {"reason"}),
        (ReasonForm, {"reason": "   "}, {"reason"}),
        (ReasonForm, {"reason": "理" * 200}, set()),
        (ReasonForm, {"reason": "理" * 201}, {"reason"}),
        (ReasonForm, {"reason": "理\x00由"}, {"reason"}),
        (ExtendForm, {"reason": "复杂", "version": "1"}, set()),
        (ExtendForm, {"reason": "复杂"}, {"version"}),
        (ExtendForm, {"reason": "复杂", "version": "x"}, {"version"}),
        (LaterDayForm, {"reason": "住院", "until": "2026-04-01"}, set()),
        (LaterDayForm, {"reason": "住院", "until": ""}, {"until"}),
        (LaterDayForm, {"reason": "住院", "until": "2026-04-31"}, {"until"}),
        (LaterDayForm, {"reason": "", "until": "x"}, {"until", "reason"}),
        (HandedInForm, {"handed_in_on": "2026-03-02"}, set()),
        (HandedInForm, {"handed_in_on": "02.03"}, {"handed_in_on"}),
    ],
)
def test_what_a_form_of_the_desk_takes(form, sent, wrong):
    assert set(form(sent).errors) == wrong


def test_the_notice_offers_a_line_for_each_kind_of_an_appraisal_filled_in_for_what_is_missing():
    form = SupplementForm(missing=[KINDS["diagnosis"], KINDS["identity"]])
    assert list(form.fields) == [kind.code for kind in OF_APPRAISAL]
    assert {code for code, field in form.fields.items() if field.initial} == {"diagnosis", "identity"}
    assert all(KINDS[code].basis in field.help_text for code, field in form.fields.items())


@pytest.mark.parametrize(
    ("sent", "kinds_asked"),
    [
        ({}, []),
        ({"diagnosis": "  "}, []),
        ({"identity": "请交正反面", "diagnosis": "请盖章"}, ["diagnosis", "identity"]),
        ({"other": "x", "nothing": "y"}, ["other"]),
    ],
)
def test_what_is_asked_for_is_what_was_written_in_the_order_of_the_catalogue(sent, kinds_asked):
    form = SupplementForm(sent)
    assert form.is_valid()
    order = {code: place for place, code in enumerate(KINDS)}
    assert [item.kind for item in form.items()] == sorted(kinds_asked, key=lambda code: order[code])


def test_a_line_that_is_too_long_asks_for_nothing():
    assert set(SupplementForm({"other": "长" * 301}).errors) == {"other"}


@pytest.mark.parametrize("version", ["0", "2", "99"])
def test_l07_an_extension_from_another_sight_of_the_case_is_refused(version):
    case = a_case(state=State.ACCEPTED)
    sent = {"reason": "复杂", "version": version}
    answer = a_browser(a_reviewer()).post(reverse("desk:extend", args=[case.number]), sent)
    assert answer.status_code == 422
    assert "已被修改" in text_of(answer)
    assert Case.objects.get(pk=case.pk).due_on == date(2026, 5, 1)


@pytest.mark.parametrize("sent", [{"reason": "", "version": "1"}, {"reason": "复杂"}])
def test_an_extension_without_reason_or_sight_is_not_made(sent):
    case = a_case(state=State.ACCEPTED)
    a_browser(a_reviewer()).post(reverse("desk:extend", args=[case.number]), sent)
    assert Case.objects.get(pk=case.pk).due_on == date(2026, 5, 1)


# The worklist and the search.


@pytest.mark.parametrize("role", SEEING)
def test_each_role_finds_its_own_work_on_its_worklist(role):
    for state in STATES:
        a_case(state=state)
    shown = text_of(a_browser(a_member(role)).get(reverse("desk:worklist")))
    own = {owed.label for owes in OWED.values() for owed in owes if owed.role == role}
    rows = {row.label for row in page(a_member(role)).rows}
    assert rows == own
    assert all(label in shown for label in own)
    assert ("没有待办事项" in shown) is not bool(own)


@pytest.mark.parametrize(
    "after",
    ["", "x", "2026-03-09", "2026-03-09.", ".5", "2026-03-09.-1", "2026-02-30.1", "2026-03-09.1.1", "9999-12-31.x"],
)
def test_a_place_that_is_none_shows_the_list_from_the_start(after):
    a_case()
    assert len(page(a_clerk(), after=after).rows) in (0, 1)
    assert a_browser(a_clerk()).get(reverse("desk:worklist"), {"after": after}).status_code == 200


@pytest.mark.parametrize("number", ["9" * 19, "9" * 30, "9" * 5000])
def test_a_place_beyond_every_number_does_no_harm(number):
    a_case()
    answer = a_browser(a_clerk()).get(reverse("desk:worklist"), {"after": f"2026-03-01.{number}"})
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["", "check_papers", "nothing", "'", "%", "x" * 500])
def test_the_list_of_one_kind_of_work_holds_nothing_else(kind):
    a_case()
    answer = a_browser(a_clerk()).get(reverse("desk:worklist"), {"kind": kind})
    assert answer.status_code == 200
    assert ("林知远" in text_of(answer)) is (kind in ("", "check_papers"))


def test_every_kind_of_work_has_a_name_in_words():
    assert all(label and label != kind for kind, label in labels().items())
    assert {owed.kind for owes in OWED.values() for owed in owes} <= set(labels())
    assert label_of("unheard_of") == "unheard_of"


@pytest.mark.parametrize("role", SEEING)
def test_the_search_finds_one_case_and_opens_it(role):
    case = a_case()
    answer = searched(a_browser(a_member(role)), reverse("desk:search"), "林知远")
    assert answer["Location"] == reverse("desk:case", args=[case.number])


def test_the_search_lists_several_with_state_and_number():
    cases = [a_case(), a_case(state=State.ACCEPTED, person=a_person("林素秋", 2))]
    shown = text_of(searched(a_browser(a_clerk()), reverse("desk:search"), "林"))
    assert all(case.number in shown for case in cases)
    assert LABELS[State.ACCEPTED] in shown


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", '"><script>', "{{ 7 }}", "x" * 5000, "🙂"])
def test_the_search_takes_anything_and_finds_nothing_in_nonsense(text):
    a_case()
    answer = searched(a_browser(a_clerk()), reverse("desk:search"), text)
    assert answer.status_code == 200
    assert "林知远" not in text_of(answer)
    assert "><script>" not in text_of(answer)


@pytest.mark.parametrize("person", [an_outsider, an_expert_user])
def test_l08_the_search_of_a_stranger_finds_nothing(person):
    case = a_case()
    for text in ("林知远", case.number, case.person.id_number, "lzy"):
        answer = searched(a_browser(person()), reverse("desk:search"), text)
        assert answer.status_code != 302
        assert "林知远</" not in text_of(answer)


def test_an_identity_number_searched_for_stands_in_no_address_afterwards():
    case = a_case()
    answer = searched(a_browser(a_clerk()), reverse("desk:search"), case.person.id_number)
    assert case.person.id_number not in answer["Location"]


# Where each kind of work is done.


@pytest.mark.parametrize("kind", sorted(BY_CASE))
def test_work_on_a_case_leads_to_a_page_of_that_case(kind):
    case = a_case()
    assert page_of(kind, case) == reverse(BY_CASE[kind], args=[case.number])


@pytest.mark.parametrize("kind", [*sorted(BY_SITTING), "unheard_of"])
def test_work_without_a_sitting_or_without_a_page_leads_to_the_case(kind):
    case = a_case()
    assert page_of(kind, case) == reverse("desk:case", args=[case.number])


@pytest.mark.parametrize("step", MOVES, ids=lambda step: f"{step.act}-{step.start}")
def test_every_move_that_staff_make_has_a_page_of_its_own(step):
    staff = step.permission not in ("system", "party")
    assert not staff or step.act in {**BY_CASE, **BY_SITTING}


@pytest.mark.parametrize("name", sorted(set(BY_CASE.values())))
def test_every_page_that_work_leads_to_is_closed_to_strangers(name):
    case = a_case()
    answer = a_browser(an_outsider()).get(reverse(name, args=[case.number]))
    assert answer.status_code in (403, 404)
    assert "林知远" not in text_of(answer)


def test_the_parts_of_other_rooms_are_loaded_by_their_addresses_and_closed_to_strangers():
    case = a_case()
    parts = parts_of(case)
    assert len(parts) == len(PARTS)
    assert [a_browser(a_clerk()).get(address).status_code for address in parts] == [200] * len(PARTS)
    assert {a_browser(an_outsider()).get(address).status_code for address in parts} <= {403, 404}
