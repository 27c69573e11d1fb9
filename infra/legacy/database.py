"""The legacy database: one SQLite file, five tables, two versions of them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from operator import methodcaller
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias
from urllib.parse import quote

#: The values of ``COLUMNS``; of a link, also whether what it points to exists.
Raw: TypeAlias = Sequence[Any]

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
OLDER: Mapping[str, Sequence[str]] = {
    "film_work": ("certificate",),
    "person": ("birth_date",),
}
#: In the order in which a row is read; NULL where a version has none.
COLUMNS: Mapping[str, Sequence[str]] = {
    table: (*columns, *OLDER.get(table, ())) for table, columns in TABLES.items()
}
#: What a link points to beside its film.
POINTS_TO = {"genre_film_work": "genre", "person_film_work": "person"}
#: Rows of a table come in this order: a film and its links meet, and of two genres of
#: one name the older one has it. All others come in the order of their ids.
ORDER = {
    "genre": "created_at, id",
    "genre_film_work": "film_work_id, created_at, id",
    "person_film_work": "film_work_id, created_at, id",
}
#: Rows that are fetched at once.
PAGE = 1_000
#: Seconds that somebody else may take to write.
PATIENCE = 2.0
#: What is no UTF-8 comes as text that cannot be encoded, so that its row can be named.
as_text = methodcaller("decode", "utf-8", "surrogateescape")


class NotLegacy(Exception):
    """What the file lacks of a legacy database."""


class LegacyDatabase:
    """Read only, and nothing is kept of it but the page that is being read."""

    def __init__(self, path: Path) -> None:
        """Raises ``NotLegacy``."""
        self.path = path
        if not path.is_file():
            raise NotLegacy(f"{path}: there is no such file.")
        if not path.stat().st_size:
            raise NotLegacy(f"{path}: the file is empty.")
        self.connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
        )
        self.connection.text_factory = as_text
        try:
            self.check()
        except BaseException:
            self.connection.close()
            raise

    def check(self) -> None:
        """From here on, all that is read is of one moment. Raises ``NotLegacy``."""
        try:
            self.connection.execute("BEGIN")
            found = {table: self.columns(table) for table in TABLES}
        except sqlite3.DatabaseError as error:
            raise self.unreadable(error) from error
        if missing := [table for table, columns in found.items() if not columns]:
            raise NotLegacy(f"{self.path} has no table {', '.join(missing)}.")
        if missing := [
            f"{table}.{column}"
            for table, columns in TABLES.items()
            for column in columns
            if column not in found[table]
        ]:
            raise NotLegacy(f"{self.path} has no {', '.join(missing)}.")
        if missing := [table for table in TABLES if self.keys(table) != ["id"]]:
            raise NotLegacy(
                f"{self.path}: id is not the primary key of {', '.join(missing)}."
            )

    def unreadable(self, error: sqlite3.Error) -> NotLegacy:
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                hint = ": somebody is writing to it, try again when they have ended"
            case sqlite3.SQLITE_CANTOPEN:
                hint = ": may it be read?"
            case _:
                hint = ""
        return NotLegacy(f"{self.path}: {error}{hint}.")

    def columns(self, table: str) -> list[str]:
        return [name for _, name, *_ in self.described(table)]

    def keys(self, table: str) -> list[str]:
        return [name for _, name, *_, key in self.described(table) if key]

    def described(self, table: str) -> list[tuple[Any, ...]]:
        with closing(self.connection.execute(f"PRAGMA table_info({table})")) as found:
            return found.fetchall()

    def unknown_columns(self) -> list[str]:
        """What stands in the file and is not taken over."""
        return [
            f"{table}.{column}"
            for table, known in COLUMNS.items()
            for column in self.columns(table)
            if column not in known
        ]

    def count(self, table: str) -> int:
        [(number,)] = self.connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(number)

    def pages(self, table: str) -> Iterator[Sequence[Raw]]:
        """Raises ``NotLegacy``: that the rest cannot be read may show half-way."""
        try:
            rows = self.connection.execute(self.query(table))
            while page := rows.fetchmany(PAGE):
                yield page
        except sqlite3.DatabaseError as error:
            raise self.unreadable(error) from error

    def query(self, table: str) -> str:
        there = {*self.columns(table)}
        columns = [
            f"t.{column}" if column in there else "NULL" for column in COLUMNS[table]
        ]
        if other := POINTS_TO.get(table):
            columns.append(
                f"EXISTS (SELECT 1 FROM {other} AS o WHERE o.id = t.{other}_id)"  # noqa: S608
            )
        order = ORDER.get(table, "id")
        return f"SELECT {', '.join(columns)} FROM {table} AS t ORDER BY {order}"  # noqa: S608

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.connection.close()
