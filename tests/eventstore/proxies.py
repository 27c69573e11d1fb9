"""A line to the server that loses an answer when told to."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread


class DroppingProxy:
    """Forwards; when armed, lets the next request through and cuts the line instead of
    answering it.
    """

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.armed = Event()
        self.sockets: list[socket.socket] = []
        self.threads: list[Thread] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.start(self.accept)

    def start(self, target: Callable[..., None], *args: object) -> None:
        self.threads.append(Thread(target=target, args=args, daemon=True))
        self.threads[-1].start()

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.server_port))
                self.sockets += [client, server]
                self.start(self.pump, client, server, False)
                self.start(self.pump, server, client, True)

    def pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if answers and self.armed.is_set():
                    self.armed.clear()
                    break
                sink.sendall(data)
        for end in (source, sink):
            shut(end)

    def close(self) -> None:
        for each in (self.listener, *self.sockets):
            shut(each)
        for thread in self.threads:
            thread.join()
        for each in (self.listener, *self.sockets):
            each.close()


def shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
