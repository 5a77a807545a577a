"""One city as a process of its own: it does what is written to it, one JSON line each, in its own database and home. For `test_two_cities`."""

import json
import sys
from datetime import timedelta
from io import BytesIO
from typing import Any

import django

django.setup()

from gongjian.exchange.actions import answering, asking, peers  # noqa: E402 the apps must be there first
from gongjian.exchange.actions.answering import Handed  # noqa: E402
from gongjian.exchange.keys import fingerprint  # noqa: E402
from gongjian.exchange.models import Matter, Peer, Posted  # noqa: E402
from gongjian.exchange.sending import send_due  # noqa: E402
from gongjian.exchange.tests.builders import an_administrator, an_investigator_there  # noqa: E402
from gongjian.kernel import moment  # noqa: E402
from gongjian.kernel.tests.files import a_large_pdf  # noqa: E402
from gongjian.materials.actions import add_page, material_of  # noqa: E402
from gongjian.papers.actions import signature_of  # noqa: E402
from gongjian.recognition.tests.builders import (  # noqa: E402
    a_bureau,
    an_investigated_case,
    an_investigator,
    another_bureau,
)

OFFICES = {"YXRS": a_bureau, "DLRS": another_bureau}
OFFICE = OFFICES[sys.argv[1]]()


def key() -> dict[str, str]:
    return {"code": OFFICE.code, "name": OFFICE.name, "key": signature_of(OFFICE).certificate}


def know(**told: str) -> None:
    row = peers.enter(OFFICE, by=an_administrator(OFFICE), **told)
    peers.trust(row, seen=fingerprint(told["key"]), by=an_administrator(OFFICE))


def ask(scope: str, size: int) -> str:
    case, due = an_investigated_case(), moment.today() + timedelta(days=10)
    page = add_page(
        material_of("police_document", case=case), BytesIO(a_large_pdf(size)), name="甲.pdf", by=an_investigator()
    )
    told: Any = {"scope": scope, "due_on": due, "told": ["person"], "pages": [page.pk]}
    return asking.ask(case, Peer.objects.get(), **told, by=an_investigator()).key


def send() -> int:
    Posted.objects.filter(sending="pending").update(next_attempt_at=moment.now())
    return send_due(limit=1)


def accept(matter: str) -> None:
    answering.accept(Matter.objects.get(key=matter), by=an_investigator_there())


def answer(matter: str, text: str, size: int) -> None:
    papers = [Handed(BytesIO(a_large_pdf(size)), "证明.pdf")]
    answering.answer(Matter.objects.get(key=matter), text=text, files=papers, by=an_investigator_there())


def told(matter: str) -> dict[str, Any]:
    row = Matter.objects.filter(key=matter).first()
    if row is None:
        return {}
    letters = row.letters.order_by("is_ours", "number")
    files = [each.sha256 for letter in letters for each in letter.enclosures.filter(evidence__isnull=False)]
    owed = row.case.obligations.filter(about=row.key, fulfilled_at=None) if row.case else []
    return {
        "state": row.state,
        "reply": row.reply,
        "files": files,
        "ours": [each.sending for each in letters if each.is_ours],
        "theirs": len([each for each in letters if not each.is_ours]),
        "errors": [each.last_error for each in letters if each.is_ours],
        "owed": [each.kind for each in owed],
    }


ACTS = {act.__name__: act for act in (key, know, ask, send, accept, answer, told)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, given = json.loads(line)
        sys.stdout.write(json.dumps(ACTS[name](**given)) + "\n")
        sys.stdout.flush()
