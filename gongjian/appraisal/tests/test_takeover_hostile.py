"""What a recognition holds is not carried out of it: by who was taken out of it, after it fell, before it is served, under a name that was set right."""

from datetime import timedelta

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_office,
    an_outsider,
)
from gongjian.applications.actions.drafts import report_wrong, save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.asking import answers_of, foundation_of, settled_of, told_of
from gongjian.applications.errors import DraftIncomplete, DraftNotFound, DraftSubmitted
from gongjian.applications.models import Draft
from gongjian.applications.queries import held_about
from gongjian.applications.visits import open_visit
from gongjian.appraisal.errors import NotRecognisedHere
from gongjian.appraisal.queries import application_of, checklist_of
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import begin_from, held_in, recognised_for, recognised_of
from gongjian.appraisal.tests.builders import answers
from gongjian.appraisal.tests.test_takeover import a_recognised_case, begun, filled_in, wanted
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, CaseParty
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.materials.actions import add_page, material_of, remove_page
from gongjian.materials.catalog import DIAGNOSIS, IDENTITY, RECORDS, RELATION
from gongjian.materials.errors import MaterialClosed
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.actions import give_mandate, keep_person
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal import wizard
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.actions import deciding, proposing
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.queries import decision_of
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_draft,
    an_investigator,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.served import LATER, fallen

pytestmark = pytest.mark.django_db
NEW_TELEPHONE, NEW_ADDRESS = "19900000088", "云溪市新桥路9号"


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


@kept
def a_served_one(told_by: str = "worker") -> Case:
    """A recognition that one side has applied for, served on both; both take part."""
    users = {"worker": a_worker_user, "employer": an_employer_user}
    return a_recognised_case(applicant=users[told_by](), kind=told_by)


def again(draft: Draft) -> Draft:
    """The draft as the next request reads it."""
    return Draft.objects.select_related("founded_on").get(pk=draft.pk)


def taken_out(case: Case, user: User) -> None:
    """The window has found that this account takes no part in the case."""
    CaseParty.objects.filter(case=case, user=user).delete()


def everything(draft: Draft, by: User, **changes: dict[str, object]) -> Draft:
    """All steps typed by hand, as who is asked everything again must."""
    for step, told in answers(**changes).items():
        draft = save_step(draft, step, told, seen=draft.versions.get(step, 0), by=by)
    add_page(material_of(DIAGNOSIS, draft_id=draft.pk), a_picture(41), name="诊断.png", by=by)
    return draft


# Who was taken out of the recognition takes nothing out of it.


def test_who_was_taken_out_of_the_recognition_carries_none_of_its_papers_into_a_case_of_their_own():
    case, former = a_served_one(), a_worker_user()
    draft = begun(case, former)
    taken_out(case, former)
    made = submit(everything(again(draft), former), by=former, truthful=True)
    assert set(made.materials.values_list("kind", flat=True)) == {DIAGNOSIS}
    assert application_of(made).recognised_case is None


def test_who_was_taken_out_is_not_told_which_papers_the_platform_holds_about_anybody():
    case, former = a_served_one(), an_employer_user()
    draft = begun(case, former)
    taken_out(case, former)
    named = save_step(again(draft), "person", answers()["person"], seen=0, by=former)
    assert (held_about(again(named)), held_in(again(named))) == (set(), set())
    assert wanted(again(named)) == {DIAGNOSIS, RECORDS, IDENTITY}


def test_who_was_taken_out_reads_nothing_of_the_recognition_on_any_page():
    case, former = a_served_one(), a_worker_user()
    number = decision_of(case).paper.number
    draft = begun(case, former)
    browser = signed_in_as(former)
    assert number in text_of(browser.get(wizard.address_of(draft, "check")))
    taken_out(case, former)
    pages = [browser.get(wizard.address_of(draft, step)) for step in ("recognition", "person", "materials", "check")]
    pages.append(browser.get(f"/apply/{draft.token}/wrong", follow=True))
    assert not any(number in text_of(page) or case.number in text_of(page) for page in pages)


def test_who_comes_back_to_the_recognition_goes_on_as_before():
    case, worker = a_served_one(), a_worker_user()
    draft = begun(case, worker)
    row = CaseParty.objects.get(case=case, user=worker)
    taken_out(case, worker)
    assert settled_of(again(draft)) == {}
    row.save(force_insert=True)
    assert answers_of(again(draft))["founded_on"] == case.pk


def test_the_window_goes_on_whatever_the_parties_of_the_recognition_are():
    case = a_served_one()
    draft = begun(case, a_clerk(), "window")
    CaseParty.objects.filter(case=case).delete()
    assert told_of(again(draft))["person"]["id_number"] == an_id_number()


# What fell, and what stands instead of it.


def a_second_decision(case: Case, outcome: str) -> None:
    """Decided anew on the day after, and not served yet."""
    with moment.fixed(LATER):
        row = proposing.draft(case, a_draft(case, outcome=outcome), by=an_investigator())
        proposing.propose(case, seen=row.digest, by=an_investigator())
        deciding.review(case, seen=row.digest, by=the_reviewer())
        deciding.decide(case, seen=row.digest, by=the_signer())


def test_art_23_a_recognition_that_fell_carries_nothing_and_its_decision_is_asked_for():
    case, worker = a_served_one(), a_worker_user()
    draft = begun(case, worker)
    fallen(case)
    assert (settled_of(again(draft)), held_in(again(draft))) == ({}, set())
    listed = {each.kind.code: each.required for each in checklist_of(again(draft))}
    assert "recognition_decision" in listed and listed[RECORDS]
    with pytest.raises(DraftIncomplete, match="工伤认定决定"):
        submit(again(draft), by=worker, truthful=True)


@pytest.mark.parametrize("outcome", ["recognised", "refused"])
def test_art_23_what_was_decided_anew_is_taken_over_by_nobody_before_it_is_served(outcome):
    case, worker = a_served_one(), a_worker_user()
    online, paper = begun(case, worker), begun(case, a_clerk(), "window")
    fallen(case)
    a_second_decision(Case.objects.get(pk=case.pk), outcome)
    assert settled_of(again(online)) == settled_of(again(paper)) == {}
    assert recognised_for(worker).rows == recognised_of(case.person) == []


def test_art_23_a_visit_to_the_window_keeps_the_document_and_not_the_recognition_that_fell():
    case, clerk = a_served_one(), a_clerk()
    visit = open_visit(name="林知远", id_type="resident_id", id_number=an_id_number(), by=clerk)
    draft = begin_from(case, by=clerk, office=an_office(), channel="window", visit=visit)
    assert answers_of(again(draft))["founded_on"] == case.pk
    fallen(case)
    assert set(settled_of(again(draft))) == {"person"}
    assert (foundation_of(again(draft)), held_in(again(draft))) == (None, set())
    assert answers_of(again(draft))["founded_on"] is None


def test_art_09_a_power_that_ended_takes_the_recognition_from_the_agent_in_the_middle_of_the_draft():
    agent = an_applicant("19900000066", "安律言")
    case = a_served_one()
    power = give_mandate(case.person, agent=agent, name="安律言", until=MONDAY.date(), may_receive=True, evidence=None)
    join_case(case, agent, capacity="agent", mandate=power)
    draft = begun(case, agent)
    assert told_of(draft)["recognition"]["injured_on"] == "2026-02-10"
    with moment.fixed(MONDAY + timedelta(days=1)):
        assert (told_of(again(draft)), recognised_for(agent).rows) == ({}, [])
        with pytest.raises(NotRecognisedHere):
            begun(case, agent)


# Told once, and true today.


def test_art_12_the_time_of_the_appraisal_goes_to_the_telephone_the_person_has_today():
    case, worker = a_served_one(), a_worker_user()
    Person.objects.filter(pk=case.person_id).update(user=worker)
    keep_person(
        name="林知远", id_number=an_id_number(), telephone=NEW_TELEPHONE, address=NEW_ADDRESS, on=moment.today()
    )
    made = submit(filled_in(begun(case, worker), worker), by=worker, truthful=True)
    assert (application_of(made).telephone, application_of(made).address) == (NEW_TELEPHONE, NEW_ADDRESS)
    made.person.refresh_from_db()
    assert (made.person.telephone, made.person.address) == (NEW_TELEPHONE, NEW_ADDRESS)


def test_what_the_person_told_the_window_since_is_not_told_to_the_employer_who_goes_on():
    case = a_served_one("employer")
    keep_person(
        name="林知远", id_number=an_id_number(), telephone=NEW_TELEPHONE, address=NEW_ADDRESS, on=moment.today()
    )
    draft = begun(case, an_employer_user())
    shown = text_of(signed_in_as(an_employer_user()).get(wizard.address_of(draft, "check")))
    assert told_of(draft)["person"]["telephone"] == "19900000001"
    assert NEW_ADDRESS not in shown and "0088" not in shown


def test_a_name_the_window_set_right_is_right_wherever_the_application_says_it():
    case, worker = a_served_one(), a_worker_user()
    Recognition.objects.filter(case=case).update(applicant_name="林之远")
    made = submit(filled_in(begun(case, worker), worker), by=worker, truthful=True)
    assert application_of(made).applicant_name == made.person.name == "林知远"


# Twice, in the middle, by strangers.


def test_dying_while_the_papers_are_carried_over_makes_no_case_and_the_next_try_makes_one(monkeypatch):
    case, worker = a_served_one(), a_worker_user()
    draft = filled_in(begun(case, worker), worker)
    with monkeypatch.context() as here:
        here.setattr("gongjian.appraisal.asking.carry_over", lambda *told: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            submit(again(draft), by=worker, truthful=True)
    assert not Case.objects.filter(procedure=INITIAL).exists()
    assert again(draft).materials.filter(case=None).count() == 1
    made = submit(again(draft), by=worker, truthful=True)
    assert made == submit(again(draft), by=worker, truthful=True)
    assert made.materials.get(kind=RECORDS).pages.count() == 1


def test_a_page_that_came_along_is_taken_back_from_neither_case():
    case, worker = a_served_one(), a_worker_user()
    made = submit(filled_in(begun(case, worker), worker), by=worker, truthful=True)
    page = made.materials.get(kind=RECORDS).pages.get()
    for user in (worker, a_clerk()):
        with pytest.raises(MaterialClosed):
            remove_page(page.pk, by=user)
    assert case.materials.get(kind=RECORDS).pages.get().evidence == page.evidence


def test_what_was_reported_wrong_is_changed_by_its_writer_alone_and_no_more_once_handed_in():
    case, worker = a_served_one(), a_worker_user()
    draft = filled_in(begun(case, worker), worker)
    with pytest.raises(DraftNotFound):
        report_wrong(draft, "受伤部位不对。", by=an_outsider())
    report_wrong(draft, "　日期" + "不对" * 400, by=worker)
    made = submit(again(draft), by=worker, truthful=True)
    assert len(application_of(made).reported_wrong) == 500
    with pytest.raises(DraftSubmitted):
        report_wrong(draft, "改主意了。", by=worker)


def test_kinship_is_proved_anew_by_another_relative_and_not_by_the_same():
    case, worker = a_served_one(), a_worker_user()
    Recognition.objects.filter(case=case).update(applicant_kind="relative", applicant_name="林素秋", applicant=worker)
    add = material_of(RELATION, case=case)
    MaterialPage.objects.create(
        material=add, evidence=case.materials.get(kind=RECORDS).pages.get().evidence, order=1, name="户口簿.png",
        added_by=worker, added_at=moment.now(),
    )  # fmt: skip
    for name, carried in (("林素秋", True), ("林素春", False)):
        told = {"capacity": "relative", "applicant_name": name, "relation": "母亲", "unable_reason": "住院治疗"}
        draft = filled_in(begun(case, worker), worker)
        draft = save_step(draft, "applicant", told, seen=1, by=worker)
        assert (RELATION in held_in(again(draft)), RELATION not in wanted(again(draft))) == (carried, carried)
        made = submit(again(draft), by=worker, truthful=True)
        assert made.materials.filter(kind=RELATION).exists() is carried


@pytest.mark.parametrize("number", ["\x00", "", "YXRS-2026-99999", "' or 1=1 --"])
def test_a_number_that_is_no_case_of_ones_own_founds_nothing(number):
    case = a_served_one()
    an_office()
    answer = signed_in_as(an_outsider()).post("/apply/for/appraisal/", {"case": number or case.number})
    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_what_is_typed_into_a_hidden_field_covers_nothing_the_decision_says():
    case, worker = a_served_one(), a_worker_user()
    draft = begun(case, worker)
    forged = {**answers()["recognition"], "recognition_number": "假〔2026〕1号", "seen": 0}
    signed_in_as(worker).post(wizard.address_of(draft, "recognition"), forged)
    save_step(again(draft), "person", {"name": "外人甲", "id_number": "E1"}, seen=0, by=worker)
    made = submit(filled_in(again(draft), worker), by=worker, truthful=True)
    assert application_of(made).recognition_number == decision_of(case).paper.number
    assert (made.person, made.person.name) == (case.person, "林知远")
