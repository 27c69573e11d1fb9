"""The sandbox's memory: one SQLite file that outlives the process, however it ends."""

import json
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = (Path(__file__).parent / "schema.sql").read_text()
TABLES = (
    "payment",
    "method",
    "shop",
    "idempotence",
    "delivery",
    "fault",
    "journal",
    "discrepancy",
    "binding",
    "refund",
    "receipt",
)


class Database:
    """Used by one thread, the event loop's: what is not awaited in is atomic."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(
            folder / "sandbox.sqlite3", isolation_level=None
        )
        self.connection.row_factory = sqlite3.Row
        # With a write-ahead log a commit survives the death of the process; a sandbox
        # need not survive that of the machine.
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Generator[None, None, None]:
        """All of it or nothing; inside another one, a part of that."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self.connection.execute(statement, values)

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        return self.connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: object) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self.connection.execute(
            statement, values
        ).fetchone()
        return found

    def setting(self, name: str, default: Any) -> Any:
        row = self.row("SELECT value FROM setting WHERE name = ?", name)
        return json.loads(row["value"]) if row else default

    def set(self, name: str, value: object) -> None:
        self.execute("REPLACE INTO setting VALUES (?, ?)", name, json.dumps(value))

    def forget(self, settings: Iterable[str]) -> None:
        """Everything that has happened, and these settings."""
        with self.transaction():
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")  # noqa: S608
            for name in settings:
                self.execute("DELETE FROM setting WHERE name = ?", name)

    def close(self) -> None:
        self.connection.close()
