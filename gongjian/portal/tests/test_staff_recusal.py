"""A party asks in the portal that a member of staff keep away; somebody else decides at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import PERMISSIONS, RECUSE, Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_worker_user,
    an_administrator,
    an_employer_user,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases.actions.recusals import ask_staff_recusal, declare_interest
from gongjian.cases.models import Case, StaffRecusal
from gongjian.cases.states import Ground
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel.ledger.queries import readings_of

pytestmark = pytest.mark.django_db
SENT = {"duty": "", "ground": "tied", "facts": "审查材料的陈某是单位负责人的妹妹"}


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asking(case: Case) -> str:
    return reverse("portal:staff_recusal", args=[case.number])


def deciding(case: Case) -> str:
    return reverse("desk:staff_recusals", args=[case.number])


def a_request(case: Case) -> StaffRecusal:
    return ask_staff_recusal(case, ground=Ground.TIED, facts=SENT["facts"], by=a_worker_user())


def test_the_follow_page_offers_it_beside_the_one_for_experts():
    case = a_submitted_case()
    body = a_browser(a_worker_user()).get(reverse("portal:case", args=[case.number])).content.decode()
    assert asking(case) in body
    assert reverse("draws:ask_recusal", args=[case.number]) in body


def test_a_party_asks_and_reads_the_reasons_later():
    case, browser = a_submitted_case(), a_browser(a_worker_user())
    assert browser.get(asking(case)).status_code == 200
    assert browser.post(asking(case), SENT)["Location"] == asking(case)
    assert "待决定" in browser.get(asking(case)).content.decode()
    [row] = StaffRecusal.objects.all()
    sent = {
        "recusal": row.pk,
        f"r{row.pk}-decision": "granted",
        f"r{row.pk}-user": a_clerk().pk,
        f"r{row.pk}-answer": "确有亲属关系。",
    }
    assert a_browser(an_administrator()).post(deciding(case), sent).status_code == 302
    body = browser.get(asking(case)).content.decode()
    assert "予以回避" in body
    assert "确有亲属关系" in body
    assert a_browser(a_clerk()).get(reverse("desk:case", args=[case.number])).status_code == 404


def test_after_the_conclusion_the_page_says_that_it_is_too_late():
    case = put_in_state(a_submitted_case(), State.CONCLUDED)
    browser = a_browser(a_worker_user())
    assert "现在不能申请回避" in browser.get(asking(case)).content.decode()
    assert browser.post(asking(case), SENT).status_code == 422
    assert not StaffRecusal.objects.exists()


@pytest.mark.parametrize("person", [an_outsider, an_employer_user, a_clerk])
def test_who_is_no_party_does_not_find_the_page(person):
    case = a_submitted_case()
    assert a_browser(person()).get(asking(case)).status_code == 404
    assert a_browser(person()).post(asking(case), SENT).status_code == 404


@pytest.mark.parametrize("sent", [{**SENT, "facts": ""}, {**SENT, "ground": ""}, {**SENT, "duty": "boss"}])
def test_a_request_that_lacks_something_is_told_so(sent):
    case = a_submitted_case()
    assert a_browser(a_worker_user()).post(asking(case), sent).status_code == 422
    assert not StaffRecusal.objects.exists()


def test_who_decides_sees_the_requests_and_each_look_is_recorded():
    case = a_submitted_case()
    a_request(case)
    browser = a_browser(an_administrator())
    assert case.number in browser.get(reverse("desk:staff_recusal_list")).content.decode()
    assert SENT["facts"] in browser.get(deciding(case)).content.decode()
    assert "工作人员回避" in [entry.facts["what"] for entry in readings_of(case.chain)]


@pytest.mark.parametrize("role", [role for role in Role if RECUSE not in PERMISSIONS[role]])
def test_other_roles_decide_nothing(role):
    case = a_submitted_case()
    row = a_request(case)
    browser = a_browser(a_member(role))
    assert browser.get(reverse("desk:staff_recusal_list")).status_code == 403
    assert browser.get(deciding(case)).status_code == 404
    assert browser.post(deciding(case), {"recusal": row.pk}).status_code == 404


def test_a_decision_without_reasons_or_without_a_name_is_shown_again():
    case = a_submitted_case()
    row = a_request(case)
    browser = a_browser(an_administrator())
    for sent in ({f"r{row.pk}-decision": "refused"}, {f"r{row.pk}-decision": "granted", f"r{row.pk}-answer": "x"}):
        assert browser.post(deciding(case), {"recusal": row.pk, **sent}).status_code == 422
    row.refresh_from_db()
    assert row.decision == "asked"


def test_a_clerk_declares_at_the_desk_and_the_case_is_gone_for_them():
    case, browser = a_submitted_case(), a_browser(a_clerk())
    address = reverse("desk:keep_away", args=[case.number])
    assert address in browser.get(reverse("desk:case", args=[case.number])).content.decode()
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"ground": "kin", "facts": "被鉴定人是我的姐夫"})["Location"] == reverse(
        "desk:worklist"
    )
    assert browser.get(address).status_code == 404
    assert case.number not in browser.get(reverse("desk:worklist")).content.decode()


def test_an_administrator_appoints_somebody_where_nobody_is_left():
    case, reviewer = a_submitted_case(), a_member(Role.REVIEWER)
    declare_interest(case, ground=Ground.KIN, facts="x", by=a_clerk())
    browser = a_browser(an_administrator())
    assert "窗口受理" in browser.get(reverse("desk:staff_recusal_list")).content.decode()
    sent = {"user": reviewer.pk, "role": "window_clerk"}
    assert browser.post(reverse("desk:appoint"), sent).status_code == 302
    assert reviewer.posts.filter(role="window_clerk", ended_on=None).exists()
    assert not case.obligations.filter(kind="find_colleague", fulfilled_at=None).exists()
    assert a_browser(a_clerk()).post(reverse("desk:appoint"), sent).status_code == 403
