"""What people do afterwards: a letter that was given up goes again, what came during the review is read, a form sent twice asks once."""

from datetime import timedelta

import pytest

from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.tests.builders import put_in_state
from gongjian.exchange.actions import again, answering, asking, settled
from gongjian.exchange.errors import HoldsNoMore, MatterUnknown, NothingToSend, TooMuch
from gongjian.exchange.models import Matter
from gongjian.exchange.tests.builders import (
    DUE,
    SCOPE,
    WireLine,
    an_asked_matter,
    an_investigator_there,
    delivered,
    the_other_end,
    two_cities,
)
from gongjian.exchange.tests.test_meanwhile import an_accepted_there, sendings
from gongjian.exchange.tests.test_pages import go
from gongjian.exchange.tests.test_sending import Deaf, owed, tried
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.models import MaterialPage
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.models import Application
from gongjian.recognition.states import State as Stands
from gongjian.recognition.tests.builders import (
    MONDAY,
    an_investigated_case,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def sent_again(matter: Matter, by, after: timedelta = MINUTE) -> int:
    with moment.fixed(MONDAY + after):
        return again.send_again(matter, by=by)


def acts(matter: Matter, act: str) -> int:
    return LedgerEntry.objects.filter(chain=matter.chain, act=act).count()


def answered_in(state: Stands, *, refused: bool = False) -> Matter:
    """What was asked is answered, or refused, while the case stands at `state`."""
    matter = an_asked_matter()
    there = an_accepted_there(matter)
    put_in_state(matter.case, state)
    with moment.fixed(MONDAY + 2 * HOUR):
        if refused:
            answering.refuse(there, reason="不属本地", by=an_investigator_there())
        else:
            answering.answer(there, text="已核实。", by=an_investigator_there())
    delivered(after=2 * HOUR)
    matter.refresh_from_db()
    return matter


def test_a_question_that_was_given_up_is_sent_again_by_the_investigator_as_it_was_signed():
    matter = an_asked_matter()
    signed = matter.letters.get().signature
    tried(Deaf(403, b'{"code": "exchange.unknown_sender"}'))
    assert (sendings(matter), owed(matter)) == (["failed"], ["asked_not_delivered"])
    assert sent_again(matter, an_investigator()) == 1
    assert (sendings(matter), owed(matter), acts(matter, "exchange.sent_again")) == (["pending"], [], 1)
    delivered(after=MINUTE)
    assert (sendings(matter), matter.letters.get(is_ours=True).signature) == (["sent"], signed)
    with pytest.raises(NothingToSend):
        sent_again(matter, an_investigator())


def test_a_question_given_up_a_second_time_is_a_task_a_second_time():
    matter, deaf = an_asked_matter(), Deaf(403)
    tried(deaf)
    sent_again(matter, an_investigator())
    tried(deaf, MINUTE)
    assert (sendings(matter), owed(matter)) == (["failed"], ["asked_not_delivered"])


def test_an_answer_that_was_given_up_goes_again_with_all_that_waited_behind_it():
    matter = an_asked_matter()
    there = an_accepted_there(matter)
    with moment.fixed(MONDAY + HOUR):
        answering.answer(there, text="已核实。", by=an_investigator_there())
    tried(Deaf(422), HOUR)
    tried(WireLine(), HOUR)
    assert sendings(there) == ["sent", "failed", "failed"], "behind what was given up nothing can come"
    with pytest.raises(MatterUnknown):
        sent_again(there, an_investigator(), 2 * HOUR)
    assert sent_again(there, an_investigator_there(), 2 * HOUR) == 2
    delivered(after=2 * HOUR)
    matter.refresh_from_db()
    assert (sendings(there), matter.reply) == (["sent", "sent", "sent"], "已核实。")


def test_what_holds_no_more_is_never_sent_again_and_nothing_changes():
    matter = an_asked_matter()
    tried(Deaf(200), timedelta(days=30, seconds=1))
    with pytest.raises(HoldsNoMore):
        sent_again(matter, an_investigator(), timedelta(days=31))
    assert (sendings(matter), owed(matter), acts(matter, "exchange.sent_again")) == (
        ["failed"],
        ["asked_not_delivered"],
        0,
    )


def test_only_the_cases_investigators_send_a_question_again_and_only_while_facts_are_gathered():
    matter = an_asked_matter()
    tried(Deaf(403))
    for somebody in (the_clerk(), the_reviewer(), an_investigator_there()):
        with pytest.raises(NotTheInvestigator):
            sent_again(matter, somebody)
    put_in_state(matter.case, Stands.PROPOSED)
    with pytest.raises(MoveNotAllowed):
        sent_again(matter, an_investigator())
    assert sendings(matter) == ["failed"]


@pytest.mark.parametrize(("state", "reader"), [(Stands.PROPOSED, the_reviewer), (Stands.REVIEWED, the_signer)])
@pytest.mark.parametrize("refused", [False, True], ids=["answered", "refused"])
def test_what_comes_while_the_draft_is_checked_is_the_task_of_who_checks_it(state, reader, refused):
    matter = answered_in(state, refused=refused)
    task = matter.case.obligations.get(about=matter.key, fulfilled_at=None)
    assert (task.kind, reader().holds("recognition.review" if state == Stands.PROPOSED else "recognition.sign")) == (
        "read_asked_answer",
        True,
    )
    with moment.fixed(MONDAY + 3 * HOUR):
        with pytest.raises(NotTheInvestigator):
            settled.note_read(matter, by=an_investigator())
        assert (settled.note_read(matter, by=reader()), settled.note_read(matter, by=reader())) == (True, False)
    assert (owed(matter), acts(matter, "exchange.read")) == ([], 1)


@pytest.mark.parametrize("read", [False, True], ids=["nobody read it", "the reviewer read it"])
def test_a_case_given_back_after_an_answer_came_is_the_investigators_task_again_once(read):
    matter = answered_in(Stands.PROPOSED)
    with moment.fixed(MONDAY + 3 * HOUR):
        if read:
            settled.note_read(matter, by=the_reviewer())
        assert settled.owe_again() == 0, "not while the draft is checked"
        put_in_state(matter.case, Stands.INVESTIGATING)
        assert (settled.owe_again(), settled.owe_again()) == (1, 0)
        assert owed(matter) == ["take_asked_answer"]
        asking.take(matter, by=an_investigator())
        assert (settled.owe_again(), owed(matter)) == (0, [])


def test_the_reviewer_reads_the_late_answer_on_the_page_and_says_so():
    matter = answered_in(Stands.PROPOSED)
    number = matter.case.number
    page = go(the_reviewer(), "case", number).content.decode()
    assert "答复在拟定以后到达" in page
    assert "已核实。" in page
    assert "答复在拟定以后到达" not in go(an_investigator(), "case", number).content.decode()
    assert go(the_reviewer(), "read", matter.pk, told={}).status_code == 302
    assert "答复在拟定以后到达" not in go(the_reviewer(), "case", number).content.decode()
    assert go(the_clerk(), "read", matter.pk, told={}).status_code == 403


def test_the_button_to_send_again_is_there_for_who_may_press_it():
    matter = an_asked_matter()
    tried(Deaf(403))
    assert "重新发送" in go(an_investigator(), "case", matter.case.number).content.decode()
    assert "重新发送" not in go(the_clerk(), "case", matter.case.number).content.decode()
    assert go(an_investigator(), "ask_again", matter.pk, told={}).status_code == 302
    assert sendings(matter) == ["pending"]
    assert go(an_investigator_there(), "ask_again", matter.pk, told={}).status_code == 404


def test_the_asked_bureau_sees_that_its_answer_did_not_come_and_sends_it_again():
    there = an_accepted_there(an_asked_matter())
    tried(Deaf(403), HOUR)
    assert "有函件没有送达" in go(an_investigator_there(), "matter", there.pk).content.decode()
    assert go(an_investigator(), "answer_again", there.pk, told={}).status_code == 404
    assert go(an_investigator_there(), "answer_again", there.pk, told={}).status_code == 302
    assert sendings(there)[-1] == "pending"


def test_a_form_sent_twice_asks_once_and_another_one_asks_again():
    case, (there, _) = an_investigated_case(), two_cities()
    pages = list(MaterialPage.objects.filter(material__case=case).values_list("pk", flat=True)[:1])
    told = {"peer": there.pk, "scope": SCOPE, "due_on": str(DUE), "told": ["person"], "pages": pages}
    for _ in range(2):
        assert go(an_investigator(), "ask", case.number, told=told).status_code == 302
    assert (case.matters.count(), acts(case.matters.get(), "exchange.asked")) == (1, 1)
    for changed in (
        {"scope": SCOPE + "并拍照。"},
        {"due_on": str(DUE + timedelta(days=1))},
        {"told": []},
        {"pages": []},
    ):
        assert go(an_investigator(), "ask", case.number, told={**told, **changed}).status_code == 302
    assert case.matters.count() == 5


def test_a_fact_too_long_for_a_letter_is_refused_here_and_not_by_the_other_city():
    case, (there, _) = an_investigated_case(), two_cities()
    Application.objects.filter(case=case).update(place="路" * 501)
    told = {"scope": SCOPE, "due_on": DUE, "told": ["place"], "by": an_investigator()}
    with moment.fixed(MONDAY), pytest.raises(TooMuch):
        asking.ask(case, there, **told)
    assert not case.matters.exists()


def test_what_the_other_city_has_is_not_sent_once_more_by_another_press():
    matter = an_asked_matter()
    delivered()
    with pytest.raises(NothingToSend):
        sent_again(matter, an_investigator())
    assert the_other_end(matter).letters.filter(is_ours=False).count() == 1
