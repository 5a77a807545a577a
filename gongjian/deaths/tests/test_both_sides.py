"""The worker's side has applied, and the office has linked the employer's report to that case: the employer is neither stopped nor told what it may not see."""

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import an_employer_user
from gongjian.cases.models import Case
from gongjian.deaths import actions, queries
from gongjian.deaths.errors import AppliedAlready
from gongjian.deaths.models import Report
from gongjian.deaths.tests.builders import CODE, NUMBER, WORKER, a_report, an_entered_report, at
from gongjian.kernel import moment
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.actions.joining import join
from gongjian.recognition.tests.builders import an_entered_case, the_clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
APPLY = "用这份报告开始申请工伤认定"
RELATIVE = {"capacity": "relative", "applicant_name": "钟守田", "relation": "子女", "injured_on": "2026-03-02"}
SAME = {"name": WORKER, "id_number": NUMBER, "place": "三号仓库值班室", "at": at(9, 9)}
NAMED = {"employer_name": "云溪恒信仓储有限公司", "credit_code": CODE}


def linked(row: Report, case: Case) -> Report:
    """As a clerk has linked it."""
    with moment.fixed(at(9, 10)):
        actions.link(row, case, by=the_clerk())
    row.refresh_from_db()
    return row


def page_of(row: Report, user) -> str:
    with moment.fixed(at(9, 11)):
        return text_of(signed_in_as(user).get(reverse("deaths:report", args=[row.pk])))


def test_order_8_art_4_a_relatives_application_does_not_stop_the_employers_own():
    row = a_report()
    case = an_entered_case(**SAME, **NAMED, **RELATIVE)
    linked(row, case)
    shown = page_of(row, an_employer_user())
    assert "职工一方已经提出申请" in shown and APPLY in shown and "用人单位：最晚" in shown
    with moment.fixed(at(9, 11)):
        draft = actions.begin(row, by=an_employer_user())
        assert draft.told["person"]["name"] == WORKER
        assert actions.begin(row, by=an_employer_user()) == draft
        with pytest.raises(AppliedAlready, match=case.number):
            actions.begin(row, by=the_clerk())


def test_order_8_art_15_an_employer_that_does_not_see_the_case_learns_neither_its_number_nor_that_it_is_there():
    row = a_report()
    case = linked(row, an_entered_case(**SAME, **RELATIVE, employer_name="云溪另一家有限公司")).case
    shown = page_of(row, an_employer_user())
    assert case and case.number not in shown and "一方已经提出申请" not in shown and APPLY in shown
    assert (queries.applied_for(row, by=an_employer_user()), queries.others_applied(row, by=an_employer_user())) == (None, None)  # fmt: skip
    assert case.number in page_of(row, the_clerk())


@pytest.mark.parametrize("joined", [False, True])
def test_an_employer_that_has_applied_itself_is_not_asked_again_even_where_its_voice_was_joined_to_another(joined):
    row = a_report()
    first = an_entered_case(**SAME, **NAMED, **RELATIVE) if joined else None
    own = an_entered_case(**SAME, **NAMED, capacity="employer", applicant_name="周若岚", injured_on="2026-03-02")
    if first:
        with moment.fixed(at(9, 10)):
            join(first, own, reason="同一名职工、同一天发病。", by=the_clerk())
    linked(row, first or own)
    shown = page_of(row, an_employer_user())
    assert "单位已经提出工伤认定申请" in shown and APPLY not in shown
    with moment.fixed(at(9, 11)), pytest.raises(AppliedAlready, match=(first or own).number):
        actions.begin(row, by=an_employer_user())


def test_what_a_relative_told_by_telephone_stays_with_the_clerk():
    row = linked(an_entered_report(), an_entered_case(**SAME, **NAMED, **RELATIVE))
    assert queries.applied_for(row, by=the_clerk()) == row.case
    assert queries.others_applied(row, by=the_clerk()) is None
    with moment.fixed(at(9, 11)):
        answer = signed_in_as(an_employer_user()).get(reverse("deaths:report", args=[row.pk]))
    assert answer.status_code == 404
