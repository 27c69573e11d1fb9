"""YooKassa's POST /payments, answering after a while, and costing next to nothing.

Every payment succeeds. It says how many requests came, how many keys they had, and how
many were with it at once.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from infra import readiness
from infra.embedded.payments import SHOP

HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"


class Gateway:
    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.keys: set[str] = set()
        self.requests = 0
        self.at_once = 0
        self.most_at_once = 0

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self.answer(head.decode(), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        line, *rest = head.strip().split("\r\n")
        headers = {k.lower(): v for k, _, v in (h.partition(": ") for h in rest)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if line.startswith("POST"):
            found = await self.pay(headers["idempotence-key"], json.loads(body))
        else:
            found = self.figures()
        text = json.dumps(found).encode()
        writer.write(HEAD.format(len(text)).encode() + text)
        await writer.drain()

    async def pay(self, key: str, order: dict[str, Any]) -> dict[str, Any]:
        self.requests += 1
        self.keys.add(key)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        return payment(order)

    def figures(self) -> dict[str, Any]:
        return {
            "requests": self.requests,
            "keys": len(self.keys),
            "most_at_once": self.most_at_once,
        }


def payment(order: dict[str, Any]) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    method = {"id": order["payment_method_id"], "type": "bank_card", "saved": True}
    return {
        "id": str(uuid4()),
        "status": "succeeded",
        "amount": order["amount"],
        "recipient": {"account_id": SHOP},
        "created_at": now,
        "captured_at": now,
        "metadata": order["metadata"],
        "payment_method": {**method, "title": "Card *4444"},
        "test": True,
    }


async def main(port: int, delay: float) -> None:
    gateway = Gateway(delay)
    server = await asyncio.start_server(gateway.serve, "127.0.0.1", port, backlog=512)
    readiness.announce()
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
