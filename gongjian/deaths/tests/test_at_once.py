"""Two at once: the same form from two tabs, two clerks on one report, the sweep beside a clerk."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gongjian.accounts.tests.builders import an_employer_user
from gongjian.applications.models import Draft
from gongjian.deaths import actions
from gongjian.deaths.errors import ClosedAlready
from gongjian.deaths.jobs import link_begun
from gongjian.deaths.models import Report
from gongjian.deaths.tests.builders import NUMBER, REPORTED, a_report, at, the_employer, told
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import entries_of
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.tests.builders import a_bureau, an_entered_case, an_investigator, the_clerk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def at_once(*acts):
    """Each act in a thread of its own with its own connection: the answers, a refusal as itself."""

    def run(act):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with moment.fixed(REPORTED), ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_form_from_four_tabs_is_one_report_and_numbers_have_no_gap():
    office, employer, by = a_bureau(), the_employer(), an_employer_user()

    def send(**changes):
        return actions.report_online(office, employer, told(**changes), by=by)

    sent = at_once(*[send] * 4)
    assert len({row.pk for row in sent}) == Report.objects.count() == 1
    others = at_once(*[lambda n=n: send(id_number=an_id_number(n)) for n in (51, 52, 53)])
    numbers = sorted(row.number for row in (sent[0], *others))
    assert numbers == [f"云溪人社亡报〔2026〕{n}号" for n in (1, 2, 3, 4)]


def test_of_two_who_close_one_report_one_is_refused():
    row, clerk, other = a_report(), the_clerk(), an_investigator()
    found = at_once(
        lambda: actions.close(row, "重复报告。", by=clerk), lambda: actions.close(row, "不在本地。", by=other)
    )
    assert [type(each) for each in found if isinstance(each, Exception)] == [ClosedAlready]
    assert [entry.act for entry in entries_of(row.chain)].count("death.closed") == 1


def test_pressed_twice_at_once_one_application_is_begun():
    row, by = a_report(), an_employer_user()
    first, second = at_once(lambda: actions.begin(row, by=by), lambda: actions.begin(row, by=by))
    assert first == second and Draft.objects.count() == 1


def test_two_sweeps_and_a_clerk_link_once():
    row, by, clerk = a_report(), an_employer_user(), the_clerk()
    with moment.fixed(REPORTED):
        draft = actions.begin(row, by=by)
    case = an_entered_case(name="钟守仓", id_number=NUMBER, at=at(5, 9))
    Draft.objects.filter(pk=draft.pk).update(case=case)
    found = at_once(link_begun, link_begun, lambda: actions.link(row, case, by=clerk))
    assert not [each for each in found if isinstance(each, Exception)]
    assert [entry.act for entry in entries_of(row.chain)].count("death.linked") == 1
