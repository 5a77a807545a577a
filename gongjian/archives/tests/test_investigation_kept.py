"""The file of a recognition: everything that the investigation kept is in the package, and it proves itself offline."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest

from gongjian.accounts.roles import Role
from gongjian.archives.actions import archive
from gongjian.archives.models import Archive
from gongjian.archives.offline.check import verify
from gongjian.archives.tests.builders import package_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import anchor_days
from gongjian.kernel.tests.test_evidence_recordings import a_sound
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.actions import evidence, investigation, records, suspension, withdrawal
from gongjian.recognition.actions.records import Handed
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_kept_interview,
    a_kept_site,
    a_suspended_case,
    an_entered_case,
    an_investigator,
    staff,
    the_clerk,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LATER = MONDAY + timedelta(days=40)


def closed(case) -> Archive:
    case.refresh_from_db()
    case.obligations.filter(state="", fulfilled_at=None).update(fulfilled_at=LATER)  # served, told
    with moment.fixed(LATER + timedelta(days=1)):
        anchor_days(until=moment.today())
        return archive(case, by=staff(Role.ARCHIVIST))


def an_investigated_file() -> Archive:
    """Interview with its recording, scene, suspension and document; then terminated for want of a labour relation."""
    case, _ = a_suspended_case(days=0)
    with moment.fixed(MONDAY):
        investigation.answer(case, "accident", said=True, basis="笔录第1问", by=an_investigator())
        talk = a_kept_interview(case)
        sound = Handed(io.BytesIO(a_sound()), "谈话.wav")
        records.attach_recording(talk, sound, by=an_investigator())
        pages = [Handed(a_picture(80 + n), f"{n}.png") for n in range(talk.paper.evidence.page_count or 1)]
        records.sign_interview(talk, pages, was_read=True, by=an_investigator())
        a_kept_site(case)
        evidence.send_notice(case, by=an_investigator())
    with moment.fixed(LATER):
        suspension.resume(
            case,
            received_on=LATER.date(),
            document="3号裁决书",
            file=a_picture(99),
            name="裁决书.png",
            by=an_investigator(),
        )
        case.refresh_from_db()
        suspension.terminate(case, reason="经生效裁决不存在劳动关系。", by=the_signer())
    return closed(case)


def test_order_8_art_24_the_package_holds_what_the_investigation_kept_and_verifies_offline():
    made = an_investigated_file()
    with ZipFile(package_of(made)) as file:
        names, rows = file.namelist(), json.loads(file.read("index.json"))["files"]
        kept = json.loads(file.read("records/recognition.json"))
    titles = " ".join(row["title"] for row in rows)
    for title in (
        "笔录签名页",
        "调查录音录像",
        "现场照片",
        "恢复认定所依据的法律文书",
        "工伤认定中止通知书",
        "工伤认定调查笔录",
    ):
        assert title in titles
    assert [name for name in names if name.startswith("attachments/investigation-") and name.endswith(".wav")]
    assert {"Application", "Interview", "SiteRecord", "SitePhoto", "Suspension", "Answer", "EvidenceNotice"} <= set(
        kept
    )
    assert kept["Interview"][0]["lines"] == [{"q": "当时在哪里？", "a": "在车间。"}]
    assert kept["Suspension"][0]["document"] == "3号裁决书"
    report = verify(package_of(made), manifest=made.manifest_sha256)
    assert report.findings == []
    assert report.files == made.files - 2


def test_the_file_of_an_application_taken_back_holds_the_signed_wish():
    case = an_entered_case()
    with moment.fixed(MONDAY):
        withdrawal.receive_withdrawal(case, wish=a_picture(70), name="撤回申请.png", by=the_clerk())
    made = closed(case)
    with ZipFile(package_of(made)) as file:
        titles = [row["title"] for row in json.loads(file.read("index.json"))["files"]]
    assert "撤回申请的书面意见" in titles
    assert verify(package_of(made), manifest=made.manifest_sha256).findings == []
