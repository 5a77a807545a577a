"""Who somebody is: a stranger's error blocks nobody and tells nobody anything; the window decides with the document in hand."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, an_applicant, an_outsider
from gongjian.applications.actions.identity import change_account, settle_name
from gongjian.applications.actions.submission import enter_at_window, submit
from gongjian.applications.errors import AccountNotFound, NameMissing, NameNotCompared
from gongjian.applications.people import claim_cases
from gongjian.appraisal.actions import accept
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import MONDAY, PAPERS, a_draft, a_submitted_case
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.parties.models import Person
from gongjian.parties.tests.builders import an_id_number

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"
OTHER_DECISION = {"recognition_number": "云溪人社工认〔2025〕77号"}


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(LATER):
        yield


def a_strangers_case() -> Case:
    """Somebody typed the worker's number with another name, and was first."""
    return a_submitted_case(by=an_outsider(), person={"name": "林志远"}, recognition=OTHER_DECISION)


def a_case_kept_apart() -> Case:
    """The worker's own application after that."""
    a_strangers_case()
    return a_submitted_case(by=a_worker_user())


def test_a_wrong_name_typed_by_a_stranger_keeps_the_worker_from_nothing():
    case = a_case_kept_apart()
    assert (case.state, case.person.name, case.person.provisional) == (State.SUBMITTED, "林知远", True)
    assert Person.objects.get(pk=case.person_id).user == a_worker_user()


def test_nor_does_it_keep_the_window_from_entering_the_paper_application():
    a_strangers_case()
    draft = a_draft(by=a_clerk(), channel="window", papers=("application_form", *PAPERS))
    assert enter_at_window(draft, by=a_clerk(), received_on=moment.today()).person.name == "林知远"


def test_the_answer_to_a_wrong_name_is_the_same_whether_the_number_is_known_or_not():
    a_submitted_case()
    told = {"name": "外人甲", "telephone": "19900000099"}
    known = a_draft(by=an_outsider(), person=told)
    unknown = a_draft(by=an_outsider(), person={**told, "id_number": an_id_number(9)})
    shown = [submit(draft, by=an_outsider(), truthful=True) for draft in (known, unknown)]
    assert [(case.state, case.person.name, case.person.telephone) for case in shown] == [
        ("submitted", "外人甲", "19900000099")
    ] * 2
    assert [case.parties.count() for case in shown] == [1, 1]


def test_nothing_is_accepted_before_the_names_were_compared():
    case = a_case_kept_apart()
    with pytest.raises(NameNotCompared):
        accept(case, by=a_clerk())
    settle_name(case, name="林知远", reason="核对居民身份证原件", by=a_clerk())
    accept(case, by=a_clerk())
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_the_window_writes_the_name_of_the_document_and_brings_the_case_to_the_one_person():
    case = a_case_kept_apart()
    person = settle_name(case, name="林知远", reason="核对居民身份证原件", by=a_clerk())
    case.refresh_from_db()
    assert (person.name, person.pinyin_initials, person.provisional) == ("林知远", "lzy", False)
    assert case.person == person
    assert set(case.materials.values_list("person", flat=True)) == {person.pk}
    assert case.application.identity_reason == "核对居民身份证原件"
    entry = LedgerEntry.objects.get(chain=case.chain, act="person.name_settled")
    assert entry.facts["renamed"] is True
    assert "林" not in str(entry.facts)


def test_where_the_application_was_wrong_the_known_name_stays():
    known = a_submitted_case().person
    case = a_submitted_case(by=an_outsider(), person={"name": "林至远"}, recognition=OTHER_DECISION)
    assert settle_name(case, name="林知远", reason="申请书笔误", by=a_clerk()) == known
    assert Person.objects.get(provisional=False).name == "林知远"


def test_settling_twice_is_settling_once():
    case = a_case_kept_apart()
    first = settle_name(case, name="林知远", reason="核对原件", by=a_clerk())
    case.refresh_from_db()
    assert settle_name(case, name="林知远", reason="核对原件", by=a_clerk()) == first


@pytest.mark.parametrize("name", ["", "  ", "林" * 61])
def test_a_name_must_be_one(name):
    with pytest.raises(NameMissing):
        settle_name(a_submitted_case(), name=name, reason="核对原件", by=a_clerk())


@pytest.mark.parametrize("person", [a_worker_user, a_reviewer, an_outsider])
def test_nobody_but_the_window_changes_name_or_account(person):
    case = a_submitted_case()
    with pytest.raises(NotYours):
        settle_name(case, name="林知远", reason="x", by=person())
    with pytest.raises(NotYours):
        change_account(case, telephone="", reason="x", by=person())


def test_neither_is_changed_without_a_reason():
    case = a_submitted_case()
    with pytest.raises(ReasonMissing):
        settle_name(case, name="林知远", reason=" ", by=a_clerk())
    with pytest.raises(ReasonMissing):
        change_account(case, telephone="", reason=" ", by=a_clerk())


def a_sham() -> User:
    """The employer's second telephone."""
    return an_applicant("19900000099", "外人甲")


def a_case_claimed_by_a_sham() -> Case:
    employer = {"capacity": "employer", "applicant_name": "周若岚"}
    case = a_submitted_case(
        by=an_applicant("19900000077", "周若岚"), applicant=employer, person={"telephone": "19900000099"}
    )
    assert claim_cases(name="林知远", id_type="resident_id", id_number=an_id_number(), by=a_sham()) == [case]
    return case


def test_the_window_takes_the_person_from_a_sham_account_and_gives_it_to_the_true_one():
    case = a_case_claimed_by_a_sham()
    worker = a_worker_user()
    change_account(case, telephone="199 0000 0001", reason="本人持证到窗口", by=a_clerk())
    case.refresh_from_db()
    assert case.person.user == worker
    assert visible_to(worker).filter(pk=case.pk).exists()
    assert not visible_to(a_sham()).filter(pk=case.pk).exists()
    entry = LedgerEntry.objects.get(chain=case.chain, act="person.account_changed")
    assert (entry.facts["former"], entry.facts["now"]) == (a_sham().pk, worker.pk)


def test_an_account_is_only_taken_away_where_no_other_is_named():
    case = a_case_claimed_by_a_sham()
    assert change_account(case, telephone="", reason="本人否认", by=a_clerk()).user is None
    assert not visible_to(a_sham()).exists()


def test_a_telephone_that_nobody_signed_in_with_changes_nothing():
    case = a_case_claimed_by_a_sham()
    with pytest.raises(AccountNotFound):
        change_account(case, telephone="19900000055", reason="本人持证到窗口", by=a_clerk())
    assert visible_to(a_sham()).filter(pk=case.pk).exists()


def as_clerk() -> Client:
    client = Client()
    client.force_login(a_clerk(), backend=BACKEND)
    return client


def test_the_check_page_leads_to_the_name_and_the_form_settles_it():
    case = a_case_kept_apart()
    client = as_clerk()
    assert "姓名要先核对" in client.get(reverse("desk:check", args=[case.number])).content.decode()
    told = {"name": "林知远", "reason": "核对原件"}
    assert client.post(reverse("desk:name", args=[case.number]), told).status_code == 302
    assert "姓名要先核对" not in client.get(reverse("desk:check", args=[case.number])).content.decode()


def test_the_form_of_the_account_asks_for_a_reason():
    case = a_case_claimed_by_a_sham()
    address = reverse("desk:account", args=[case.number])
    assert as_clerk().post(address, {"telephone": ""}).status_code == 422
    assert as_clerk().post(address, {"telephone": "", "reason": "本人否认"}).status_code == 302
    assert Person.objects.get().user is None
