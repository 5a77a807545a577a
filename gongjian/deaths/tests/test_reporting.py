"""A report comes: once however often it is sent, late or not, by whom it may be; what becomes of it."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gongjian.accounts.tests.builders import an_employer_user, an_outsider
from gongjian.applications.actions.drafts import drop_draft
from gongjian.applications.asking import all_faults
from gongjian.applications.errors import WindowOnly as EntryOnly
from gongjian.applications.models import Draft
from gongjian.cases.models import Case, Obligation
from gongjian.deaths import actions, queries
from gongjian.deaths.errors import (
    AnotherPersonsCase,
    AppliedAlready,
    ClosedAlready,
    CourseWrong,
    NotForTheEmployer,
    NothingWritten,
    PaperUnknown,
    ReportNotFound,
    TooManyReports,
    WindowOnly,
)
from gongjian.deaths.jobs import link_begun
from gongjian.deaths.models import Report, ReportPaper
from gongjian.deaths.tests.builders import (
    DIED,
    NUMBER,
    ONSET,
    REPORTED,
    a_report,
    an_entered_report,
    another_employers_user,
    at,
    the_employer,
    told,
)
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import KindNotAllowed
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import entries_of, verify
from gongjian.law.errors import IdNumberWrong, MobileWrong, NotInForce
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.tests.builders import a_bureau, an_entered_case, an_investigator, the_clerk, the_reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def acts(chain):
    return [entry.act for entry in entries_of(chain)]


def test_a_report_is_no_case_and_owes_nothing():
    """Decision 029: no application, no case, no obligation of the office."""
    row = a_report()
    assert (row.number, row.channel, row.reporter) == ("云溪人社亡报〔2026〕1号", "online", "employer")
    assert row.reported_at == REPORTED and row.is_open
    assert not Case.objects.exists() and not Obligation.objects.exists() and not Draft.objects.exists()
    entry = entries_of(row.chain).get()
    assert (entry.act, entry.by, entry.facts["report_by"]) == ("death.reported", an_employer_user(), "2026-03-11")


def test_what_is_personal_stands_in_no_column_and_no_ledger_in_the_clear():
    row = a_report(papers=1)
    stored = str(list(Report.objects.extra(select={"whole": "deaths_report::text"}).values_list("whole", flat=True)))
    noted = str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    for private in ("钟守仓", NUMBER, "胸口疼", "三号仓库", "19900000002", "第一人民医院"):
        assert private not in stored and private not in noted
    assert row.id_index and row.id_index in stored


def test_the_same_form_sent_twice_is_one_report_and_its_new_papers_are_kept():
    first = a_report()
    again = a_report(when=at(5, 10), papers=2)
    third = a_report(when=at(5, 11), papers=2)
    assert first == again == third
    assert first.papers.count() == 2 and acts(first.chain).count("death.paper_added") == 2
    assert a_report(place="五号仓库").number == "云溪人社亡报〔2026〕2号"


def test_one_death_reported_by_two_is_kept_twice_and_shown_together():
    own, telephoned = a_report(), an_entered_report(reporter_name="钟家嫂")
    assert own.pk != telephoned.pk
    assert queries.others_about(own, by=the_clerk()) == [telephoned]
    assert queries.others_about(telephoned, by=the_clerk()) == [own]
    assert queries.others_about(own, by=an_employer_user()) == []


def test_a_late_report_is_taken():
    row = a_report(when=at(20, 9))
    assert row.is_open and queries.limit_of(row).due == at(11, 0).date()


def test_what_came_by_telephone_is_written_down_as_it_came():
    row = an_entered_report()
    assert (row.channel, row.reporter, row.entered_by) == ("telephone", "relative", the_clerk())
    assert row.employer.credit_code == the_employer().credit_code and row.window is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"died_at": at(6, 9)}, CourseWrong),
        ({"first_seen_at": at(1, 9)}, CourseWrong),
        ({"id_number": "990101198503120000"}, IdNumberWrong),
        ({"telephone": "123"}, MobileWrong),
        ({"onset_at": ONSET.replace(year=2013, month=1), "first_seen_at": None, "died_at": DIED.replace(year=2013)}, NotInForce),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_leaves_nothing(change, refusal):
    with pytest.raises(refusal):
        a_report(**change)
    assert not Report.objects.exists() and not LedgerEntry.objects.filter(act="death.reported").exists()
    assert a_report().number.endswith("〕1号")


def test_only_the_employers_own_account_reports_for_it():
    for stranger in (an_outsider(), another_employers_user(), the_clerk()):
        with pytest.raises(NotForTheEmployer):
            a_report(by=stranger)
    assert not Report.objects.exists()


def test_only_the_bureau_writes_down_what_was_telephoned():
    employer = the_employer()
    for stranger in (the_reviewer(), an_employer_user(), an_outsider()):
        with pytest.raises(WindowOnly):
            actions.enter(
                a_bureau(), employer, told(), channel="window", reporter="employer", reported_at=REPORTED, by=stranger
            )


def test_an_account_cannot_flood_the_list(monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 2)
    first, second = a_report(), a_report(id_number=an_id_number(8))
    with pytest.raises(TooManyReports):
        a_report(id_number=an_id_number(9))
    assert a_report() == first
    with moment.fixed(REPORTED):
        actions.close(second, "重复报告。", by=the_clerk())
    assert a_report(id_number=an_id_number(9)).is_open


def test_a_paper_of_an_unknown_kind_or_that_is_no_picture_is_refused(tmp_path):
    row = a_report()
    with pytest.raises(PaperUnknown):
        actions.add_papers(row, [actions.Handed("passport", a_picture(), "a.png")], by=an_employer_user())
    script = tmp_path / "a.pdf"
    script.write_bytes(b"MZ no picture at all")
    with script.open("rb") as stream, pytest.raises(KindNotAllowed):
        actions.add_papers(row, [actions.Handed("other", stream, "a.pdf")], by=an_employer_user())
    assert not ReportPaper.objects.exists()


def test_a_report_is_never_edited_nor_removed():
    row = a_report()
    for change in ({"place": "改"}, {"died_at": at(4, 7)}, {"number": "改"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=row.pk).update(died_at=at(1, 1))


def test_early_evidence_is_noted_by_who_handles_reports():
    row = a_report()
    with moment.fixed(REPORTED):
        actions.note(row, "监控保存七天，已电话要求封存。", by=an_investigator())
        with pytest.raises(NothingWritten):
            actions.note(row, " ", by=an_investigator())
        for stranger in (the_reviewer(), an_employer_user(), an_outsider()):
            with pytest.raises(WindowOnly):
                actions.note(row, "……", by=stranger)
    assert [each.words for each in queries.notes_of(row)] == ["监控保存七天，已电话要求封存。"]
    assert acts(row.chain) == ["death.reported", "death.noted"]


def test_the_employer_begins_the_application_with_everything_and_a_second_time_goes_on():
    row = a_report(papers=2, telephone="19900000033")
    with moment.fixed(at(6, 9)):
        draft = actions.begin(row, by=an_employer_user())
        assert actions.begin(row, by=an_employer_user()) == draft
        asked = {(step, field) for step, field, _ in all_faults(draft)}
    assert draft.told["person"]["name"] == "钟守仓" and draft.told["injury"]["died_on"] == "2026-03-04"
    pages = MaterialPage.objects.filter(material__draft_id=draft.pk)
    assert {page.evidence_id for page in pages} == set(row.papers.values_list("evidence_id", flat=True))
    assert asked == {
        ("person", "address"), ("employer", "employment"), ("medical", "diagnosis"), ("address", "delivery_name"),
        ("address", "delivery_telephone"), ("address", "delivery_address"),
    }  # fmt: skip
    assert acts(row.chain).count("death.begun") == 1


def test_a_draft_that_was_put_away_is_begun_anew():
    row = a_report()
    with moment.fixed(at(6, 9)):
        first = actions.begin(row, by=an_employer_user())
        drop_draft(first, by=an_employer_user())
        second = actions.begin(row, by=an_employer_user())
    row.refresh_from_db()
    assert second != first and row.draft == second


def test_the_window_begins_it_for_who_stands_there_and_an_investigator_does_not():
    row = an_entered_report()
    with moment.fixed(at(6, 9)):
        with pytest.raises(EntryOnly):
            actions.begin(row, by=an_investigator())
        draft = actions.begin(row, by=the_clerk())
    assert draft.channel == "window" and "applicant" not in draft.told


def test_who_does_not_see_the_report_begins_nothing():
    row = a_report()
    for stranger in (an_outsider(), another_employers_user(), the_reviewer()):
        with pytest.raises(ReportNotFound):
            actions.begin(row, by=stranger)
    assert not Draft.objects.exists()


def test_an_application_that_was_begun_upon_a_report_and_handed_in_is_linked_by_itself():
    row, case = a_report(), an_entered_case(name="钟守仓", id_number=NUMBER, at=at(9, 9))
    with moment.fixed(at(6, 9)):
        draft = actions.begin(row, by=an_employer_user())
    assert link_begun() == 0
    Draft.objects.filter(pk=draft.pk).update(case=case)
    with moment.fixed(at(9, 10)):
        assert (link_begun(), link_begun()) == (1, 0)
    row.refresh_from_db()
    assert row.case == case and row.linked_by is None
    assert acts(row.chain)[-1] == acts(case.chain)[-1] == "death.linked"
    with pytest.raises(AppliedAlready):
        actions.begin(row, by=an_employer_user())


def test_a_clerk_links_a_report_to_the_case_of_the_same_person_and_may_set_it_right():
    row, case = a_report(), an_entered_case(name="钟守仓", id_number=NUMBER, at=at(9, 9))
    later = an_entered_case(name="钟守仓", id_number=NUMBER, injured_on="2026-03-02", at=at(10, 9))
    assert queries.cases_about(row, by=the_clerk()) == [later, case]
    with moment.fixed(at(10, 10)):
        actions.link(row, case, by=the_clerk())
        actions.link(row, case, by=the_clerk())
        actions.link(row, later, by=an_investigator())
    row.refresh_from_db()
    assert row.case == later and row.linked_by == an_investigator()
    assert acts(row.chain).count("death.linked") == 2 and verify()[1] == []


def test_a_report_is_not_linked_to_another_persons_case_nor_by_a_stranger():
    row, case = a_report(), an_entered_case(at=at(9, 9))
    with pytest.raises(AnotherPersonsCase):
        actions.link(row, case, by=the_clerk())
    own = an_entered_case(name="钟守仓", id_number=NUMBER, at=at(9, 10))
    for stranger in (the_reviewer(), an_employer_user(), an_outsider()):
        with pytest.raises(WindowOnly):
            actions.link(row, own, by=stranger)
    row.refresh_from_db()
    assert row.case is None


def test_a_report_is_closed_with_a_reason_once_and_an_application_that_comes_later_is_linked_all_the_same():
    row = a_report()
    with moment.fixed(REPORTED):
        with pytest.raises(NothingWritten):
            actions.close(row, "  ", by=the_clerk())
        actions.close(row, "死亡在其他统筹地区，已告知向当地报告。", by=the_clerk())
        with pytest.raises(ClosedAlready):
            actions.close(row, "再办一次。", by=an_investigator())
        with pytest.raises(WindowOnly):
            actions.close(row, "……", by=an_employer_user())
    case = an_entered_case(name="钟守仓", id_number=NUMBER, at=at(9, 9))
    with moment.fixed(at(9, 10)):
        actions.link(row, case, by=the_clerk())
    row.refresh_from_db()
    assert row.case == case and row.closed_why and not row.is_open
    assert acts(row.chain) == ["death.reported", "death.closed", "death.linked"]
