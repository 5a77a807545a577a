"""How an application ends, or does not begin: withdrawn online or at the window, extended too late, the same injury twice."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_outsider,
)
from gongjian.applications.actions.submission import enter_at_window
from gongjian.applications.errors import NotTheApplicant
from gongjian.applications.people import claim_cases
from gongjian.appraisal.actions import accept, give_up, supplement, withdraw
from gongjian.appraisal.actions.extension import extend_decision
from gongjian.appraisal.actions.withdrawal import receive_withdrawal
from gongjian.appraisal.after import FOLLOWERS
from gongjian.appraisal.errors import InjuryInHand, NothingToExtend
from gongjian.appraisal.queries import same_injury
from gongjian.appraisal.states import DECIDING, State
from gongjian.appraisal.tests.builders import (
    MONDAY,
    PAPERS,
    a_case_to_supplement,
    a_draft,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.models import Paper
from gongjian.papers.tests.reading import words
from gongjian.parties.tests.builders import an_id_number

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(LATER):
        yield


def a_paper_case() -> Case:
    draft = a_draft(by=a_clerk(), channel="window", papers=("application_form", *PAPERS))
    return enter_at_window(draft, by=a_clerk(), received_on=moment.today())


def taken_in(case: Case) -> Case:
    return receive_withdrawal(case, wish=a_picture(50), name="wish.png", reason="先治疗", by=a_clerk())


# Withdrawing.


def test_the_worker_withdraws_the_paper_application_that_he_found_online():
    case = a_paper_case()
    claim_cases(name="林知远", id_type="resident_id", id_number=an_id_number(), by=a_worker_user())
    assert case.parties.get(user=a_worker_user()).is_applicant
    assert withdraw(case, by=a_worker_user()).state == State.WITHDRAWN


def test_the_window_ends_an_application_on_the_signed_wish():
    case = taken_in(a_paper_case())
    application = case.application
    application.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert application.end_reason == "先治疗"
    assert application.end_evidence is not None
    assert [owed.kind for owed in open_obligations(case)] == ["archive"]


@pytest.mark.parametrize("person", [a_worker_user, a_reviewer, an_outsider])
def test_nobody_but_the_window_takes_a_wish_in(person):
    with pytest.raises(NotYours):
        receive_withdrawal(a_submitted_case(), wish=a_picture(50), name="wish.png", by=person())


def test_a_wish_is_taken_in_once():
    case = taken_in(a_paper_case())
    with pytest.raises(MoveNotAllowed):
        taken_in(case)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED, State.SCHEDULED])
def test_until_the_person_has_come_an_application_may_be_withdrawn_by_either_way(state):
    case = a_submitted_case()
    if state != State.SUBMITTED:
        put_in_state(case, state)
    assert taken_in(case).state == State.WITHDRAWN


@pytest.mark.parametrize("state", [State.PRESENT, State.OPINED, State.CONCLUDED])
def test_later_it_may_not(state):
    with pytest.raises(MoveNotAllowed):
        withdraw(put_in_state(a_submitted_case(), state), by=a_worker_user())


def test_the_room_of_sittings_follows_a_withdrawal():
    assert [follower.__name__ for follower in FOLLOWERS] == ["give_back_place"]


def test_the_form_of_the_window_wants_the_wish_itself():
    case = a_paper_case()
    client = Client()
    client.force_login(a_clerk(), backend=BACKEND)
    address = reverse("desk:withdrawal", args=[case.number])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "x"}).status_code == 422
    picture: BytesIO = a_picture(51)
    wish = SimpleUploadedFile("wish.png", picture.read(), "image/png")
    assert client.post(address, {"wish": wish, "reason": ""}).status_code == 302
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN


def test_the_employer_does_not_withdraw_what_it_did_not_apply_for():
    case = a_submitted_case()
    case.parties.create(user=an_employer_user(), capacity="employer", since=MONDAY)
    with pytest.raises(NotTheApplicant):
        withdraw(case, by=an_employer_user())


# Extending.


@pytest.mark.parametrize("state", sorted(set(State) - DECIDING - {State.ARCHIVED}))
def test_where_the_limit_no_longer_runs_there_is_nothing_to_extend(state):
    case = put_in_state(a_submitted_case(), state)
    with pytest.raises(NothingToExtend):
        extend_decision(case, reason="涉及专业较多", version=case.version, by=a_reviewer())
    assert not Paper.objects.filter(case=case, kind="extension_notice").exists()


def test_nor_after_the_decision_was_made():
    case = an_accepted_case()
    CaseLimit.objects.filter(case=case, limit="LA-DECIDE").update(met_on=moment.today())
    with pytest.raises(NothingToExtend):
        extend_decision(case, reason="涉及专业较多", version=case.version, by=a_reviewer())


def test_while_it_runs_it_is_extended():
    case = an_accepted_case()
    assert (
        extend_decision(case, reason="涉及专业较多", version=case.version, by=a_reviewer()).kind == "extension_notice"
    )


# The same injury twice.


def by_employer(**changes: dict[str, str]) -> Case:
    applicant = {"capacity": "employer", "applicant_name": "周若岚"}
    return a_submitted_case(by=an_employer_user(), applicant=applicant, at=MONDAY + timedelta(minutes=5), **changes)


def test_of_two_applications_for_one_injury_the_first_is_accepted_and_the_second_refused():
    first, second = a_submitted_case(), by_employer(recognition={"recognition_number": "云溪人社工认[2025]第31号"})
    assert same_injury(first) is None
    assert same_injury(second) == first
    with pytest.raises(InjuryInHand) as refused:
        accept(second, by=a_clerk())
    assert first.number in str(refused.value)
    accept(first, by=a_clerk())


@pytest.mark.parametrize("state", [State.ACCEPTED, State.EXAMINING, State.CONCLUDED, State.EFFECTIVE])
def test_an_application_received_first_waits_where_the_other_has_gone_further(state):
    first, second = a_submitted_case(), by_employer()
    put_in_state(second, state)
    assert same_injury(first) == second


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ABANDONED, State.TERMINATED])
def test_what_ended_without_a_conclusion_stands_in_nobodys_way(state):
    first, second = a_submitted_case(), by_employer()
    put_in_state(first, state)
    first.passages.create(act="end", start="submitted", end=state, at=MONDAY)
    assert same_injury(second) is None


def test_another_decision_or_another_person_is_another_injury():
    a_submitted_case()
    assert same_injury(by_employer(recognition={"recognition_number": "云溪人社工认〔2025〕32号"})) is None
    somebody = {"name": "林素秋", "id_number": an_id_number(3)}
    stranger = an_applicant("19900000003", "林素秋")
    assert same_injury(a_submitted_case(by=stranger, person=somebody, at=LATER)) is None


def test_a_case_kept_apart_by_its_name_is_compared_all_the_same():
    first = a_submitted_case()
    assert same_injury(by_employer(person={"name": "林志远"})) == first


def test_the_check_page_shows_the_other_number_at_once():
    first, second = a_submitted_case(), by_employer()
    client = Client()
    client.force_login(a_clerk(), backend=BACKEND)
    shown = client.get(reverse("desk:check", args=[second.number])).content.decode()
    assert "同一工伤已有在先的案件" in shown
    assert first.number in shown


# Giving up after the supplement.


def test_the_notice_says_that_papers_came_and_what_was_still_missing():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=LATER)
    supplement(case, by=a_worker_user())
    case.refresh_from_db()
    with open_evidence(give_up(case, by=a_clerk(), reason="住院病历缺手术记录").evidence) as file:
        told = words(file.read())
    assert "本机关于2026年3月2日收到补正材料" in told
    assert "住院病历缺手术记录" in told
    assert "未收到补正材料" not in told
