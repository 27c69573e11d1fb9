"""A mail server that delivers nothing and shows everything. For one machine, and tests.

``python -m infra.smtp.sink --smtp-port N --http-port M --folder DIR``
"""

import asyncio
from argparse import ArgumentParser
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.smtp.letterbox import Letterbox
from infra.smtp.sink_pages import create_app

HOST = "127.0.0.1"


class Slot:
    """aiosmtpd's handler: what comes in is kept."""

    def __init__(self, letterbox: Letterbox) -> None:
        self.letterbox = letterbox

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's.
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        mail = await asyncio.to_thread(self.letterbox.put, content)
        return f"250 2.0.0 kept as {mail.id}"


async def serve(smtp_port: int, http_port: int, folder: Path) -> None:
    letterbox = Letterbox(folder)
    slot = Slot(letterbox)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(slot, hostname="localhost", enable_SMTPUTF8=True, loop=loop),
        HOST,
        smtp_port,
    )
    config = uvicorn.Config(
        create_app(letterbox), host=HOST, port=http_port, log_level="warning"
    )
    async with server:
        await uvicorn.Server(config).serve()


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    asyncio.run(serve(asked.smtp_port, asked.http_port, asked.folder))


if __name__ == "__main__":
    main()
