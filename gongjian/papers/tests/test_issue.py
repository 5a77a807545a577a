"""Issuing: number, bytes, signature, evidence and ledger come together or not at all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import DatabaseError, connections, transaction

from gongjian.accounts.tests.builders import a_province, an_office, the_signer
from gongjian.cases.models import NumberSeries
from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import NotStored
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.papers import actions
from gongjian.papers.actions import drafted, issue, mark_of, release, signature_of, supersede
from gongjian.papers.errors import (
    GlyphMissing,
    KindUnknown,
    OfficeUnreachable,
    PaperFieldMissing,
    SigningFailed,
    SupersededAlready,
)
from gongjian.papers.forms.conclusion import Appraisee
from gongjian.papers.models import Paper
from gongjian.papers.queries import roots_of
from gongjian.papers.tests.builders import a_conclusion, a_receipt, a_supplement_notice
from gongjian.papers.tests.issuing import an_issued_paper, without_imprint
from gongjian.papers.tests.reading import words
from gongjian.papers.validate import validate

MARCH = moment.at(date(2026, 3, 5))
NAMED = Appraisee(name="林𪜶远", id_type="公民身份号码", id_number="990101198805200011")
"""A name with a character that the shipped face lacks."""


@pytest.fixture
def march() -> Iterator[None]:
    with moment.fixed(MARCH):
        yield


def bytes_of(paper: Paper) -> bytes:
    with open_evidence(paper.evidence) as file:
        return file.read()


def red_signs(pdf: bytes) -> int:
    """Red pixels on all pages: the head of the paper and the seal."""
    pictures = [page.render(scale=1).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]
    pixels = [pixel for each in pictures for pixel in each.get_flattened_data()]
    return sum(red > 150 and green < 110 and blue < 110 for red, green, blue in pixels)


@pytest.mark.django_db
def test_the_number_counts_from_one_for_each_kind_office_and_year(march: None):
    numbers = [
        an_issued_paper().number,
        an_issued_paper().number,
        an_issued_paper(paper=a_receipt()).number,
        an_issued_paper(office=a_province()).number,
    ]
    with moment.fixed(moment.at(date(2027, 1, 4))):
        numbers.append(an_issued_paper().number)
    assert numbers == [
        "云溪劳鉴初〔2026〕1号",
        "云溪劳鉴初〔2026〕2号",
        "云溪劳鉴收〔2026〕1号",
        "云岭劳鉴初〔2026〕1号",
        "云溪劳鉴初〔2027〕1号",
    ]


@pytest.mark.django_db
def test_the_number_and_the_code_stand_in_the_paper_itself(march: None):
    paper = an_issued_paper()
    told = words(bytes_of(paper))
    code = paper.check_code
    assert paper.number in told
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in told


@pytest.mark.django_db
def test_what_is_issued_validates_against_the_offices_authority(march: None, home: Path):
    office = an_office()
    found = validate(bytes_of(an_issued_paper(office=office)), roots_of(office.code), moment=MARCH)
    assert (found.valid, found.signer, found.at) == (True, office.name, MARCH)


@pytest.mark.django_db
def test_a_reprint_is_the_same_bytes(march: None):
    paper = an_issued_paper()
    assert bytes_of(paper) == bytes_of(Paper.objects.get(pk=paper.pk))
    assert paper.sha256 == paper.evidence.sha256


@pytest.mark.django_db
def test_the_ledger_of_the_case_holds_number_and_hash(march: None):
    case = a_case()
    paper = an_issued_paper(case)
    entry = LedgerEntry.objects.get(chain=case.chain, act="paper.issued")
    assert entry.facts == {"kind": "conclusion", "number": paper.number, "sha256": paper.sha256}


@pytest.mark.django_db
def test_a_paper_without_a_case_is_noted_in_the_offices_chain(march: None):
    an_issued_paper()
    assert LedgerEntry.objects.filter(chain="office:YXJD", act="paper.issued").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["address", "telephone"])
def test_an_office_that_cannot_be_reached_issues_nothing(field: str):
    office = an_office()
    setattr(office, field, "  ")
    with pytest.raises(OfficeUnreachable, match="办公地址和咨询电话"):
        an_issued_paper(office=office)
    assert not NumberSeries.objects.filter(series="paper.conclusion").exists()


@pytest.mark.django_db
def test_an_unknown_kind_is_refused():
    with pytest.raises(KindUnknown):
        issue("love_letter", case=None, office=an_office(), form=without_imprint(a_receipt()), by=None)


@pytest.mark.django_db
def test_a_field_that_is_missing_is_refused_before_a_number_is_taken(monkeypatch: pytest.MonkeyPatch):
    def never(*_: Any) -> int:
        raise AssertionError("a number was taken")

    monkeypatch.setattr(actions, "next_number", never)
    form = partial(without_imprint(a_supplement_notice()), recipient=" ")
    with pytest.raises(PaperFieldMissing):
        issue("supplement_notice", case=None, office=an_office(), form=form, by=None)


FAILURES = [
    ("the_renderer", GlyphMissing(characters="□")),
    ("signature_of", SigningFailed()),
    ("store", NotStored()),
    ("record", RuntimeError("killed")),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "failure"), FAILURES, ids=[step for step, _ in FAILURES])
def test_whatever_fails_gives_the_number_back_and_leaves_no_paper(
    march: None, monkeypatch: pytest.MonkeyPatch, step: str, failure: Exception
):
    def fails(*_: Any, **__: Any) -> Any:
        raise failure

    monkeypatch.setattr(actions, step, fails)
    with pytest.raises(type(failure)):
        an_issued_paper()
    monkeypatch.undo()
    assert not Paper.objects.exists()
    assert an_issued_paper().sequence == 1


@pytest.mark.django_db
def test_dying_after_the_file_was_stored_leaves_at_most_a_file_without_row(
    march: None, monkeypatch: pytest.MonkeyPatch
):
    def dies(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "record", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        an_issued_paper()
    assert (Paper.objects.count(), Evidence.objects.count(), NumberSeries.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_rare_character_is_refused_and_not_printed_as_a_box(march: None):
    with pytest.raises(GlyphMissing, match=r"U\+2A736"):
        an_issued_paper(paper=a_conclusion(appraisee=NAMED))


@pytest.mark.django_db
def test_further_fonts_come_from_the_settings(settings: Any, tmp_path: Path):
    settings.PAPER_FONTS = [str(tmp_path)]
    kept = actions.the_renderer()
    assert kept is actions.the_renderer()
    settings.PAPER_FONTS = []
    assert kept is not actions.the_renderer()


@pytest.mark.django_db
def test_the_signing_key_is_loaded_once_and_anew_when_it_is_replaced():
    office = an_office()
    first = signature_of(office)
    assert signature_of(office) is first
    certificate = actions.authority_folder() / office.code / "certificate.pem"
    certificate.touch()
    assert signature_of(office) is not first


@pytest.mark.django_db
def test_an_issued_paper_can_be_neither_edited_nor_deleted(march: None):
    paper = an_issued_paper()
    for change in (lambda: Paper.objects.filter(pk=paper.pk).update(sequence=9), paper.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_article_31_a_corrected_paper_takes_the_place_of_the_old_one_once(march: None):
    case, by = a_case(), the_signer()
    old, new, other = (an_issued_paper(case) for _ in range(3))
    supersede(old, new, by=by)
    with pytest.raises(SupersededAlready):
        supersede(old, other, by=by)
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=old.pk).update(superseded_by=other)
    assert LedgerEntry.objects.get(chain=case.chain, act="paper.superseded").facts["successor"] == new.number


@pytest.mark.django_db
def test_a_release_stays(march: None):
    paper = an_issued_paper(a_case())
    release(paper, "worker")
    release(paper, "worker")
    assert paper.releases.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        paper.releases.all().delete()


@pytest.mark.django_db
def test_a_draft_is_watermarked_and_has_neither_number_nor_code_nor_signature(march: None):
    office = an_office()
    draft = drafted("conclusion", office=office, form=without_imprint(a_conclusion()))
    told = words(draft)
    assert "草稿未签发" in told
    assert "（草稿）" in told
    assert "查验码0000" not in told
    assert not validate(draft, [], moment=MARCH).intact
    assert not NumberSeries.objects.filter(series="paper.conclusion").exists()


@pytest.mark.django_db
def test_the_seal_is_drawn_on_what_is_issued_only(march: None):
    form = without_imprint(a_conclusion())
    draft = drafted("conclusion", office=an_office(), form=form)
    assert red_signs(bytes_of(an_issued_paper())) > red_signs(draft) + 1000


@pytest.mark.django_db
def test_a_person_of_whom_neither_sex_nor_birth_is_known_shows_dashes(march: None):
    named = Appraisee(name="林远", id_type="护照", id_number="E00000001")
    told = words(bytes_of(an_issued_paper(paper=a_conclusion(appraisee=named))))
    assert "姓名林远性别—出生日期—护照E00000001" in told


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("云溪市劳动能力鉴定委员会", "云溪劳鉴"),
        ("云岭省劳动能力鉴定委员会", "云岭劳鉴"),
        ("云溪市人力资源和社会保障局", "云溪人社"),
        ("东溪县劳动能力鉴定委员会", "东溪劳鉴"),
    ],
)
def test_an_offices_mark_comes_from_its_name(name: str, mark: str):
    assert mark_of(name) == mark


@pytest.mark.django_db(transaction=True)
def test_l10_two_hundred_parallel_issues_with_failures_leave_no_gap():
    office, by = an_office(), the_signer()
    signature_of(office)
    broken = without_imprint(a_supplement_notice(recipient="林𪜶远"))

    def issue_one(place: int) -> int | None:
        try:
            form = broken if place % 10 == 0 else without_imprint(a_supplement_notice(case_number=f"YX-{place}"))
            return issue("supplement_notice", case=None, office=office, form=form, by=by).sequence
        except GlyphMissing:
            return None
        finally:
            connections.close_all()

    with moment.fixed(MARCH), ThreadPoolExecutor(8) as pool:
        taken = [number for number in pool.map(issue_one, range(200)) if number]
    assert sorted(taken) == list(range(1, 181))
    assert Paper.objects.values("check_code").distinct().count() == 180
    assert NumberSeries.objects.get(series="paper.supplement_notice").last == 180
