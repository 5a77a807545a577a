"""An employer's account on a case that its worker opened: by credit code and the window, the worker is told, a name opens nothing."""

from typing import Any

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, an_applicant, an_outsider
from gongjian.applications.errors import AccountNotFound
from gongjian.appraisal.actions.employers import Seen, claim_employer_cases, link_employer
from gongjian.appraisal.errors import AccountOnOtherSide, AgentNameMissing, CreditCodeMissing, EmployerDiffers
from gongjian.appraisal.models import EmployerLink
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case, CaseParty
from gongjian.cases.queries import Side, sides_of, visible_to
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import DayOutOfBounds
from gongjian.materials.models import Material
from gongjian.materials.queries import visible_materials
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.models import Employer

pytestmark = pytest.mark.django_db
CODE, OTHER = "91990100MA0TEST018", "91990100MA0TEST026"
PHONE = "199 0000 0066"


def the_account() -> User:
    return an_applicant(PHONE, "吴经办")


def a_workers_case(code: str = "", **told: Any) -> Case:
    return a_submitted_case(employer={"credit_code": code}, **told)


def linked(
    case: Case, code: str = CODE, *, by: User | None = None, telephone: str = PHONE, **seen: Any
) -> EmployerLink:
    with moment.fixed(MONDAY):
        told = Seen(code, **seen)
        proof = a_picture(5)
        return link_employer(case, told, telephone=telephone, proof=proof, name="介绍信.png", by=by or a_clerk())


@pytest.mark.parametrize("code", ["", CODE])
def test_articles_7_and_17_the_verified_account_follows_its_own_side(code: str):
    case, account = a_workers_case(code), the_account()
    assert not visible_to(account).exists()
    linked(case)
    case.refresh_from_db()
    assert case.employer is not None
    assert case.employer.credit_code == CODE
    assert sides_of(account, case) == {Side.EMPLOYER}
    assert visible_to(account).get() == case
    assert {each.kind for each in visible_materials(case, by=account)}.isdisjoint({"diagnosis", "medical_records"})
    assert Material.objects.filter(case=case, kind="diagnosis").exists()
    assert verify()[1] == []


def test_the_worker_is_told_and_the_message_names_no_telephone():
    case, account = a_workers_case(CODE), the_account()
    linked(case)
    told = Message.objects.filter(chain=case.chain, template="appraisal.employer_linked")
    assert {message.channel for message in told} == {"inbox", "sms"}
    assert told.get(channel="inbox").user == a_worker_user()
    assert not told.filter(user=account).exists()
    assert "0066" not in "".join(message.body for message in told)


def test_an_agent_by_a_power_joins_the_one_case_and_only_while_it_lasts():
    case, account = a_workers_case(CODE), the_account()
    until = MONDAY.date().replace(day=20)
    linked(case, is_agent=True, agent_name="吴经办", until=until)
    other = a_workers_case(CODE, recognition={"recognition_number": "云溪人社工认〔2025〕99号"})
    with moment.fixed(moment.at(until)):
        assert list(visible_to(account)) == [case]
    with moment.fixed(moment.at(until.replace(day=21))):
        assert not visible_to(account).exists()
    assert not Employer.objects.filter(users=account).exists()
    assert sides_of(account, other) == frozenset()


def test_the_own_account_joins_the_other_open_cases_of_the_same_code_and_no_namesakes():
    first = a_workers_case(CODE)
    same = a_workers_case(CODE, recognition={"recognition_number": "云溪人社工认〔2025〕98号"})
    namesake = a_workers_case(OTHER, recognition={"recognition_number": "云溪人社工认〔2025〕97号"})
    nameless = a_workers_case("", recognition={"recognition_number": "云溪人社工认〔2025〕96号"})
    account = the_account()
    linked(first)
    assert set(visible_to(account)) == {first, same}
    assert claim_employer_cases(by=account) == []
    assert not visible_to(account).filter(pk__in=[namesake.pk, nameless.pk]).exists()


def test_the_verified_account_finds_later_cases_by_itself_and_an_unverified_one_finds_none():
    account = the_account()
    linked(a_workers_case(CODE))
    late = a_workers_case(CODE, recognition={"recognition_number": "云溪人社工认〔2025〕95号"})
    CaseParty.objects.filter(case=late, user=account).delete()
    with moment.fixed(MONDAY):
        assert claim_employer_cases(by=an_outsider()) == []
        assert claim_employer_cases(by=account) == [late]
        assert claim_employer_cases(by=account) == []


def test_a_case_without_a_code_comes_alone_to_the_verified_employer():
    case = a_workers_case("")
    other = a_workers_case("", recognition={"recognition_number": "云溪人社工认〔2025〕94号"})
    assert case.employer_id == other.employer_id
    the_account()
    linked(case)
    other.refresh_from_db()
    assert other.employer is not None
    assert other.employer.credit_code is None


@pytest.mark.parametrize(
    ("code", "refusal"), [("", CreditCodeMissing), ("9199", CreditCodeMissing), (OTHER, EmployerDiffers)]
)
def test_another_code_or_none_is_refused(code: str, refusal: type[Exception]):
    case = a_workers_case(CODE)
    the_account()
    with pytest.raises(refusal):
        linked(case, code)
    assert not EmployerLink.objects.exists()


def test_another_name_under_the_code_is_refused():
    the_account()
    Employer.objects.create(name="别的公司", credit_code=CODE)
    with pytest.raises(EmployerDiffers):
        linked(a_workers_case(""))


def test_nobody_but_the_window_links_and_only_an_account_that_signed_in():
    case = a_workers_case(CODE)
    with pytest.raises(AccountNotFound):
        linked(case)
    the_account()
    for stranger in (a_reviewer(), a_worker_user(), an_outsider()):
        with pytest.raises(NotYours):
            linked(case, by=stranger)
    assert CaseParty.objects.filter(case=case).count() == 1


def test_the_workers_own_account_never_stands_on_both_sides():
    with pytest.raises(AccountOnOtherSide):
        linked(a_workers_case(CODE), telephone=a_worker_user().telephone)


def test_a_power_names_its_agent_and_a_sensible_last_day():
    case = a_workers_case(CODE)
    the_account()
    with pytest.raises(AgentNameMissing):
        linked(case, is_agent=True)
    for until in (MONDAY.date().replace(day=1), MONDAY.date().replace(year=2062)):
        with pytest.raises(DayOutOfBounds):
            linked(case, is_agent=True, agent_name="吴经办", until=until)
