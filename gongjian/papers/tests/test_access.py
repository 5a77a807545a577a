"""Who reads which paper, and that reading is on record."""

from datetime import date

import pytest
from django.test import Client

from gongjian.accounts.models import User
from gongjian.accounts.roles import PERMISSIONS, Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_member,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.queries import readings_of
from gongjian.papers.actions import release
from gongjian.papers.errors import CheckCodeWrong, PaperNotFound
from gongjian.papers.models import Paper
from gongjian.papers.queries import audiences_of, paper_for, paper_of_bytes, paper_of_code, visible_papers
from gongjian.papers.tests.builders import (
    a_delivery_record,
    a_mailing_list,
    a_supplement_notice,
    an_acceptance_notice,
)
from gongjian.papers.tests.issuing import an_issued_paper
from gongjian.parties.models import Mandate
from gongjian.parties.tests.builders import an_employer

pytestmark = pytest.mark.django_db


def a_case_with_two_sides() -> Case:
    """The worker applied; the employer takes part."""
    case = a_case()
    join_case(case, an_employer_user(), capacity="employer")
    return case


def an_employers_agent(case: Case) -> User:
    agent = an_applicant("19900000005", "何律")
    mandate = Mandate.objects.create(employer=an_employer(), agent=agent, capacity="agent", valid_from=date(2026, 1, 1))
    join_case(case, agent, capacity="agent", mandate=mandate)
    return agent


def papers_of(case: Case) -> dict[str, Paper]:
    """One paper of each audience."""
    made = {
        "conclusion": an_issued_paper(case),
        "acceptance": an_issued_paper(case, an_acceptance_notice()),
        "supplement": an_issued_paper(case, a_supplement_notice()),
        "record": an_issued_paper(case, a_delivery_record()),
        "summons": an_issued_paper(case, an_acceptance_notice(), recipient="worker"),
    }
    release(made["conclusion"], "worker")
    return made


def seen(case: Case, user: User) -> set[str]:
    names = {paper.pk: name for name, paper in papers_of(case).items()}
    return {names[paper.pk] for paper in visible_papers(case, by=user)}


def test_staff_of_the_office_read_every_paper():
    assert seen(a_case_with_two_sides(), a_clerk()) == {"conclusion", "acceptance", "supplement", "record", "summons"}


@pytest.mark.parametrize("role", [role for role in Role if "cases.see" in PERMISSIONS[role]])
def test_a_conclusion_is_read_by_those_of_the_staff_who_decide_or_deliver(role):
    case = put_in_state(a_case_with_two_sides(), State.CONCLUDED)
    reads = role in (Role.REVIEWER, Role.SIGNER, Role.DELIVERY_CLERK)
    assert ("conclusion" in seen(case, a_member(role))) is reads


def test_the_worker_who_applied_reads_what_is_theirs_and_what_was_served_on_them():
    assert seen(a_case_with_two_sides(), a_worker_user()) == {"conclusion", "acceptance", "supplement", "summons"}


def test_the_employer_reads_neither_the_workers_papers_nor_a_conclusion_before_it_is_served():
    assert seen(a_case_with_two_sides(), an_employer_user()) == {"acceptance"}


def test_an_agent_stands_on_the_side_of_the_one_who_gave_the_mandate():
    case = a_case_with_two_sides()
    agent = an_employers_agent(case)
    assert audiences_of(agent, case) == {"employer"}
    assert seen(case, agent) == {"acceptance"}


def test_who_applied_stands_on_the_applicants_side_too():
    assert audiences_of(a_worker_user(), a_case_with_two_sides()) == {"worker", "applicant"}


@pytest.mark.parametrize("stranger", [an_outsider, an_expert_user])
def test_a_stranger_and_an_expert_read_none(stranger: type[User]):
    assert seen(a_case_with_two_sides(), stranger()) == set()


def test_staff_of_another_office_read_none():
    other = a_member(Role.WINDOW_CLERK, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    assert seen(a_case_with_two_sides(), other) == set()


def test_a_hidden_paper_and_none_answer_alike():
    paper = an_issued_paper(a_case())
    for pk in (paper.pk, 999_999):
        with pytest.raises(PaperNotFound):
            paper_for(pk, by=an_outsider())


def test_a_list_of_addresses_is_read_by_who_posts_it_only():
    paper = an_issued_paper(paper=a_mailing_list())
    assert paper_for(paper.pk, by=a_delivery_clerk()) == paper
    for other in (a_worker_user(), an_expert_user(), a_clerk()):
        with pytest.raises(PaperNotFound):
            paper_for(paper.pk, by=other)


def test_handing_out_gives_the_very_bytes_and_notes_who_read(client: Client):
    case = a_case()
    paper = an_issued_paper(case)
    client.force_login(a_clerk())
    answer = client.get(f"/papers/{paper.pk}/file")
    with open_evidence(paper.evidence) as file:
        assert b"".join(answer.streaming_content) == file.read()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert [entry.facts["what"] for entry in readings_of(case.chain)] == ["文书：劳动能力鉴定（初次）结论书"]


def test_the_person_concerned_reads_without_an_entry(client: Client):
    case = a_case()
    case.person.user = a_worker_user()
    case.person.save()
    paper = an_issued_paper(case, an_acceptance_notice())
    client.force_login(a_worker_user())
    assert client.get(f"/papers/{paper.pk}/file").status_code == 200
    assert not readings_of(case.chain).exists()


@pytest.mark.parametrize("stranger", [an_outsider, an_expert_user])
def test_a_stranger_is_told_that_there_is_nothing(client: Client, stranger: type[User]):
    paper = an_issued_paper(a_case())
    client.force_login(stranger())
    assert client.get(f"/papers/{paper.pk}/file").status_code == 404


def test_who_is_not_signed_in_is_led_to_the_door(client: Client):
    assert client.get(f"/papers/{an_issued_paper(a_case()).pk}/file").status_code == 302


def test_a_list_of_papers_costs_a_fixed_number_of_queries(django_assert_num_queries):
    case = a_case_with_two_sides()
    papers_of(case)
    worker = a_worker_user()
    with django_assert_num_queries(3):
        assert [str(paper.evidence) for paper in visible_papers(case, by=worker)]


@pytest.mark.parametrize("typed", ["{0}-{1}-{2}", " {0} {1} {2} ", "{0}{1}{2}"])
def test_a_code_is_found_however_it_is_typed(typed: str):
    paper = an_issued_paper()
    code = paper.check_code.lower()
    assert paper_of_code(typed.format(code[:4], code[4:8], code[8:])) == paper


def test_what_is_no_code_is_refused_and_an_unknown_code_finds_nothing():
    with pytest.raises(CheckCodeWrong):
        paper_of_code("结论书")
    assert paper_of_code("0000-0000-0000") is None


def test_a_paper_is_found_by_its_bytes_alone():
    paper = an_issued_paper()
    with open_evidence(paper.evidence) as file:
        pdf = file.read()
    assert paper_of_bytes(pdf) == paper
    assert paper_of_bytes(pdf + b"\n") is None
