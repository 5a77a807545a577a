"""A text-message provider on this machine, which answers as a test tells it to: well, late, twice, with errors, or not at all."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Provider:
    """What it was asked, and how it answers: the status for the n-th request (from 1), 200 unless told."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.status: Callable[[int], int] = lambda number: 200
        self.answer = b'{"id": "P-1"}'
        self.released = Event()
        self.released.set()
        self.url = ""

    @property
    def delivered(self) -> set[str]:
        """The keys it would have handed to telephones: each once, however often it came."""
        return {request["key"] for request in self.requests}

    def always(self, status: int) -> None:
        self.status = lambda number: status


@contextmanager
def a_provider() -> Iterator[Provider]:
    """The provider, listening on loopback until the end of the block."""
    provider = Provider()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            provider.requests.append(json.loads(content))
            provider.headers.append(dict(self.headers.items()))
            status = provider.status(len(provider.requests))
            provider.released.wait(5)
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(provider.answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}/sms"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield provider
    finally:
        provider.released.set()
        server.shutdown()
        server.server_close()
