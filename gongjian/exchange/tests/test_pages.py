"""The pages: who asks, who answers, who administers; and closed doors."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_outsider
from gongjian.exchange.actions import peers as acts
from gongjian.exchange.errors import AddressWrong, FingerprintDiffers, KeyUnreadable, LetterBroken, PeerKnown
from gongjian.exchange.keys import fingerprint
from gongjian.exchange.models import Enclosure, Matter, Peer
from gongjian.exchange.states import State
from gongjian.exchange.tests.builders import (
    DUE,
    SCOPE,
    an_administrator,
    an_answered_matter,
    an_asked_matter,
    an_entered_peer,
    an_investigator_there,
    delivered,
    the_other_end,
    two_cities,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.law.errors import NotAllowed
from gongjian.materials.tests.builders import a_picture
from gongjian.papers.actions import signature_of
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    an_investigated_case,
    an_investigator,
    another_bureau,
    the_clerk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def go(user: User, name: str, *args: object, told: dict[str, Any] | None = None):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with moment.fixed(MONDAY + timedelta(hours=2)):
        address = reverse(f"exchange:{name}", args=args)
        return client.get(address) if told is None else client.post(address, told)


def test_an_investigator_asks_another_city_from_the_case():
    case, (there, _) = an_investigated_case(), two_cities()
    page = go(an_investigator(), "ask", case.number).content.decode()
    assert "东岭市人力资源和社会保障局" in page
    assert "示指" not in page, "nothing about health is offered"
    told = {"peer": there.pk, "scope": SCOPE, "due_on": str(DUE), "told": ["person"], "pages": []}
    assert go(an_investigator(), "ask", case.number, told=told).status_code == 302
    assert Matter.objects.get(case=case).about == {"person": "林知远"}
    assert "已发出" in go(an_investigator(), "case", case.number).content.decode()


def test_the_other_city_sees_accepts_and_answers_it():
    there = an_investigator_there()
    matter = an_asked_matter()
    delivered()
    other = the_other_end(matter)
    assert "云溪市人力资源和社会保障局" in go(there, "incoming").content.decode()
    assert "受理" in go(there, "matter", other.pk).content.decode()
    assert readings_of(other.chain).exists()
    assert go(there, "accept", other.pk, told={}).status_code == 302
    told = {"text": "已核实。", "papers": [SimpleUploadedFile("路口.png", a_picture(9).getvalue())]}
    assert go(there, "answer", other.pk, told={"text": ""}).status_code == 422
    assert go(there, "answer", other.pk, told=told).status_code == 302
    delivered(after=timedelta(hours=3))
    page = go(an_investigator(), "case", matter.case.number).content.decode()
    assert "路口.png" in page
    assert "来自东岭市人力资源和社会保障局" in page


def test_the_answer_stands_on_the_case_and_is_taken_in_by_a_press_of_a_button():
    matter = an_answered_matter()
    user, number = an_investigator(), matter.case.number
    assert "查收答复，收入案卷" in go(user, "case_part", number).content.decode()
    file = Enclosure.objects.get(letter__matter=matter, evidence__isnull=False)
    assert go(user, "enclosure", file.pk)["Content-Type"] == "image/png"
    assert go(user, "take", matter.pk, told={}).status_code == 302
    assert "已查收" in go(user, "case", number).content.decode()
    assert {"异地协助调查", "异地协助调查的附件"} <= {entry.facts["what"] for entry in readings_of(matter.chain)}


def test_a_refusal_is_noted_with_what_is_done_instead():
    matter = an_asked_matter()
    delivered()
    there = an_investigator_there()
    assert go(there, "refuse", the_other_end(matter).pk, told={"reason": "不属本地"}).status_code == 302
    delivered(after=timedelta(hours=3))
    assert go(an_investigator(), "note", matter.pk).status_code == 200
    assert go(an_investigator(), "note", matter.pk, told={"how": "自行调查"}).status_code == 302
    matter.refresh_from_db()
    assert matter.state == State.REFUSED


def test_who_reads_nothing_about_the_case_reads_nothing_of_the_matter():
    matter = an_answered_matter()
    page = go(the_clerk(), "case", matter.case.number).content.decode()
    assert "内容只对正在办理的调查人员开放" in page
    assert not [word for word in (SCOPE, "路口当日封闭") if word in page]
    file = Enclosure.objects.get(letter__matter=matter, evidence__isnull=False)
    for stranger in (the_clerk(), an_investigator_there(), an_outsider()):
        assert go(stranger, "enclosure", file.pk).status_code == 404


def test_doors_are_closed_to_whose_business_it_is_not():
    matter = an_asked_matter()
    delivered()
    other = the_other_end(matter)
    for name in ("matter", "refuse", "answer"):
        assert go(an_investigator(), name, other.pk).status_code == 404
    for name in ("case", "ask", "case_part"):
        assert go(an_investigator_there(), name, matter.case.number).status_code == 404
    assert go(an_investigator_there(), "note", matter.pk).status_code == 404
    assert go(an_administrator(), "incoming").status_code == 403
    for name in ("peers", "enter_peer"):
        assert go(an_investigator(), name).status_code == 403
    assert go(an_administrator(another_bureau()), "peer", matter.peer.pk).status_code == 404


def test_an_administrator_enters_a_peer_compares_its_fingerprint_and_ends_it():
    user, there = an_administrator(), another_bureau()
    pem = signature_of(there).certificate
    told = {
        "office": a_bureau().pk,
        "code": "DLRS",
        "name": there.name,
        "address": "https://rs.example.gov.cn",
        "key": pem,
    }
    assert go(user, "enter_peer", told=told).status_code == 302
    row = Peer.objects.get()
    assert not row.is_trusted
    assert go(user, "peer", row.pk, told={"seen": "0000"}).status_code == 422
    spelled = " ".join(row.fingerprint[place : place + 4] for place in range(0, 64, 4)).upper()
    assert spelled.lower() in go(user, "peer", row.pk).content.decode()
    assert go(user, "peer", row.pk, told={"seen": spelled}).status_code == 302
    assert Peer.objects.get().is_trusted
    assert go(user, "end_peer", row.pk, told={}).status_code == 302
    assert not Peer.objects.get().is_trusted
    assert "已停用" in go(user, "peers").content.decode()


def test_the_page_of_peers_shows_the_own_key_and_its_fingerprint():
    page = go(an_administrator(), "peers").content.decode()
    own = fingerprint(signature_of(a_bureau()).certificate)
    assert own[:4] in page
    assert "BEGIN CERTIFICATE" in page
    assert "PRIVATE" not in page


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"address": "ftp://x"}, AddressWrong), ({"address": "https://a:b@x"}, AddressWrong), ({"address": "https://x/y"}, AddressWrong),
        ({"key": "-----BEGIN"}, KeyUnreadable), ({"key": ""}, KeyUnreadable), ({"code": "a b"}, LetterBroken),
    ],
)  # fmt: skip
def test_a_peer_that_cannot_be_used_is_not_entered(changes, error):
    with pytest.raises(error):
        an_entered_peer(a_bureau(), another_bureau(), **changes)
    assert not Peer.objects.exists()


def test_a_code_has_one_live_key_and_only_a_compared_one_is_trusted():
    row = an_entered_peer(a_bureau(), another_bureau())
    with pytest.raises(PeerKnown):
        an_entered_peer(a_bureau(), another_bureau())
    with pytest.raises(FingerprintDiffers):
        acts.trust(row, seen=row.fingerprint[:-1] + "g", by=an_administrator())
    for act in (lambda by: acts.trust(row, seen=row.fingerprint, by=by), lambda by: acts.end(row, by=by)):
        with pytest.raises(NotAllowed):
            act(an_investigator())
    assert acts.end(row, by=an_administrator()).is_trusted is False
    assert an_entered_peer(a_bureau(), another_bureau()).pk != row.pk
