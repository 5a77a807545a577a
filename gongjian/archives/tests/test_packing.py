"""The parts of a package: page numbers, the index, records in plain words, who is named, the words for the reader."""

import json
from datetime import date, datetime

import pytest

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_archivist,
)
from gongjian.appraisal.actions.withdrawal import receive_withdrawal
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.archives.offline.container import in_memory
from gongjian.archives.offline.manifest import hash_of, read, seal_of, text_of
from gongjian.archives.packing import files
from gongjian.archives.packing.account import acting, chain_of
from gongjian.archives.packing.items import Item, page_numbers
from gongjian.archives.packing.metadata import metadata, people
from gongjian.archives.packing.package import Flow, gathered, path_of_chain
from gongjian.archives.packing.readme import WORDS, readme
from gongjian.archives.records import Writer
from gongjian.archives.rules import kept_until
from gongjian.archives.tests.builders import ARCHIVING, a_withdrawn_case, an_effective_case, an_ended_case, with_draws
from gongjian.cases.actions.consulting import consult
from gongjian.cases.actions.recusals import ask_staff_recusal, decide_staff_recusal
from gongjian.cases.states import Ground
from gongjian.cases.tests.builders import put_in_state
from gongjian.draws.models import ChangeRequest
from gongjian.draws.states import CONFLICT, Act
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_pdf, a_picture
from gongjian.papers.tests.issuing import an_issued_paper
from gongjian.sittings.models import Termination
from gongjian.sittings.tests.builders import a_booking, an_accepted_case


def an_item(pages: int) -> Item:
    return Item("paper", "文书", "委员会", date(2026, 3, 2), in_memory("a.pdf", b"x"), pages=pages)


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ([], []),
        ([1], ["1"]),
        ([1, 3, 1], ["1", "2—4", "5"]),
        ([2, 0, 2], ["1—2", "电子", "3—4"]),
        ([0, 0], ["电子", "电子"]),
    ],
)
def test_pages_are_counted_through_and_what_has_none_says_so(pages, printed):
    assert page_numbers([an_item(each) for each in pages]) == printed


def test_json_is_written_in_one_way_and_read_only_in_that_way():
    text = text_of({"b": 1, "a": "伤"})
    assert text == '{\n "a": "伤",\n "b": 1\n}\n'.encode()
    assert read(text) == {"a": "伤", "b": 1}


@pytest.mark.parametrize("text", [b'{"a":1}', b"{}", b'{\n "b": 1,\n "a": 1\n}\n', b"", b"\xff", b"[" * 100_000])
def test_json_written_otherwise_is_refused(text):
    with pytest.raises(ValueError):
        read(text)


def test_the_seal_is_a_line_that_the_standard_tool_reads():
    assert seal_of(b"x").decode() == f"{hash_of(b'x')}  manifest.json\n"


@pytest.mark.parametrize(
    ("chain", "path"),
    [
        ("case:YXJD-2026-000001", "ledger/case.json"),
        ("draw:S-2026-01-1", "ledger/draw-S-2026-01-1.json"),
        ("sitting:S-2026-01", "ledger/sitting-S-2026-01.json"),
    ],
)
def test_each_chain_has_its_place(chain, path):
    assert path_of_chain(chain) == path


def test_a_package_flows_in_pieces_and_ends():
    flow = Flow([in_memory("a.txt", b"abc"), in_memory("b.txt", b"")])
    pieces = []
    while piece := flow.read(1):
        pieces.append(piece)
    assert b"".join(pieces).startswith(b"PK")
    assert (b"abc" in pieces, flow.read(1)) == (True, b"")


def test_the_words_for_the_reader_say_everything_and_miss_nothing():
    facts = {"number": "N", "office": "O", "matter": "劳动能力鉴定", "years": 50, "basis": "令55"}
    told = readme(**facts, archived_on="2026-05-06", until="2076-05-06").decode()
    assert all(
        words in told
        for words in ("一件劳动能力鉴定案卷", "案件：N", "保管期限：50年，至2076-05-06", "sha256sum -c", "gj-signed-1")
    )
    with pytest.raises(KeyError):
        readme(number="N")
    assert len(WORDS.get_identifiers()) == 7


@pytest.mark.django_db
def test_records_open_what_is_encrypted_and_say_choices_in_words():
    case = a_withdrawn_case()
    records = Writer().records(case)
    [person] = records["parties"]["Person"]
    [application] = records["appraisal"]["Application"]
    assert person["id_number"] == case.person.id_number
    assert (application["channel"], application["channel_text"]) == ("online", "网上申请")
    assert {row["template"] for row in records["kernel"]["Message"]} >= {"appraisal.application_receipt"}


@pytest.mark.django_db
def test_records_hold_this_case_and_no_other():
    case, other = a_withdrawn_case(), an_ended_case()
    told = json.dumps(Writer().records(case), ensure_ascii=False)
    assert case.number in told
    assert other.number not in told


@pytest.mark.django_db
def test_art_28_a_request_that_staff_keep_away_is_kept_with_its_facts_and_its_answer():
    case, clerk, decider = a_submitted_case(), a_clerk(), an_administrator()
    row = ask_staff_recusal(case, ground=Ground.KIN, facts="受理人与单位负责人是姻亲", by=a_worker_user())
    decide_staff_recusal(row, user=clerk, answer="经核实，予以回避", by=decider)
    writer = Writer()
    [told] = writer.records(case)["cases"]["StaffRecusal"]
    assert (told["facts"], told["answer"]) == ("受理人与单位负责人是姻亲", "经核实，予以回避")
    assert (told["source_text"], told["decision_text"]) == ("当事人申请", "予以回避")
    assert {clerk.pk, decider.pk} <= writer.users


@pytest.mark.django_db
def test_art_28_a_request_that_an_expert_leave_is_kept_with_the_case_it_is_about_and_no_other():
    booking, other = a_booking(an_accepted_case()), an_ended_case()
    draw, _ = with_draws(booking)
    told = {"act": Act.LEAVE, "kind": CONFLICT, "asked_at": moment.now(), "asked_by": a_draw_officer()}
    facts = {"expert": an_expert(), "case": booking.case, "ground": Ground.KIN, "facts": "专家与被鉴定人是叔侄"}
    ChangeRequest.objects.create(draw=draw, **told, **facts)
    [row] = Writer().records(booking.case)["draws"]["ChangeRequest"]
    assert (row["facts"], row["case_id"], row["asked_by_id"]) == (
        "专家与被鉴定人是叔侄",
        booking.case_id,
        a_draw_officer().pk,
    )
    assert "draws" not in Writer().records(other)


@pytest.mark.django_db
def test_order_8_art_15_that_papers_were_read_is_told_by_the_chain_and_who_complained_stays_out():
    case, reader = a_submitted_case(), a_supervisor()
    consult(case, purpose="complaint", reason="核查赵某的举报", by=reader)
    entry = chain_of(case.chain)["entries"][-1]
    assert (entry["by"], entry["facts"]["what"]) == (reader.pk, "查阅病历和伤情：核查投诉、举报")
    assert "赵某" not in json.dumps([Writer().records(case), chain_of(case.chain)], ensure_ascii=False)


@pytest.mark.django_db
def test_who_is_named_by_an_id_is_told_by_name():
    case, writer = a_withdrawn_case(), Writer()
    writer.records(case)
    worker = a_worker_user()
    assert worker.pk in writer.users
    assert people(writer.users)[str(worker.pk)] == {"姓名": "林知远", "身份": "当事人"}
    assert worker.pk in acting([chain_of(case.chain)])


@pytest.mark.django_db
def test_the_whole_way_leaves_records_in_every_room():
    records = Writer().records(an_effective_case())
    assert set(records) >= {
        "accounts",
        "appraisal",
        "cases",
        "conclusions",
        "delivery",
        "draws",
        "kernel",
        "materials",
        "opinions",
        "papers",
        "parties",
        "sittings",
    } - {"accounts"}
    assert records["conclusions"]["Conclusion"][0]["grade"] == 9
    assert len(records["delivery"]["Delivery"]) == 2


@pytest.mark.django_db
def test_materials_stand_in_the_order_of_the_catalogue_and_pages_in_theirs():
    case = a_submitted_case(papers=("identity", "diagnosis", "medical_records"))
    assert [item.path for item in files.materials(case)] == [
        "materials/01-diagnosis/001.png",
        "materials/02-medical_records/001.png",
        "materials/03-identity/001.png",
    ]


@pytest.mark.django_db
def test_a_page_that_was_taken_out_is_not_in_the_file():
    case = a_submitted_case()
    page = MaterialPage.objects.filter(material__case=case, material__kind="identity").get()
    MaterialPage.objects.filter(pk=page.pk).update(removed_at=ARCHIVING, removed_by=a_clerk())
    assert [item.path for item in files.materials(case) if "identity" in item.path] == []


@pytest.mark.django_db
def test_papers_stand_in_the_order_of_issue_and_the_index_is_not_among_them():
    case = a_withdrawn_case()
    an_issued_paper(case)
    items = list(files.papers(case))
    assert [item.path for item in items] == ["papers/01-application_receipt.pdf", "papers/02-conclusion.pdf"]
    assert all(item.number and item.pages for item in items)


@pytest.mark.django_db
def test_what_a_termination_rests_on_goes_along():
    booking = a_booking(an_accepted_case())
    scan = store(a_pdf(2), name="refusal.pdf", by=a_clerk())
    Termination.objects.create(
        case=booking.case, booking=booking, head=2, facts="拒绝检查", proof="两名工作人员签字", evidence=scan,
        decided_by=a_clerk(), decided_at=datetime(2026, 3, 24, 15, 0, tzinfo=ARCHIVING.tzinfo),
    )  # fmt: skip
    [item] = files.attachments(booking.case)
    assert (item.path, item.pages, item.dated) == ("attachments/termination.pdf", 2, date(2026, 3, 24))


@pytest.mark.django_db
def test_the_signed_wish_on_which_the_window_ended_an_application_goes_along():
    case = a_submitted_case()
    receive_withdrawal(case, wish=a_picture(50), name="wish.png", reason="先治疗", by=a_clerk())
    [item] = files.attachments(case)
    assert (item.path, item.title, item.author) == ("attachments/withdrawal.png", "撤回申请的书面意见", a_clerk().name)


@pytest.mark.django_db
def test_metadata_say_origin_elements_process_and_checks():
    case = put_in_state(a_withdrawn_case(), State.WITHDRAWN)
    kept = kept_until(date(2026, 5, 6), region="990100")
    told = metadata(case, gathered(case).items, kept, at=ARCHIVING, by=an_archivist())
    assert set(told) == {"来源", "要素", "过程", "四性检查"}
    assert told["要素"]["保管至"] == "2076-05-06"
    assert told["要素"]["办结方式"] == "申请人已撤回"
    assert told["要素"]["立卷人"] == "柯存卷"
    assert "pdf 1" in told["四性检查"]["可用性"]
