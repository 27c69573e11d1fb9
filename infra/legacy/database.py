"""The legacy database: one SQLite file, five tables, two versions of them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

TABLES: Mapping[str, Sequence[str]] = {
    "genre": ("id", "name", "description", "created_at", "updated_at"),
    "person": ("id", "full_name", "created_at", "updated_at"),
    "film_work": (
        "id",
        "title",
        "description",
        "creation_date",
        "file_path",
        "rating",
        "type",
        "created_at",
        "updated_at",
    ),
    "genre_film_work": ("id", "film_work_id", "genre_id", "created_at"),
    "person_film_work": ("id", "film_work_id", "person_id", "role", "created_at"),
}
#: Columns that only the older version has.
OLDER = {"film_work": ("certificate",), "person": ("birth_date",)}
#: Rows of a table come in this order, so that a film and its links meet.
ORDER = {
    "genre_film_work": "film_work_id, created_at, id",
    "person_film_work": "film_work_id, created_at, id",
}


class NotLegacy(Exception):
    """What the file lacks of a legacy database."""


class LegacyDatabase:
    """Read only; texts come as bytes, for they may be anything."""

    def __init__(self, path: Path) -> None:
        """Raises ``NotLegacy``."""
        self.path = path
        if not path.is_file():
            raise NotLegacy(f"{path}: there is no such file.")
        self.connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        self.connection.text_factory = bytes
        self.connection.row_factory = sqlite3.Row
        try:
            self.check()
        except BaseException:
            self.connection.close()
            raise

    def check(self) -> None:
        try:
            lacking = [
                f"{table}.{column}"
                for table, columns in TABLES.items()
                for column in columns
                if column not in self.columns(table)
            ]
        except sqlite3.DatabaseError as error:
            raise NotLegacy(f"{self.path}: {error}.") from error
        if lacking:
            raise NotLegacy(f"{self.path} has no {', '.join(lacking)}.")

    def columns(self, table: str) -> list[str]:
        with closing(self.connection.execute(f"PRAGMA table_info({table})")) as found:
            return [row["name"].decode() for row in found]

    def unknown_columns(self) -> list[str]:
        """What stands in the file and is not taken over."""
        return [
            f"{table}.{column}"
            for table, known in TABLES.items()
            for column in self.columns(table)
            if column not in (*known, *OLDER.get(table, ()))
        ]

    def count(self, table: str) -> int:
        [(number,)] = self.connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(number)

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        order = ORDER.get(table, "id")
        query = f"SELECT * FROM {table} ORDER BY {order}"  # noqa: S608
        for row in self.connection.execute(query):
            yield dict(row)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.connection.close()
