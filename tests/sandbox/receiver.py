"""Somebody who is told: keeps what comes, answers as it is told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Receiver:
    url: str = ""
    #: The next answers; after them, 200.
    statuses: list[int] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    #: From where each came.
    peers: list[str] = field(default_factory=list)

    def take(self, body: bytes) -> int:
        self.received.append(json.loads(body))
        return self.statuses.pop(0) if self.statuses else 200

    @property
    def told(self) -> list[str]:
        return [body["object"]["id"] for body in self.received]


@contextmanager
def listening() -> Iterator[Receiver]:
    receiver = Receiver()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # As http.server has it.
            length = int(self.headers["Content-Length"])
            receiver.peers.append(str(self.client_address[0]))
            self.send_response(receiver.take(self.rfile.read(length)))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/webhooks/v1/yookassa"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()
