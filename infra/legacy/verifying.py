"""Compares a legacy database with the read models, row by row and link by link."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from infra.legacy.plans import description_of
from infra.legacy.reading import Reading
from infra.legacy.rows import FilmRow
from infra.projection_engine.store import RowStore
from projections.films import Film

R = TypeVar("R")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Deviation:
    table: str
    id: str
    column: str
    legacy: Any
    ours: Any

    def __str__(self) -> str:
        found = f"{self.legacy!r} there, {self.ours!r} here"
        return f"{self.table} {self.id}: {self.column} is {found}"


def deviations(
    reading: Reading, stores: Mapping[str, RowStore[UUID, Any]]
) -> Iterator[Deviation]:
    for some in batches(reading.genres()):
        ours = stores["genres"].load([row.id for row in some])
        for row in some:
            reading.genre_ids.add(row.id)
            columns = ("name", "description")
            yield from compared("genre", row, ours.get(row.id), columns)
    for people in batches(reading.people()):
        ours = stores["people"].load([row.id for row in people])
        for person in people:
            reading.person_ids.add(person.id)
            columns = ("name", "birth_date")
            yield from compared("person", person, ours.get(person.id), columns)
    for films in batches(reading.films()):
        ours = stores["films"].load([row.id for row in films])
        for film in films:
            yield from film_deviations(film, ours.get(film.id))


def compared(
    table: str, row: Any, ours: Any, columns: Iterable[str]
) -> Iterator[Deviation]:
    if ours is None or ours.archived_at:
        yield Deviation(table, str(row.id), "id", str(row.id), None)
        return
    for column in columns:
        there, here = getattr(row, column), getattr(ours, column)
        if there != here:
            yield Deviation(table, str(row.id), column, there, here)
    if row.created_at != ours.added_at:
        yield Deviation(table, str(row.id), "created_at", row.created_at, ours.added_at)


def film_deviations(row: FilmRow, ours: Film | None) -> Iterator[Deviation]:
    yield from compared("film_work", row, ours, ("type", "rating", "certificate"))
    if ours is None or ours.archived_at:
        return
    text = description_of(row)
    pairs = {
        "title": (row.title, ours.title_original),
        "description": (text.ru or text.en, ours.description_ru or ours.description_en),
        "creation_date": (row.creation_date, ours.release_date),
        "file_path": (row.file_path, ours.media),
    }
    for column, (there, here) in pairs.items():
        if there != here:
            yield Deviation("film_work", str(row.id), column, there, here)
    yield from link_deviations(row, ours)


def link_deviations(row: FilmRow, ours: Film) -> Iterator[Deviation]:
    genres = set(ours.genre_ids)
    for genre_id, link in row.genres.items():
        if genre_id not in genres:
            yield Deviation("genre_film_work", str(link.id), "id", str(genre_id), None)
    for genre_id in sorted(genres - row.genres.keys()):
        yield Deviation("genre_film_work", str(row.id), "id", None, str(genre_id))
    credits = set(zip(ours.person_ids, ours.roles, strict=True))
    for (person_id, role), credit in row.credits.items():
        if (person_id, role) not in credits:
            there = f"{person_id} as {role}"
            yield Deviation("person_film_work", str(credit.id), "id", there, None)
    for person_id, given in sorted(credits - {(*key,) for key in row.credits}):
        here = f"{person_id} as {given}"
        yield Deviation("person_film_work", str(row.id), "id", None, here)


def batches(rows: Iterator[R]) -> Iterator[list[R]]:
    while some := [*islice(rows, BATCH)]:
        yield some
