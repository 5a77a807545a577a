"""Applying for recognition online as somebody in a hurry, on the last minute, on two devices, with signs nobody can keep, for a stranger or for the dead."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_employer_user, an_outsider
from gongjian.applications.actions.drafts import save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.asking import all_faults
from gongjian.applications.errors import DraftChanged, DraftIncomplete, DraftSubmitted
from gongjian.applications.models import Draft
from gongjian.applications.visits import begin_anew, open_visit
from gongjian.appraisal.tests.builders import a_draft as an_appraisal_draft
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.errors import MaterialClosed, MaterialNotFound
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.actions import keep_person
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal.tests.builders import signed_in_as, text_of, typed
from gongjian.recognition.actions.extension import grant_extension
from gongjian.recognition.queries import application_of
from gongjian.recognition.queries.drafts import checklist_of, standing_of_draft
from gongjian.recognition.rules import is_in_time
from gongjian.recognition.states import RECOGNITION, State
from gongjian.recognition.tests.builders import INJURED, MONDAY, a_bureau, the_clerk, the_signer
from gongjian.recognition.tests.online import a_sent_case, a_written_draft, answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
BY_EMPLOYER = {"capacity": "employer", "applicant_name": "周若岚"}
LAST = datetime(2026, 3, 12, 23, 59, 59, tzinfo=moment.ZONE)
"""The last second of the thirty days of an employer whose worker was hurt on 10 February."""
PAGES = ("materials", "check", "declare")


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY):
        yield


def page(draft: Draft, name: str) -> str:
    return reverse(f"portal:{name}", args=[draft.token])


# Signs nobody can keep.


@pytest.mark.parametrize(
    ("step", "field"),
    [(step, field) for step, told in answers().items() for field, answer in told.items() if isinstance(answer, str)],
)
def test_a_sign_no_column_keeps_is_told_at_its_field_and_never_ends_in_an_error(step, field):
    draft = a_written_draft(papers=(), **{step: {field: "甲\x00"}})
    assert (step, field) in [found[:2] for found in all_faults(draft)]
    with moment.fixed(LAST + timedelta(days=400)), pytest.raises(DraftIncomplete):
        submit(draft, by=draft.user, truthful=True)


@pytest.mark.parametrize("broken", [{"employer": {"employer_name": "云溪\x00"}}, {"person": {"name": "林\x00"}}])
@pytest.mark.parametrize("make", [a_written_draft, an_appraisal_draft])
def test_every_page_of_a_draft_with_such_a_sign_opens(make, broken):
    draft = make(papers=(), **broken)
    browser = signed_in_as(draft.user)
    places = [page(draft, name) for name in PAGES]
    places += [reverse("portal:step", args=[draft.token, step]) for step in draft.told]
    assert [browser.get(place).status_code for place in places] == [200] * len(places)


# The last minute.


def of_the_employer(**changes: Any) -> Draft:
    return a_written_draft(by=an_employer_user(), applicant=BY_EMPLOYER, **changes)


def test_art_17_the_last_second_of_the_thirtieth_day_is_in_time_and_the_next_is_late():
    draft, late = of_the_employer(), of_the_employer()
    with moment.fixed(LAST):
        told = application_of(submit(draft, by=draft.user, truthful=True))
    assert {one["side"]: one["in_time"] for one in told.explained if "side" in one}["employer"] is True
    with moment.fixed(LAST + timedelta(seconds=1)):
        assert [found[:2] for found in all_faults(late)] == [("time", "late_reason")]
        with pytest.raises(DraftIncomplete, match="申请时限"):
            submit(late, by=late.user, truthful=True)


def test_art_17_who_opened_the_last_page_before_midnight_and_sends_it_after_is_told_why_and_loses_nothing():
    draft = of_the_employer()
    browser = signed_in_as(draft.user)
    with moment.fixed(LAST):
        assert browser.get(page(draft, "declare")).status_code == 200
    with moment.fixed(LAST + timedelta(minutes=1)):
        answer = browser.post(page(draft, "declare"), {"truthful": "on"})
        assert (answer.status_code, "申请时限" in text_of(answer)) == (422, True)
        reason = {**draft.told["time"], "late_reason": "零点前已在办理，网页打开时还没有超过时限。"}
        save_step(draft, "time", reason, seen=1, by=draft.user)
        assert browser.post(page(draft, "declare"), {"truthful": "on"}).status_code == 302
    assert application_of(Case.objects.get()).late_reason.startswith("零点前")


@pytest.mark.parametrize("reason", ["", " ", "\u3000", "\n"])
def test_art_17_a_reason_nobody_can_read_is_none(reason):
    draft = of_the_employer(time={"late_reason": reason})
    assert [found[:2] for found in all_faults(draft, on=LAST.date() + timedelta(days=1))] == [("time", "late_reason")]


def test_art_17_more_time_for_one_worker_is_none_for_another_and_none_for_another_injury():
    ours = of_the_employer()
    others = [
        of_the_employer(person={"name": "林知遥"}),
        of_the_employer(injury={"injured_on": "2026-02-09"}),
        of_the_employer(employer={"employer_name": "云溪恒信机械有限公司二分厂"}),
    ]
    case = a_sent_case(by=an_employer_user(), applicant=BY_EMPLOYER)
    assert case.employer
    grant_extension(
        a_bureau(), case.employer, worker_name="林知远", injured_on=datetime.fromisoformat(INJURED).date(), days=30,
        reason="洪水", by=the_signer(),
    )  # fmt: skip
    day = LAST.date() + timedelta(days=20)
    standings = [standing_of_draft(draft, day) for draft in (ours, *others)]
    assert [bool(each and is_in_time(each)) for each in standings] == [True, False, False, False]


# For a stranger, for the dead.


@pytest.mark.parametrize("capacity", ["relative", "union", "employer", "agent"])
def test_art_17_the_dead_workers_side_applies_and_the_dead_do_not(capacity):
    told = {"capacity": capacity, "applicant_name": "林素秋", "relation": "母亲", "acts_for": "employer"}
    draft = a_written_draft(by=an_employer_user(), applicant=told, injury={"died_on": "2026-02-11"})
    case = submit(draft, by=draft.user, truthful=True)
    assert str(application_of(case).died_on) == "2026-02-11"
    own = a_written_draft(injury={"died_on": "2026-02-11"})
    assert [found[:2] for found in all_faults(own)] == [("applicant", "capacity")]


def test_who_applies_for_a_worker_the_platform_knows_learns_nothing_and_changes_nothing():
    known = keep_person(
        name="林知远", id_number=an_id_number(), telephone="19900000055", address="柳桥路1号", on=moment.today()
    )
    told = {"capacity": "union", "applicant_name": "工会甲"}
    draft = a_written_draft(by=an_outsider(), applicant=told, person={"address": "别处"})
    assert all(each.required for each in checklist_of(draft) if each.kind.code == "labour_relation")
    case = submit(draft, by=an_outsider(), truthful=True)
    known.refresh_from_db()
    assert (case.person, known.address, known.telephone, known.user) == (known, "柳桥路1号", "19900000055", None)
    shown = text_of(signed_in_as(an_outsider()).get(reverse("portal:case", args=[case.number])))
    assert "19900000055" not in shown and "0055" not in shown


def test_a_worker_whose_name_is_written_with_spaces_applies_for_oneself():
    draft = a_written_draft(applicant={"applicant_name": "林 知远"})
    case = submit(draft, by=draft.user, truthful=True)
    assert (case.person.name, case.parties.get().is_applicant) == ("林知远", True)
    assert Person.objects.get().user == a_worker_user()


@pytest.mark.parametrize("who", [an_outsider, an_employer_user, the_clerk])
def test_a_stranger_who_knows_every_address_of_a_draft_gets_the_answer_for_what_is_not_there(who):
    draft = a_written_draft()
    browser = signed_in_as(who())
    places = [page(draft, name) for name in (*PAGES, "wrong")]
    places += [reverse("portal:step", args=[draft.token, step]) for step in draft.told]
    nobody = [place.replace(draft.token, "x" * len(draft.token)) for place in places]
    assert {browser.get(place).status_code for place in (*places, *nobody)} == {404}
    assert {browser.post(place, {"truthful": "on"}).status_code for place in places} <= {404, 405}
    draft.refresh_from_db()
    assert (draft.case, draft.version) == (None, 1)


def test_a_slip_of_the_clerks_pen_beside_a_document_that_was_shown_is_told_at_the_field_that_can_be_mended():
    clerk = the_clerk()
    visit = open_visit(name="林知远", id_type="resident_id", id_number=an_id_number(), by=clerk)
    draft = begin_anew(visit, office=a_bureau(), procedure=RECOGNITION, by=clerk)
    told = {
        name: each for step in answers(applicant={"applicant_name": "林知园"}).values() for name, each in step.items()
    }
    sent = typed({name: each for name, each in told.items() if name not in ("name", "id_type", "id_number")})
    answer = signed_in_as(clerk).post(reverse("portal:window", args=[draft.token]), sent)
    assert (answer.status_code, "职工姓名应与您的姓名一致" in text_of(answer)) == (422, True)
    kept = Draft.objects.get(pk=draft.pk)
    assert [found[:2] for found in all_faults(kept)] == [("applicant", "applicant_name")]
    right = {**kept.told["applicant"], "applicant_name": "林知远"}
    assert all_faults(save_step(kept, "applicant", right, seen=1, by=clerk)) == []


# Two devices.


def test_a_page_uploaded_after_the_other_device_handed_in_is_refused_and_not_swallowed():
    draft = a_written_draft()
    held = material_of("labour_relation", draft_id=draft.pk)
    case = submit(draft, by=draft.user, truthful=True)
    given = MaterialPage.objects.count()
    for material in (held, material_of("other", draft_id=draft.pk)):
        with pytest.raises((MaterialClosed, MaterialNotFound)):
            add_page(material, a_picture(50), name="晚了.png", by=draft.user)
    assert MaterialPage.objects.count() == given == MaterialPage.objects.filter(material__case=case).count()


def test_two_devices_on_two_steps_keep_both_and_on_one_step_the_second_is_asked():
    draft = a_written_draft()
    one, other = Draft.objects.get(pk=draft.pk), Draft.objects.get(pk=draft.pk)
    save_step(one, "medical", {**draft.told["medical"], "hospital": "甲医院"}, seen=1, by=draft.user)
    save_step(other, "injury", {**draft.told["injury"], "place": "三车间"}, seen=1, by=draft.user)
    with pytest.raises(DraftChanged):
        save_step(other, "medical", {**draft.told["medical"], "hospital": "乙医院"}, seen=1, by=draft.user)
    told = application_of(submit(draft, by=draft.user, truthful=True))
    assert (told.hospital, told.place) == ("甲医院", "三车间")


def test_what_was_declared_is_what_is_kept_whatever_is_typed_afterwards():
    draft = a_written_draft()
    case = submit(draft, by=draft.user, truthful=True)
    with pytest.raises(DraftSubmitted):
        save_step(draft, "injury", {**draft.told["injury"], "cause": "另一个说法"}, seen=1, by=draft.user)
    assert application_of(case).cause == answers()["injury"]["cause"]
    assert [row.act for row in LedgerEntry.objects.filter(chain=case.chain, act="materials.received")] == [
        "materials.received"
    ]


def test_a_worker_and_a_relative_who_apply_at_the_same_time_have_two_cases_that_each_sees_alone():
    own = a_sent_case()
    told = {"capacity": "relative", "applicant_name": "林素秋", "relation": "母亲"}
    relative = an_applicant("19900000044", "林素秋")
    theirs = a_sent_case(at=MONDAY + timedelta(hours=1), by=relative, applicant=told)
    assert own.person == theirs.person and {own.state, theirs.state} == {State.SUBMITTED}
    assert list(visible_to(relative)) == [theirs]
    assert set(visible_to(a_worker_user())) == {own, theirs}
