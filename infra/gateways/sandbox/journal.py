"""Every request to the API and what it changed: the oracle of "exactly one charge"."""

import json
from typing import Any

from domain.kernel.messages import Clock
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.payments import Document

RECEIVE = """
INSERT INTO journal (at, method, path, key, body, fault) VALUES (?, ?, ?, ?, ?, ?)
"""
COMMIT = "UPDATE journal SET shop = ?, committed = ?, replayed = ? WHERE number = ?"
ANSWER = "UPDATE journal SET status = ? WHERE number = ?"
READ = "SELECT * FROM journal ORDER BY number"


class Journal:
    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def received(
        self, method: str, path: str, key: str | None, body: str, fault: str | None
    ) -> int:
        at = stamp(self.clock())
        cursor = self.database.execute(RECEIVE, at, method, path, key, body, fault)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def committed(
        self, number: int, shop: str, document: Document | None, replayed: bool = False
    ) -> None:
        """In the transaction that changes it; None if this request changed nothing."""
        text = None if document is None else json.dumps(document)
        self.database.execute(COMMIT, shop, text, replayed, number)

    def answered(self, number: int, status: int | None) -> None:
        """None: it was left without an answer."""
        self.database.execute(ANSWER, status, number)

    def entries(self) -> list[dict[str, Any]]:
        return [
            {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
            | {"replayed": bool(row["replayed"])}
            | ({"committed": json.loads(row["committed"])} if row["committed"] else {})
            for row in self.database.rows(READ)
        ]
