"""What the tests of the import look at."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from typer.testing import Result

from domain.kernel.values import FilmId, PersonId
from infra.bootstrap import System

Cinema: TypeAlias = Callable[..., Result]
FILMS = 40


def tables(result: Result) -> dict[str, Any]:
    return dict(json.loads(result.stdout)["tables"])


def sums(result: Result, column: str) -> int:
    return sum(int(tally[column]) for tally in tables(result).values())


def change(file: Path, query: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(query, values)


def first_film(file: Path) -> FilmId:
    [id_] = one(file, "SELECT id FROM film_work ORDER BY id LIMIT 1")
    return FilmId(UUID(id_))


def one(file: Path, query: str) -> tuple[Any, ...]:
    with closing(sqlite3.connect(file)) as connection:
        [row] = connection.execute(query)
    return tuple(row)


def first_person(file: Path) -> PersonId:
    [id_] = one(file, "SELECT id FROM person ORDER BY id LIMIT 1")
    return PersonId(UUID(id_))


def log(system: System) -> list[tuple[str, int, object, object]]:
    page = system.log.read(0, (), 100_000)
    return [
        (fact.originator_id, fact.originator_version, fact.payload, fact.metadata)
        for fact in page.facts
    ]
