"""What happens meanwhile: the case ends or moves on, the other city has another key or address, two press at once, a form comes twice."""

from datetime import timedelta

import pytest

from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.tests.builders import put_in_state
from gongjian.exchange.actions import answering, asking, peers
from gongjian.exchange.errors import MatterUnknown, NotNow, TooMuch
from gongjian.exchange.models import Matter, Posted
from gongjian.exchange.rules import LONGEST_TEXT
from gongjian.exchange.states import State
from gongjian.exchange.tests.builders import (
    DUE,
    SCOPE,
    WireLine,
    a_peer,
    an_administrator,
    an_answered_matter,
    an_asked_matter,
    an_investigator_there,
    delivered,
    the_other_end,
    two_cities,
)
from gongjian.exchange.tests.test_pages import go
from gongjian.exchange.tests.test_sending import Deaf, owed, tried
from gongjian.exchange.tests.test_walk import LATER
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.models import MaterialPage
from gongjian.recognition.states import State as Stands
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    an_investigated_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ENDED = [Stands.WITHDRAWN, Stands.TRANSFERRED, Stands.PROPOSED]


def sendings(matter: Matter) -> list[str]:
    return list(matter.letters.filter(is_ours=True).order_by("number").values_list("sending", flat=True))


def an_accepted_there(matter: Matter) -> Matter:
    delivered()
    with moment.fixed(MONDAY + timedelta(hours=1)):
        return answering.accept(the_other_end(matter), by=an_investigator_there())


@pytest.mark.parametrize("state", ENDED)
def test_a_question_that_waits_names_nobody_to_anybody_once_the_case_is_not_investigated_any_more(state):
    matter, line = an_asked_matter(), WireLine()
    put_in_state(matter.case, state)
    tried(line)
    assert line.requests == []
    assert (sendings(matter), matter.letters.get().last_error) == (["pending"], "exchange.not_gathering")
    put_in_state(matter.case, Stands.INVESTIGATING)
    delivered(after=timedelta(minutes=2))
    assert sendings(matter) == ["sent"]


def test_a_question_that_waits_for_an_ended_case_is_given_up_in_the_end_and_is_nobodys_task():
    matter, line = an_asked_matter(), Deaf(200)
    put_in_state(matter.case, Stands.WITHDRAWN)
    tried(line, timedelta(days=30, seconds=1))
    assert (line.asked, sendings(matter), owed(matter)) == (0, ["failed"], [])


@pytest.mark.parametrize(
    ("state", "kinds"),
    [(Stands.WITHDRAWN, []), (Stands.TRANSFERRED, []), (Stands.DECIDED, []), (Stands.PROPOSED, ["read_asked_answer"])],
)
def test_an_answer_that_comes_after_the_case_has_moved_on_is_kept_and_puts_nothing_on_its_file(state, kinds):
    matter = an_asked_matter()
    there = an_accepted_there(matter)
    put_in_state(matter.case, state)
    before = MaterialPage.objects.filter(material__case=matter.case).count()
    with moment.fixed(MONDAY + timedelta(hours=2)):
        answering.answer(there, text="已核实。", by=an_investigator_there())
    delivered(after=timedelta(hours=2))
    matter.refresh_from_db()
    assert (matter.state, matter.reply, owed(matter)) == (State.ANSWERED, "已核实。", kinds)
    assert LedgerEntry.objects.filter(chain=matter.chain, act="exchange.answered_came").count() == 1
    with moment.fixed(LATER), pytest.raises(MoveNotAllowed):
        asking.take(matter, by=an_investigator())
    assert MaterialPage.objects.filter(material__case=matter.case).count() == before


def test_silence_and_a_refusal_of_a_case_that_has_ended_are_noted_and_nobodys_task():
    late, refused = an_asked_matter(), an_asked_matter()
    delivered()
    for matter in (late, refused):
        put_in_state(matter.case, Stands.WITHDRAWN)
    with moment.fixed(MONDAY + timedelta(hours=1)):
        answering.refuse(the_other_end(refused), reason="不属本地", by=an_investigator_there())
    delivered(after=timedelta(hours=1))
    with moment.fixed(moment.at(DUE + timedelta(days=1))):
        assert (asking.note_late(), asking.note_late()) == (1, 0)
    assert (owed(late), owed(refused)) == ([], [])


def test_a_city_whose_key_was_compared_anew_gets_the_answers_to_what_it_asked_before_at_its_new_address():
    matter = an_asked_matter()
    there = an_accepted_there(matter)
    for old, bureau in ((there.peer, another_bureau()), (matter.peer, a_bureau())):
        peers.end(old, by=an_administrator(bureau))
    a_peer(another_bureau(), a_bureau(), address="http://127.0.0.1:10")
    a_peer(a_bureau(), another_bureau())
    with moment.fixed(MONDAY + timedelta(hours=2)):
        answering.answer(there, text="已核实。", by=an_investigator_there())
    addresses = []

    class Heard(WireLine):
        def carry(self, method, url, body, headers):
            addresses.append(url)
            return super().carry(method, url, body, headers)

    delivered(after=timedelta(hours=2), line=Heard())
    matter.refresh_from_db()
    assert (matter.state, sendings(there)) == (State.ANSWERED, ["sent"] * 3)
    assert {each.rpartition("/exchange")[0] for each in addresses} == {"http://127.0.0.1:10"}


def test_what_comes_after_a_letter_that_was_given_up_is_given_up_too_and_does_not_wait_for_ever():
    matter = an_asked_matter()
    assert tried(WireLine(lambda number: "before" if number > 1 else "")) == 2
    there = the_other_end(matter)
    with moment.fixed(MONDAY + timedelta(days=29)):
        answering.accept(there, by=an_investigator_there())
    line = Deaf(503)
    assert tried(line, timedelta(days=31)) == 2
    assert tried(line, timedelta(days=32)) == 0
    letters = there.letters.filter(is_ours=True).order_by("number").values_list("sending", "last_error")
    assert list(letters) == [("failed", "exchange.expired"), ("failed", "exchange.earlier_not_sent")]
    assert line.asked == 0


def test_every_other_role_of_either_office_neither_accepts_nor_refuses_nor_answers():
    matter = an_asked_matter()
    delivered()
    there = the_other_end(matter)
    here = (an_investigator(), the_clerk(), the_reviewer(), the_signer(), an_administrator())
    for somebody in (*here, an_administrator(another_bureau())):
        for name, told in (("accept", {}), ("refuse", {"reason": "不"}), ("answer", {"text": "是"})):
            assert go(somebody, name, there.pk, told=told).status_code in (403, 404)
        with pytest.raises(MatterUnknown):
            answering.refuse(there, reason="不属本地", by=somebody)
    there.refresh_from_db()
    assert (there.state, sendings(there)) == (State.RECEIVED, ["sent"])


@pytest.mark.parametrize("state", [each for each in State if each is not State.RECEIVED])
def test_a_matter_is_accepted_only_where_it_was_received(state):
    matter = an_asked_matter()
    delivered()
    there = the_other_end(matter)
    Matter.objects.filter(pk=there.pk).update(state=state)
    error = MatterUnknown if state is State.ARRIVING else NotNow
    with moment.fixed(LATER), pytest.raises(error):
        answering.accept(there, by=an_investigator_there())
    assert sendings(there) == ["sent"]


@pytest.mark.parametrize("state", [each for each in State if each is not State.ANSWERED])
def test_nothing_is_taken_in_where_nothing_was_answered(state):
    matter = an_asked_matter()
    Matter.objects.filter(pk=matter.pk).update(state=state)
    with moment.fixed(LATER), pytest.raises(NotNow):
        asking.take(matter, by=an_investigator())


def test_a_form_that_comes_twice_is_one_answer_and_says_so():
    there = an_accepted_there(an_asked_matter())
    first, second = (go(an_investigator_there(), "answer", there.pk, told={"text": "已核实。"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert "已答复" in second.content.decode()
    assert Posted.objects.filter(matter=there, kind="answered").count() == 1


def test_what_is_too_long_for_a_letter_is_refused_and_never_cut():
    there = an_accepted_there(an_asked_matter())
    case, (peer, _) = an_investigated_case(), two_cities()
    long = "查" * (LONGEST_TEXT + 1)
    with moment.fixed(LATER):
        with pytest.raises(TooMuch):
            answering.answer(there, text=long, by=an_investigator_there())
        with pytest.raises(TooMuch):
            asking.ask(case, peer, scope=long, due_on=DUE, told=[], by=an_investigator())
        answering.answer(there, text=f" {long[:-1]}\n", by=an_investigator_there())
    there.refresh_from_db()
    assert there.reply == long[:-1]


def test_each_word_about_a_silent_city_is_kept_and_the_same_word_twice_is_one():
    matter, how = an_asked_matter(), ("已电话催办", "已电话催办", "改由本局派员调查")
    with moment.fixed(moment.at(DUE + timedelta(days=1))):
        asking.note_late()
        for word in how:
            asking.note(matter, how=word, by=an_investigator())
    matter.refresh_from_db()
    assert (matter.dealt_with.splitlines(), owed(matter)) == (["已电话催办", "改由本局派员调查"], [])
    assert LedgerEntry.objects.filter(chain=matter.chain, act="exchange.noted").count() == 2


def test_where_an_answer_came_it_is_taken_in_and_no_other_word_is_said_to_be_kept():
    matter = an_answered_matter(files=0)
    answer = go(an_investigator(), "note", matter.pk, told={"how": "自行调查"})
    assert answer.status_code == 422
    assert owed(matter) == ["take_asked_answer"]


@pytest.mark.parametrize("told", [["person", "person", "diagnosis", "id_number"], ["person"]])
def test_nothing_but_the_chosen_facts_of_the_four_goes_out_whatever_a_form_says(told):
    case, (peer, _) = an_investigated_case(), two_cities()
    with moment.fixed(MONDAY):
        matter = asking.ask(case, peer, scope=SCOPE, due_on=DUE, told=told, by=an_investigator())
    line = delivered()
    sent = b"".join(body for _, _, body, _ in line.requests).decode()
    assert set(the_other_end(matter).about) == {"person"}
    known = (case.person.id_number, case.number, case.employer.name, "示指", an_investigator().name)
    assert not [word for word in known if word and word in sent]


def test_a_form_with_facts_or_papers_that_were_not_offered_is_refused_with_nothing_written():
    case, other, (peer, _) = an_investigated_case(), an_investigated_case(), two_cities()
    told = {"peer": peer.pk, "scope": SCOPE, "due_on": str(DUE)}
    foreign = MaterialPage.objects.filter(material__case=other).first()
    assert foreign is not None
    for more in ({"told": ["diagnosis"]}, {"pages": [foreign.pk]}, {"peer": 10**30}, {"due_on": "2026-02-30"}):
        assert go(an_investigator(), "ask", case.number, told={**told, **more}).status_code == 422
    assert not Matter.objects.exists()
