"""Changes that rest on other changes: what is taken back leaves nobody without an office, and running cases go to whom the table names on the day."""

from datetime import timedelta

import pytest
from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED
from gongjian.jurisdiction.actions import changing
from gongjian.jurisdiction.errors import AnotherRestsOnIt
from gongjian.jurisdiction.models import Change, Competence, HandedOver
from gongjian.jurisdiction.queries import changes_of, competent_office, rules_of
from gongjian.jurisdiction.rules import RECOGNITION, gaps, overlaps
from gongjian.jurisdiction.tests.builders import SINCE, a_change, an_administrator, carried_out, the_county, there
from gongjian.jurisdiction.tests.test_handover import reread
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.papers.models import Paper
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
WEEK = timedelta(days=7)
LATER = "演示省政府〔2026〕9号"


def the_province() -> Office:
    """The bureau of the province, which the platform learns of when the table stands already."""
    told = {"name": "云省人力资源和社会保障厅", "short_name": "云省人社", "kind": Office.Kind.HRSS, "region": "990000", **REACHED}  # fmt: skip
    return Office.objects.get_or_create(code="YSRS", defaults=told)[0]


def at_the_province() -> User:
    return an_administrator(the_province())


def taken_back(change: Change, *, by: User) -> bool:
    with moment.fixed(MONDAY):
        return changing.take_back(change, by=by)


def rows() -> list[tuple[object, ...]]:
    return list(Competence.objects.order_by("pk").values_list("area", "office", "since", "until"))


def test_what_a_later_change_rests_on_is_not_taken_back_before_that_one_is():
    city = a_bureau()
    a_change(area="990103")
    province = a_change(area="99", office=the_province(), by=at_the_province())
    ends = a_change(area="9901", office=None, since=SINCE + WEEK)
    before = rows()
    with pytest.raises(AnotherRestsOnIt) as refused, transaction.atomic():
        taken_back(province, by=at_the_province())
    assert "2026-03-16" in str(refused.value)
    assert "9901" in str(refused.value)
    assert rows() == before, "nothing was half taken back"
    assert not Change.objects.exclude(taken_back_at=None).exists()
    assert not LedgerEntry.objects.filter(act="jurisdiction.change_taken_back").exists()
    assert taken_back(ends, by=an_administrator())
    assert taken_back(province, by=at_the_province())
    assert competent_office(RECOGNITION, region="990101", on=SINCE + WEEK) == city
    assert (gaps(rules_of(RECOGNITION)), overlaps(rules_of(RECOGNITION))) == ([], [])


def test_a_gap_that_was_there_before_keeps_nobody_from_taking_a_wrong_change_back():
    change = a_change()
    Competence.objects.create(
        business=RECOGNITION, area="9902", office=a_bureau(), since=SINCE - 9 * WEEK, until=SINCE - 8 * WEEK,
        ground="旧文件", entered_at=MONDAY,
    )  # fmt: skip
    assert len(gaps(rules_of(RECOGNITION))) == 1
    assert taken_back(change, by=an_administrator())


def test_a_countys_case_goes_to_the_province_that_has_become_competent_meanwhile_and_not_to_the_city_that_was_told():
    a_change(area="990103")
    carried_out()
    case = an_entered_case(insured_region="990103")
    with moment.fixed(MONDAY + WEEK):
        told = {"employer": None, "ground": "撤销原文件"}
        ends = changing.enter_change(RECOGNITION, area="990103", office=None, since=SINCE + 2 * WEEK, by=an_administrator(the_county()), **told)  # fmt: skip
        wide = changing.enter_change(RECOGNITION, area="9901", office=the_province(), since=SINCE + WEEK, by=an_administrator(), **told)  # fmt: skip
    type(case).objects.filter(pk=case.pk).update(office=the_county())
    case.obligations.update(office=the_county())
    carried_out(days=14)
    assert reread(case).office == the_county(), "the narrow rule holds until it ends"
    carried_out(days=21)
    assert reread(case).office == the_province(), "nobody decides a case at an office that is competent no more"
    row = HandedOver.objects.get(case=case)
    assert (row.change, row.paper.office) == (ends, the_province())
    assert (ends.to_office, wide.to_office) == (a_bureau(), the_province())
    assert ends in changes_of(there(Role.WINDOW_CLERK))
    assert ends in changes_of(at_the_province()), "who got its cases sees what brought them"


def test_cases_that_a_change_in_between_has_moved_are_found_where_they_are():
    case = an_entered_case(insured_region="990103")
    a_change(area="990103", since=SINCE + WEEK)
    a_change(area="9901", office=the_province())
    carried_out()
    assert reread(case).office == the_province()
    carried_out(days=14)
    assert reread(case).office == the_county(), "it is with its county, though it was the city's when that was entered"


def test_of_two_changes_that_begin_while_the_sweep_was_down_the_case_goes_to_the_last_office_and_is_told_its_document():
    case = an_entered_case()
    a_change()
    with moment.fixed(MONDAY + WEEK):
        told = {"area": "9901", "employer": None, "since": SINCE + WEEK, "ground": LATER}
        changing.enter_change(RECOGNITION, office=the_province(), by=at_the_province(), **told)
    carried_out(days=30)
    assert reread(case).office == the_province()
    assert Paper.objects.filter(case=case, kind="recognition_handover").count() == 1, "told once"
    assert LedgerEntry.objects.get(chain=case.chain, act="case.handed_over").facts["ground"] == LATER
    assert not Change.objects.filter(done_at=None).exists()
