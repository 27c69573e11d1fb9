"""Mail servers for tests: one that answers by script, and the sink as a process."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.embedded.child import Child, Program
from infra.smtp.sender import MailServer, SmtpMailer
from infra.smtp.stationery import Stationery
from tests.conftest import free_port

HOST = "127.0.0.1"
FROM = "Кино <no-reply@cinema.example>"
SITE = "https://cinema.example"
STATIONERY = Stationery(SITE, ZoneInfo("Europe/Moscow"))
ROOT = Path(__file__).parents[1]


@dataclass
class Script:
    """What the server says next to each letter; after that, yes to all."""

    answers: list[str] = field(default_factory=list)
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    mailers: list[SmtpMailer] = field(default_factory=list)

    def mailer(self, **changes: Any) -> SmtpMailer:
        """A new one that hands its letters over here."""
        usual = MailServer(host=HOST, port=self.port, timeout=2.0)
        made = SmtpMailer(replace(usual, **changes), STATIONERY, FROM)
        self.mailers.append(made)
        return made

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's.
        self, _server: SMTP, _: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        if self.answers and self.answers[0].startswith("RCPT "):
            return self.answers.pop(0).removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        self.recipients.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's.
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(message, EmailMessage)
        if answer == "hang up":
            self.received.append(message)
            assert server.transport is not None
            server.transport.close()
        elif answer.startswith("2"):
            self.received.append(message)
        return answer


@contextmanager
def scripted(*answers: str, **options: Any) -> Iterator[Script]:
    script = Script(list(answers))
    controller = Controller(script, hostname=HOST, port=script.port, **options)
    controller.start()
    try:
        yield script
    finally:
        for mailer in script.mailers:
            mailer.close()
        controller.stop()


@dataclass
class Sink:
    """The real thing, in a process of its own."""

    folder: Path
    smtp_port: int = field(default_factory=free_port)
    http_port: int = field(default_factory=free_port)
    child: Child | None = None

    def start(self) -> None:
        program = Program(
            name="mail sink",
            command=(
                *(sys.executable, "-m", "infra.smtp.sink"),
                *("--smtp-port", str(self.smtp_port)),
                *("--http-port", str(self.http_port)),
                *("--folder", str(self.folder / "mail")),
            ),
            log=self.folder / "sink.log",
            environment={"PYTHONPATH": str(ROOT)},
        )
        self.child = Child(program)
        self.child.wait_for(self.is_up, 20)

    def is_up(self) -> bool:
        return listens(self.smtp_port) and listens(self.http_port)

    def kill(self) -> None:
        assert self.child is not None
        self.child.process.kill()
        self.child.process.wait()

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(f"http://{HOST}:{self.http_port}{path}")

    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/messages").json()
        return found

    @property
    def server(self) -> MailServer:
        return MailServer(host=HOST, port=self.smtp_port)


def listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), 1).close()
    except OSError:
        return False
    return True
