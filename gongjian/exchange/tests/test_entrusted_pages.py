"""The pages of 委托鉴定, at both ends."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_worker_user
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.exchange.actions import entrusting
from gongjian.exchange.models import Matter
from gongjian.exchange.queries import how_many_wait
from gongjian.exchange.states import Direction, Name
from gongjian.exchange.tests.builders import the_other_end
from gongjian.exchange.tests.entrusting import (
    DUE,
    SCOPE,
    a_scheduler_there,
    an_answered_matter,
    an_entrustable_case,
    an_entrusted_matter,
    an_opined_matter,
    asking_office,
    delivered,
    two_committees,
)
from gongjian.kernel import moment
from gongjian.portal.following import events
from gongjian.sittings.tests.builders import AFTER, PLANNED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args), follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_scheduler_sees_what_goes_along_and_entrusts():
    case, (peer, _) = an_entrustable_case(), two_committees()
    with moment.fixed(PLANNED):
        client = browser(a_scheduler_there())
        page = text(client, "exchange:entrust", case.number)
        assert all(words in page for words in ("有效的诊断证明", "完整的病历资料", "照常计算", peer.name))
        assert case.person.id_number not in page
        assert "委托外地鉴定" in text(client, "desk:case", case.number)
        sent = {"peer": peer.pk, "scope": SCOPE, "due_on": DUE.isoformat()}
        assert client.post(reverse("exchange:entrust", args=[case.number]), sent).status_code == 302
        page = text(client, "exchange:entrusted", case.number)
    case.refresh_from_db()
    assert case.state == State.ENTRUSTED
    assert all(words in page for words in (peer.name, SCOPE, "撤回委托，改在本地鉴定", "1 有效的诊断证明.png"))
    assert not [words for words in ("左膝", "/exchange/files/") if words in page], (
        "who schedules reads nothing about health"
    )


@pytest.mark.parametrize(("day", "code"), [("2026-05-29", 422), ("", 422)])
def test_a_day_after_the_limit_or_none_is_refused_in_words(day, code):
    case, (peer, _) = an_entrustable_case(), two_committees()
    with moment.fixed(PLANNED):
        client = browser(a_scheduler_there())
        sent = {"peer": peer.pk, "scope": SCOPE, "due_on": day}
        answer = client.post(reverse("exchange:entrust", args=[case.number]), sent)
    assert answer.status_code == code
    assert not Matter.objects.exists()


def test_the_clerk_there_takes_it_on_from_the_list_and_the_case_says_whose_it_is():
    matter = an_entrusted_matter()
    delivered(PLANNED)
    there = the_other_end(matter)
    with moment.fixed(PLANNED):
        client = browser(a_clerk())
        assert "委托鉴定" in text(client, "exchange:incoming")
        assert how_many_wait(a_clerk(), Name.APPRAISAL) == 1, "it stands in the navigation"
        page = text(client, "exchange:matter", there.pk)
        assert all(words in page for words in (SCOPE, "左膝", "接受委托", "云溪市第一人民医院"))
        file = there.letters.get(is_ours=False).enclosures.first()
        assert client.get(reverse("exchange:enclosure", args=[file.pk])).status_code == 200
        assert matter.about["id_number"] not in page
        client.post(reverse("exchange:accept", args=[there.pk]))
        assert how_many_wait(a_clerk(), Name.APPRAISAL) == 0
        case = Case.objects.get(procedure="appraisal.entrusted")
        assert "受托劳动能力鉴定" in text(client, "desk:case", case.number)
        part = text(client, "exchange:entrusted_part", case.number)
        assert "东岭市劳动能力鉴定委员会的委托" in part
        assert "/exchange/files/" not in part, "from now on its papers are the case's, for whoever's step needs them"
        file = there.letters.get(is_ours=False).enclosures.first()
        assert client.get(reverse("exchange:enclosure", args=[file.pk])).status_code == 404
        assert case.number in text(client, "exchange:matter", there.pk)


def test_the_reviewer_there_looks_at_the_opinion_and_sends_it():
    matter = an_opined_matter()
    number = matter.done_as.number
    with moment.fixed(AFTER):
        client = browser(a_reviewer())
        page = text(client, "exchange:send_opinion", number)
        assert all(words in page for words in ("伤残等级", "签名并发回", "东岭市劳动能力鉴定委员会"))
        assert client.post(reverse("exchange:send_opinion", args=[number])).status_code == 302
        assert "正在发往" in text(client, "exchange:entrusted", number)
    matter.refresh_from_db()
    assert matter.state == "answered"


def test_the_reviewer_here_reads_whose_opinion_it_is_and_what_a_defect_leads_to():
    case = an_answered_matter().case
    with moment.fixed(AFTER):
        page = text(browser(a_member(Role.REVIEWER, office=asking_office())), "conclusions:review", case.number)
    assert all(words in page for words in ("云溪市劳动能力鉴定委员会受托抽取的专家组", "不采用，改在本地鉴定"))


def test_a_stranger_opens_none_of_it():
    matter = an_entrusted_matter()
    delivered(PLANNED)
    there = the_other_end(matter)
    strangers = {
        a_clerk(): ["exchange:entrust", "exchange:entrusted", "exchange:withdraw", "exchange:entrusted_part"],
        a_member(Role.ARCHIVIST): ["exchange:entrusted"],
    }
    with moment.fixed(PLANNED):
        found = {
            browser(user).get(reverse(name, args=[matter.case.number])).status_code
            for user, names in strangers.items()
            for name in names
        }
        assert found == {404}
        assert browser(a_scheduler_there()).get(reverse("exchange:matter", args=[there.pk])).status_code == 404
        assert browser(a_scheduler_there()).post(reverse("exchange:accept", args=[there.pk])).status_code == 404
    assert not Matter.objects.filter(direction=Direction.IN, done_as__isnull=False).exists()


def test_the_worker_sees_that_another_committee_has_examined_and_what_comes_next():
    matter = an_answered_matter()
    with moment.fixed(AFTER):
        found = events(matter.case, by=a_worker_user())
    assert [each.title for each in found if each.state not in ("now", "later")] == [
        "提交申请",
        "委托外地鉴定",
        "收到受托专家组的意见",
    ]
    ahead = [each.title for each in found if each.state in ("now", "later")]
    assert "安排鉴定时间和地点" not in ahead
    assert "现场鉴定" not in ahead
    assert "作出结论" in ahead


def test_after_it_was_taken_back_the_usual_way_lies_ahead_again():
    matter = an_entrusted_matter()
    with moment.fixed(PLANNED):
        entrusting.withdraw(matter, why="不能按期安排", by=a_scheduler_there())
        found = events(Case.objects.get(pk=matter.case_id), by=a_worker_user())
    assert {"安排鉴定时间和地点", "现场鉴定"} <= {each.title for each in found if each.state in ("now", "later")}
