"""The evidence for a reply: everything in one stream that anybody can check, for who replies alone, and noted."""

import io
import json
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_outsider
from gongjian.archives.bundle import Bundle, bundle
from gongjian.archives.errors import FileDamaged
from gongjian.archives.packing import files
from gongjian.cases.errors import NotYours
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.papers.tests.reading import words
from gongjian.recognition.errors import RemedyNotFound
from gongjian.recognition.models import Remedy
from gongjian.recognition.tests.builders import an_investigator, another_bureau, the_reviewer, the_signer
from gongjian.recognition.tests.served import LATER, a_remedy, a_served_decision, a_served_rejection, the_deliverer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def taken(row: Remedy) -> tuple[Bundle, ZipFile]:
    with moment.fixed(LATER):
        made = bundle(row.case, row.pk, by=the_reviewer())
    return made, ZipFile(io.BytesIO(b"".join(made.pieces())))


def test_reconsideration_law_art_48_the_bundle_holds_every_paper_with_its_pages_and_hash():
    row = a_remedy(a_served_decision().case)
    _, package = taken(row)
    assert package.testzip() is None
    index = json.loads(package.read("index.json"))["files"]
    titles = {one["title"] for one in index}
    assert {"认定工伤决定书", "工伤认定申请受理决定书", "工伤认定申请表"} <= titles
    assert any("收到的副本" in title for title in titles)
    for one in index:
        assert sha256(package.read(one["path"])).hexdigest() == one["sha256"]
        assert one["pages"]


def test_procedure_law_art_67_a_refusal_that_found_no_head_met_is_defended_with_the_articles_it_applied():
    row = a_remedy(a_served_decision("refused").case)
    assert row.decision.heads == []
    _, package = taken(row)
    assert "《工伤保险条例》第十四条、第十五条" in words(package.read("index.pdf"))


def test_procedure_law_art_67_each_sentence_of_the_facts_stands_with_what_it_rests_on():
    made, package = taken(a_remedy(a_served_decision().case))
    facts = json.loads(package.read("facts.json"))
    assert facts["decision"] == "云溪人社工认〔2026〕1号"
    assert facts["facts"][0]["sentence"] == "林知远是该单位车工。"
    assert all(one["rests_on"] for one in facts["facts"])
    told = words(package.read("index.pdf"))
    assert "林知远是该单位车工。" in told
    assert "（2026）云0101行初12号" in told
    assert made.name == "云溪人社工证〔2026〕1号.zip"


def test_the_manifest_names_every_file_and_its_own_hash_stands_beside_it():
    made, package = taken(a_remedy(a_served_decision().case))
    text = package.read("manifest.json")
    listed = {one["path"]: one["sha256"] for one in json.loads(text)["files"]}
    assert set(listed) == set(package.namelist()) - {"manifest.json", "manifest.json.sha256"}
    assert all(sha256(package.read(path)).hexdigest() == told for path, told in listed.items())
    assert package.read("manifest.json.sha256").decode().startswith(made.manifest_sha256)
    chain = json.loads(package.read("ledger/case.json"))
    assert chain["entries"][0]["act"] == "case.opened"


def test_a_rejection_found_no_facts_and_has_its_bundle_all_the_same():
    row = a_remedy(a_served_rejection().case, side="worker")
    _, package = taken(row)
    assert json.loads(package.read("facts.json"))["facts"] == []


def test_a_second_bundle_is_another_with_the_next_number_and_without_the_first_list():
    row = a_remedy(a_served_decision().case)
    taken(row)
    made, package = taken(row)
    assert made.index.sequence == 2
    assert not [name for name in package.namelist() if "evidence_index" in name]


def test_that_it_was_taken_out_stands_in_the_reading_log():
    row = a_remedy(a_served_decision().case)
    taken(row)
    entries = LedgerEntry.objects.filter(chain=row.case.chain, by=the_reviewer())
    assert any("证据材料" in str(entry.facts) for entry in entries)


@pytest.mark.parametrize("who", [an_investigator, the_signer, the_deliverer, an_outsider])
def test_only_who_replies_takes_it_out(who):
    row = a_remedy(a_served_decision().case)
    with moment.fixed(LATER), pytest.raises(NotYours):
        bundle(row.case, row.pk, by=who())
    assert not row.case.papers.filter(kind="evidence_index").exists()


def test_a_remedy_of_no_such_number_has_none():
    row = a_remedy(a_served_decision().case)
    with moment.fixed(LATER), pytest.raises(RemedyNotFound):
        bundle(row.case, row.pk + 1, by=the_reviewer())


def test_a_damaged_file_stops_it_and_gives_the_number_back(monkeypatch):
    row = a_remedy(a_served_decision().case)

    def broken(case):
        raise FileDamaged(title="劳动合同")

    with monkeypatch.context() as patched, moment.fixed(LATER), pytest.raises(FileDamaged):
        patched.setattr(files, "materials", broken)
        bundle(row.case, row.pk, by=the_reviewer())
    assert taken(row)[0].index.sequence == 1


def test_the_button_streams_it_and_a_stranger_gets_nothing():
    row = a_remedy(a_served_decision().case)
    address = reverse("archives:bundle", args=[row.case.number, row.pk])
    client = Client()
    with moment.fixed(LATER):
        client.force_login(the_reviewer(), backend="django.contrib.auth.backends.ModelBackend")
        answer: Any = client.post(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
        assert ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
        assert client.get(address).status_code == 405
        client.force_login(
            a_member(Role.REVIEWER, office=another_bureau()), backend="django.contrib.auth.backends.ModelBackend"
        )
        assert client.post(address).status_code == 404
