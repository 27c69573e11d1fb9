"""Clients of the command API in a process of their own.

KIND PORT CLIENTS SECONDS TOKEN. Each keeps one connection and sends its next request
when it has the answer to the last.

Prints JSON: how many were answered as they should be, how many not, and the latencies.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter, process_time
from uuid import uuid4

PATH = "/command/v1/people"
#: So many items are in each batch of progress.
BATCH = 50
FILMS = [str(uuid4()) for _ in range(10_000)]


@dataclass(frozen=True, slots=True)
class Kind:
    path: str
    body: Callable[[], object]
    status: int


def person() -> object:
    return {"name": f"Somebody {uuid4().hex}", "birth_date": "1970-01-01"}


def progress() -> object:
    """What a player says of fifty films: other ones than it said before."""
    at = datetime.now(UTC).isoformat()
    begin = int(uuid4()) % (len(FILMS) - BATCH)
    return {
        "items": [
            {
                "film_id": film,
                "position_seconds": 1_200,
                "duration_seconds": 6_000,
                "at": at,
            }
            for film in FILMS[begin : begin + BATCH]
        ]
    }


KINDS = {
    "people": Kind(PATH, person, 201),
    "progress": Kind("/command/v1/me/progress", progress, 202),
}


def request(kind: Kind, token: str) -> bytes:
    body = json.dumps(kind.body())
    lines = (
        f"POST {kind.path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {token}",
        f"Idempotency-Key: {uuid4()}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join([*lines, "", body]).encode()


class Client(asyncio.Protocol):
    """Speaks just enough HTTP/1.1 not to be what is measured."""

    def __init__(self, kind: Kind, token: str, end: float) -> None:
        self.kind = kind
        self.token = token
        self.end = end
        self.done = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.began = perf_counter()
        self.transport.write(request(self.kind, self.token))

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not is_whole(self.received):
            return
        now = perf_counter()
        self.latencies.append(now - self.began)
        self.statuses[int(self.received[9:12])] += 1
        self.received = b""
        if now < self.end:
            self.send()
        else:
            self.transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        self.done.set_result(None)


def is_whole(received: bytes) -> bool:
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator:
        return False
    _, _, rest = head.lower().partition(b"content-length:")
    return len(body) >= int(rest.split(b"\r\n", 1)[0] or 0)


async def drive(
    kind: Kind, port: int, clients: int, seconds: float, token: str
) -> None:
    loop = asyncio.get_running_loop()
    began, used = perf_counter(), process_time()
    made = [
        (
            await loop.create_connection(
                lambda: Client(kind, token, began + seconds), "127.0.0.1", port
            )
        )[1]
        for _ in range(clients)
    ]
    await asyncio.gather(*[client.done for client in made])
    took, used = perf_counter() - began, process_time() - used
    latencies = sorted(each for client in made for each in client.latencies)
    statuses = sum((client.statuses for client in made), Counter[int]())
    p50, p99 = (latencies[int(len(latencies) * share)] * 1e3 for share in (0.5, 0.99))
    found = {
        "per_second": statuses[kind.status] / took,
        "refused": statuses.total() - statuses[kind.status],
        "p50": p50,
        "p99": p99,
        "busy": used / took,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    _, name, port, clients, seconds, token = sys.argv
    asyncio.run(drive(KINDS[name], int(port), int(clients), float(seconds), token))
