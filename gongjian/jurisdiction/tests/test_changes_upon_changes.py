"""Changes that rest on other changes, are taken back, or come from a clerk in a hurry: the table stays whole and no running case is stranded."""

from datetime import timedelta

import pytest
from django.db import transaction

from gongjian.accounts.roles import Role
from gongjian.jurisdiction.actions import changing, handover
from gongjian.jurisdiction.errors import AreaWrong, ChangeWaits, GroundMissing, NobodyWouldDecide, NotYourChange
from gongjian.jurisdiction.models import Change, Competence, HandedOver
from gongjian.jurisdiction.queries import competent_office, rules_of
from gongjian.jurisdiction.rules import RECOGNITION, gaps, overlaps
from gongjian.jurisdiction.tests.builders import SINCE, a_change, an_administrator, carried_out, the_county
from gongjian.jurisdiction.tests.test_handover import reread
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
WEEK = timedelta(days=7)


def is_whole() -> bool:
    return (gaps(rules_of(RECOGNITION)), overlaps(rules_of(RECOGNITION))) == ([], [])


def taken_back(change: Change, *, by=None, after: timedelta = timedelta(0)) -> bool:
    with moment.fixed(MONDAY + after):
        return changing.take_back(change, by=by or an_administrator())


def rows() -> list[tuple[object, ...]]:
    return list(Competence.objects.order_by("pk").values_list("area", "office", "since", "until"))


@pytest.mark.parametrize("days", [-3, 0, 5])
def test_while_a_rule_waits_to_end_nothing_else_is_entered_for_its_scope(days):
    a_change(area="990103")
    carried_out()
    with moment.fixed(MONDAY + WEEK):
        told = {"area": "990103", "employer": None, "ground": "文", "by": an_administrator()}
        changing.enter_change(RECOGNITION, office=None, since=SINCE + WEEK, **told)
        before = rows()
        with pytest.raises(ChangeWaits):
            changing.enter_change(RECOGNITION, office=the_county(), since=SINCE + WEEK + timedelta(days=days), **told)
    assert rows() == before
    assert is_whole()
    assert competent_office(RECOGNITION, region="990103", on=SINCE + 2 * WEEK) == a_bureau()


def test_an_end_that_is_taken_back_lets_the_county_go_on_and_can_be_entered_again():
    a_change(area="990103")
    carried_out()
    told = {"area": "990103", "employer": None, "office": None, "since": SINCE + WEEK, "ground": "文"}
    for _ in range(3):
        with moment.fixed(MONDAY + WEEK):
            change = changing.enter_change(RECOGNITION, **told, by=an_administrator())
        assert competent_office(RECOGNITION, region="990103", on=SINCE + WEEK) == a_bureau()
        assert taken_back(change, after=WEEK)
        assert competent_office(RECOGNITION, region="990103", on=SINCE + WEEK) == the_county()
        assert is_whole()
    assert Change.objects.exclude(taken_back_at=None).count() == 3


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"area": "990100"}, AreaWrong), ({"area": "９９０１"}, AreaWrong), ({"area": "9901\n"}, AreaWrong),
        ({"ground": "\u3000\t"}, GroundMissing), ({"area": "12", "office": None}, NobodyWouldDecide),
    ],
    ids=["the zeros of a whole city", "wide digits", "a line's end", "blanks", "where nobody decides"],
)  # fmt: skip
def test_a_change_written_in_a_hurry_leaves_the_table_as_it_was(changes, refusal):
    with pytest.raises(refusal), transaction.atomic():
        a_change(**changes)
    assert not Change.objects.exists()
    assert not Competence.objects.exists(), "not even what held by place was written down"
    assert not LedgerEntry.objects.filter(act__startswith="jurisdiction.").exists()


@pytest.mark.parametrize("role", [Role.SIGNER, Role.REVIEWER, Role.INVESTIGATOR, Role.WINDOW_CLERK])
def test_nobody_but_an_administrator_takes_a_change_back(role):
    change = a_change()
    with pytest.raises(NotYourChange):
        taken_back(change, by=staff(role))
    change.refresh_from_db()
    assert change.taken_back_at is None


def test_the_administrator_of_the_office_that_takes_over_may_take_the_change_back_too():
    change = a_change()
    assert taken_back(change, by=an_administrator(the_county()))
    acts = LedgerEntry.objects.filter(act="jurisdiction.change_taken_back").values_list("chain", flat=True)
    assert sorted(acts) == sorted(f"office:{office.code}" for office in (a_bureau(), the_county()))


def test_there_and_back_again_each_case_goes_twice_and_is_told_twice():
    case = an_entered_case()
    a_change()
    assert carried_out() == 1
    with moment.fixed(MONDAY + WEEK):
        told = {"area": "9901", "employer": None, "office": a_bureau(), "since": SINCE + WEEK, "ground": "撤销原文件"}
        changing.enter_change(RECOGNITION, **told, by=an_administrator())
    assert (reread(case).office, carried_out(days=13)) == (the_county(), 0)
    assert carried_out(days=14) == 1
    assert reread(case).office == a_bureau()
    moved = HandedOver.objects.filter(case=case, stays=False)
    assert moved.values("change").distinct().count() == moved.values("paper").distinct().count() == 2
    assert is_whole()


def test_two_changes_that_begin_while_the_sweep_was_down_are_carried_out_in_their_order():
    case = an_entered_case()
    a_change()
    with moment.fixed(MONDAY + WEEK):
        told = {"area": "9901", "employer": None, "office": a_bureau(), "since": SINCE + WEEK, "ground": "撤销原文件"}
        changing.enter_change(RECOGNITION, **told, by=an_administrator())
    carried_out(days=30)
    assert reread(case).office == a_bureau(), "who is competent today has it; nobody else was told in between"
    assert not Change.objects.filter(done_at=None).exists()
    assert not HandedOver.objects.filter(case=case).exists()


def test_a_handover_that_dies_with_each_case_goes_on_where_it_was_and_tells_nobody_twice(monkeypatch):
    cases = [an_entered_case(place=place) for place in "一二三"]
    a_change()
    whole = handover.hand_over

    def dies(*told):
        whole(*told)
        raise SystemExit

    for done in range(3):
        monkeypatch.setattr(handover, "hand_over", dies)
        with pytest.raises(SystemExit), transaction.atomic():
            carried_out()
        assert HandedOver.objects.count() == done
        monkeypatch.setattr(handover, "hand_over", whole)
        assert carried_out(limit=1) == 1
    assert carried_out() == 0
    assert {reread(case).office for case in cases} == {the_county()}
    assert HandedOver.objects.values("case").distinct().count() == HandedOver.objects.count() == 3
