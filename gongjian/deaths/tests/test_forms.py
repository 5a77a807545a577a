"""The forms of a report: each field stands on an article or says nothing legal, what is wrong stands at its field."""

from datetime import datetime

import pytest
from django.utils.datastructures import MultiValueDict

from gongjian.deaths.actions import TOLD
from gongjian.deaths.forms import CloseForm, EntryForm, NoteForm, OwnReportForm, PapersForm
from gongjian.deaths.rules import PAPERS
from gongjian.deaths.tests.builders import REPORTED, at, the_employer, told, typed
from gongjian.kernel import moment
from gongjian.portal.tests.builders import an_upload
from gongjian.recognition.tests.builders import a_bureau

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(REPORTED):
        yield


def own(**changes) -> OwnReportForm:
    return OwnReportForm(typed(**changes), {}, employers=[the_employer()], offices=[a_bureau()])


def entry(**changes) -> EntryForm:
    more = {
        "channel": "telephone",
        "reporter": "another",
        "reported_at": "2026-03-05T08:00",
        "employer_name": "云溪恒信仓储有限公司",
        "credit_code": "",
    }
    return EntryForm({**typed(), **more, **changes}, {}, offices=[a_bureau()])


def test_a_right_form_tells_what_the_action_takes():
    form = own()
    assert form.is_valid(), form.errors
    assert set(form.told()) == set(TOLD)
    assert form.told() == {**told(), "telephone": ""}
    assert form.cleaned_data["employer"] == the_employer() and list(form.handed()) == []


def test_every_article_named_belongs_to_a_field_that_is_asked():
    for form in (own(), entry()):
        assert set(form.basis) <= set(form.fields)


def test_the_least_that_must_be_told():
    form = OwnReportForm({}, {}, employers=[the_employer()], offices=[a_bureau()])
    assert not form.is_valid()
    optional = {"telephone", "hospital", "first_seen_at", "witnesses", *PAPERS}
    assert set(form.errors) == set(form.fields) - optional


def test_who_died_before_a_doctor_came_is_reported_without_hospital_and_first_diagnosis():
    form = own(hospital="", first_seen_at="")
    assert form.is_valid() and form.told()["first_seen_at"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id_number": "123"}, "id_number"),
        ({"id_type": "nothing"}, "id_type"),
        ({"telephone": "0571-000"}, "telephone"),
        ({"onset_at": "2026-03-04T07:00"}, "first_seen_at"),
        ({"died_at": "2026-03-02T22:14"}, "died_at"),
        ({"died_at": "2026-03-05T09:01"}, "died_at"),
        ({"hospital": ""}, "hospital"),
        ({"name": "名" * 61}, "name"),
        ({"at_work": "长" * 2001}, "at_work"),
        ({"onset_at": "昨晚"}, "onset_at"),
        ({"office": "0"}, "office"),
    ],
)
def test_what_is_wrong_stands_at_its_field(change, field):
    form = own(**change)
    assert not form.is_valid() and field in form.errors


def test_the_window_says_how_and_when_it_heard_of_it():
    form = entry()
    assert form.is_valid(), form.errors
    told_there = form.cleaned_data
    assert told_there["reported_at"] == at(5, 8) and told_there["channel"] == "telephone"
    assert not entry(channel="online").is_valid()
    assert "reported_at" in entry(reported_at="2026-03-05T09:30").errors
    assert "reported_at" in entry(reported_at="2026-03-04T06:00").errors


def test_the_instants_are_those_of_this_country():
    form = own()
    assert form.is_valid()
    told_here = form.told()["died_at"]
    assert isinstance(told_here, datetime) and told_here.astimezone(moment.ZONE) == at(4, 6, 5)


def test_each_paper_keeps_its_kind_and_several_of_a_kind_may_come():
    files = MultiValueDict({"rescue_record": [an_upload(1, "a.png"), an_upload(2, "b.png")], "other": [an_upload(3)]})
    form = PapersForm({}, files)
    assert form.is_valid()
    assert [(each.kind, each.name) for each in form.handed()] == [
        ("rescue_record", "a.png"),
        ("rescue_record", "b.png"),
        ("other", "photo.png"),
    ]
    assert not any(field.required for field in form.fields.values())


def test_a_note_and_a_reason_have_words():
    for form in (NoteForm, CloseForm):
        assert not form({"words": " "}).is_valid() and form({"words": "写明"}).is_valid()
