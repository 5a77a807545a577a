"""Looking at a page: what a reader with a small window, a screen reader or an error console would complain about."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from gongjian.kernel.tests.browsing import AXE, sticks_out

WIDTHS = (360, 768, 1440)
SERIOUS = {"serious", "critical"}
PICTURES = os.environ.get("GONGJIAN_PICTURES", "")
"""A folder: where it is named, every page that is looked at leaves its picture in three widths."""

NOTES_PARTS = """
window.partsThatCame = new WeakSet();
document.addEventListener("htmx:afterRequest", (event) => window.partsThatCame.add(event.detail.elt));
"""
"""Put into every page before its own scripts: notes which parts that load by themselves have come, empty or not."""
SEEN: set[str] = set()
"""What pages looked over before were built of; a page built of the same pieces is not looked over again."""


def look_over(page: Page, complaints: list[str], name: str = "") -> None:
    """Nothing serious by axe, nothing wider than the window at any width, no complaint in the console; and a picture if wanted."""
    settle(page)
    assert complaints == [], f"{page.url}: {complaints[0]}"
    built_of = pieces(page)
    if built_of not in SEEN:
        found = serious(page)
        assert found == [], f"{page.url}: {found}"
        wide = [width for width, over in overflow(page) if over > 0]
        assert wide == [], f"{page.url} is wider than its window at {wide}"
        SEEN.add(built_of)
    if name and PICTURES:
        picture(page, name)


def settle(page: Page) -> None:
    """Wait until the page is there and the parts it loads by itself have come."""
    page.wait_for_load_state("load")
    page.wait_for_function(
        "() => !document.querySelector('.htmx-request')"
        " && [...document.querySelectorAll('[hx-trigger=load]')].every(part => window.partsThatCame?.has(part))"
    )


def pieces(page: Page) -> str:
    """Every sort of element on the page with its classes, as one text; words and numbers do not count."""
    return str(
        page.evaluate(
            "() => window.innerWidth + [...new Set([...document.querySelectorAll('*')].map(e =>"
            " e.tagName + '.' + (e.getAttribute('class') || '') + (e.getAttribute('role') || '')))].sort().join()"
        )
    )


def serious(page: Page) -> list[str]:
    """What axe finds that keeps somebody from using the page: rule and elements."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run({resultTypes: ['violations']})).violations.map(v => ({id: v.id, impact: v.impact,"
        " on: v.nodes.map(n => n.target.join(' ')).slice(0, 4)}))"
    )
    return [f"{each['id']}: {'; '.join(each['on'])}" for each in found if each["impact"] in SERIOUS]


def overflow(page: Page) -> list[tuple[int, int]]:
    """(width, by how much the page is wider), after which the window is as it was."""
    before = page.viewport_size or ViewportSize(width=WIDTHS[0], height=740)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": before["height"]})
        found.append((width, sticks_out(page)))
    page.set_viewport_size(before)
    return found


def picture(page: Page, name: str) -> None:
    """The whole page in three widths, as `name-360.png` and so on."""
    before = page.viewport_size or ViewportSize(width=WIDTHS[0], height=740)
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740 if width == WIDTHS[0] else 900})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True, caret="initial")
    page.set_viewport_size(before)
