"""From the report to the file: the employer reports, applies with what was reported, the bureau finds both in one place, and the archive keeps them."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import an_employer_user
from gongjian.applications.actions.drafts import save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.asking import all_faults
from gongjian.archives.packing.files import attachments
from gongjian.archives.records import Writer
from gongjian.deaths import actions, queries
from gongjian.deaths.jobs import link_begun
from gongjian.deaths.tests.builders import NUMBER, REPORTED, a_report, at
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.queries import given_kinds, materials_of
from gongjian.materials.tests.builders import a_picture
from gongjian.portal import wizard
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.queries import application_of
from gongjian.recognition.tests.builders import the_clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
STILL_ASKED: dict[str, dict[str, Any]] = {
    "person": {"address": "云溪市东溪县柳桥路7号", "telephone": "19900000007"},
    "employer": {"employment": "ordinary"},
    "medical": {"diagnosis": "急性心肌梗死，呼吸循环衰竭死亡。"},
    "time": {},
    "address": {
        "delivery_name": "周若岚",
        "delivery_telephone": "19900000002",
        "delivery_address": "云溪市工业大道8号",
        "electronic_consent": False,
    },
}


def an_application(row):
    """Begun upon a report; only what the report could not know is typed."""
    by = an_employer_user()
    with moment.fixed(at(9, 9)):
        draft = actions.begin(row, by=by)
        for step, answers in STILL_ASKED.items():
            told = {**draft.told.get(step, {}), **answers}
            draft = save_step(draft, step, told, seen=draft.versions.get(step, 0), by=by)
        for number, kind in enumerate(("labour_relation", "medical_diagnosis")):
            add_page(material_of(kind, draft_id=draft.pk), a_picture(20 + number), name=f"{kind}.png", by=by)
        assert all_faults(draft) == []
    return draft


def test_what_was_reported_is_applied_for_without_being_typed_or_handed_in_again():
    row = a_report(papers=2)
    draft = an_application(row)
    with moment.fixed(at(10, 9)):
        case = submit(draft, by=an_employer_user(), truthful=True)
        assert link_begun() == 1
    told = application_of(case)
    assert case.person.name == "钟守仓" and case.person.id_number == NUMBER
    assert (told.injured_on, told.died_on, told.happened_at) == (at(2, 0).date(), at(4, 0).date(), "21:40")
    assert (told.place, told.occupation, told.hospital) == ("三号仓库值班室", "夜班保管员", "云溪市第一人民医院")
    assert case.employer == row.employer and told.applicant_kind == "employer"
    assert "rescue_record" in given_kinds(materials_of(case))
    row.refresh_from_db()
    assert row.case == case and verify()[1] == []


def test_the_form_shows_what_was_reported_and_can_be_set_right():
    row = a_report()
    with moment.fixed(at(9, 9)):
        draft = actions.begin(row, by=an_employer_user())
        shown = {step: wizard.form_of(draft, step).initial for step in ("applicant", "person", "injury", "medical")}
        assert shown["person"]["name"] == "钟守仓" and shown["injury"]["place"] == "三号仓库值班室"
        right = {**draft.told["injury"], "place": "二号仓库门口"}
        draft = save_step(draft, "injury", right, seen=1, by=an_employer_user())
    row.refresh_from_db()
    assert draft.told["injury"]["place"] == "二号仓库门口" and row.place == "三号仓库值班室"


def test_clerk_and_employer_find_report_and_case_from_either_side():
    row = a_report()
    draft = an_application(row)
    with moment.fixed(at(10, 9)):
        case = submit(draft, by=an_employer_user(), truthful=True)
        link_begun()
        clerk, employer = signed_in_as(the_clerk()), signed_in_as(an_employer_user())
        page = reverse("deaths:report", args=[row.pk])
        assert case.number in text_of(clerk.get(page)) and "由这份报告开始申请" in text_of(clerk.get(page))
        assert "请到“我的案件”查看" in text_of(employer.get(page))
        assert row.number in text_of(clerk.get(reverse("deaths:case_part", args=[case.number])))
        assert queries.how_many_wait(the_clerk()) == 0
        again = employer.post(reverse("deaths:begin", args=[row.pk]))
        assert again.status_code == 422 and case.number in text_of(again)


def test_the_archive_keeps_the_report_its_notes_and_the_papers_that_came_with_it():
    row = a_report(papers=2)
    with moment.fixed(REPORTED + timedelta(hours=1)):
        actions.note(row, "监控已封存。", by=the_clerk())
    draft = an_application(row)
    with moment.fixed(at(10, 9)):
        case = submit(draft, by=an_employer_user(), truthful=True)
        link_begun()
    kept = Writer().records(case)["deaths"]
    assert {table: len(rows) for table, rows in kept.items()} == {"Report": 1, "ReportPaper": 2, "EarlyEvidence": 1}
    assert kept["Report"][0]["at_work"] == "当班巡库时胸口疼，倒在值班室门口。"
    titles = [item.title for item in attachments(case) if row.number in item.title]
    assert len(titles) == 2 and all("抢救记录" in title for title in titles)
