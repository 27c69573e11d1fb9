"""A legacy database of any size, with every quirk of the real one; always the same.

``python -m tests.legacy_database FILE --films N [--seed S] [--broken] [--older]``
"""

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

SCHEMA = """
CREATE TABLE film_work (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT, creation_date DATE,
    {certificate} file_path TEXT, rating FLOAT, type TEXT NOT NULL,
    created_at timestamp with time zone, updated_at timestamp with time zone
);
CREATE TABLE genre (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT,
    created_at timestamp with time zone, updated_at timestamp with time zone
);
CREATE TABLE person (
    id TEXT PRIMARY KEY, full_name TEXT NOT NULL, {birth_date}
    created_at timestamp with time zone, updated_at timestamp with time zone
);
CREATE TABLE genre_film_work (
    id TEXT PRIMARY KEY, film_work_id TEXT NOT NULL, genre_id TEXT NOT NULL,
    created_at timestamp with time zone
);
CREATE TABLE person_film_work (
    id TEXT PRIMARY KEY, film_work_id TEXT NOT NULL, person_id TEXT NOT NULL,
    role TEXT, created_at timestamp with time zone
);
"""
GENRES = """
    Action Adventure Animation Biography Comedy Crime Documentary Drama Family Fantasy
    Game-Show History Horror Music Musical Mystery News Reality-TV Romance Sci-Fi Short
    Sport Talk-Show Thriller War Western
""".split()  # noqa: SIM905
FIRST = """
    Ann Boris Chloé Diego Eva Fyodor Grace Hugo Ines Jörg Kim Lena Maks
""".split()  # noqa: SIM905
LAST = """
    Ådal Brown Conti Dupont Evans Федоров Garcia Hall Ito Jones Kovač Lee
""".split()  # noqa: SIM905
WORDS = """
    star dark night last road king empire return home war queen river moon
""".split()  # noqa: SIM905
JUNK = ("Web Content)", "Jane Doe (co-director)")
BEGINNING = datetime(2021, 6, 16, 20, 14, 9, tzinfo=UTC)


@dataclass
class Legacy:
    path: Path
    films: int = 40
    seed: int = 7
    is_older: bool = False
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311

    def write(self) -> None:
        self.path.unlink(missing_ok=True)
        older = {"certificate": "certificate TEXT,", "birth_date": "birth_date DATE,"}
        newer = dict.fromkeys(older, "")
        with closing(sqlite3.connect(self.path)) as file, file:
            file.executescript(SCHEMA.format(**older if self.is_older else newer))
            genres = [*self.genres()]
            people = [*self.people()]
            insert(file, "genre", genres)
            insert(file, "person", people)
            for number in range(self.films):
                self.film(file, number, genres, people)

    def genres(self) -> Iterator[dict[str, Any]]:
        for name in GENRES:
            yield {"id": self.id(), "name": name, "description": None, **self.times()}

    def people(self) -> Iterator[dict[str, Any]]:
        for number in range(max(self.films * 4, 8)):
            name = f"{self.random.choice(FIRST)} {self.random.choice(LAST)} {number}"
            name = JUNK[number] if number < len(JUNK) else name
            yield {"id": self.id(), "full_name": name, **self.times()}

    def film(
        self, file: sqlite3.Connection, number: int, genres: Any, people: Any
    ) -> None:
        film_id = self.id()
        described = f"A film about a {self.random.choice(WORDS)}, number {number}."
        row = {
            "id": film_id,
            "title": self.title(number),
            "description": described if number % 4 else None,
            "creation_date": None,
            "file_path": None,
            "rating": self.random.randint(10, 96) / 10 if number % 50 else None,
            "type": "tv_show" if number % 20 == 19 else "movie",
            **self.times(),
        }
        insert(file, "film_work", [row])
        links = [
            {"film_work_id": film_id, "genre_id": genre["id"]}
            for genre in self.random.sample(genres, self.random.choice((1, 1, 2, 3, 9)))
        ]
        insert(file, "genre_film_work", map(self.link, links))
        insert(file, "person_film_work", map(self.link, self.credits(film_id, people)))

    def title(self, number: int) -> str:
        """Some titles are there several times."""
        if number % 9 == 0:
            return "Star"
        return f"The {self.random.choice(WORDS)} of the {self.random.choice(WORDS)}"

    def credits(self, film_id: str, people: Any) -> Iterator[dict[str, Any]]:
        """Some films have nobody, some no director; some people do everything."""
        most = self.random.choice((0, 3, 5, 7, 26))
        for person in self.random.sample(people, min(most, len(people))):
            link = {"film_work_id": film_id, "person_id": person["id"]}
            roles = self.random.choice(
                (["actor"], ["writer"], ["director"], ["actor", "director"])
            )
            for role in roles:
                yield {**link, "role": role}

    def link(self, columns: dict[str, Any]) -> dict[str, Any]:
        return {"id": self.id(), **columns, "created_at": self.time()}

    def id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def times(self) -> dict[str, str]:
        return {"created_at": self.time(), "updated_at": self.time()}

    def time(self) -> str:
        """As PostgreSQL writes it: a short offset, no zeros at the end."""
        spent = timedelta(microseconds=self.random.randrange(10**9))
        written = f"{BEGINNING + spent:%Y-%m-%d %H:%M:%S.%f}"
        return f"{written.rstrip('0').rstrip('.')}+00"


def insert(file: sqlite3.Connection, table: str, rows: Any) -> None:
    for row in rows:
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        query = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        file.execute(query, tuple(row.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--films", type=int, default=999)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--broken", action="store_true")
    parser.add_argument("--older", action="store_true")
    asked = parser.parse_args()
    Legacy(asked.file, asked.films, asked.seed, asked.older).write()
    if asked.broken:
        from tests.legacy.broken_rows import add_broken_rows

        add_broken_rows(asked.file)


if __name__ == "__main__":
    main()
