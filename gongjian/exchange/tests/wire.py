"""A line of TCP between two programs, which a test may cut after so many bytes, or on which it changes what is carried."""

import socket
from threading import Thread


class Wire:
    """Listens on `port` and carries to `target`. cut_after: bytes of a request after which it breaks; swap: (these bytes, those) of the same length."""

    def __init__(self, target: int) -> None:
        self.cut_after: int | None = None
        self.swap: tuple[bytes, bytes] | None = None
        self.requests: list[bytes] = []
        self._target = target
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self._target)) as far:
            Thread(target=pump, args=(far, near), daemon=True).start()
            carried = b""
            while data := near.recv(65_536):
                carried += data
                if self.cut_after is not None and b"PUT " in carried[:4] and len(carried) > self.cut_after:
                    break
                far.sendall(data.replace(*self.swap) if self.swap else data)
            self.requests.append(carried)


def pump(source: socket.socket, target: socket.socket) -> None:
    """Carry everything until the source ends, then say so to the target."""
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side was cut
        return
