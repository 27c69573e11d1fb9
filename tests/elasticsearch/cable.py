"""A way to a server that is plugged in later."""

import socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from typing_extensions import override

SIZE = 65_536


class Cable(ThreadingTCPServer):
    """Passes on what comes in at its port; nobody is there until it is plugged in."""

    daemon_threads = True

    def __init__(self, port: int, url: str) -> None:
        far = urlsplit(url)
        self.far_end = (far.hostname or "", far.port or 0)
        super().__init__(("127.0.0.1", port), Ends)

    @override
    def __enter__(self) -> "Cable":
        Thread(target=self.serve_forever, daemon=True).start()
        return self

    @override
    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Ends(BaseRequestHandler):
    server: Any

    @override
    def handle(self) -> None:
        with socket.create_connection(self.server.far_end) as far:
            back = Thread(target=carry, args=(far, self.request), daemon=True)
            back.start()
            carry(self.request, far)
            back.join()


def carry(source: socket.socket, target: socket.socket) -> None:
    try:
        while received := source.recv(SIZE):
            target.sendall(received)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # Whichever side has gone: this connection is over.
        return
