"""What a recognition holds is not carried out of it: by who was taken out of it, after it fell, before it is served, under a name that was set right."""

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_worker_user,
    an_employer_user,
)
from gongjian.applications.actions.drafts import save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.asking import answers_of, settled_of, told_of
from gongjian.applications.errors import DraftIncomplete
from gongjian.applications.models import Draft
from gongjian.applications.queries import held_about
from gongjian.appraisal.queries import application_of, checklist_of
from gongjian.appraisal.takeover import held_in, recognised_for, recognised_of
from gongjian.appraisal.tests.builders import answers
from gongjian.appraisal.tests.test_takeover import a_recognised_case, begun, filled_in, wanted
from gongjian.cases.models import Case, CaseParty
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.catalog import DIAGNOSIS, IDENTITY, RECORDS
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.actions import keep_person
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
    assert recognised_for(worker) == recognised_of(case.person) == []


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
