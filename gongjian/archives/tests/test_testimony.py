"""What the experts said goes into the package as the very bytes they signed, deliberation included; draws as their public receipts."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.appraisal.states import State
from gongjian.archives.errors import FileDamaged
from gongjian.archives.offline.check import verify
from gongjian.archives.offline.ed25519 import is_signed
from gongjian.archives.packing import testimony
from gongjian.archives.packing.package import gathered
from gongjian.archives.tests.builders import a_withdrawn_case, an_archive, package_of, with_draws
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import put_in_state
from gongjian.draws.models import Draw
from gongjian.draws.tests.builders import a_receipt
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.content import canonical, hash_of
from gongjian.opinions.errors import SealBroken
from gongjian.opinions.models import Assignment, Deliberation, OpinionDraft, RoundKey, SigningKey, View
from gongjian.opinions.queries.talk import statement_of
from gongjian.opinions.signing import sign
from gongjian.opinions.tests.builders import EXAM_DAY, a_finding, a_sealed_group, a_sheet, an_open_round, an_opinion_of
from gongjian.sittings.tests.builders import a_booking, an_accepted_case

pytestmark = pytest.mark.django_db


def a_talked_case(case: Case | None = None) -> Case:
    """Three experts of three minds: sealed, counted, talked, and the record signed by the chair."""
    case = a_sealed_group(case, grades=(8, 9, 10))
    talk = Deliberation.objects.get(case=case)
    with moment.fixed(EXAM_DAY):
        hashes = [_view(talk, assignment) for assignment in Assignment.objects.filter(case=case).order_by("seat")]
        _close(talk, hashes)
    return case


def _view(talk: Deliberation, assignment: Assignment) -> str:
    text = f"第{assignment.seat}席：同意九级"
    digest = hash_of(canonical(statement_of(talk, seat=assignment.seat, text=text)))
    signed = sign(assignment.user, PASSWORD, digest)
    View.objects.create(
        deliberation=talk, assignment=assignment, text=text, text_hash=digest, signature=signed.signature,
        key=signed.key, signed_at=moment.now(),
    )  # fmt: skip
    record(talk.case.chain, "deliberation.view", by=assignment.user, seat=assignment.seat, hash=digest)
    return digest


def _close(talk: Deliberation, hashes: list[str]) -> None:
    chair = Assignment.objects.filter(case=talk.case).order_by("seat")[0]
    digest = hash_of(canonical({**statement_of(talk, seat=chair.seat, text="一致同意九级"), "views": hashes}))
    signed = sign(chair.user, PASSWORD, digest)
    talk.record, talk.record_hash, talk.chair, talk.closed_at = "一致同意九级", digest, chair, moment.now()
    talk.signature, talk.key = signed.signature, signed.key
    talk.save()
    record(talk.case.chain, "deliberation.closed", by=chair.user, hash=digest)


def test_every_statement_is_the_very_text_that_was_signed():
    said = list(testimony.statements(a_talked_case()))
    assert [one.path for one in said] == [
        "opinions/round-1-seat-1.json",
        "opinions/round-1-seat-2.json",
        "opinions/round-1-seat-3.json",
        "opinions/round-1-view-1.json",
        "opinions/round-1-view-2.json",
        "opinions/round-1-view-3.json",
        "opinions/round-1-record.json",
    ]
    signed = [
        is_signed(
            f"gj-signed-1:{sha256(one.content).hexdigest()}".encode(),
            signature=bytes.fromhex(one.signature),
            public_key=bytes.fromhex(one.public_key),
        )
        for one in said
    ]
    assert signed == [True] * 7


def test_a_statement_holds_what_was_measured_in_words_and_how_it_was_computed():
    content = replace(an_opinion_of(9), findings=(a_finding(sheets=(a_sheet(),)),), explanation="已核对")
    said = [one for one in testimony.statements(a_sealed_group(contents=[content] * 3)) if "seat" in one.path]
    told = [json.loads(one.content)["content"]["findings"][0]["sheets"][0] for one in said]
    assert [(each["title"], each["lines"][2]) for each in told] == [("关节功能", ["伤侧活动度", "45度"])] * 3
    assert all("丧失66.7%" in each["workings"][0]["steps"][0]["text"] for each in told)


def test_a_statement_says_who_said_it_and_when():
    said = list(testimony.statements(a_talked_case()))
    assert [(one.title, one.author) for one in said][2:5] == [
        ("专家意见（第1轮第3席）", "沈神安"),
        ("合议发言（第1轮后第1席）", "骆骨生"),
        ("合议发言（第1轮后第2席）", "章手一"),
    ]
    assert {one.at for one in said} == {EXAM_DAY}
    assert json.loads(said[0].content)["content"]["grade"] == 8


def test_a_package_with_a_deliberation_holds():
    case = a_talked_case(put_in_state(a_withdrawn_case(), State.EXAMINING))
    put_in_state(case, State.WITHDRAWN)
    report = verify(package_of(an_archive(case)))
    assert (report.findings, report.signatures) == ([], 7)


def test_opinions_that_were_never_counted_stay_sealed_and_outside():
    case = put_in_state(a_withdrawn_case(), State.EXAMINING)
    an_open_round(case)
    assert list(testimony.statements(case)) == []


def test_an_open_deliberation_is_not_a_statement():
    case = a_sealed_group(grades=(8, 9, 10))
    assert [one.path for one in testimony.statements(case) if "view" in one.path or "record" in one.path] == []


def test_a_broken_seal_stops_the_archive_and_is_named(monkeypatch: pytest.MonkeyPatch):
    case = a_talked_case()

    def broken(opened: object) -> None:
        raise SealBroken(exam_code="K7M2", seat=1)

    monkeypatch.setattr(testimony, "opened_statements", broken)
    with pytest.raises(FileDamaged, match="专家意见"):
        gathered(case)


def test_no_secret_and_no_draft_goes_into_the_package():
    case = a_talked_case()
    everything = b"".join(b"".join(item.member.pieces()) for item in gathered(case).items)
    secrets = [
        *RoundKey.objects.values_list("secret", flat=True),
        *SigningKey.objects.values_list("wrapped_secret", flat=True),
    ]
    assert secrets
    assert not OpinionDraft.objects.filter(assignment__case=case).exists()
    assert [secret for secret in secrets if secret.encode() in everything] == []


def test_the_receipts_of_closed_draws_go_along_byte_for_byte():
    booking = a_booking(an_accepted_case())
    with_draws(booking)
    first, second = testimony.draws_of(booking.case)
    item = testimony.receipt(first)
    assert b"".join(item.member.pieces()) == a_receipt().text
    assert (item.title, testimony.receipt(second).title) == ("抽取凭证：抽取专家", "抽取凭证：现场分组")


@pytest.mark.parametrize("state", ["committed", "held", "void"])
def test_a_draw_that_is_not_closed_keeps_its_secret(state: str):
    booking = a_booking(an_accepted_case())
    with_draws(booking)
    Draw.objects.update(state=state)
    assert testimony.draws_of(booking.case) == []


def test_the_draw_of_a_sitting_at_which_the_case_got_no_group_is_not_its_own():
    booking = a_booking(an_accepted_case())
    assert testimony.draws_of(booking.case) == []
