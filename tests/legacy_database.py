"""A legacy database of any size, with every quirk of the real one; always the same.

``python -m tests.legacy_database FILE --films N [--seed S] [--broken] [--older]``
"""

import argparse
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, count, islice
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

Row: TypeAlias = dict[str, Any]

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
#: How many there are on a film, and of 999 films on how many.
GENRES_OF = {1: 337, 2: 300, 3: 220, 4: 90, 5: 35, 6: 10, 7: 4, 8: 2, 9: 1}
DIRECTORS = {0: 304, 1: 607, 2: 60, 3: 28}
WRITERS = {0: 350, 1: 400, 2: 249}
ACTORS = {0: 40, 1: 40, 2: 60, 3: 100, 4: 740, 5: 15, 21: 4}
#: In so many parts of a hundred a director has written the film, too.
WRITES_ALSO = 50


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
        genres = [self.id() for _ in GENRES]
        people = [self.id() for _ in range(max(self.films * 4, 32))]
        films = [self.id() for _ in range(self.films)]
        with closing(sqlite3.connect(self.path)) as file, file:
            file.executescript(SCHEMA.format(**older if self.is_older else newer))
            insert(file, "genre", map(self.genre, genres, GENRES))
            insert(file, "person", map(self.person, count(), people))
            insert(file, "film_work", self.film_rows(films))
            insert(file, "genre_film_work", self.genre_links(films, genres))
            insert(file, "person_film_work", self.credits(films, people))

    def genre(self, id_: str, name: str) -> Row:
        return {"id": id_, "name": name, "description": None, **self.times()}

    def person(self, number: int, id_: str) -> Row:
        """Some have more than a name in it, and some have the name of another."""
        name = f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"
        if number < len(JUNK):
            name = JUNK[number]
        elif number % 8:
            name = f"{name} {number}"
        return {"id": id_, "full_name": name, **self.times()}

    def film_rows(self, ids: Sequence[str]) -> Iterator[Row]:
        """Some titles are there several times, once in a while with all they say."""
        described: Row = {}
        for number, id_ in enumerate(ids):
            if number % 100 != 27:
                described = self.described(number)
            yield {
                "id": id_,
                **described,
                "creation_date": None,
                "file_path": None,
                "rating": self.random.randint(10, 96) / 10 if number % 50 else None,
                "type": "tv_show" if number % 20 == 19 else "movie",
                **self.times(),
            }

    def described(self, number: int) -> Row:
        one, other = self.random.choices(WORDS, k=2)
        title = f"The {one} of the {other} {number}" if number % 9 else "Star"
        text = f"A film about a {other}, number {number}." if number % 4 else None
        return {"title": title, "description": text}

    def genre_links(self, films: Sequence[str], genres: Sequence[str]) -> Iterator[Row]:
        for film in films:
            for genre in self.random.sample(genres, self.number(GENRES_OF)):
                yield self.link(film_work_id=film, genre_id=genre)

    def credits(self, films: Sequence[str], people: Sequence[str]) -> Iterator[Row]:
        """Some films have nobody, some no director; some people do several things."""
        for number, film in enumerate(films):
            for person, role in self.credited(people) if number % 55 != 54 else ():
                yield self.link(film_work_id=film, person_id=person, role=role)

    def credited(self, people: Sequence[str]) -> Iterator[tuple[str, str]]:
        numbers = [self.number(each) for each in (DIRECTORS, WRITERS, ACTORS)]
        some = iter(self.random.sample(people, sum(numbers)))
        for role, number in zip(("director", "writer", "actor"), numbers, strict=True):
            for person in islice(some, number):
                yield person, role
                if role == "director" and self.random.randrange(100) < WRITES_ALSO:
                    yield person, "writer"

    def number(self, weights: Mapping[int, int]) -> int:
        [found] = self.random.choices([*weights], [*weights.values()])
        return found

    def link(self, **columns: str) -> Row:
        return {"id": self.id(), **columns, "created_at": self.time()}

    def id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def times(self) -> Row:
        return {"created_at": self.time(), "updated_at": self.time()}

    def time(self) -> str:
        """As PostgreSQL writes it: a short offset, no zeros at the end."""
        spent = timedelta(microseconds=self.random.randrange(10**9))
        written = f"{BEGINNING + spent:%Y-%m-%d %H:%M:%S.%f}"
        return f"{written.rstrip('0').rstrip('.')}+00"


def insert(file: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    left = iter(rows)
    first = next(left)
    columns, marks = ", ".join(first), ", ".join("?" * len(first))
    query = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
    file.executemany(query, (tuple(row.values()) for row in chain([first], left)))


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
