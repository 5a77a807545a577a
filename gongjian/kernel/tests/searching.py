"""Searching as a page does it: the form is sent, and the answer followed once."""

from typing import Any

from django.test import Client


def searched(browser: Client, address: str, text: str) -> Any:
    """The answer to a search for `text`: the page of hits, or the redirect to the only one."""
    sent = browser.post(address, {"q": text})
    assert sent.status_code == 302
    assert sent["Location"].startswith(f"{address}?s=")
    return browser.get(sent["Location"])
