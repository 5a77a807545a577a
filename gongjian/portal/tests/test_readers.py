"""Who has read and acted, as parties may know it; and that no page of theirs names an expert, before the conclusion or after it (令55 art. 25)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from gongjian.accounts.models import Post, User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, CaseDuty, Passage
from gongjian.conclusions.actions import conclude, review
from gongjian.conclusions.tests.builders import CONCLUDED, the_agency, the_bureau
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.opinions.models import Assignment
from gongjian.opinions.tests.builders import a_sealed_group, the_experts
from gongjian.portal import following
from gongjian.portal.readers import EXPERT, STAFF, STRANGER, SYSTEM, known_as, readings_for
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db
COMMITTEE = "云溪市劳动能力鉴定委员会"
OF_PARTIES = ("portal", "sittings", "delivery", "draws", "papers", "materials", "conclusions", "opinions", "workbench")


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY + timedelta(hours=1)):
        yield


def a_read_case() -> Case:
    """Read by the clerk, the system's own expert, the employer and a stranger; the employer takes part."""
    case = a_submitted_case()
    join_case(case, an_employer_user(), capacity="employer")
    looks = {
        a_clerk(): "案件页",
        an_expert_user(): "材料：完整的病历资料",
        an_employer_user(): "案件进度页",
        an_outsider(): "案件进度页",
    }
    for user, what in looks.items():
        record_reading(case.chain, by=user, what=what)
    return case


def who_of(case: Case, user: User) -> set[tuple[str, str]]:
    return {(row.who, row.what) for row in readings_for(case, by=user)}


# Readers.


def test_art_25_the_worker_learns_of_every_look_by_office_role_and_capacity():
    assert who_of(a_read_case(), a_worker_user()) == {
        (f"{COMMITTEE}（窗口受理）", "案件页"),
        (EXPERT, "材料：完整的病历资料"),
        ("用人单位", "案件进度页"),
        (STRANGER, "案件进度页"),
    }


def test_art_25_the_employer_learns_only_of_looks_at_what_it_may_see():
    case = a_read_case()
    record_reading(case.chain, by=a_clerk(), what="未到场处理")
    record_reading(case.chain, by=a_clerk(), what="现场身份核验")
    assert {what for _, what in who_of(case, an_employer_user())} == {"案件页", "案件进度页"}


def test_the_employer_learns_who_read_a_paper_that_it_may_read_itself():
    case = a_read_case()
    record_reading(case.chain, by=a_clerk(), what="文书：劳动能力鉴定申请收件回执")
    assert "文书：劳动能力鉴定申请收件回执" not in {what for _, what in who_of(case, an_employer_user())}
    case.parties.filter(user=an_employer_user()).update(is_applicant=True)
    assert "文书：劳动能力鉴定申请收件回执" in {what for _, what in who_of(case, an_employer_user())}


@pytest.mark.parametrize("reader", [a_worker_user, an_employer_user, a_clerk])
def test_art_25_the_page_names_no_reader(reader):
    case = a_read_case()
    page = text_of(signed_in_as(reader()).get(reverse("portal:readings", args=[case.number])))
    assert COMMITTEE in page
    for user in (a_clerk(), an_expert_user(), an_outsider()):
        assert user.name not in page.replace(f"{reader().name}", "") or user == reader()


def test_a_page_nobody_has_read_says_so():
    case = a_submitted_case()
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:readings", args=[case.number])))
    assert "还没有人看过" in page


def test_what_the_system_did_is_the_systems():
    case = a_submitted_case()
    told = {"start": "submitted", "end": "submitted", "act": "look"}
    Passage.objects.create(case=case, by=None, at=moment.now(), **told)
    assert following.events(case)[1].by == SYSTEM


def test_staff_without_a_post_are_staff():
    case = a_submitted_case()
    clerk = a_clerk()
    Post.objects.filter(user=clerk).delete()
    assert known_as(case, [clerk]) == {clerk.pk: STAFF}


def test_a_post_at_the_office_of_the_case_goes_before_one_elsewhere_and_a_live_one_before_a_former():
    case = a_submitted_case()
    clerk = a_clerk()
    Post.objects.create(user=clerk, office=the_bureau(), role="reviewer")
    Post.objects.create(user=clerk, office=case.office, role="archivist", ended_on=MONDAY.date())
    assert known_as(case, [clerk]) == {clerk.pk: f"{COMMITTEE}（窗口受理）"}
    Post.objects.create(user=clerk, office=case.office, role="reviewer")
    assert known_as(case, [clerk]) == {clerk.pk: f"{COMMITTEE}（窗口受理、复核）"}


def test_many_readers_take_as_many_queries_as_one(django_assert_num_queries):
    case = a_read_case()
    users = list(User.objects.all())
    with django_assert_num_queries(2):
        assert len(known_as(case, users)) == len(users)


# No expert's name on any page of a party.


def a_case_opined_by_experts() -> Case:
    """Examined and opined on by three experts, each of whom has read the papers and moved the case."""
    the_bureau(), the_agency()
    case = a_submitted_case()
    join_case(case, an_employer_user(), capacity="employer")
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=a_clerk())
    take_duty(case, CaseDuty.Duty.DRAW_OFFICER, by=a_draw_officer())
    case = a_sealed_group(case)
    for number, expert in enumerate(the_experts()):
        record_reading(case.chain, by=expert, what="材料：完整的病历资料")
        told = {"start": "grouped", "end": "examining", "act": f"look{number}"}
        Passage.objects.create(case=case, by=expert, at=moment.now(), **told)
    return case


def addresses_of(case: Case) -> list[str]:
    """Every address of the rooms that parties come to which takes the number of a case, or nothing."""
    found = []
    for name in _names(get_resolver()):
        for given in ([], [case.number]):
            try:
                found.append(reverse(name, args=given))
            except NoReverseMatch:
                continue
    messages = [reverse("portal:message", args=[pk]) for pk in range(1, 60)]
    return sorted({*found, *messages})


def _names(resolver: URLResolver) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver) and each.namespace in OF_PARTIES:
            yield from (f"{each.namespace}:{one.name}" for one in each.url_patterns if isinstance(one, URLPattern))


def named_on(case: Case, user: User) -> list[tuple[str, str]]:
    """(address, name or number of an expert) wherever a page that this user may open tells one."""
    client = signed_in_as(user)
    secrets = [expert.name for expert in the_experts()]
    secrets += list(Assignment.objects.filter(case=case).values_list("expert_number", flat=True))
    told = []
    for address in addresses_of(case):
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            told += [(address, secret) for secret in secrets if secret in answer.content.decode(errors="replace")]
    return told


@pytest.mark.parametrize("reader", [a_worker_user, an_employer_user])
def test_art_25_no_page_of_a_party_names_an_expert_before_the_conclusion_or_after_it(reader):
    case = a_case_opined_by_experts()
    assert len(addresses_of(case)) > 40
    assert EXPERT in text_of(signed_in_as(reader()).get(reverse("portal:case", args=[case.number])))
    assert named_on(case, reader()) == []
    with moment.fixed(CONCLUDED - timedelta(days=1)):
        review(case, by=a_reviewer())
    with moment.fixed(CONCLUDED):
        conclude(Case.objects.get(pk=case.pk), by=the_signer())
        assert named_on(Case.objects.get(pk=case.pk), reader()) == []
