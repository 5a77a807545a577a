"""Closing a case file: when it may be done, by whom, what is in it, and that it happens whole or not at all."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_member,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_archivist,
    an_expert_user,
    an_office,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.archives import actions
from gongjian.archives.actions import archive
from gongjian.archives.errors import FileDamaged, NotComplete
from gongjian.archives.models import Archive
from gongjian.archives.offline.check import verify
from gongjian.archives.packing.package import Flow, gathered, packed
from gongjian.archives.rules import kept_until
from gongjian.archives.tests.builders import (
    ARCHIVING,
    a_withdrawn_case,
    an_archive,
    an_effective_case,
    an_ended_case,
    package_of,
)
from gongjian.cases.actions.obligations import owe
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.storage import evidence_home, place_of
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import entries_of
from gongjian.kernel.ledger.queries import verify as verify_ledger
from gongjian.materials.models import MaterialPage
from gongjian.papers.models import Paper

pytestmark = pytest.mark.django_db
EFFECTIVE_FILES = {
    "README.txt",
    "index.pdf",
    "index.json",
    "metadata.json",
    "manifest.json",
    "manifest.json.sha256",
    "ledger/case.json",
    "ledger/anchors.json",
    "opinions/signatures.json",
    "opinions/round-1-seat-1.json",
    "opinions/round-1-seat-2.json",
    "opinions/round-1-seat-3.json",
    "records/cases.json",
    "records/appraisal.json",
    "records/delivery.json",
    "records/conclusions.json",
    "proofs/01.png",
}


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(ARCHIVING):
        yield


def names_in(made: Archive) -> set[str]:
    with ZipFile(package_of(made)) as file:
        return set(file.namelist())


def document(made: Archive, name: str) -> Any:
    with ZipFile(package_of(made)) as file:
        return json.loads(file.read(name))


def test_art_23_the_file_of_an_ended_appraisal_is_kept_for_fifty_years():
    made = an_archive(an_effective_case())
    made.case.refresh_from_db()
    assert (made.case.state, made.case.closed_at is not None) == (State.ARCHIVED, True)
    assert (made.retention_years, made.retention_until) == (50, date(2076, 5, 6))
    assert "令55 第二十三条" in made.retention_basis


def test_art_23_an_electronic_file_holds_everything_that_was_handed_in_said_and_decided():
    made = an_archive(an_effective_case())
    names = names_in(made)
    assert names >= EFFECTIVE_FILES
    assert {name.split("/")[0] for name in names} >= {"materials", "papers", "draws", "ledger", "records"}
    assert [name for name in names if "conclusion" in name and name.endswith(".pdf")]
    assert len([name for name in names if name.startswith("draws/")]) == 2
    assert made.files == len(names)


def test_the_package_of_the_whole_way_verifies_offline():
    made = an_archive(an_effective_case())
    report = verify(package_of(made), manifest=made.manifest_sha256)
    assert report.findings == []
    assert (report.signatures, report.draws, report.files) == (3, 2, made.files - 2)
    assert (report.entries > made.entries, report.unanchored > 0, report.roots != {}) == (True, True, True)


def test_the_hash_of_the_manifest_stands_in_the_ledger():
    made = an_archive(an_ended_case())
    entry = entries_of(made.case.chain).get(act="case.archive")
    assert entry.facts["manifest"] == made.manifest_sha256 == verify(package_of(made)).manifest
    assert entry.facts["package"] == made.package.sha256
    assert verify_ledger()[1] == []


def test_the_package_tells_who_is_meant_and_how_the_case_went():
    told = document(an_archive(), "metadata.json")
    assert told["要素"]["被鉴定人"] == "林知远"
    assert [step["此后状态"] for step in told["过程"]] == ["待审查材料", "申请人已撤回"]
    assert set(told["四性检查"]) == {"真实性", "完整性", "可用性", "安全性"}
    assert "林知远" in [person["姓名"] for person in told["人员"].values()]


def test_the_index_lists_each_file_with_author_day_pages_and_hash():
    rows = document(an_archive(), "index.json")["files"]
    first = rows[0]
    assert (first["role"], first["title"], first["pages"]) == ("material", "有效的诊断证明", "1")
    assert {row["role"] for row in rows} == {"material", "paper", "opinion", "record"}
    assert all(len(row["sha256"]) == 64 and row["author"] and row["dated"] for row in rows)


def test_a_record_holds_what_was_applied_for_in_the_clear():
    records = document(an_archive(), "records/appraisal.json")
    [application] = records["Application"]
    assert (application["hospital"], application["injury_state"]) == ("云溪市人民医院", "右手食指活动不便")
    assert application["applicant_kind_text"] == "工伤职工本人"


def test_what_was_handed_in_comes_out_byte_for_byte():
    made = an_archive()
    page = (
        MaterialPage.objects.filter(material__case=made.case, material__kind="diagnosis")
        .select_related("evidence")
        .get()
    )
    with ZipFile(package_of(made)) as file:
        content = file.read("materials/01-diagnosis/001.png")
    assert page.evidence.size == len(content)
    assert document(made, "index.json")["files"][0]["sha256"] == page.evidence.sha256


def flowed(flow: Flow) -> bytes:
    """All bytes of a package, as the store reads them."""
    pieces = []
    while piece := flow.read(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def test_the_same_file_makes_the_same_bytes():
    case = a_withdrawn_case()
    made = an_archive(case)
    kept, everything = kept_until(moment.today(), region="990100"), gathered(case)
    packages = [packed(everything, made.index, kept, at=ARCHIVING, by=an_archivist()) for _ in range(2)]
    first, second = (flowed(Flow(package.members)) for package in packages)
    assert first == second
    assert verify(io.BytesIO(first)).findings == []


def test_a_second_look_gives_the_very_bytes_that_were_archived():
    made = an_archive(an_ended_case())
    assert package_of(made).getvalue() == package_of(made).getvalue()
    assert made.package.sha256 == Archive.objects.get().package.sha256


ENDED = [State.EFFECTIVE, State.REFUSED, State.ABANDONED, State.WITHDRAWN, State.TERMINATED, State.DECEASED]


@pytest.mark.parametrize("state", ENDED)
def test_an_archivist_may_close_the_file_of_every_way_a_case_ends(state, monkeypatch):
    case = an_ended_case(state)
    monkeypatch.setattr(actions, "lacks_of", lambda case: ())
    archive(case, by=an_archivist())
    case.refresh_from_db()
    assert case.state == State.ARCHIVED


@pytest.mark.parametrize(
    "state",
    [s for s in State if s not in (*ENDED, State.ARCHIVED)],
)
def test_a_file_is_not_closed_before_the_case_has_ended(state):
    case = an_ended_case(state)
    with pytest.raises(MoveNotAllowed):
        archive(case, by=an_archivist())
    assert not Archive.objects.exists()


@pytest.mark.parametrize(
    "person",
    [
        a_clerk,
        a_reviewer,
        the_signer,
        a_delivery_clerk,
        a_supervisor,
        an_administrator,
        a_worker_user,
        an_expert_user,
        an_outsider,
    ],
)
def test_nobody_but_the_archivist_closes_a_file(person: Callable[[], User]):
    case = an_ended_case()
    with pytest.raises(NotYours):
        archive(case, by=person())
    case.refresh_from_db()
    assert (case.state, Archive.objects.count()) == (State.WITHDRAWN, 0)


def test_an_archivist_of_another_office_does_not_close_it():
    elsewhere = a_member(Role.ARCHIVIST, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with pytest.raises(NotYours):
        archive(an_ended_case(), by=elsewhere)


def test_two_archivists_at_once_close_it_once():
    made = an_archive(an_ended_case())
    with pytest.raises(MoveNotAllowed, match="已归档"):
        archive(Case.objects.get(pk=made.case_id), by=an_archivist())
    assert Archive.objects.count() == 1
    assert Paper.objects.filter(kind="dossier_index").count() == 1


def test_a_file_without_its_conclusion_is_not_closed():
    with pytest.raises(NotComplete, match="缺少鉴定结论书"):
        archive(an_ended_case(State.EFFECTIVE), by=an_archivist())


@pytest.mark.parametrize(
    ("state", "paper"), [(State.ABANDONED, "视为放弃申请通知书"), (State.TERMINATED, "终止通知书")]
)
def test_an_appraisal_that_ended_early_is_not_closed_without_its_notice(state, paper):
    with pytest.raises(NotComplete, match=paper):
        archive(an_ended_case(state), by=an_archivist())


def test_a_conclusion_that_nobody_put_in_effect_is_not_closed():
    case = an_effective_case(drawn=False)
    tamper(Conclusion, "effective_on = NULL")
    with pytest.raises(NotComplete, match="生效的日期"):
        archive(case, by=an_archivist())


def test_a_service_without_its_proof_is_not_closed():
    case = an_effective_case(drawn=False)
    tamper(Delivery, "served_on = NULL")
    with pytest.raises(NotComplete, match=r"还没有送达被鉴定人；.*还没有送达用人单位"):
        archive(case, by=an_archivist())


def test_a_file_with_something_left_to_do_is_not_closed():
    case = an_ended_case()
    owe(case, "decide_recusal", due=ARCHIVING.date(), article="令55 第二十八条", role="draw_officer")
    with pytest.raises(NotComplete, match="答复回避申请"):
        archive(case, by=an_archivist())


def test_a_damaged_file_is_named_and_nothing_is_closed():
    case = a_withdrawn_case()
    page = MaterialPage.objects.filter(material__case=case, material__kind="identity").select_related("evidence").get()
    path = evidence_home() / place_of(page.evidence.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    try:
        with pytest.raises(FileDamaged, match="身份证件"):
            archive(case, by=an_archivist())
    finally:
        path.write_bytes(whole)
    assert (Case.objects.get().state, Paper.objects.filter(kind="dossier_index").exists()) == (State.WITHDRAWN, False)


@pytest.mark.parametrize("step", ["gathered", "issue", "packed", "keep", "move"])
def test_dying_at_any_step_leaves_the_case_as_it_was(step, monkeypatch):
    case = an_ended_case()
    before = (LedgerEntry.objects.count(), Paper.objects.count(), Evidence.objects.count())

    def dies(*args: object, **kwargs: object) -> None:
        raise DatabaseError(step)

    monkeypatch.setattr(actions, step, dies)
    with pytest.raises(DatabaseError), transaction.atomic():
        archive(case, by=an_archivist())
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert (LedgerEntry.objects.count(), Paper.objects.count(), Evidence.objects.count()) == before
    assert not Archive.objects.exists()


def test_after_a_failure_the_next_try_succeeds(monkeypatch):
    case = an_ended_case()
    with monkeypatch.context() as broken:
        broken.setattr(actions, "keep", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            archive(case, by=an_archivist())
    assert archive(case, by=an_archivist()).index.sequence == 1


@pytest.mark.parametrize("act", ["update", "delete"])
def test_no_code_of_ours_edits_or_destroys_a_closed_file(act):
    made = an_archive(an_ended_case())
    rows = Archive.objects.filter(pk=made.pk)
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        rows.update(files=1) if act == "update" else rows.delete()


def test_the_retention_is_that_of_the_day_of_archiving():
    with moment.fixed(ARCHIVING + timedelta(days=300)):
        made = archive(an_ended_case(), by=an_archivist())
    assert made.retention_until == date(2077, 3, 2)


def tamper(model: type, setting: str) -> None:
    """Set rows as no action would."""
    with transaction.atomic():
        cursor = transaction.get_connection().cursor()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"UPDATE {model._meta.db_table} SET {setting}")  # type: ignore[attr-defined]
        cursor.execute("SET session_replication_role = DEFAULT")
