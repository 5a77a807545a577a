"""Posting: the list and its labels, tracking numbers, return slips and returned envelopes, row by row."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_worker_user,
    an_office,
    an_outsider,
)
from gongjian.conclusions.tests.builders import another_person
from gongjian.delivery.actions import change_address, post, take_results
from gongjian.delivery.errors import BatchNotFound, NotADeliverer, NothingToPost, ServedAlready, TableUnreadable
from gongjian.delivery.labels import labels
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt, Delivery, PostBatch
from gongjian.delivery.postal import COLUMNS, Result, read_pasted, read_xlsx, write_xlsx
from gongjian.delivery.queries.lists import batch_for, envelopes_of, post_batches, to_post
from gongjian.delivery.tests.builders import served, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.tests.test_sheet_rows import remade
from gongjian.papers.tests.reading import words

pytestmark = pytest.mark.django_db
POSTED = date(2026, 4, 10)
TODAY = date(2026, 4, 16)


def a_batch(*deliveries: Delivery) -> PostBatch:
    chosen = deliveries or two_deliveries()
    with moment.fixed(moment.at(POSTED)):
        return post(an_office(), [row.pk for row in chosen], by=a_delivery_clerk())


def taken(batch: PostBatch, text: str) -> tuple[int, list[str]]:
    results, errors = read_pasted(text)
    with moment.fixed(moment.at(TODAY)):
        count, refused = take_results(batch, results, by=a_delivery_clerk())
    return count, [error.sentence for error in [*errors, *refused]]


def test_a_batch_has_a_numbered_list_and_a_line_for_each_envelope():
    batch = a_batch()
    assert batch.paper.number == "云溪劳鉴邮〔2026〕1号"
    told = [(row.line, row.delivery.recipient, row.outcome) for row in envelopes_of(batch)]
    assert told == [(1, "worker", "running"), (2, "employer", "running")]


def test_the_list_names_recipients_addresses_and_contents():
    worker, _ = two_deliveries()
    batch = a_batch(worker)
    with open_evidence(batch.paper.evidence) as file:
        told = words(file.read())
    assert "林知远云溪市东溪县柳桥路1号19900000001" in told
    assert f"{worker.paper.title}{worker.paper.number}".replace(" ", "") in told
    assert "九级" not in told


def test_the_labels_bear_name_address_and_line_and_no_case():
    worker, _ = two_deliveries()
    told = words(labels(a_batch(worker)))
    assert "云溪市东溪县柳桥路1号林知远收" in told
    assert worker.case.number not in told
    assert "结论" not in told


def test_what_is_under_way_served_or_without_address_is_not_posted():
    worker, employer = two_deliveries()
    assert {row.pk for row in to_post(a_delivery_clerk(), an_office())} == {worker.pk, employer.pk}
    change_address(employer, name="云溪恒信机械有限公司", telephone="", address=" ", by=a_delivery_clerk())
    served(worker, date(2026, 4, 10))
    assert to_post(a_delivery_clerk(), an_office()) == []
    with pytest.raises(NothingToPost):
        a_batch(worker, employer)


def test_the_same_choice_twice_posts_once():
    worker, employer = two_deliveries()
    a_batch(worker, employer)
    with pytest.raises(NothingToPost):
        a_batch(worker, employer)
    assert Attempt.objects.count() == 2


@pytest.mark.parametrize("stranger", [a_clerk, a_worker_user, an_outsider])
def test_nobody_but_the_delivery_clerk_posts(stranger: type[User]):
    worker, _ = two_deliveries()
    with pytest.raises(NotADeliverer):
        post(an_office(), [worker.pk], by=stranger())
    assert to_post(stranger(), an_office()) == []


def test_a_batch_is_hidden_from_who_does_not_deliver():
    batch = a_batch()
    assert batch_for(batch.pk, by=a_delivery_clerk()) == batch
    with pytest.raises(BatchNotFound):
        batch_for(batch.pk, by=a_clerk())
    with pytest.raises(NotADeliverer):
        take_results(batch, [], by=a_clerk())
    assert not post_batches(a_worker_user()).exists()


def test_tracking_numbers_are_taken_in():
    batch = a_batch()
    assert taken(batch, "序号\t邮件号码\n1\tEX000000001CN\n2\tEX000000002CN") == (2, [])
    assert [row.tracking for row in envelopes_of(batch)] == ["EX000000001CN", "EX000000002CN"]


def test_a_return_slip_serves_on_its_own_day():
    batch = a_batch()
    assert taken(batch, "1\tEX000000001CN\t2026-04-14\t林知远") == (1, [])
    attempt = envelopes_of(batch)[0]
    assert (attempt.delivery.served_on, attempt.facts["received_by"]) == (date(2026, 4, 14), "林知远")
    assert attempt.tracking == "EX000000001CN"


def test_a_returned_envelope_opens_the_next_way():
    batch = a_batch()
    assert taken(batch, "2\tEX000000002CN\t\t\t2026-04-15\t查无此单位") == (1, [])
    attempt = envelopes_of(batch)[1]
    assert (attempt.outcome, attempt.facts["reason"]) == ("failed", "查无此单位")
    assert attempt.delivery.method == Method.IN_PERSON
    assert attempt.delivery.case.obligations.filter(kind="deliver_again", fulfilled_at=None).exists()


def test_the_same_rows_twice_change_nothing():
    batch = a_batch()
    text = "1\tEX000000001CN\t2026-04-14\t林知远"
    assert (taken(batch, text), taken(batch, text)) == ((1, []), (1, []))
    assert Delivery.objects.exclude(served_on=None).count() == 1


def test_a_different_day_afterwards_is_refused():
    batch = a_batch()
    taken(batch, "1\tEX1\t2026-04-14\t林知远")
    count, sentences = taken(batch, "1\tEX1\t2026-04-15\t林知远")
    assert count == 0
    assert "没有结果可以记录" in sentences[0]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("9\tEX9", "没有正在进行的“第9号邮件”"),
        ("甲\tEX1", "第1行：序号应为清单上的数字"),
        ("1\tEX1\t昨天\t林知远", "第1行：日期应写成2026-04-15这样"),
        ("1\tEX1\t2026-13-40\t林知远", "日期应写成"),
        ("1\tEX1\t2026-04-14\t", "还缺少：签收人"),
        ("1\tEX1\t2026-04-08\t林知远", "送达或者没有送到的日期不能"),
        ("1\tEX1\t2026-04-17\t林知远", "送达或者没有送到的日期不能"),
        ("1\tEX1\t\t\t2026-04-15", "退回的邮件应写明退回原因"),
        ("1\tEX1\t2026-04-14\t林知远\t2026-04-15\t拒收", "只能填一个"),
    ],
)
def test_each_wrong_row_tells_what_is_wrong(row: str, sentence: str):
    count, sentences = taken(a_batch(), row)
    assert count == 0
    assert sentence in sentences[0]


def test_a_wrong_row_does_not_hold_up_the_others():
    count, sentences = taken(a_batch(), "1\tEX1\t2026-04-08\t林知远\n2\tEX2\t2026-04-14\t周若岚\t\t\t收发室")
    assert (count, len(sentences)) == (1, 1)


@pytest.mark.parametrize(
    "text", ["1,EX1,2026-04-14,林知远", "1，EX1，2026年4月14日，林知远", "1  EX1  2026/4/14  林知远"]
)
def test_rows_are_read_however_they_are_parted(text: str):
    assert read_pasted(text)[0] == [Result(1, 1, "EX1", date(2026, 4, 14), "林知远")]


def test_a_spreadsheet_is_read_with_its_dates_and_numbers():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(COLUMNS))
    sheet.append([1.0, "EX1", datetime(2026, 4, 14), "林知远", None, None])
    made = io.BytesIO()
    book.save(made)
    assert read_xlsx(made.getvalue()) == ([Result(2, 1, "EX1", date(2026, 4, 14), "林知远")], [])


@pytest.mark.parametrize("content", [b"", b"no spreadsheet", b"PK\x03\x04 broken", b"x" * (5 * 1024 * 1024 + 1)])
def test_what_is_no_spreadsheet_is_refused(content: bytes):
    with pytest.raises(TableUnreadable):
        read_xlsx(content)


def test_the_table_to_fill_in_holds_the_lines_that_are_known():
    sheet = load_workbook(io.BytesIO(write_xlsx([(1, "EX1", None, "")]))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [cell.value for cell in sheet[2]][:2] == ["1", "EX1"]


def test_no_cell_of_the_table_acts_when_it_is_opened():
    sheet = load_workbook(io.BytesIO(write_xlsx([(1, '=HYPERLINK("http://x")', None, "-1+1")]))).worksheets[0]
    assert [cell.value for cell in sheet[2]][1:4:2] == ['\'=HYPERLINK("http://x")', "'-1+1"]
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}


def test_an_address_is_set_right_before_the_service_only():
    worker, _ = two_deliveries()
    change_address(worker, name="林知远", telephone="19900000003", address="西溪县青石巷12号", by=a_delivery_clerk())
    worker.refresh_from_db()
    assert worker.address == "西溪县青石巷12号"
    with pytest.raises(NotADeliverer):
        change_address(worker, name="林知远", telephone="", address="别处", by=a_clerk())
    served(worker, date(2026, 4, 15))
    with pytest.raises(ServedAlready):
        change_address(worker, name="林知远", telephone="", address="别处", by=a_delivery_clerk())


def test_a_list_of_envelopes_costs_a_fixed_number_of_queries(django_assert_num_queries):
    for serial in (1, 2):
        two_deliveries(person=another_person(serial))
    batch = a_batch(*Delivery.objects.all())
    with django_assert_num_queries(1):
        assert len([row.delivery.case.number + row.delivery.paper.number for row in envelopes_of(batch)]) == 4


def test_a_table_that_is_damaged_within_its_rows_is_refused_in_words():
    made = io.BytesIO(write_xlsx([["1", "EX1", "2026-04-14", "林知远"]]))
    with pytest.raises(TableUnreadable):
        read_xlsx(remade(made, damage=(b"</sheetData>", b"")).getvalue())
