"""One injury as one story, as worker, employer and stranger read it; and the third thing one can come for."""

import pytest
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_employer_user, an_office, an_outsider
from gongjian.applications.actions.drafts import save_step
from gongjian.applications.actions.submission import submit
from gongjian.appraisal.models import Application
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import begin_from
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.appraisal.tests.builders import answers as of_appraisal
from gongjian.benefits.rules import Stage
from gongjian.cases.models import Case
from gongjian.claims import actions
from gongjian.claims.queries import claim_for
from gongjian.claims.tests.test_without_a_grade import a_served_recognition
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.tests.kept import kept
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.tests.builders import a_picture
from gongjian.portal.money import cases_of, claimable, claims_told
from gongjian.portal.story import MEANINGS, Story, stories_of, story
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.models import Decision
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY
from gongjian.recognition.tests.online import a_sent_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


@kept
def an_appraisal_upon_it() -> tuple[Case, Case]:
    """The worker went on from the recognition: (recognition, appraisal)."""
    case, worker = a_served_recognition(), a_worker_user()
    draft = begin_from(case, by=worker, office=an_office())
    for step, told in of_appraisal().items():
        draft = save_step(draft, step, told, seen=0, by=worker)
    for number, kind in enumerate(("diagnosis", "medical_records", "identity")):
        add_page(material_of(kind, draft_id=draft.pk), a_picture(number), name=f"{kind}.png", by=worker)
    return case, submit(draft, by=worker, truthful=True)


def told_to(user: object, cases: list[Case]) -> Story:
    return story(cases, by=user)  # type: ignore[arg-type]


def chapters(found: Story) -> dict[str, str]:
    return {each.title: each.state for each in found.chapters}


def to_do(found: Story) -> list[str]:
    return [words for each in found.chapters for words, _ in each.to_do]


def test_before_the_decision_the_story_begins_and_says_what_each_step_means():
    case = a_sent_case()
    found = told_to(a_worker_user(), [case])
    assert list(chapters(found)) == ["工伤认定", "劳动能力鉴定", "工伤待遇"]
    assert [each.meaning for each in found.chapters] == [words for _, words in MEANINGS.values()]
    assert chapters(found)["劳动能力鉴定"] == "还没有申请"
    assert chapters(found)["工伤待遇"] == "还不能申领"
    assert "申请劳动能力鉴定" not in to_do(found)


def test_once_it_is_served_one_can_go_on_to_the_appraisal_and_to_the_benefits():
    found = told_to(a_worker_user(), [a_served_recognition()])
    assert "申请劳动能力鉴定" in to_do(found)
    assert "估算并申领治疗期间的待遇" in to_do(found)
    assert chapters(found)["工伤待遇"] == "可以申领"


def test_the_appraisal_that_stands_on_it_belongs_to_the_same_injury():
    recognised, appraised = an_appraisal_upon_it()
    assert stories_of(a_worker_user()) == [[recognised, appraised]]
    found = told_to(a_worker_user(), [recognised, appraised])
    assert {each.number for each in found.chapters if each.number} == {recognised.number, appraised.number}
    assert found.chapters[1].due and found.chapters[1].next


def test_an_appraisal_that_names_the_decision_by_its_number_belongs_to_it_too():
    recognised, appraised = an_appraisal_upon_it()
    number = Decision.objects.get(case=recognised).paper.number.replace("〔", "[").replace("〕", "]")
    Application.objects.filter(case=appraised).update(recognised_case=None, recognition_number=number)
    assert stories_of(a_worker_user()) == [[recognised, appraised]]


def test_two_injuries_are_two_stories_the_newest_first():
    recognised, _ = an_appraisal_upon_it()
    elsewhere = a_submitted_case()
    found = stories_of(a_worker_user())
    assert len(found) == 2
    assert [case.procedure for case in found[0]] == [INITIAL] and found[0] == [elsewhere]
    assert found[1][0] == recognised and found[1][0].procedure == RECOGNITION


def test_a_determination_made_elsewhere_is_said_to_be_so():
    found = told_to(a_worker_user(), [a_submitted_case()])
    assert chapters(found)["工伤认定"] == "不在本平台办理"


def test_a_claim_is_the_third_chapter_with_what_is_owed_and_until_when():
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    found = told_to(a_worker_user(), [case])
    chapter = next(each for each in found.chapters if each.title.startswith("工伤待遇"))
    assert chapter.title == "工伤待遇：治疗期间的待遇" and chapter.state == "等待经办机构核定"
    assert (chapter.due, chapter.address) == (claim.due_on, reverse("claims:claim", args=[claim.pk]))


def test_what_the_agency_asked_for_is_to_do_for_the_claimant_and_for_nobody_else():
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    agent = a_member(Role.REVIEWER, "社复", office=claim.office)
    actions.send_back(claim, "缺票据。", complete_by=MONDAY.date().replace(day=20), by=agent)
    assert "补齐材料" in to_do(told_to(a_worker_user(), [case]))
    assert "补齐材料" not in to_do(told_to(an_employer_user(), [case]))


def test_the_employer_reads_its_story_without_the_claim_of_the_worker():
    case = a_served_recognition()
    actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    found = told_to(an_employer_user(), [case])
    assert not any(each.title.startswith("工伤待遇：") for each in found.chapters)
    assert claims_told([case], by=an_employer_user()) == []


def test_who_has_looked_stands_with_office_and_role_and_without_a_name():
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    agent = a_member(Role.REVIEWER, "社复", office=claim.office)
    signed_in_as(agent).get(reverse("claims:claim", args=[claim.pk]))
    found = told_to(a_worker_user(), [case])
    assert ("云溪市社会保险经办中心（复核）", "待遇申领") in [(look.who, look.what) for _, look in found.readings]
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:story")))
    assert "社复" not in page and "云溪市社会保险经办中心（复核）" in page


def test_a_look_of_the_employer_at_the_story_is_on_record_and_one_of_the_worker_at_the_own_is_not():
    case = a_served_recognition()
    signed_in_as(an_employer_user()).get(reverse("portal:story"))
    signed_in_as(a_worker_user()).get(reverse("portal:story"))
    looks = [(row.by, row.facts["what"]) for row in readings_of(case.chain)]
    assert (an_employer_user(), "案件进度页") in looks
    assert (a_worker_user(), "案件进度页") not in looks or case.person.user != a_worker_user()


def test_the_page_turns_from_one_injury_to_the_next():
    recognised, _ = an_appraisal_upon_it()
    elsewhere = a_submitted_case()
    client = signed_in_as(a_worker_user())
    first = text_of(client.get(reverse("portal:story")))
    assert "较早的一次受伤" in first and elsewhere.number in first and recognised.number not in first
    second = text_of(client.get(reverse("portal:story"), {"page": 2}))
    assert "较新的一次受伤" in second and recognised.number in second


def test_a_stranger_has_no_story_and_no_case_to_claim_on():
    a_served_recognition()
    assert stories_of(an_outsider()) == []
    page = text_of(signed_in_as(an_outsider()).get(reverse("portal:benefits")))
    assert "现在没有可以申领的" in page and "先申请工伤认定" in page


def test_one_chooses_among_determination_appraisal_and_benefits_on_the_first_page():
    for place in ("portal:start", "portal:home"):
        page = text_of(signed_in_as(an_outsider()).get(reverse(place)))
        assert all(words in page for words in ("申请工伤认定", "申请劳动能力鉴定", "申领工伤待遇"))


def test_the_page_of_the_benefits_leads_to_the_estimate_and_then_to_the_claim():
    case, client = a_served_recognition(), signed_in_as(a_worker_user())
    page = text_of(client.get(reverse("portal:benefits")))
    assert "林知远的治疗期间的待遇" in page and reverse("benefits:case", args=[case.number]) in page
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    after = text_of(client.get(reverse("portal:benefits")))
    assert reverse("claims:claim", args=[claim.pk]) in after and "先估算，再申领" not in after
    assert claim_for(claim.pk, by=a_worker_user()) == claim


def test_what_can_be_claimed_is_what_is_served_and_does_not_run():
    case, worker = a_served_recognition(), a_worker_user()
    assert claimable(cases_of(worker), by=worker) == [(case, Stage.TREATMENT)]
    claim = actions.submit(case, {}, by=worker)
    assert claimable(cases_of(worker), by=worker) == []
    actions.withdraw(claim, by=worker)
    assert claimable(cases_of(worker), by=worker) == [(case, Stage.TREATMENT)]
    assert [each.state for each in claims_told([case], by=worker)] == ["已撤回"]


def test_after_a_death_the_family_reads_of_the_benefits_that_follow_it():
    case = a_served_recognition(died=True)
    assert claimable([case], by=a_worker_user()) == [(case, Stage.DEATH)]
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:benefits")))
    assert "工亡待遇" in page


def test_the_story_of_many_cases_takes_as_many_queries_as_that_of_one(django_assert_max_num_queries):
    recognised, appraised = an_appraisal_upon_it()
    for _ in range(3):
        record_reading(recognised.chain, by=an_employer_user(), what="案件页")
    with django_assert_max_num_queries(4):
        stories_of(a_worker_user())
    with django_assert_max_num_queries(150):
        told_to(a_worker_user(), [recognised, appraised])
