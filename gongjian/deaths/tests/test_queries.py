"""Who sees which reports, and what the lists cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, an_employer_user, an_outsider
from gongjian.cases.actions.recusals import declare_interest
from gongjian.cases.states import Ground
from gongjian.deaths import actions, queries
from gongjian.deaths.errors import ReportNotFound
from gongjian.deaths.models import Report
from gongjian.deaths.tests.builders import (
    NUMBER,
    a_report,
    an_entered_report,
    another_employers_user,
    at,
    the_employer,
    told,
)
from gongjian.kernel import frame, moment
from gongjian.kernel.fields import blind_index
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.tests.builders import (
    a_bureau,
    an_entered_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_reviewer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_the_bureau_and_the_employer_see_a_report_and_nobody_else():
    row = a_report()
    for who in (the_clerk(), an_investigator(), an_employer_user()):
        assert queries.report_for(row.pk, by=who) == row
    elsewhere = a_member(Role.WINDOW_CLERK, "岭窗", office=another_bureau())
    for stranger in (an_outsider(), another_employers_user(), the_reviewer(), a_clerk(), elsewhere):
        with pytest.raises(ReportNotFound):
            queries.report_for(row.pk, by=stranger)
        assert not queries.visible_to(stranger).exists()


def test_what_others_told_of_it_the_employer_does_not_read():
    row = an_entered_report(reporter="relative")
    own = an_entered_report(reporter="employer", place="五号仓库")
    assert list(queries.visible_to(an_employer_user())) == [own]
    with pytest.raises(ReportNotFound):
        queries.report_for(row.pk, by=an_employer_user())


def test_who_left_the_employer_or_the_post_sees_nothing_more():
    row = a_report()
    the_employer().users.remove(an_employer_user())
    clerk = the_clerk()
    clerk.posts.update(ended_on=at(5, 0).date())
    for gone in (an_employer_user(), User.objects.get(pk=clerk.pk)):
        with pytest.raises(ReportNotFound):
            queries.report_for(row.pk, by=gone)


def test_nobody_reads_a_report_about_themself_or_of_a_case_they_keep_away_from():
    row, case = a_report(), an_entered_case(name="钟守仓", id_number=NUMBER, at=at(9, 9))
    clerk, other = the_clerk(), an_investigator()
    clerk.id_index = blind_index(NUMBER, "id_number")
    assert not queries.visible_to(clerk).exists()
    with moment.fixed(at(9, 10)):
        declare_interest(case, ground=Ground.KIN, facts="死者是我的表兄。", by=other)
        assert not queries.visible_to(other).exists()
        actions.link(row, case, by=the_clerk())
        assert not queries.visible_to(other).exists() and queries.how_many_wait(other) == 0
        with pytest.raises(ReportNotFound):
            queries.report_for(row.pk, by=other)


def test_whoever_reads_the_file_of_the_case_reads_the_report_in_it():
    row, case = a_report(), an_entered_case(name="钟守仓", id_number=NUMBER, at=at(9, 9))
    with moment.fixed(at(9, 10)):
        assert queries.reports_about(case, by=the_clerk()) == [row]
        assert queries.reports_about(case, by=the_reviewer()) == []
        actions.link(row, case, by=the_clerk())
        assert queries.reports_about(case, by=the_clerk()) == [row]
        with pytest.raises(ReportNotFound):
            queries.report_for(row.pk, by=the_reviewer())


def test_the_oldest_waits_first_and_pages_follow_one_another_without_gap_or_repeat():
    for serial, day in ((11, 9), (12, 6), (13, 8), (14, 6), (15, 7)):
        a_report(when=at(day, 9), id_number=an_id_number(serial))
    seen, after = [], None
    while rows := queries.waiting(the_clerk(), after=after, size=2):
        seen += rows
        after = (rows[-1].reported_at.isoformat(), rows[-1].pk)
    assert [row.reported_at.day for row in seen] == [6, 6, 7, 8, 9] and len(set(seen)) == 5


def test_what_is_settled_leaves_the_list_and_stands_below():
    first, second = a_report(), a_report(id_number=an_id_number(8))
    with moment.fixed(at(6, 9)):
        actions.close(first, "重复报告。", by=the_clerk())
    assert queries.waiting(the_clerk()) == [second] and queries.settled(the_clerk()) == [first]
    assert queries.settled(the_clerk(), before=first.pk) == []


def test_the_number_of_queries_does_not_grow_with_the_reports():
    clerk, counts = the_clerk(), []
    for serial in (21, 22, 23):
        a_report(id_number=an_id_number(serial))
        with CaptureQueriesContext(connection) as found:
            asking = User.objects.get(pk=clerk.pk)
            rows = queries.waiting(asking)
            assert all(row.employer.name and row.office.name for row in rows)
            assert queries.how_many_wait(asking) == len(rows)
        counts.append(len(found))
    assert counts == [counts[0]] * 3


def test_the_navigation_counts_no_further_than_it_shows(monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    for serial in range(31, 36):
        a_report(id_number=an_id_number(serial))
    assert queries.how_many_wait(the_clerk()) == 3
    assert queries.how_many_wait(the_reviewer()) == 0
    assert frame.MOST_COUNTED == 99


def test_the_list_is_served_by_its_index():
    row = a_report()
    Report.objects.bulk_create([_copy(row, number) for number in range(400)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE deaths_report")
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = Report.objects.filter(queries.WAITING, office=a_bureau()).order_by("reported_at", "id")[:50]
        plan = found.explain()
    assert "reports_waiting" in plan and "Sort" not in plan


def _copy(row, number):
    told_again = {**told(), "id_number": an_id_number(number)}
    return Report(
        office=row.office, employer=row.employer, number=f"抄{number}", sent_as=f"{number:064d}", channel="online",
        reporter="employer", reported_at=row.reported_at, entered_by=row.entered_by, entered_at=row.entered_at,
        id_index=f"{number:064x}", **told_again,
    )  # fmt: skip


def test_the_limits_to_apply_are_counted_as_the_application_will_count_them():
    """Law: 条例 art. 17."""
    row = a_report()
    with moment.fixed(at(6, 9)):
        found = {each.side: each for each in queries.limits_to_apply(row)}
    assert found["employer"].clock["due"] == "2026-04-01" and found["worker"].clock["due"].startswith("2027-03-0")
    assert found["employer"].in_time and found["worker"].in_time
