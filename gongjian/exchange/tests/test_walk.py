"""A question to another city and what comes of it, at both ends."""

from datetime import date, timedelta

import pytest

from gongjian.cases.errors import MoveNotAllowed
from gongjian.exchange.actions import answering, asking, peers
from gongjian.exchange.actions.answering import Handed
from gongjian.exchange.errors import MatterUnknown, NothingAsked, NotLeast, NotNow, ReasonNeeded
from gongjian.exchange.models import Enclosure, Matter, Posted
from gongjian.exchange.states import State
from gongjian.exchange.tests.builders import (
    DUE,
    SCOPE,
    an_administrator,
    an_answered_matter,
    an_asked_matter,
    an_investigator_there,
    delivered,
    the_other_end,
    two_cities,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.errors import NotTheInvestigator
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    a_proposed_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LATER = MONDAY + timedelta(hours=3)


def owed(matter: Matter) -> list[str]:
    return list(matter.case.obligations.filter(about=matter.key, fulfilled_at=None).values_list("kind", flat=True))


def test_order_8_art_14_another_city_is_asked_with_the_least_it_needs_and_says_that_it_has_received_it():
    matter = an_asked_matter(files=2)
    delivered()
    matter.refresh_from_db()
    there = the_other_end(matter)
    assert (matter.state, there.state) == (State.RECEIVED, State.RECEIVED)
    assert (there.scope, there.due_on, there.case) == (SCOPE, DUE, None)
    assert there.about == {"person": "林知远", "happened_on": "2026-02-10 10:20"}
    assert [row.evidence.sha256 for row in Enclosure.objects.filter(letter__matter=there)] == [
        row.evidence.sha256 for row in Enclosure.objects.filter(letter__matter=matter).order_by("pk")
    ]


def test_the_names_of_the_papers_that_go_out_are_titles_and_not_what_somebody_called_the_file():
    names = [row.name for row in Enclosure.objects.filter(letter__matter=an_asked_matter(files=2)).order_by("order")]
    assert names == ["1 工伤认定申请表.png", "2 劳动关系证明.png"]


def test_the_answer_with_its_papers_comes_back_and_becomes_a_task():
    matter = an_answered_matter()
    assert (matter.state, matter.reply) == (State.ANSWERED, "路口当日封闭，当班人员证实。")
    assert owed(matter) == ["take_asked_answer"]
    kinds = Posted.objects.filter(matter=matter).order_by("made_at", "pk").values_list("kind", "is_ours")
    assert list(kinds) == [("ask", True), ("received", False), ("accepted", False), ("answered", False)]


def test_the_papers_of_an_answer_land_on_the_file_with_their_origin_and_once():
    matter = an_answered_matter(files=2)
    with moment.fixed(LATER):
        asking.take(matter, by=an_investigator())
        asking.take(matter, by=an_investigator())
    names = MaterialPage.objects.filter(material__case=matter.case, material__kind="investigation")
    assert [page.name for page in names.order_by("order")] == [
        "东岭市人力资源和社会保障局答复 路口照片0.png",
        "东岭市人力资源和社会保障局答复 路口照片1.png",
    ]
    assert owed(matter) == []
    assert LedgerEntry.objects.filter(chain=matter.chain, act="exchange.answer_taken").count() == 1


def test_a_refusal_says_why_and_becomes_a_task_until_it_is_said_what_is_done_instead():
    matter = an_asked_matter()
    delivered()
    with moment.fixed(MONDAY + timedelta(hours=1)):
        with pytest.raises(ReasonNeeded):
            answering.refuse(the_other_end(matter), reason="  ", by=an_investigator_there())
        answering.refuse(the_other_end(matter), reason="路口不在本市", by=an_investigator_there())
    delivered(after=timedelta(hours=2))
    matter.refresh_from_db()
    assert (matter.state, matter.reply, owed(matter)) == (State.REFUSED, "路口不在本市", ["asked_office_refused"])
    with moment.fixed(LATER):
        with pytest.raises(ReasonNeeded):
            asking.note(matter, how="", by=an_investigator())
        asking.note(matter, how="改由本局派员", by=an_investigator())
    assert owed(matter) == []
    matter.refresh_from_db()
    assert (matter.dealt_with, matter.taken_on) == ("改由本局派员", LATER.date())


def test_nothing_is_answered_before_it_is_accepted_and_nothing_said_after_the_end():
    matter = an_asked_matter()
    delivered()
    there = the_other_end(matter)
    with moment.fixed(LATER):
        with pytest.raises(NotNow):
            answering.answer(there, text="已核实", by=an_investigator_there())
        answering.refuse(there, reason="不属本地", by=an_investigator_there())
        for act in (
            lambda: answering.accept(there, by=an_investigator_there()),
            lambda: answering.refuse(there, reason="再退", by=an_investigator_there()),
        ):
            with pytest.raises(NotNow):
                act()
    assert Posted.objects.filter(matter=there, is_ours=True).count() == 2


@pytest.mark.parametrize(("day", "late"), [(DUE, 0), (DUE + timedelta(days=1), 1)])
def test_silence_becomes_a_task_on_the_day_after_the_last_and_once(day, late):
    matter = an_asked_matter()
    with moment.fixed(moment.at(day)):
        assert (asking.note_late(), asking.note_late()) == (late, 0)
    assert owed(matter) == ["asked_office_late"] * late


def test_an_answer_that_comes_late_is_taken_all_the_same_and_ends_both_tasks():
    matter = an_asked_matter()
    delivered()
    with moment.fixed(moment.at(DUE + timedelta(days=2))):
        asking.note_late()
        answering.accept(the_other_end(matter), by=an_investigator_there())
        answering.answer(the_other_end(matter), text="已核实。", by=an_investigator_there())
    delivered(after=timedelta(days=21))
    assert sorted(owed(matter)) == ["asked_office_late", "take_asked_answer"]
    with moment.fixed(moment.at(DUE + timedelta(days=4))):
        asking.take(matter, by=an_investigator())
    assert owed(matter) == []


@pytest.mark.parametrize(
    "changes",
    [{"scope": " "}, {"due_on": MONDAY.date()}, {"due_on": date(2027, 3, 2)}],
    ids=["nothing", "today", "a year"],
)
def test_a_question_says_what_is_asked_and_by_when(changes):
    case, (there, _) = an_investigated_case(), two_cities()
    with moment.fixed(MONDAY), pytest.raises(NothingAsked):
        asking.ask(case, there, **{"scope": SCOPE, "due_on": DUE, "told": [], **changes}, by=an_investigator())
    assert not Matter.objects.exists()


def test_only_who_investigates_the_case_asks_and_only_while_facts_are_gathered():
    case, (there, _) = an_investigated_case(), two_cities()
    told = {"scope": SCOPE, "due_on": DUE, "told": []}
    with moment.fixed(MONDAY):
        for stranger in (the_clerk(), an_investigator_there()):
            with pytest.raises(NotTheInvestigator):
                asking.ask(case, there, **told, by=stranger)
        with pytest.raises(MoveNotAllowed):
            asking.ask(a_proposed_case()[0], there, **told, by=an_investigator())


def test_nobody_is_asked_who_is_not_trusted_or_no_longer():
    case, (there, _) = an_investigated_case(), two_cities()
    peers.end(there, by=an_administrator(a_bureau()))
    with moment.fixed(MONDAY), pytest.raises(MatterUnknown):
        asking.ask(case, there, scope=SCOPE, due_on=DUE, told=[], by=an_investigator())


def test_no_paper_of_another_case_goes_out():
    case, other, (there, _) = an_investigated_case(), an_investigated_case(), two_cities()
    page = MaterialPage.objects.filter(material__case=other).first()
    with moment.fixed(MONDAY), pytest.raises(NotLeast):
        asking.ask(case, there, scope=SCOPE, due_on=DUE, told=[], pages=[page.pk], by=an_investigator())
    assert not Posted.objects.exists()


def test_nobody_but_the_asked_bureaus_investigators_answers_and_nobody_but_the_cases_take_it_in():
    matter = an_asked_matter()
    delivered()
    with pytest.raises(MatterUnknown):
        answering.accept(the_other_end(matter), by=an_investigator())
    answered = an_answered_matter()
    with moment.fixed(LATER), pytest.raises(NotTheInvestigator):
        asking.take(answered, by=the_clerk())
    with moment.fixed(LATER):
        assert asking.take(answered, by=a_colleague()).taken_on == MONDAY.date()


def test_nothing_is_taken_in_before_there_is_an_answer():
    matter = an_asked_matter()
    with moment.fixed(LATER), pytest.raises(NotNow):
        asking.take(matter, by=an_investigator())


def test_the_same_paper_twice_in_an_answer_goes_once():
    matter = an_asked_matter()
    delivered()
    there = the_other_end(matter)
    with moment.fixed(LATER):
        answering.accept(there, by=an_investigator_there())
        twice = [Handed(a_picture(3), "甲.png"), Handed(a_picture(3), "乙.png")]
        answering.answer(there, text="见附件。", files=twice, by=an_investigator_there())
    assert Enclosure.objects.filter(letter__matter=there).count() == 1


def test_the_ledger_names_keys_and_hashes_and_no_word_of_the_question():
    matter = an_answered_matter()
    facts = str(list(LedgerEntry.objects.filter(act__startswith="exchange.").values_list("facts", flat=True)))
    assert matter.key in facts
    assert not [word for word in ("林知远", "路口", SCOPE, "核实") if word in facts]
