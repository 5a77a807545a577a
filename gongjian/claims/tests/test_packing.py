"""The claim file: what goes along, what stays out, and that the same rows give the same bytes."""

import io
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

import pytest

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.appraisal.models import Application
from gongjian.archives.packing.package import Flow
from gongjian.benefits.rules import Stage
from gongjian.cases.models import Case
from gongjian.claims.packing import DECISIONS, Packed, held_kinds, packed
from gongjian.claims.rules import DEATH, IDENTITY, RELATION
from gongjian.claims.tests.builders import CLAIMED, TOLD, a_case_in_effect
from gongjian.claims.tests.test_without_a_grade import a_served_recognition
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.tests.kept import kept
from gongjian.materials.actions import material_of
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.models import Paper
from gongjian.recognition.actions import revising
from gongjian.recognition.models import Decision
from gongjian.recognition.tests.builders import MONDAY, the_clerk, the_reviewer, the_signer

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {"matter": "injury", "region": "990100", "injured_on": "2026-02-10", "insured": True}


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def a_pack(case: Case, stage: Stage = Stage.TREATMENT, **told: Any) -> Packed:
    return packed(case, stage, {**FACTS, **told}, at=MONDAY)


def bytes_of(whole: Packed) -> bytes:
    flow, found = Flow(whole.members), b""
    while piece := flow.read(65536):
        found += piece
    return found


def files_of(whole: Packed) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(bytes_of(whole))) as found:
        return {name: found.read(name) for name in found.namelist()}


def kinds_in(whole: Packed) -> list[str]:
    names = [one.name for one in whole.members if one.name.startswith("papers/")]
    return [name.removeprefix("papers/")[3:].removesuffix(".pdf") for name in names]


def an_identity_page(case: Case) -> MaterialPage:
    """As the window scanned it while the papers were still open."""
    material = material_of(IDENTITY, case=case)
    evidence = store(a_picture(33), name="证件.png", by=the_clerk())
    told = {"name": "证件.png", "added_by": the_clerk(), "added_at": moment.now()}
    return MaterialPage.objects.create(material=material, evidence=evidence, order=1, **told)


def test_the_same_rows_at_the_same_instant_give_the_same_bytes():
    case = a_served_recognition()
    assert bytes_of(a_pack(case)) == bytes_of(a_pack(case))
    assert a_pack(case).manifest_sha256 != a_pack(case, medical_cost="1").manifest_sha256


def test_the_manifest_names_every_file_with_its_size_and_hash_and_bears_its_own_beside_it():
    whole = a_pack(a_served_recognition(), medical_cost="88.00")
    files = files_of(whole)
    manifest = json.loads(files["manifest.json"])
    for one in manifest["files"]:
        body = files[one["path"]]
        assert (one["size"], one["sha256"]) == (len(body), sha256(body).hexdigest())
    assert manifest["form"] == "gongjian-claim-1" and manifest["stage"] == "treatment"
    assert whole.manifest_sha256 == sha256(files["manifest.json"]).hexdigest()
    assert whole.manifest_sha256 in files["manifest.json.sha256"].decode()


def test_the_statement_goes_along_with_its_formulas_and_articles():
    files = files_of(a_pack(a_served_recognition(), medical_cost="88.00"))
    items = json.loads(files["statement.json"])["items"]
    assert [(one["title"], one["amount"]) for one in items if one["amount"] == "88.00"]
    assert all(one["formula"] and one["article"] for one in items)


def test_only_decisions_go_along_and_no_letter_of_the_procedure():
    case = a_served_recognition()
    assert kinds_in(a_pack(case)) == ["decision_recognised"]
    assert Paper.objects.filter(case=case).exclude(kind__in=DECISIONS).exists()


def test_a_decision_that_fell_stays_out():
    case = a_served_recognition()
    fall = revising.Fall("own", "用人单位提交了决定作出前没有提供的考勤记录，原认定的事实需要重新核实。", anew=True)
    with moment.fixed(MONDAY + timedelta(days=2)):
        row = revising.propose_revocation(case, fall, by=the_reviewer())
        revising.sign_revision(case, row.pk, by=the_signer())
    assert Decision.objects.get(case=case).revoked_on
    assert kinds_in(a_pack(case)) == []


def test_a_correction_goes_along_with_the_decision_it_corrects():
    case = a_served_recognition()
    lines = ({"place": "occupation", "wrong": "车丁", "right": "车工"},)
    with moment.fixed(MONDAY + timedelta(days=2)):
        row = revising.propose_correction(case, lines, reason="录入时打错一个字。", by=the_reviewer())
        revising.sign_revision(case, row.pk, by=the_signer())
    found = kinds_in(a_pack(case))
    assert found[0] == "decision_recognised" and len(found) == 2 and "correction" in found[1]


@kept
def an_appraisal_upon_a_recognition() -> tuple[Case, Case]:
    """A conclusion in effect that stands on a recognition of this installation."""
    appraised, recognised = a_case_in_effect(), a_served_recognition()
    Case.objects.filter(pk=recognised.pk).update(person=appraised.person)
    Application.objects.filter(case=appraised).update(recognised_case=recognised)
    return Case.objects.get(pk=appraised.pk), Case.objects.get(pk=recognised.pk)


def test_upon_a_conclusion_the_recognition_it_stands_on_goes_along_too():
    appraised, _ = an_appraisal_upon_a_recognition()
    with moment.fixed(moment.at(CLAIMED)):
        assert sorted(kinds_in(a_pack(appraised, Stage.DISABILITY, grade=9, **TOLD))) == [
            "conclusion",
            "decision_recognised",
        ]


def test_an_identity_document_of_any_case_of_the_person_counts_and_the_newest_is_taken():
    case = a_served_recognition()
    assert held_kinds(case, Stage.TREATMENT) == set()
    page = an_identity_page(case)
    assert held_kinds(case, Stage.TREATMENT) == {IDENTITY}
    member = next(one for one in a_pack(case).members if one.name == "materials/identity/001.png")
    assert member.sha256 == page.evidence.sha256


def test_a_page_that_was_taken_back_is_not_held():
    case = a_served_recognition()
    page = an_identity_page(case)
    MaterialPage.objects.filter(pk=page.pk).update(removed_at=moment.now(), removed_by=the_clerk())
    assert held_kinds(case, Stage.TREATMENT) == set()


def test_proof_of_kinship_goes_along_for_a_death_alone():
    case = a_served_recognition(died=True)
    assert held_kinds(case, Stage.DEATH) == {RELATION, DEATH}
    assert held_kinds(case, Stage.TREATMENT) == set()


def test_the_papers_of_the_injury_do_not_go_to_the_agency():
    names = {one.name for one in a_pack(a_served_recognition()).members}
    assert not any("medical" in name or "labour" in name for name in names)
    assert not case_user_named(names)


def case_user_named(names: set[str]) -> bool:
    """Whether the name of a person stands in the name of a file."""
    return any(a_worker_user().name in name for name in names)
