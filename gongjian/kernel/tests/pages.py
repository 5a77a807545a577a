"""Reading pages in tests: elements by tag and attribute, without a browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "img", "meta", "link", "hr"}


@dataclass
class Element:
    """One element: its attributes and all the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def classes(self) -> set[str]:
        return set((self.get("class") or "").split())


class Page(HTMLParser):
    """A parsed page or fragment."""

    def __init__(self, html: str | bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html.decode() if isinstance(html, bytes) else html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        for outer in self._open:
            outer.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str = "", **wanted: str) -> list[Element]:
        """Every element of a tag whose attributes are as wanted (`class_` and `for_` for the reserved words)."""
        return list(self._matching(tag, wanted))

    def one(self, tag: str = "", **wanted: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **wanted)
        return found

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.classes]

    def _matching(self, tag: str, wanted: dict[str, str]) -> Iterator[Element]:
        pairs = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        for element in self.elements:
            if (not tag or element.tag == tag) and all(element.get(name) == value for name, value in pairs.items()):
                yield element
