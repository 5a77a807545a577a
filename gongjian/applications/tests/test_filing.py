"""Filing for many at once: each right row is one draft, each wrong one is told, nothing comes twice, and what is declared is handed in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongjian.accounts.tests.builders import a_clerk, an_outsider
from gongjian.applications.actions import filing as acts
from gongjian.applications.actions.drafts import drop_draft, save_step
from gongjian.applications.actions.filing import declare_all, file_rows, forget_wrong, hand_in_declared
from gongjian.applications.actions.submission import submit, submit_declared
from gongjian.applications.errors import (
    ApplicantsOnly,
    DraftSubmitted,
    FilingNotFound,
    NothingDeclared,
    TooManyFiled,
)
from gongjian.applications.models import Draft, Filing, FilingRow
from gongjian.applications.queries import drafts_of, filing_for, filings_of, people_filed, table_with, wrong_rows
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.access import opening
from gongjian.materials.models import MaterialPage
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.models import Application
from gongjian.recognition.sheet import table_rows
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY, a_bureau
from gongjian.recognition.tests.online import a_written_draft
from gongjian.recognition.tests.tables import ONCE, a_filing, a_line, a_table, the_boss, with_papers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def mends(filing: Filing) -> dict[int, dict[str, str]]:
    """Line → column → what to mend."""
    return {row.line: row.faults for row in wrong_rows(filing)}


# From rows to drafts.


def test_each_right_row_is_a_draft_as_the_online_form_would_have_kept_it():
    filing = a_filing(a_line(1), a_line(2, occupation="钳工"))
    first, second = (row.draft for row in people_filed(filing))
    assert (first.procedure, first.office, first.user, first.channel) == (RECOGNITION, a_bureau(), the_boss(), "online")
    assert first.told["applicant"] == {"capacity": "employer", "applicant_name": "周若岚"}
    assert first.told["employer"]["employer_name"] == "云溪恒信机械有限公司"
    assert first.told["employer"]["employment"] == "ordinary"
    assert first.told["injury"]["parts"] == ["133:right"]
    assert second.told["person"]["occupation"] == "钳工"
    assert first.step == "materials"
    assert wrong_rows(filing).count() == 0


def test_a_wrong_row_stops_no_other_and_is_told_column_by_column_as_the_form_tells_it():
    filing = a_filing(
        a_line(1, telephone="123", injured_on="2026-03-03", diagnosed_on="2026-03-01"),
        a_line(2),
        a_line(3, name="", kind="摔伤", cause=""),
        a_line(4, id_number=990101198503120034),
    )
    assert Draft.objects.count() == 1
    told = mends(filing)
    assert set(told) == {2, 4, 5}
    assert set(told[2]) == {"telephone", "injured_on", "diagnosed_on"}
    assert set(told[4]) == {"name", "kind"}
    assert "后面几位已经丢失" in told[5]["id_number"]
    assert wrong_rows(filing)[0].cells[3] == "123"


def test_what_contradicts_itself_between_the_steps_is_told_too():
    filing = a_filing(
        a_line(1, diagnosed_on="2026-02-01"), a_line(2, kind="职业病"), a_line(3, injured_on="2025-12-01")
    )
    told = mends(filing)
    assert "不能早于受伤的日期" in told[2]["diagnosed_on"]
    assert "disease" in told[3]
    assert "仍然可以提交" in told[4]["late_reason"]


def test_who_is_late_and_says_why_is_taken():
    filing = a_filing(a_line(1, injured_on="2025-12-01", late_reason="职工在外地住院，单位刚刚得知。"))
    assert people_filed(filing).count() == 1


def test_the_same_table_twice_makes_none_twice_and_covers_nothing():
    first = a_filing()
    draft = people_filed(first)[0].draft
    save_step(draft, "medical", {**draft.told["medical"], "hospital": "东溪县医院"}, seen=1, by=the_boss())
    again = a_filing()
    assert Draft.objects.count() == 2
    assert [(row.draft_id, row.is_new) for row in people_filed(again)] == [
        (row.draft_id, False) for row in people_filed(first)
    ]
    draft.refresh_from_db()
    assert draft.told["medical"]["hospital"] == "东溪县医院"


def test_a_mended_row_comes_with_the_others_and_only_it_is_new():
    a_filing(a_line(1), a_line(2, telephone="123"))
    again = a_filing(a_line(1), a_line(2))
    assert [row.is_new for row in people_filed(again)] == [False, True]
    assert Draft.objects.count() == 2


def test_one_injury_in_two_rows_is_told_at_the_second():
    filing = a_filing(a_line(1), a_line(2), a_line(1, place="三车间"))
    assert people_filed(filing).count() == 2
    assert "与第2行是同一名职工的同一次伤害" in mends(filing)[4]["name"]


def test_a_wrong_row_does_not_keep_out_the_right_one_of_the_same_injury():
    filing = a_filing(a_line(1, telephone="123"), a_line(1))
    assert [row.line for row in people_filed(filing)] == [3]


def test_a_person_corrected_on_the_page_is_known_by_what_is_true_now():
    draft = people_filed(a_filing(a_line(1)))[0].draft
    number = an_id_number(9)
    save_step(draft, "person", {**draft.told["person"], "id_number": number}, seen=1, by=the_boss())
    again = a_filing(a_line(1, id_number=number))
    assert [row.is_new for row in people_filed(again)] == [False]


def test_two_drafts_that_now_say_the_same_stay_apart():
    one, two = (row.draft for row in people_filed(a_filing()))
    kept = save_step(two, "person", one.told["person"], seen=1, by=the_boss())
    assert kept.filed_as == two.filed_as != one.filed_as


def test_what_was_put_away_may_come_again():
    draft = people_filed(a_filing(a_line(1)))[0].draft
    drop_draft(draft, by=the_boss())
    assert people_filed(a_filing(a_line(1)))[0].is_new


def test_another_employer_files_for_the_same_injury_in_its_own_name():
    a_filing(a_line(1))
    assert people_filed(a_filing(a_line(1), by=an_outsider()))[0].is_new


def test_the_database_itself_holds_one_draft_of_an_injury_for_one_account():
    draft = people_filed(a_filing(a_line(1)))[0].draft
    told = {"procedure": RECOGNITION, "office": draft.office, "created_at": moment.now(), "updated_at": moment.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(user=draft.user, filed_as=draft.filed_as, **told)
    Draft.objects.create(user=draft.user, **told)


def test_a_process_that_dies_in_the_middle_leaves_no_half_table(monkeypatch):
    monkeypatch.setattr(FilingRow.objects, "bulk_create", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_filing()
    assert not Filing.objects.exists()
    assert not Draft.objects.exists()


def test_a_clerk_files_no_table_and_no_account_more_than_it_may(monkeypatch):
    with pytest.raises(ApplicantsOnly):
        a_filing(by=a_clerk())
    monkeypatch.setattr(acts, "MOST_OPEN", 3)
    a_filing()
    with pytest.raises(TooManyFiled, match="接近3份"):
        a_filing(a_line(3), a_line(4))
    assert Filing.objects.count() == 1


def test_three_hundred_rows_are_taken_in_with_as_few_statements_as_three(django_assert_max_num_queries):
    boss, office = the_boss(), a_bureau()
    rows = table_rows(a_table(*(a_line(number) for number in range(1, 301))), ONCE)
    with django_assert_max_num_queries(10):
        filing = file_rows(rows, by=boss, office=office, procedure=RECOGNITION, name="名单.xlsx")
    assert people_filed(filing).count() == 300


# Who sees what.


def test_a_table_is_its_senders_alone():
    filing = a_filing(a_line(1, telephone="123"), a_line(2))
    for act in (declare_all, forget_wrong):
        with pytest.raises(FilingNotFound):
            act(filing, by=an_outsider())
    with pytest.raises(FilingNotFound):
        filing_for(filing.token, by=an_outsider())
    assert filing_for(filing.token, by=the_boss()) == filing
    for odd in ("nothing", "\x00"):
        with pytest.raises(FilingNotFound):
            filing_for(odd, by=the_boss())


def test_tables_say_what_waits_in_them_and_their_drafts_do_not_crowd_the_first_page():
    filing = a_filing(a_line(1, telephone="123"), a_line(2), a_line(3))
    (found,) = filings_of(the_boss())
    assert (found.total, found.waiting, found.wrong) == (3, 2, 1)
    assert not drafts_of(the_boss()).exists()
    assert table_with(people_filed(filing)[0].draft) == filing
    assert table_with(a_written_draft(papers=())) is None


def test_rows_that_are_not_wanted_are_removed_and_drafts_stay():
    filing = a_filing(a_line(1, telephone="123"), a_line(2))
    assert forget_wrong(filing, by=the_boss()) == 1
    assert wrong_rows(filing).count() == 0
    assert people_filed(filing).count() == 1


# Handing in.


def test_everybody_with_a_paper_is_handed_in_each_as_a_case_with_a_receipt_of_its_own():
    filing = a_filing(a_line(1), a_line(2), a_line(3))
    with_papers(filing)
    without = people_filed(filing)[2].draft
    MaterialPage.objects.filter(material__draft=without).update(removed_at=moment.now())
    assert declare_all(filing, by=the_boss()) == (2, 1)
    assert hand_in_declared() == 2
    assert hand_in_declared() == 0
    cases = Case.objects.order_by("pk")
    assert len({case.number for case in cases}) == 2
    assert len({row.receipt_id for row in Application.objects.all()} - {None}) == 2
    assert {row.applicant_kind for row in Application.objects.all()} == {"employer"}
    without.refresh_from_db()
    assert (without.case_id, without.declared_at) == (None, None)


def test_an_application_counts_as_received_when_it_was_declared_and_not_when_the_machine_came_to_it():
    filing = a_filing(a_line(1))
    with_papers(filing)
    declare_all(filing, by=the_boss())
    with moment.fixed(MONDAY + timedelta(days=20)):
        assert hand_in_declared() == 1
    assert Case.objects.get().received_at == MONDAY


def test_what_is_declared_is_not_changed_any_more():
    filing = a_filing(a_line(1))
    (draft,) = with_papers(filing)
    declare_all(filing, by=the_boss())
    with pytest.raises(DraftSubmitted):
        save_step(draft, "person", {"name": "别人"}, seen=1, by=the_boss())
    with pytest.raises(DraftSubmitted):
        drop_draft(draft, by=the_boss())
    assert opening(the_boss(), draft.materials.get()) is None


def test_nothing_is_declared_where_nobody_has_a_paper():
    with pytest.raises(NothingDeclared):
        declare_all(a_filing(), by=the_boss())


def test_what_cannot_be_handed_in_is_given_back_with_the_reason_and_stops_no_other():
    filing = a_filing()
    broken, whole = with_papers(filing)
    declare_all(filing, by=the_boss())
    Draft.objects.filter(pk=broken.pk).update(told={**broken.told, "medical": {}})
    assert hand_in_declared() == 1
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert whole.case is not None
    assert (broken.case, broken.declared_at) == (None, None)
    assert "看病的情况" in broken.refused
    save_step(broken, "medical", whole.told["medical"], seen=1, by=the_boss())
    assert declare_all(filing, by=the_boss()) == (1, 0)
    assert hand_in_declared() == 1


def test_a_fault_of_the_machine_leaves_the_application_for_the_next_run(monkeypatch, caplog):
    filing = a_filing()
    with_papers(filing)
    declare_all(filing, by=the_boss())
    real, struck = submit_declared, list[int]()

    def strikes(draft: Draft) -> Case:
        if not struck:
            struck.append(draft.pk)
            raise OSError("disk full")
        return real(draft)

    monkeypatch.setattr(acts, "submit_declared", strikes)
    assert hand_in_declared() == 1
    assert "draft.not_handed_in" in caplog.text
    assert hand_in_declared() == 1
    assert Case.objects.count() == 2


def test_one_that_was_handed_in_by_itself_meanwhile_is_not_made_twice():
    filing = a_filing(a_line(1))
    (draft,) = with_papers(filing)
    declare_all(filing, by=the_boss())
    case = submit(draft, by=the_boss(), truthful=True)
    assert hand_in_declared() == 0
    assert list(Case.objects.all()) == [case]
    assert people_filed(a_filing(a_line(1)))[0].draft.case == case
