"""Rows that cannot be taken over, one of each kind."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.legacy_database import Legacy


def add_broken_rows(path: Path) -> dict[tuple[str, str], str]:
    """Add a row of each kind that cannot be taken over; the column at fault of each."""
    legacy = Legacy(path, seed=99)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA writable_schema = on")
        file.execute("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')")
        file.execute("PRAGMA writable_schema = off")
    with closing(sqlite3.connect(path)) as file, file:
        return add_broken(file, legacy)


def add_broken(file: sqlite3.Connection, legacy: Legacy) -> dict[tuple[str, str], str]:
    ids = ("film_work", "genre", "person")
    [film], [genre], [person] = (
        file.execute(f"SELECT id FROM {table} ORDER BY id LIMIT 1").fetchone()  # noqa: S608
        for table in ids
    )
    film_row = {"title": "Broken", "type": "movie", **legacy.times()}
    person_row = {"full_name": "Broken", **legacy.times()}
    genre_row = {"name": "Broken", **legacy.times()}
    genre_link = {"film_work_id": film, "genre_id": genre}
    younger = {"created_at": "2030-01-01 00:00:00+00"}
    again = {**genre_link, **younger}
    credit = {"film_work_id": film, "person_id": person, "role": "producer"}
    missing = legacy.id()
    [linked] = file.execute(
        "SELECT genre_id FROM genre_film_work WHERE film_work_id = ?", (film,)
    ).fetchone()
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("film_work", {**film_row, "title": None}, "title"),
        ("film_work", {**film_row, "title": ""}, "title"),
        ("film_work", {**film_row, "rating": 11.0}, "rating"),
        ("film_work", {**film_row, "rating": 6.25}, "rating"),
        ("film_work", {**film_row, "rating": "high"}, "rating"),
        ("film_work", {**film_row, "type": "clip"}, "type"),
        ("film_work", {**film_row, "created_at": "yesterday"}, "created_at"),
        ("film_work", {**film_row, "updated_at": "2021-06-16 20:14:09"}, "updated_at"),
        ("film_work", {**film_row, "creation_date": "soon"}, "creation_date"),
        ("film_work", {**film_row, "title": b"\xff\xfe"}, "title"),
        ("film_work", {**film_row, "description": "a\0b"}, "description"),
        ("genre", {**genre_row, **younger, "name": "drama"}, "name"),
        ("genre", {**genre_row, "name": None}, "name"),
        ("person", {**person_row, "full_name": b"J\xf6rg"}, "full_name"),
        ("person", {**person_row, "created_at": None}, "created_at"),
        ("genre_film_work", {**genre_link, "film_work_id": missing}, "film_work_id"),
        ("genre_film_work", {**genre_link, "genre_id": missing}, "genre_id"),
        ("genre_film_work", {**again, "genre_id": linked}, "genre_id"),
        ("person_film_work", {**credit, "role": "cook"}, "role"),
        ("person_film_work", {**credit, "role": None}, "role"),
        ("person_film_work", {**credit, "person_id": missing}, "person_id"),
        ("person_film_work", {**credit, "film_work_id": "x"}, "film_work_id"),
    ]
    expected = {}
    for table, row, column in cases:
        id_ = legacy.id()
        times = {} if table in ids else {"created_at": legacy.time()}
        stored = {"id": id_, **times, **row}
        encoded = {
            name: as_text(value) if isinstance(value, bytes) else value
            for name, value in stored.items()
        }
        insert_raw(file, table, encoded)
        expected[table, id_] = column
    return expected


@dataclass(frozen=True)
class Bytes:
    value: bytes


def as_text(value: bytes) -> Bytes:
    return Bytes(value)


def insert_raw(file: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    """A text that is none is stored as text all the same."""
    marks = ", ".join(
        "CAST(? AS TEXT)" if isinstance(value, Bytes) else "?" for value in row.values()
    )
    values = [v.value if isinstance(v, Bytes) else v for v in row.values()]
    query = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
    file.execute(query, values)
