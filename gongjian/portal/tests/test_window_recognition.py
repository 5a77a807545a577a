"""A paper application for recognition at the window: what was typed is kept at every step, whoever goes on with it, and becomes one case."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, an_outsider
from gongjian.applications.actions.drafts import draft_from
from gongjian.applications.asking import all_faults, forms_of
from gongjian.applications.models import Draft
from gongjian.cases.models import Case
from gongjian.jurisdiction.queries import competent_for
from gongjian.kernel import moment
from gongjian.portal.tests.builders import an_upload, latest_draft, signed_in_as, text_of
from gongjian.recognition.belonging import region_of
from gongjian.recognition.queries import application_of
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    an_entered_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
)
from gongjian.recognition.tests.test_pages import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
START = reverse("portal:window_recognition")
REQUIRED = "这一项要填写。"
OF_A_DISEASE = {"kind": "disease", "disease": "职业性噪声聋"}
BY_A_RELATIVE = {"capacity": "relative", "relation": "母亲"}


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def begun(clerk=None):
    """A client and the page of a draft that was just begun."""
    a_bureau()
    client = signed_in_as(clerk or the_clerk())
    return client, client.post(START)["Location"]


def handed_in(client, token: str, **told: str):
    for number, kind in enumerate(PAPERS):
        client.post(reverse("portal:paper", args=[token, kind]), {"files": [an_upload(number)]})
    return client.post(reverse("portal:declare", args=[token]), {"received_on": "2026-03-02", **told})


def faults_with(**changes) -> dict[str, str]:
    """What is wrong in a draft of the window: field → sentence."""
    told = typed(**changes)
    steps = {step.code: {name: told.get(name, "") for name in step.kept} for step in STEPS.filled_in}
    draft = draft_from(steps, by=the_clerk(), office=a_bureau(), procedure=RECOGNITION, channel="window")
    return {field: sentence for _, field, sentence in all_faults(draft)}


def test_a_paper_application_becomes_one_case_with_everything_that_was_typed():
    client, place = begun()
    assert "参保地行政区划代码" in text_of(client.get(place))
    assert client.post(place, typed()).status_code == 302
    token = latest_draft().token
    first, again = handed_in(client, token), handed_in(client, token)
    case = Case.objects.get()
    told = application_of(case)
    assert first["Location"] == again["Location"] == reverse("portal:receipt", args=[case.number])
    assert (told.channel, told.insured, told.insured_region, told.business_region) == ("window", True, "990100", "")
    assert told.receipt is not None and told.parts == ["133:right"]
    assert START in text_of(client.get(first["Location"])), "the next one is entered from here"


def test_a_failed_check_loses_nothing_and_a_closed_browser_neither():
    client, place = begun()
    answer = client.post(place, {"cause": "工件松脱", "insured_region": "99"})
    assert answer.status_code == 422 and "工件松脱" in text_of(answer) and "行政区划代码是6位数字" in text_of(answer)
    elsewhere = signed_in_as(the_clerk())
    assert place in text_of(elsewhere.get(START))
    shown = text_of(elsewhere.get(place))
    assert "工件松脱" in shown and 'value="99"' in shown
    assert not Case.objects.exists()


def test_a_colleague_at_the_same_window_goes_on_and_neither_covers_the_other():
    client, place = begun()
    client.post(place, {"cause": "工件松脱"})
    colleague = signed_in_as(a_member(Role.WINDOW_CLERK, "窗二", office=a_bureau()))
    assert "工件松脱" in text_of(colleague.get(place))
    assert colleague.post(place, {"cause": "另一种说法"}).status_code == 409
    assert latest_draft().told["injury"]["cause"] == "工件松脱"


def test_each_window_has_its_own_kind_of_application_and_its_own_drafts():
    client, place = begun()
    assert all("录入纸质的工伤认定申请" in text_of(client.get(page)) for page in (START, place))
    assert client.get(reverse("portal:window_start")).status_code == 403, "the bureau appraises nobody"
    assert signed_in_as(a_clerk()).get(START).status_code == 403, "the committee recognises nothing"
    assert client.get(reverse("portal:start"))["Location"] == START


@pytest.mark.parametrize("who", [an_outsider, an_investigator, the_reviewer])
def test_nobody_else_types_in_a_paper_application(who):
    _, place = begun()
    stranger = signed_in_as(who())
    assert stranger.get(START).status_code == 403
    assert stranger.get(place).status_code == 404 and stranger.post(place, typed()).status_code == 404
    assert Draft.objects.count() == 1 and latest_draft().told == {}


def test_a_clerk_of_another_bureau_does_not_find_it():
    _, place = begun()
    stranger = signed_in_as(a_member(Role.WINDOW_CLERK, "岭窗", office=another_bureau()))
    assert stranger.get(place).status_code == 404 and place not in text_of(stranger.get(START))


def test_what_came_on_an_earlier_day_says_why_and_counts_from_then():
    client, place = begun()
    client.post(place, typed())
    token = latest_draft().token
    assert handed_in(client, token, received_on="2026-02-27", reason="").status_code == 422
    handed_in(client, token, received_on="2026-02-27", reason="邮寄申请")
    case = Case.objects.get()
    assert case.received_at.astimezone(moment.ZONE).date() == MONDAY.date() - timedelta(days=3)
    assert application_of(case).received_reason == "邮寄申请"


def test_another_application_about_the_same_injury_is_said_at_once():
    an_entered_case()
    client, place = begun()
    client.post(place, typed())
    said = text_of(client.get(handed_in(client, latest_draft().token)["Location"]))
    assert "同一名职工另有相近日期的申请" in said


def test_where_the_worker_is_insured_finds_the_competent_office():
    """Law: 意见二 art. 7; 条例 art. 17."""
    client, place = begun()
    client.post(place, typed(insured_region="990200"))
    another_bureau()
    handed_in(client, latest_draft().token)
    case = Case.objects.get()
    assert region_of(case) == "990200" and competent_for(case) == another_bureau()


def test_online_nobody_is_asked_for_codes_of_regions():
    draft = draft_from({}, by=an_outsider(), office=a_bureau(), procedure=RECOGNITION)
    assert "insured_region" not in forms_of(draft)["employer"]().fields
    draft.channel = "window"
    assert {"insured_region", "business_region"} <= set(forms_of(draft)["employer"]().fields)


def test_a_complete_application_is_right():
    period = {"not_counted": "labour_dispute", "not_counted_from": "2026-02-11", "not_counted_until": "2026-02-20"}
    assert faults_with(**period) == {}
    assert faults_with(**OF_A_DISEASE, place="", cause="") == {}


@pytest.mark.parametrize("field", [name for step in STEPS.filled_in for name in step.required])
def test_regulation_art_18_what_an_application_must_tell_is_asked_for_where_it_is_missing(field):
    assert faults_with(**{field: ""})[field].endswith("。")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"place": ""}, "place", REQUIRED),
        ({"cause": ""}, "cause", REQUIRED),
        ({"kind": "disease"}, "disease", REQUIRED),
        ({"capacity": "relative"}, "relation", "要选择与职工的关系"),
        ({"capacity": "agent"}, "acts_for", "要选择受谁委托"),
        ({"not_counted": "force_majeure"}, "not_counted_from", "请填写该情形开始的日期"),
        ({**OF_A_DISEASE, "injured_on": "2026-03-03"}, "injured_on", "不能晚于今天"),
        ({"diagnosed_on": "2026-03-03"}, "diagnosed_on", "不能晚于今天"),
        ({**BY_A_RELATIVE, "died_on": "2026-03-03"}, "died_on", "不能晚于今天"),
        ({"died_on": "2026-03-02"}, "capacity", "职工已经去世"),
        ({"applicant_name": "别人"}, "name", "应与您的姓名一致"),
        ({"diagnosed_on": "2026-02-01"}, "diagnosed_on", "不能早于受伤的日期"),
        ({"capacity": "agent", "acts_for": "relative", "relation": "母亲"}, "giver_name", "要填写委托人的姓名"),
        ({"not_counted_2": "employer_cause"}, "not_counted_from_2", "请填写该情形开始的日期"),
        ({"telephone": "123"}, "telephone", "手机号"),
        ({"delivery_telephone": "1990000000x"}, "delivery_telephone", "手机号"),
        ({"id_number": "990101198805200012"}, "id_number", "校验位不符"),
        ({"insured_region": "云溪市"}, "insured_region", "6位数字"),
        ({"business_region": "９９０１００"}, "business_region", "6位数字"),
    ],
)
def test_what_one_answer_says_about_another_is_refused_at_its_field(changes, field, sentence):
    found = faults_with(**changes)
    assert set(found) == {field} and sentence in found[field]


@pytest.mark.parametrize(
    ("field", "told"), [("injured_on", OF_A_DISEASE), ("diagnosed_on", {}), ("died_on", BY_A_RELATIVE)]
)
def test_today_is_a_day_that_may_be_told(field, told):
    assert faults_with(**told, **{field: "2026-03-02"}) == {}
