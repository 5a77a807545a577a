"""The pages of the green channel: who opens them, what they take in, what they say when something is wrong."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_outsider
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recognition.models import Accident, Batch
from gongjian.recognition.queries.accident import Operation
from gongjian.recognition.states import State
from gongjian.recognition.tests.accidents import (
    a_begun_accident,
    a_proposed_accident,
    a_reviewed_accident,
    a_table,
    a_victim,
    about,
    an_accident,
    an_opened_accident,
    seen_of,
)
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    a_paper,
    an_investigator,
    another_bureau,
    staff,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_accidents import case_of
from gongjian.recognition.tests.test_batch import states
from gongjian.recognition.victims import ASKED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def on_monday():
    with moment.fixed(MONDAY):
        yield


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, row: Accident, *more: Any) -> str:
    return reverse(f"recognition:{name}", args=[row.pk, *more])


def uploaded(content: BytesIO) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.xlsx", content.read())


def test_the_window_registers_an_accident_and_nothing_typed_is_lost_when_something_is_missing():
    client, told = as_(the_clerk()), {**about(), "office": str(a_bureau().pk)}
    short = client.post(reverse("recognition:new_accident"), {**told, "why": "", "happened_on": "2026-09-09"})
    assert short.status_code == 422
    assert told["place"] in short.content.decode()
    assert "不能晚于今天" in short.content.decode()
    done = client.post(reverse("recognition:new_accident"), told)
    row = Accident.objects.get()
    assert (done.status_code, done["Location"], row.ground) == (302, at("accident", row), "major")


def test_the_list_and_the_page_of_an_accident_say_how_far_everybody_is():
    row = an_opened_accident(2)
    client = as_(the_clerk())
    assert row.title in client.get(reverse("recognition:accidents")).content.decode()
    shown = client.get(at("accident", row)).content.decode()
    assert "已受理，待调查：2名" in shown
    assert case_of(row).number in shown
    assert LedgerEntry.objects.filter(chain=row.chain, facts__what="事故和伤亡职工名单").exists()


@pytest.mark.parametrize("name", ["accidents", "new_accident", "victims_sheet"])
def test_who_handles_no_recognitions_finds_no_green_channel(name):
    for user in (an_outsider(), staff(Role.ARCHIVIST)):
        assert as_(user).get(reverse(f"recognition:{name}")).status_code == 403


def test_the_accident_of_another_bureau_is_not_there():
    row = an_accident(1)
    client = as_(a_member(Role.WINDOW_CLERK, office=another_bureau()))
    victim = row.victims.get().pk
    gets = [at("accident", row), at("victim", row), at("victim_aside", row, victim), at("batch_begin", row, "open")]
    assert {client.get(address).status_code for address in gets} == {404}
    posts = [at("victim_list", row), at("accident_shared", row), at("batch_begin", row, "open")]
    assert {client.post(address).status_code for address in posts} == {404}
    assert not Batch.objects.exists()


def test_the_empty_table_has_our_columns_and_keeps_every_digit():
    answer = as_(the_clerk()).get(reverse("recognition:victims_sheet"))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [asked.title for asked in ASKED]
    assert sheet.cell(2, 2).number_format == "@"
    assert "filename" in answer["Content-Disposition"]


def test_a_filled_in_table_is_taken_and_its_faults_are_told_by_row_and_column():
    row, client = an_accident(0), as_(the_clerk())
    bad = client.post(at("victim_list", row), {"table": uploaded(a_table(a_victim(1), a_victim(2, telephone="1")))})
    said = bad.content.decode()
    assert (bad.status_code, row.victims.count()) == (422, 1)
    assert "第3行" in said
    assert "手机号" in said
    good = client.post(at("victim_list", row), {"table": uploaded(a_table(a_victim(1), a_victim(2)))}, follow=True)
    assert "已录入1名，另有1名已在名单上。" in good.content.decode()
    assert client.post(at("victim_list", row)).status_code == 422


def test_one_person_is_taken_in_by_the_form_with_the_checks_of_the_table():
    row, client = an_accident(0), as_(the_clerk())
    bad = client.post(at("victim", row), a_victim(1, id_number="990101198503120015", died_on="2026-02-28"))
    assert bad.status_code == 422
    assert a_victim(1)["address"] in bad.content.decode()
    alone = client.post(at("victim", row), a_victim(1, died_on="2026-02-28"))
    assert "请填写近亲属姓名" in alone.content.decode()
    assert client.post(at("victim", row), a_victim(1)).status_code == 302
    assert client.get(at("victim", row)).status_code == 200
    assert row.victims.count() == 1


def test_a_person_is_set_aside_with_a_reason():
    row, client = an_accident(1), as_(the_clerk())
    address = at("victim_aside", row, row.victims.get().pk)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "由东岭市办理。"}).status_code == 302
    assert "由东岭市办理。" in client.get(at("accident", row)).content.decode()


def test_something_is_shared_from_the_page_by_who_investigates():
    row = a_begun_accident(2)
    paper = a_paper(case_of(row), "labour_relation", by=an_investigator())
    client = as_(an_investigator())
    assert f"material-{paper.pk}" in client.get(at("accident", row)).content.decode()
    assert client.post(at("accident_shared", row), {"what": "material-x"}).status_code == 422
    assert client.post(at("accident_shared", row), {"what": f"material-{paper.pk}"}).status_code == 302
    second = as_(an_investigator()).get(reverse("recognition:investigation", args=[case_of(row, 2).number]))
    assert second.status_code == 200
    assert paper.title in second.content.decode()


def test_cases_are_opened_from_the_page_turn_by_turn():
    row, client = an_accident(3), as_(the_clerk())
    assert client.get(at("batch_begin", row, "open")).status_code == 200
    begun = client.post(at("batch_begin", row, "open"))
    assert "正在办理：已办0件，共3件" in client.get(begun["Location"]).content.decode()
    other = as_(an_investigator()).post(f"{begun['Location']}/go-on")
    assert "已办0件" in other.content.decode()
    assert "已全部办完，共3件：办成3件" in client.post(f"{begun['Location']}/go-on").content.decode()
    assert states(row) == [State.ACCEPTED] * 3


def test_a_team_is_chosen_and_a_common_draft_is_written_on_the_pages():
    row = an_opened_accident(2)
    client = as_(an_investigator())
    address = at("batch_begin", row, "begin")
    colleague = a_colleague()
    assert client.post(address, {}).status_code == 422
    begun = client.post(address, {"team": [str(colleague.pk)]})
    client.post(f"{begun['Location']}/go-on")
    assert states(row) == [State.INVESTIGATING] * 2


def test_the_common_draft_names_what_it_rests_on_and_keeps_what_was_typed():
    row = a_begun_accident(2)
    site, client = row.shared.get().site_id, as_(an_investigator())
    address = at("batch_begin", row, "propose")
    told = {"outcome": "recognised", "heads": ["14-1"], "fact_1": "厂房坍塌。", "own_rests": [f"site-{site}"]}
    bad = client.post(address, {**told, "heads": []})
    assert bad.status_code == 422
    assert "厂房坍塌。" in bad.content.decode()
    begun = client.post(address, {**told, "rests_1": [f"site-{site}"]})
    client.post(f"{begun['Location']}/go-on")
    assert states(row) == [State.PROPOSED] * 2


@pytest.mark.parametrize(
    ("operation", "make", "by", "state"),
    [
        (Operation.REVIEW, a_proposed_accident, the_reviewer, State.REVIEWED),
        (Operation.DECIDE, a_reviewed_accident, the_signer, State.DECIDED),
    ],
)
def test_reviewer_and_signer_read_every_draft_before_their_word(operation, make, by, state):
    row = make(2)
    client, address = as_(by()), at("batch_begin", row, operation)
    shown = client.get(address).content.decode()
    assert "共同查明的事实" in shown
    assert case_of(row, 2).number in shown
    assert seen_of(row, operation) in shown
    assert client.post(address, {"seen": "something else"}).status_code == 422
    begun = client.post(address, {"seen": seen_of(row, operation)})
    client.post(f"{begun['Location']}/go-on")
    assert states(row) == [state] * 2


def test_an_operation_that_is_none_is_refused_in_words():
    answer = as_(the_clerk()).post(at("batch_begin", an_accident(1), "nonsense"))
    assert answer.status_code == 422


def test_the_worklist_marks_the_green_channel():
    an_opened_accident(1)
    assert "绿色通道" in as_(an_investigator()).get(reverse("desk:worklist")).content.decode()
