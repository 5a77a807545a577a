"""Who may sign for whom, and what leaving a paper takes: 民诉法 art. 88, 89."""

import io

import pytest
from pypdf import PdfWriter

from gongjian.accounts.tests.builders import a_delivery_clerk
from gongjian.delivery.actions import record_served, take_results
from gongjian.delivery.actions.attempts import Handed
from gongjian.delivery.errors import ProofMissing, RefuserWrong, SignerWrongForBody, SignerWrongForPerson
from gongjian.delivery.methods import RELATIONS, Method, refusers, signers
from gongjian.delivery.models import Delivery, Proof
from gongjian.delivery.postal import read_pasted
from gongjian.delivery.rules import check_left, check_proof
from gongjian.delivery.tests.builders import FACTS, MADE, a_scan, facts_for, two_deliveries
from gongjian.delivery.tests.test_post import a_batch, taken
from gongjian.kernel import moment

SIGNED = [
    ("self", False, True), ("self", True, False),
    ("family", False, True), ("family", True, False),
    ("head", False, False), ("head", True, True),
    ("mail_room", False, False), ("mail_room", True, True),
    ("agent", False, True), ("agent", True, True),
    ("designated", False, True), ("designated", True, True),
]  # fmt: skip


@pytest.mark.parametrize("method", [Method.IN_PERSON, Method.POST, Method.ENTRUSTED])
@pytest.mark.parametrize(("relation", "is_body", "may"), SIGNED)
def test_civil_procedure_88_who_signs_fits_the_recipient(method: Method, relation: str, is_body: bool, may: bool):
    facts = FACTS[method] | {"relation": relation}
    assert (relation in signers(is_body=is_body)) is may
    if may:
        check_proof(method, facts, files=1, is_body=is_body)
    else:
        with pytest.raises(SignerWrongForBody if is_body else SignerWrongForPerson, match=RELATIONS[relation][:4]):
            check_proof(method, facts, files=1, is_body=is_body)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("is_body", [False, True])
def test_civil_procedure_89_only_who_should_have_signed_can_refuse(relation: str, is_body: bool):
    facts = FACTS[Method.LEFT] | {"refused_by": relation}
    if relation in refusers(is_body=is_body):
        check_proof(Method.LEFT, facts, files=1, is_body=is_body)
    else:
        with pytest.raises(RefuserWrong):
            check_proof(Method.LEFT, facts, files=1, is_body=is_body)


@pytest.mark.parametrize(
    ("witnesses", "photos", "enough"), [("柳桥社区 周见", 0, True), ("", 1, True), (" ", 0, False)]
)
def test_civil_procedure_89_a_left_paper_has_a_witness_or_a_photo(witnesses: str, photos: int, enough: bool):
    if enough:
        check_left(witnesses=witnesses, photos=photos)
    else:
        with pytest.raises(ProofMissing, match="见证人，或者送达过程的照片"):
            check_left(witnesses=witnesses, photos=photos)


def a_pdf() -> Handed:
    """A signed record that was scanned: no photo of what happened."""
    made, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(made)
    made.seek(0)
    return Handed(made, "送达回证.pdf")


def left(delivery: Delivery, file: Handed, **facts: str) -> Delivery:
    told = facts_for(delivery, Method.LEFT) | facts
    with moment.fixed(moment.at(MADE)):
        return record_served(delivery, Method.LEFT, on=MADE, facts=told, by=a_delivery_clerk(), files=[file])


@pytest.mark.django_db
def test_without_a_witness_a_scan_is_no_photo_and_nothing_is_kept():
    worker, employer = two_deliveries()
    with pytest.raises(ProofMissing, match="照片"):
        left(worker, a_pdf(), witnesses="")
    assert not Proof.objects.exists()
    assert left(worker, a_scan(1), witnesses="").served_on == MADE
    assert left(employer, a_pdf()).served_on == MADE


@pytest.mark.django_db
def test_a_mail_room_signs_for_the_employer_and_not_for_the_worker():
    worker, employer = two_deliveries()
    told = {"on": MADE, "by": a_delivery_clerk()}
    with moment.fixed(moment.at(MADE)):
        facts = FACTS[Method.IN_PERSON] | {"relation": "mail_room"}
        with pytest.raises(SignerWrongForPerson):
            record_served(worker, Method.IN_PERSON, facts=facts, files=[a_scan(1)], **told)
        served = record_served(employer, Method.IN_PERSON, facts=facts, files=[a_scan(2)], **told)
    assert served.attempts.get().signer == "林知远（单位负责收件的人（收发室、值班室等））"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1\tEX1\t2026-04-14\t吴门卫", "第1号邮件由“吴门卫”签收，没有写明与收件人的关系"),
        ("1\tEX1\t2026-04-14\t吴门卫\t\t\t收发室", "受送达人是个人"),
        ("1\tEX1\t2026-04-14\t林母\t\t\t邻居", "没有写明与收件人的关系"),
        ("2\tEX2\t2026-04-14\t周若岚", "法定代表人、收发室、委托代理人、指定代收人"),
        ("2\tEX2\t2026-04-14\t周若岚\t\t\t同住成年家属", "受送达人是单位"),
    ],
)
def test_a_return_slip_signed_by_somebody_else_serves_nobody(row: str, sentence: str):
    count, sentences = taken(a_batch(), row)
    assert count == 0
    assert sentence in sentences[0]


@pytest.mark.django_db
def test_a_return_slip_tells_in_the_last_column_who_signed():
    batch = a_batch()
    rows, _ = read_pasted("1\tE1\t2026-04-14\t林母\t\t\t同住成年家属\n2\tE2\t2026-04-14\t周若岚\t\t\t收发室")
    with moment.fixed(moment.at(MADE.replace(day=16))):
        assert take_results(batch, rows, by=a_delivery_clerk()) == (2, [])
    kept = [attempt.facts["relation"] for attempt in batch.attempts.order_by("line")]
    assert kept == ["family", "mail_room"]
