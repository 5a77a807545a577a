"""Nothing is refused unsaid: what is wrong with a field that is not shown is told with its name and the way out. And a clerk finds the drafts of today's window alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.accounts.models import Office, Post
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED, a_clerk, a_worker_user, an_office
from gongjian.applications.actions.drafts import start_draft
from gongjian.applications.asking import asking_of, settled_of
from gongjian.applications.models import Draft
from gongjian.applications.queries import window_drafts_of
from gongjian.appraisal.forms import FORMS
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import begin_from
from gongjian.kernel import moment
from gongjian.portal import wizard
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.portal.tests.test_taken_over import a_case_beside_a_committee
from gongjian.recognition.tests.builders import MONDAY

pytestmark = pytest.mark.django_db
WRONG = "受伤日期不能晚于认定日期。"


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def a_draft_with_a_hidden_fault(monkeypatch: pytest.MonkeyPatch) -> Draft:
    """Between the steps something is wrong with the day of the injury, which stands already and is not asked."""
    draft = begin_from(a_case_beside_a_committee(), by=a_worker_user(), office=an_office())
    assert "injured_on" in settled_of(draft)["recognition"]
    asking = asking_of(draft)
    across = lambda draft, on: [("recognition", "injured_on", WRONG)]  # noqa: E731
    monkeypatch.setitem(asking.__dict__, "across", across)
    return draft


def test_a_fault_of_a_field_that_is_not_shown_is_said_above_all_with_its_name(monkeypatch):
    draft = a_draft_with_a_hidden_fault(monkeypatch)
    form = wizard.form_named(draft, "recognition")({})
    assert "injured_on" not in form.fields
    assert not wizard.is_right(draft, form)
    [said] = form.non_field_errors()
    assert said.startswith(str(FORMS["recognition"].base_fields["injured_on"].label))
    assert (WRONG in said, "这里有错" in said, "受理窗口" in said) == (True, True, True)


def test_the_page_of_the_step_and_the_check_page_both_say_it(monkeypatch):
    draft = a_draft_with_a_hidden_fault(monkeypatch)
    client = signed_in_as(a_worker_user())
    answer = client.post(reverse("portal:step", args=[draft.token, "recognition"]), {"seen": "0"})
    assert answer.status_code == 422
    assert WRONG in text_of(answer)
    checked = text_of(client.get(reverse("portal:check", args=[draft.token])))
    assert WRONG in checked
    assert "没有错，下一步" not in checked


@pytest.mark.parametrize("field", ["injured_on", "recognition_number"])
def test_a_fault_of_a_field_that_is_shown_stands_at_it(field):
    form = FORMS["recognition"]({})
    form.is_valid()
    form.say(field, WRONG)
    assert WRONG in form.errors[field]
    assert not form.non_field_errors()


def test_what_bears_no_name_is_said_all_the_same():
    assert FORMS["recognition"].name_of("nothing_of_the_kind") == "已有的内容"


def test_a_clerk_who_has_moved_finds_no_draft_of_the_former_window_and_finds_it_again_on_coming_back():
    here, clerk = an_office(), a_clerk()
    kept = start_draft(by=clerk, office=here, procedure=INITIAL, channel="window")
    assert window_drafts_of(clerk) == [kept]
    told = {
        "name": "新城市劳动能力鉴定委员会",
        "short_name": "新城鉴定",
        "kind": here.kind,
        "region": "990300",
        **REACHED,
    }
    there = Office.objects.create(code="XCJD", **told)
    Post.objects.filter(user=clerk).update(ended_on=moment.today() - timedelta(days=1))
    Post.objects.create(user=clerk, office=there, role=Role.WINDOW_CLERK)
    moved = type(clerk).objects.get(pk=clerk.pk)
    assert window_drafts_of(moved) == []
    client = signed_in_as(moved)
    page = text_of(client.get(reverse("portal:window_start")))
    assert kept.token not in page
    assert client.get(reverse("portal:window", args=[kept.token])).status_code == 404, "as the link would have said"
    Post.objects.create(user=clerk, office=here, role=Role.WINDOW_CLERK)
    assert window_drafts_of(type(clerk).objects.get(pk=clerk.pk)) == [kept]
