"""The mail sink's memory: a message is a file, on the disk before it is accepted."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from uuid_utils.compat import uuid7

SUFFIX = ".eml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    id: str
    sender: str
    to: str
    subject: str
    date: str
    message_id: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)

    def public(self) -> dict[str, Any]:
        """As JSON says it, where ``from`` is no reserved word."""
        return {("from" if k == "sender" else k): v for k, v in asdict(self).items()}


class Letterbox:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.mails = {path.stem: opened(path) for path in sorted(self.files())}

    def files(self) -> Iterator[Path]:
        return self.folder.glob(f"*{SUFFIX}")

    def put(self, raw: bytes) -> Mail:
        """Returns when the message would survive a crash of the machine."""
        path = self.folder / f"{uuid7()}{SUFFIX}"
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        mail = self.mails[path.stem] = opened(path)
        return mail

    def newest_first(self) -> list[Mail]:
        return list(reversed(self.mails.values()))

    def find(self, id_: str) -> Mail | None:
        return self.mails.get(id_)


def opened(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return Mail(
        id=path.stem,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        message_id=str(message["Message-ID"] or ""),
        text=part(message, "plain"),
        html=part(message, "html"),
        headers={name: str(value) for name, value in message.items()},
    )


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    if body is None:
        return ""
    return str(body.get_content()).replace("\r\n", "\n")
