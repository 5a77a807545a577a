"""The files an investigation keeps are looked at by who needs them, each look is noted, and nobody else learns that they are there."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_applicant
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.tests.test_evidence_recordings import a_sound
from gongjian.materials.tests.builders import a_pdf
from gongjian.recognition.actions import records, suspension
from gongjian.recognition.actions.records import Handed
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_kept_interview,
    a_kept_site,
    a_suspended_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
    the_reviewer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def opened(user: User, case: Case, name: str, *rest: object):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with moment.fixed(MONDAY + timedelta(hours=1)):
        return client.get(reverse(f"recognition:{name}", args=[case.number, *rest]))


def read_of(case: Case) -> list[str]:
    return [entry.facts["what"] for entry in readings_of(case.chain)]


def test_order_8_art_11_a_photo_of_the_scene_is_shown_in_the_page_and_the_look_is_noted():
    case = an_investigated_case()
    photo = a_kept_site(case).photos.get()
    answer = opened(an_investigator(), case, "kept", "photo", photo.pk)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert "现场照片" in read_of(case)


def test_a_signed_page_is_read_as_a_picture_and_has_its_original():
    case = an_investigated_case()
    leaf = a_kept_interview(case, signed=True).pages.first()
    picture = opened(an_investigator(), case, "kept_page", "page", leaf.pk, 1)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert opened(an_investigator(), case, "kept", "page", leaf.pk).status_code == 200
    assert opened(an_investigator(), case, "kept_page", "page", leaf.pk, 2).status_code == 404
    assert "签名的笔录第1页，第1页" in read_of(case)


def test_a_recording_is_downloaded_and_never_played_by_the_page():
    case = an_investigated_case()
    talk = a_kept_interview(case)
    assert opened(an_investigator(), case, "kept", "recording", talk.pk).status_code == 404
    with moment.fixed(MONDAY):
        records.attach_recording(talk, Handed(BytesIO(a_sound()), "问话.wav"), by=an_investigator())
    answer = opened(an_investigator(), case, "kept", "recording", talk.pk)
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/wav")
    assert answer["Content-Disposition"].startswith("attachment")


def test_order_8_art_20_the_document_that_ends_a_suspension_is_read():
    case, row = a_suspended_case(days=0)
    with moment.fixed(MONDAY + timedelta(minutes=30)):
        told = {"document": "仲裁裁决书", "file": a_pdf(), "name": "裁决.pdf", "by": an_investigator()}
        suspension.resume(case, received_on=MONDAY.date(), **told)
    assert opened(an_investigator(), case, "kept", "document", row.pk)["Content-Type"] == "application/pdf"
    assert opened(an_investigator(), case, "kept_page", "document", row.pk, 1).status_code == 200


def test_who_reads_nothing_about_health_at_this_step_finds_no_file_and_no_link():
    case = an_investigated_case()
    photo = a_kept_site(case).photos.get()
    for somebody in (the_clerk(), the_reviewer()):
        assert opened(somebody, case, "kept", "photo", photo.pk).status_code == 404
        page = opened(somebody, case, "investigation").content.decode()
        assert "3号车床全景" in page
        assert "/kept/photo/" not in page
    assert "现场照片" not in read_of(case)
    shown = opened(an_investigator(), case, "investigation").content.decode()
    assert reverse("recognition:kept", args=[case.number, "photo", photo.pk]) in shown


def test_a_file_of_another_case_of_an_unknown_kind_or_of_the_staff_opens_for_no_party():
    case, other = an_investigated_case(), an_investigated_case()
    photo = a_kept_site(case).photos.get()
    assert opened(an_investigator(), other, "kept", "photo", photo.pk).status_code == 404
    assert opened(an_investigator(), case, "kept", "letter", photo.pk).status_code == 404
    join_case(case, an_applicant(), capacity="worker", is_applicant=True)
    assert opened(an_applicant(), case, "kept", "photo", photo.pk).status_code == 403
