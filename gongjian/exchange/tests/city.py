"""A city that does what it is told: in the test's own process, or as a process with its own database, home and web server that reads one JSON line each.

For `test_two_cities`.
"""

import json
import sys
from datetime import timedelta
from io import BytesIO
from threading import Thread
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from gongjian.accounts.models import Office
from gongjian.exchange.actions import answering, asking, peers
from gongjian.exchange.actions.answering import Handed
from gongjian.exchange.keys import fingerprint
from gongjian.exchange.models import Matter, Peer, Posted
from gongjian.exchange.sending import send_due
from gongjian.exchange.tests.builders import an_administrator, an_investigator_there
from gongjian.kernel import moment
from gongjian.kernel.tests.files import a_large_pdf
from gongjian.materials.actions import add_page, material_of
from gongjian.papers.actions import signature_of
from gongjian.recognition.tests.builders import an_investigated_case, an_investigator, another_bureau


class City:
    """What the staff of one bureau do."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def does(self, act: str, **given: Any) -> Any:
        return json.loads(json.dumps(getattr(self, act)(**given)))

    def key(self) -> dict[str, str]:
        return {"code": self.office.code, "name": self.office.name, "key": signature_of(self.office).certificate}

    def know(self, **told: str) -> None:
        row = peers.enter(self.office, by=an_administrator(self.office), **told)
        peers.trust(row, seen=fingerprint(told["key"]), by=an_administrator(self.office))

    def ask(self, scope: str, size: int) -> str:
        case, due = an_investigated_case(), moment.today() + timedelta(days=10)
        page = add_page(
            material_of("police_document", case=case), BytesIO(a_large_pdf(size)), name="甲.pdf", by=an_investigator()
        )
        told: Any = {"scope": scope, "due_on": due, "told": ["person"], "pages": [page.pk]}
        return asking.ask(case, Peer.objects.get(), **told, by=an_investigator()).key

    def send(self) -> int:
        Posted.objects.filter(sending="pending").update(next_attempt_at=moment.now())
        return send_due(limit=1)

    def accept(self, matter: str) -> None:
        answering.accept(Matter.objects.get(key=matter), by=an_investigator_there())

    def answer(self, matter: str, text: str, size: int) -> None:
        papers = [Handed(BytesIO(a_large_pdf(size)), "证明.pdf")]
        answering.answer(Matter.objects.get(key=matter), text=text, files=papers, by=an_investigator_there())

    def told(self, matter: str) -> dict[str, Any]:
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


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Standard output is for answers."""


def served() -> int:
    """Serve the whole platform on a free port from now on; which."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def answers_lines(city: City) -> None:
    """Serve the platform, say where, and do what each line says until there are no more."""
    sys.stdout.write(f"{served()}\n")
    sys.stdout.flush()
    for line in sys.stdin:
        name, given = json.loads(line)
        sys.stdout.write(json.dumps(city.does(name, **given)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    answers_lines(City(another_bureau()))
