"""Nothing goes out of the house but by its known doors: what opens a line, to whom, and that no test has ever to reach beyond this machine."""

import ast
import re
import socket
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name, sources, tree

LINES = {
    "aiohttp",
    "ftplib",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "telnetlib",
    "urllib3",
    "websockets",
    "xmlrpc",
    "http.client",
    "urllib.request",
}
"""Modules with which a program can speak to another machine."""
DOORS = {
    "gongjian/authenticity/asking.py": "inquiries, to the bodies of INQUIRY_SOURCES",
    "gongjian/config/serving.py": "asks the platform itself whether it is up",
    "gongjian/exchange/line.py": "letters, sealed for another installation and signed",
    "gongjian/kernel/outbox/gateways.py": "messages, to the operator's own provider",
}
"""File → what goes out there, and to whom."""
FROM_OUTSIDE = re.compile(r"https?://(?!127\.0\.0\.1|localhost)[\w.-]+\.[a-z]{2,}")
TOLD_TO_PEOPLE = {"gongjian/law"}
"""Where an address of a public authority is named as a source for people to read."""


def imported(path: Path) -> set[str]:
    """Every module that a file imports, by its whole name."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def lines_out(path: Path) -> set[str]:
    """What of an import can open a line; errors of a library are only read by its name."""
    return {module for module in imported(path) if module in LINES or module.partition(".")[0] in LINES}


def calls(path: Path, called: str) -> list[ast.Call]:
    """Every call of a name or of an attribute with that name."""
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [
        node
        for node in nodes
        if (isinstance(node.func, ast.Name) and node.func.id == called)
        or (isinstance(node.func, ast.Attribute) and node.func.attr == called)
    ]


def test_l23_only_the_known_doors_can_open_a_line_to_another_machine():
    found = {name(path) for path in sources() if lines_out(path)}
    assert found == set(DOORS)


def test_l23_the_embedded_database_never_listens_to_the_network():
    for path in (ROOT / "gongjian/kernel/embedded").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"AF_INET|create_connection|listen_addresses\s*=\s*['\"]?[^'\" ,]", text), name(path)


def test_l23_every_door_refuses_to_be_sent_on_elsewhere():
    """The one opener follows no redirection: what is meant for one address reaches no other."""
    for door in ("gongjian/authenticity/asking.py", "gongjian/exchange/line.py", "gongjian/kernel/outbox/gateways.py"):
        path = ROOT / door
        assert calls(path, "opener"), f"{door} opens a line by other means"
        assert not calls(path, "urlopen"), door
        assert not calls(path, "HTTPConnection"), door
        assert not calls(path, "HTTPSConnection"), door


def test_l23_the_opener_is_made_in_one_place_without_redirections():
    makers = [name(path) for path in sources() if calls(path, "build_opener")]
    assert makers == ["gongjian/kernel/outbox/gateways.py"]
    [made] = calls(ROOT / makers[0], "build_opener")
    assert [ast.unparse(argument) for argument in made.args] == ["NoRedirect"]


def test_l23_no_address_of_another_machine_is_written_into_the_code():
    found = [
        f"{name(path)}: {match}"
        for path in sources()
        if not any(name(path).startswith(place) for place in TOLD_TO_PEOPLE)
        for match in FROM_OUTSIDE.findall(path.read_text(encoding="utf-8"))
    ]
    assert [
        each for each in found if not re.search(r"\.(example|invalid|test)$|(w3|json-schema)\.org$|gov\.cn$", each)
    ] == []


def test_l23_no_browser_page_loads_anything_from_another_machine():
    wide = re.compile(r"(?:src|href|action|@import|url\()\s*=?\s*[\"'(]?(?:https?:)?//[\w.-]+", re.IGNORECASE)
    pages = [path for path in (ROOT / "gongjian").rglob("*") if path.suffix in {".html", ".css"}]
    ours = [path for path in pages if "vendor" not in path.parts]
    assert len(ours) > 100
    assert [name(path) for path in ours if wide.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("address", ["192.0.2.1", "198.51.100.7", "2001:db8::1"])
def test_l23_a_test_that_reaches_beyond_this_machine_fails(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_STREAM) as line,
        pytest.raises(AssertionError, match="beyond this machine"),
    ):
        line.connect((address, 443))


def test_l23_a_test_may_speak_to_its_own_machine():
    with socket.socket() as listener, socket.socket() as line:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        line.connect(listener.getsockname())
        assert line.getpeername() == listener.getsockname()
