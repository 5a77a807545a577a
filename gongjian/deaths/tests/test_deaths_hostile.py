"""A report met by haste and by ill will: years that never were, addresses written by hand, papers of the other side, an application that is in already."""

from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest
from django.db import transaction
from django.urls import reverse

from gongjian.accounts.tests.builders import an_applicant, an_employer_user
from gongjian.applications.models import Draft
from gongjian.cases.models import Case
from gongjian.deaths import actions, queries, rules
from gongjian.deaths.actions import Handed
from gongjian.deaths.errors import AppliedAlready, ClosedAlready, NotForTheEmployer, ReportNotFound, WindowOnly
from gongjian.deaths.jobs import link_begun
from gongjian.deaths.models import EarlyEvidence, Report
from gongjian.deaths.tests.builders import (
    DIED,
    NUMBER,
    REPORTED,
    WORKER,
    a_report,
    an_entered_report,
    another_employers_user,
    at,
    the_employer,
    told,
    typed,
)
from gongjian.deaths.views_desk import _place
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import entries_of
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal.tests.builders import an_upload, signed_in_as, text_of
from gongjian.recognition.tests.builders import a_bureau, an_entered_case, an_investigator, the_clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
NEW, ENTER, LIST, MINE = (reverse(f"deaths:{name}") for name in ("new", "enter", "list", "mine"))


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(REPORTED):
        yield


def page(name: str, row: Report, *more: object) -> str:
    return reverse(f"deaths:{name}", args=[row.pk, *more])


# Years that never were.


NEVER = (
    "0001-01-01T00:00",
    "1899-12-31T23:59",
    "2003-12-31T23:59",
    "2026-03-04T06:06",
    "9999-12-31T23:59",
    "2026-02-30T10:00",
)


def test_a_year_that_cannot_be_is_told_at_its_field_and_never_becomes_a_row_no_list_can_show():
    browser, clerk = signed_in_as(an_employer_user()), signed_in_as(the_clerk())
    for onset in NEVER:
        sent = browser.post(NEW, typed(onset_at=onset, first_seen_at="", hospital=""))
        assert (onset, sent.status_code, Report.objects.count()) == (onset, 422, 0)
        assert "三号仓库值班室" in text_of(sent), "what was written stays"
    for number, onset in enumerate(("2004-01-01T00:00", "2026-03-04T06:05"), 81):
        sent = browser.post(NEW, typed(onset_at=onset, first_seen_at="", hospital="", id_number=an_id_number(number)))
        opened = [browser.get(sent["Location"]), browser.get(MINE), clerk.get(sent["Location"]), clerk.get(LIST)]
        assert [answer.status_code for answer in opened] == [200] * 4


def test_the_window_is_told_of_a_wrong_year_in_any_field():
    entry = {"channel": "telephone", "reporter": "relative", "employer_name": "云溪恒信仓储有限公司"}
    clerk = signed_in_as(the_clerk())
    for field, year in product(("first_seen_at", "died_at", "reported_at"), ("0001", "1582", "9999")):
        sent = {**typed(), **entry, "reported_at": f"{REPORTED:%Y-%m-%dT%H:%M}", field: f"{year}-03-03T03:03"}
        answer = clerk.post(ENTER, sent)
        assert (field, year, answer.status_code, Report.objects.count()) == (field, year, 422, 0)
        assert "当班巡库时胸口疼" in text_of(answer)


def test_the_earliest_day_is_the_one_on_which_the_regulation_came_into_force():
    course = {"first_seen_at": None, "died_at": DIED, "reported_at": REPORTED, "now": REPORTED}
    first = datetime(2004, 1, 1, tzinfo=moment.ZONE)
    assert rules.course_faults(onset_at=first, **course) == {}
    wrong = rules.course_faults(onset_at=first - timedelta(minutes=1), **course)
    assert list(wrong) == ["onset_at"] and "2004年1月1日" in wrong["onset_at"]


# Addresses written by hand.


BY_HAND = (
    "after=2026-01-01T00:00:00_1",
    "after=0001-01-01T00:00:00%2B23:59_1",
    "after=9999-12-31T23:59:59-23:59_1",
    "after=2026-13-01T00:00:00Z_1",
    "after=2026-01-01T00:00:00Z_-1",
    "after=2026-01-01T00:00:00Z_9999999999999999999999999",
    "after=2026-01-01T00:00:00Z",
    "after=_",
    "after=昨天_一",
    "before=１２",
    "before=-1",
    "before=999999999999999999999",
    "before=%F0%9F%98%80",
    "after=" + "9" * 5000,
)


def test_an_address_written_by_hand_opens_the_list_and_breaks_nothing():
    row, clerk = a_report(), signed_in_as(the_clerk())
    for query in BY_HAND:
        answer = clerk.get(f"{LIST}?{query}")
        assert (query, answer.status_code) == (query, 200)
        assert query.startswith("before") or row.number in text_of(answer)


def test_the_place_of_the_next_page_is_read_as_it_was_written_and_every_row_comes_once():
    for number in range(31, 38):
        a_report(when=REPORTED + timedelta(minutes=number // 2), id_number=an_id_number(number))
    clerk, seen, after = the_clerk(), [], None
    while rows := queries.waiting(clerk, after=after, size=2):
        seen += [row.pk for row in rows]
        after = _place(f"{rows[-1].reported_at.isoformat()}_{rows[-1].pk}")
        assert after == (rows[-1].reported_at, rows[-1].pk)
    assert (len(seen), len(set(seen))) == (7, 7)
    stood = [Report.objects.get(pk=pk).reported_at for pk in seen]
    assert all(one <= two for one, two in pairwise(stood))


# What the other side may read.


def brought_by_the_clerk(row: Report, *numbers: int) -> None:
    """The window takes in what the family has brought: the hospital's papers."""
    with moment.fixed(REPORTED + timedelta(hours=2)):
        actions.add_papers(
            row, [Handed("rescue_record", a_picture(n), f"抢救记录{n}.png") for n in numbers], by=the_clerk()
        )


def test_the_employer_reads_its_own_papers_and_not_what_the_family_brought_of_the_hospital():
    row, employer = a_report(papers=1), an_employer_user()
    brought_by_the_clerk(row, 7, 8)
    own, *others = row.papers.order_by("pk")
    browser = signed_in_as(employer)
    shown = text_of(browser.get(page("report", row)))
    assert own.evidence.sha256 in shown
    assert [paper for paper in others if paper.evidence.sha256 in shown] == []
    assert browser.get(page("paper", row, own.pk)).status_code == 200
    assert [browser.get(page("paper", row, paper.pk)).status_code for paper in others] == [404, 404]
    clerk = signed_in_as(the_clerk())
    assert [clerk.get(page("paper", row, paper.pk)).status_code for paper in (own, *others)] == [200] * 3


def test_what_the_employer_adds_later_it_reads_too_and_the_same_file_again_is_none():
    row, browser = a_report(), signed_in_as(an_employer_user())
    for _ in range(2):
        sent = browser.post(page("add", row), {"other": [an_upload(3, "值班表.png")]})
        assert sent.status_code == 302
    paper = row.papers.get()
    assert paper.evidence.sha256 in text_of(browser.get(page("report", row)))
    assert browser.get(page("paper", row, paper.pk)).status_code == 200


def test_what_came_in_the_employers_hand_to_the_window_stays_its_own():
    the_employer()
    row = actions.enter(
        a_bureau(),
        the_employer(),
        told(),
        channel="window",
        reporter="employer",
        reported_at=REPORTED,
        by=the_clerk(),
        papers=[Handed("death_certificate", a_picture(2), "死亡证明.png")],
    )
    brought_by_the_clerk(row, 9)
    first, second = row.papers.order_by("pk")
    by = an_employer_user()
    assert list(queries.papers_of(row, by=by)) == [first]
    assert queries.paper_for(row, first.pk, by=by) == first
    with pytest.raises(ReportNotFound):
        queries.paper_for(row, second.pk, by=by)


def test_the_application_of_the_employer_takes_its_own_papers_along_and_the_windows_takes_all():
    row = a_report(papers=1)
    brought_by_the_clerk(row, 7)
    draft = actions.begin(row, by=an_employer_user())
    carried = MaterialPage.objects.filter(material__draft=draft).values_list("evidence__sha256", flat=True)
    assert list(carried) == [row.papers.order_by("pk")[0].evidence.sha256]
    second = a_report(when=REPORTED + timedelta(minutes=5), id_number=an_id_number(61), papers=1)
    brought_by_the_clerk(second, 8)
    draft = actions.begin(second, by=the_clerk())
    assert MaterialPage.objects.filter(material__draft=draft).count() == 2


def test_a_strangers_account_and_another_employer_get_the_answer_of_what_is_not_there():
    row = a_report(papers=1)
    sent = {"words": "试", "case": "x"}
    for user, name in product(
        (another_employers_user(), an_applicant("19900000077", "路人乙")),
        ("report", "begin", "add", "note", "link", "close"),
    ):
        browser = signed_in_as(user)
        send = browser.get if name == "report" else browser.post
        known, unknown = (send(page(name, each), sent) for each in (row, Report(pk=row.pk + 1000)))
        assert (name, known.status_code, unknown.status_code) == (name, 404, 404)
        assert browser.get(page("paper", row, row.papers.get().pk)).status_code == 404
    assert (EarlyEvidence.objects.count(), Draft.objects.count(), row.papers.count()) == (0, 0, 1)


def test_the_employer_neither_notes_nor_links_nor_closes_its_own_report():
    row, by = a_report(), an_employer_user()
    case = an_entered_case(name=WORKER, id_number=NUMBER, at=at(5, 9))
    for act in (
        lambda: actions.note(row, "没有监控。", by=by),
        lambda: actions.link(row, case, by=by),
        lambda: actions.close(row, "不是上班时间。", by=by),
    ):
        with pytest.raises(WindowOnly):
            act()
    row.refresh_from_db()
    assert row.is_open


def test_what_a_relative_told_by_telephone_is_hidden_from_the_employer_wherever_it_could_appear():
    an_entered_report(at_work="经理不让他去医院。")
    own = a_report(when=REPORTED + timedelta(minutes=1))
    hidden = Report.objects.exclude(pk=own.pk).get()
    browser = signed_in_as(an_employer_user())
    pages = [text_of(browser.get(address)) for address in (MINE, page("report", own))]
    assert [shown for shown in pages if hidden.number in shown or "经理不让他去" in shown] == []
    assert browser.get(page("report", hidden)).status_code == 404
    with pytest.raises(ReportNotFound):
        actions.begin(hidden, by=an_employer_user())
    assert hidden.number in text_of(signed_in_as(the_clerk()).get(page("report", own)))


# An application that is in already.


def handed_in(row: Report) -> Case:
    """The application begun upon a report was handed in; the sweep has not come by yet."""
    draft = actions.begin(row, by=an_employer_user())
    case = an_entered_case(name=WORKER, id_number=NUMBER, at=at(5, 9))
    Draft.objects.filter(pk=draft.pk).update(case=case)
    return case


def test_between_the_application_and_the_sweep_nobody_is_sent_into_the_finished_form_or_closes_the_report():
    row = a_report()
    case = handed_in(row)
    browser, clerk = signed_in_as(an_employer_user()), signed_in_as(the_clerk())
    for one in (browser, clerk):
        shown = text_of(one.get(page("report", row)))
        assert "申请已经提交" in shown and "接着写" not in shown and "写明理由，办结" not in shown
    assert browser.post(page("begin", row)).status_code == 422
    assert clerk.post(page("close", row), {"words": "没有人申请"}).status_code == 422
    with pytest.raises(AppliedAlready):
        actions.begin(row, by=an_employer_user())
    with pytest.raises(ClosedAlready):
        actions.close(row, "没有人申请", by=the_clerk())
    assert link_begun() == 1
    row.refresh_from_db()
    assert (row.case, row.linked_by, row.closed_at) == (case, None, None)


def test_a_dropped_application_is_begun_anew_and_links_nothing():
    row, by = a_report(), an_employer_user()
    first = actions.begin(row, by=by)
    Draft.objects.filter(pk=first.pk).update(dropped_at=moment.now())
    second = actions.begin(row, by=by)
    assert second != first and link_begun() == 0
    assert [entry.act for entry in entries_of(row.chain)].count("death.begun") == 2


def test_a_process_that_dies_while_it_links_leaves_the_report_to_the_next_sweep(monkeypatch):
    row = a_report()
    case = handed_in(row)

    def dies(*args, **told):
        raise SystemExit

    monkeypatch.setattr(actions, "record", dies)
    with pytest.raises(SystemExit), transaction.atomic():
        link_begun()
    row.refresh_from_db()
    assert row.case is None
    monkeypatch.undo()
    with moment.fixed(REPORTED):
        assert (link_begun(), link_begun()) == (1, 0)
    assert LedgerEntry.objects.filter(chain=case.chain, act="death.linked").count() == 1


def test_a_clerk_who_links_what_is_linked_changes_nothing_and_the_sweep_lets_it_be():
    row = a_report()
    case = handed_in(row)
    link_begun()
    actions.link(row, case, by=the_clerk())
    assert link_begun() == 0
    row.refresh_from_db()
    assert (row.case, row.linked_by) == (case, None)
    assert [entry.act for entry in entries_of(row.chain)].count("death.linked") == 1


# Words.


HOSTILE = "<script>alert(1)</script>\u202e{{7*7}}%s‮"


def test_what_was_typed_is_shown_as_text_and_stands_in_no_ledger():
    browser = signed_in_as(an_employer_user())
    fields = ("place", "at_work", "witnesses", "occupation", "reporter_name", "hospital")
    sent = browser.post(NEW, typed(**dict.fromkeys(fields, HOSTILE)))
    for address in (sent["Location"], MINE):
        shown = text_of(browser.get(address))
        assert "<script>alert(1)" not in shown and ">49<" not in shown
    row = Report.objects.get()
    assert {getattr(row, field) for field in fields} == {HOSTILE}, "as it came"
    entries = LedgerEntry.objects.filter(act__startswith="death.").values_list("facts", flat=True)
    assert not any("alert" in str(facts) for facts in entries)


def test_a_note_and_a_reason_of_blanks_are_refused_and_the_page_stays():
    row, clerk = a_report(), signed_in_as(an_investigator())
    for name, words in product(("note", "close"), ("", "   ", "\u3000\n\t")):
        answer = clerk.post(page(name, row), {"words": words})
        assert answer.status_code == 422 and row.number in text_of(answer)
    row.refresh_from_db()
    assert row.is_open and not EarlyEvidence.objects.exists()


def test_a_reason_that_is_too_long_is_refused_with_every_word_of_it_still_there():
    row = a_report()
    long = "重复报告" * 300
    answer = signed_in_as(the_clerk()).post(page("close", row), {"words": long})
    assert answer.status_code == 422 and long in text_of(answer)


def test_who_is_no_longer_the_employers_account_reports_and_begins_nothing():
    row, by = a_report(), an_employer_user()
    the_employer().users.clear()
    with pytest.raises(ReportNotFound):
        actions.begin(row, by=by)
    with pytest.raises(NotForTheEmployer):
        actions.report_online(a_bureau(), row.employer, told(id_number=an_id_number(71)), by=by)
    assert signed_in_as(by).get(page("report", row)).status_code == 404


def test_the_same_report_written_a_little_otherwise_by_hand_is_one_where_it_says_the_same():
    browser = signed_in_as(an_employer_user())
    browser.post(NEW, typed())
    for changes in ({"id_number": f" {NUMBER.lower()} "}, {"name": f" {WORKER} "}, {"place": "三号仓库值班室\u3000"}):
        assert browser.post(NEW, typed(**changes)).status_code == 302
    assert Report.objects.count() == 1
    assert browser.post(NEW, typed(place="四号仓库")).status_code == 302
    assert Report.objects.count() == 2, "who knows better reports again"
