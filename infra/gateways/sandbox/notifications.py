"""Telling the shop: at least once, again and again for a day, perhaps out of order."""

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from sqlite3 import Row
from typing import Any

import httpx2

from domain.kernel.messages import Clock
from infra.gateways.sandbox.clock import moment, stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.payments import Document

SETTING = "notifications"
#: Of a payment that is merely pending the provider says nothing, nor of a refund that
#: was canceled.
EVENTS = {
    "payment.waiting_for_capture",
    "payment.succeeded",
    "payment.canceled",
    "refund.succeeded",
    "payment_method.active",
}
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=10)
LONGEST = timedelta(hours=24)
PATIENCE = 10.0
TICK = 0.25

INSERT = "INSERT INTO delivery (url, event, body, first_at, due_at) VALUES (?,?,?,?,?)"
DUE = """
SELECT * FROM delivery WHERE state = 'waiting' AND due_at <= ?
ORDER BY due_at, number
"""
ALL = "SELECT * FROM delivery ORDER BY number"
UNTRIED = "SELECT 1 FROM delivery WHERE attempts = 0 AND due_at <= ? LIMIT 1"
UPDATE = """
UPDATE delivery SET state = ?, attempts = ?, due_at = ?, answer = ? WHERE number = ?
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """How notifications are sent; set through the control API."""

    urls: tuple[str, ...] = ()
    #: Seconds until the first attempt.
    delay: float = 0.0
    #: How many more of each.
    duplicates: int = 0
    #: The latest first.
    reorder: bool = False
    #: How many of the next ones get lost.
    drop: int = 0
    #: A request is answered only after the shop has been told of what it changed.
    before_answer: bool = False


class Notifications:
    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.news = asyncio.Event()

    @property
    def policy(self) -> Policy:
        return Policy(**self.database.setting(SETTING, {}))

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self.database.set(SETTING, asdict(policy))

    def add(self, event: str, document: Document) -> None:
        """In the transaction of what it tells of."""
        policy, now = self.policy, self.clock()
        if event not in EVENTS or not policy.urls:
            return
        if policy.drop:
            self.database.set(SETTING, asdict(policy) | {"drop": policy.drop - 1})
            return
        body = {"type": "notification", "event": event, "object": document}
        due = stamp(now + timedelta(seconds=policy.delay))
        for url in policy.urls * (1 + policy.duplicates):
            text = json.dumps(body, ensure_ascii=False)
            self.database.execute(INSERT, url, event, text, stamp(now), due)
        self.news.set()

    def deliveries(self) -> list[dict[str, Any]]:
        return [
            {**dict(row), "body": json.loads(row["body"])}
            for row in self.database.rows(ALL)
        ]

    async def precede_answer(self) -> None:
        """If the policy says so: wait until all that is due has been tried once."""
        if not self.policy.before_answer:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self.database.row(UNTRIED, stamp(self.clock())):
                    await asyncio.sleep(0.01)

    async def run(self) -> None:
        async with httpx2.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            while True:
                self.news.clear()
                await self.send_due(client)
                await self.wait()

    async def wait(self) -> None:
        """For news, or the time to look whether something is due again."""
        try:
            await asyncio.wait_for(self.news.wait(), TICK)
        except TimeoutError:
            return

    async def send_due(self, client: httpx2.AsyncClient) -> None:
        due = self.database.rows(DUE, stamp(self.clock()))
        for delivery in reversed(due) if self.policy.reorder else due:
            self.note(delivery, await post(client, delivery))

    def note(self, delivery: Row, answer: str) -> None:
        attempts, now = delivery["attempts"] + 1, self.clock()
        pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 16), LONGEST_PAUSE)
        state = "waiting"
        if answer == "200":
            state = "delivered"
        elif now - moment(delivery["first_at"]) >= LONGEST:
            state = "given up"
        values = (state, attempts, stamp(now + pause), answer, delivery["number"])
        self.database.execute(UPDATE, *values)


async def post(client: httpx2.AsyncClient, delivery: Row) -> str:
    """The status of the answer, or why there is none."""
    headers = {"Content-Type": "application/json"}
    try:
        answer = await client.post(
            delivery["url"], content=delivery["body"].encode(), headers=headers
        )
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return type(error).__name__
    return str(answer.status_code)
