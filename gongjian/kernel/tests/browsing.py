"""The sample site on a port of this machine, and a browser's page that notes whatever goes wrong on it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page

from gongjian.kernel import frame
from gongjian.kernel.tests import sample_site

AXE = Path(__file__).parents[3] / "tests" / "vendor" / "axe.min.js"
EXPECTED = "status|^htmx:(afterRequest|sendAbort)"
"""A refusal; a search that the next key has replaced while it was on its way."""


@contextmanager
def served() -> Iterator[str]:
    """Address of the sample site, served without any database for as long as the block lasts."""
    before = frame.entries
    frame.entries = lambda: sample_site.ENTRIES  # type: ignore[assignment]
    with override_settings(**sample_site.overrides()):
        thread = LiveServerThread("127.0.0.1", _Files, connections_override={})
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield f"http://127.0.0.1:{thread.port}"
        finally:
            thread.terminate()
            frame.entries = before


class _Files(StaticFilesHandler):
    """Serves the static files as they lie in the rooms."""

    def get_base_url(self) -> str:
        return "/static/"


def complaints(page: Page) -> list[str]:
    """A list that grows with every error and warning of the console, except that an answer was a refusal or is no longer wanted."""
    found: list[str] = []

    def note(message: Any) -> None:
        if message.type in {"error", "warning"} and not re.search(EXPECTED, message.text, re.IGNORECASE):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong on the page as it stands: the rule and the elements."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))])"
    )
    return [(rule, elements) for rule, elements in found]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sign_in(page: Page, site: str, who: str) -> None:
    """Be somebody of the cast from now on."""
    page.context.add_cookies([{"name": "person", "value": who, "url": site}])


def end_session(page: Page) -> None:
    """What happens when a session runs out while a page is open."""
    page.context.clear_cookies(name="person")


def kept(page: Page) -> str:
    """Everything this tab's memory holds, as one text."""
    return str(page.evaluate("JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})"))
