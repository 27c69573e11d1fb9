"""Which port each part of ``cinema up`` listens on: six in a row."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from infra.embedded.errors import PortTaken

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ports:
    first: int

    @property
    def api(self) -> int:
        return self.first

    @property
    def sandbox(self) -> int:
        return self.first + 1

    @property
    def mail(self) -> int:
        return self.first + 2

    @property
    def smtp(self) -> int:
        return self.first + 3

    @property
    def postgres(self) -> int:
        return self.first + 4

    @property
    def nats(self) -> int:
        return self.first + 5

    def purposes(self) -> dict[int, str]:
        """Who wants which."""
        return {
            self.api: "the APIs",
            self.sandbox: "the payment sandbox",
            self.mail: "the mail sink's page",
            self.smtp: "the mail sink",
            self.postgres: "PostgreSQL",
            self.nats: "NATS",
        }


def check_free(wanted: Mapping[int, str]) -> None:
    """Raises ``PortTaken`` for the first that is not."""
    for port, part in wanted.items():
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError:
                raise PortTaken(port, part) from None


def any_free() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
    return port


def answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), 1).close()
    except OSError:
        return False
    return True
