"""What ``cinema up`` runs: servers first, then our own roles on top of them."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from infra.embedded import ports as network
from infra.embedded.child import Child, Program
from infra.embedded.folder import log_of
from infra.embedded.nats import Nats
from infra.embedded.payments import PaymentSandbox
from infra.embedded.ports import HOST, Ports
from infra.embedded.postgres import Postgres

#: Where this program is imported from, installed or not.
SOURCE = Path(__file__).parents[2]
PROBES = ("/command/v1/health/ready", "/query/v1/health/ready")


@dataclass(frozen=True, slots=True)
class Part:
    program: Program
    is_up: Callable[[Child], bool]
    #: What to call each address a person may want.
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that runs on one data folder, ready to be started."""

    folder: Path
    ports: Ports

    def postgres(self, server: Postgres) -> Part:
        return Part(
            server.program(log_of(self.folder, "postgres")),
            lambda _: server.answers(),
            {"PostgreSQL": server.url},
        )

    def nats(self, server: Nats) -> Part:
        return Part(
            server.program(log_of(self.folder, "nats")),
            lambda _: server.answers(),
            {"NATS": server.url},
        )

    def payments(self, server: PaymentSandbox) -> Part:
        program = server.program(log_of(self.folder, "payments"))
        return Part(
            program, lambda _: server.answers(), {"Payment sandbox": server.url}
        )

    def mail(self) -> Part:
        smtp, http = self.ports.smtp, self.ports.mail
        program = self.python(
            "mail sink",
            "infra.smtp.sink",
            *("--smtp-port", str(smtp)),
            *("--http-port", str(http)),
            *("--folder", str(self.folder / "mail")),
        )
        return Part(
            program,
            lambda _: network.answers(smtp) and network.answers(http),
            {"Mail": page(http), "SMTP": f"smtp://{HOST}:{smtp}"},
        )

    def prepare(self, *, empty: bool) -> Part:
        arguments = ("prepare", "--empty") if empty else ("prepare",)
        program = self.python("preparation", "infra.cli", *arguments, is_task=True)
        return Part(program, lambda child: child.is_done, {})

    def serve(self) -> Part:
        port = self.ports.api
        program = self.python("APIs", "infra.cli", "serve", "all", "--port", str(port))
        addresses = {
            "Query API": page(port, "/query/v1/docs"),
            "Command API": page(port, "/command/v1/docs"),
            "Dashboards": page(port, "/admin"),
        }
        return Part(
            program, lambda _: all(map(partial(probe, port), PROBES)), addresses
        )

    def run(self, group: str) -> Part:
        return Part(self.python(group, "infra.cli", "run", group), Child.is_ready, {})

    def python(
        self, name: str, module: str, *arguments: str, is_task: bool = False
    ) -> Program:
        """In the folder the person is in: a ``.env`` there counts."""
        return Program(
            name=name,
            command=(sys.executable, "-P", "-m", module, *arguments),
            log=log_of(self.folder, name.replace(" ", "-")),
            folder=Path.cwd(),
            environment=environment(self.folder),
            is_task=is_task,
        )


def environment(folder: Path) -> Mapping[str, str]:
    path = [str(SOURCE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {
        "CINEMA_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
        "PYTHONUNBUFFERED": "1",
    }


def page(port: int, path: str = "/") -> str:
    return f"http://{HOST}:{port}{path}"


def probe(port: int, path: str) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
