"""Compares a legacy database with the read models, row by row and link by link."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from domain.kernel.text import folded
from infra.legacy.plans import description_of
from infra.legacy.reading import Identified, Reading
from infra.legacy.rows import FilmRow
from infra.projection_engine.store import RowStore
from projections.films import Film

R = TypeVar("R", bound=Identified)

NOTHING_LEFT = ("", None)


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
    """Both sides are read once, in the order of their ids, and nothing of them is kept.

    Raises ``NotLegacy`` and ``StoreUnavailable``.
    """
    yield from genre_deviations(reading, stores["genres"])
    for person, ours in merged(reading.people(), stores["people"]):
        yield from compared("person", person, ours, ("name", "birth_date"))
    for film, ours in merged(reading.films(), stores["films"]):
        yield from film_deviations(film, ours)


def genre_deviations(
    reading: Reading, store: RowStore[UUID, Any]
) -> Iterator[Deviation]:
    """They are few. One whose name another has here could not be taken over."""
    with store.snapshot() as snapshot:
        ours = dict(snapshot.rows)
    names = {folded(row.name) for row in ours.values() if not row.archived_at}
    for genre in reading.genres():
        here = ours.get(str(genre.id))
        if here is None and folded(genre.name) in names:
            why = f"is that of another genre, too: {genre.name!r}"
            reading.lose("genre", genre.id, "name", why)
        else:
            yield from compared("genre", genre, here, ("name", "description"))


def merged(
    legacy: Iterable[R], store: RowStore[UUID, Any]
) -> Iterator[tuple[R, Any | None]]:
    """Each legacy row with ours of the same id, if there is one.

    What only we have was never the legacy database's.
    """
    with store.snapshot() as snapshot:
        ours = snapshot.rows
        key, row = next(ours, NOTHING_LEFT)
        for each in legacy:
            id_ = str(each.id)
            while key and key < id_:
                key, row = next(ours, NOTHING_LEFT)
            yield each, row if key == id_ else None


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
        yield from link_deviations(row, set(), set())
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
    credits = set(zip(ours.person_ids, ours.roles, strict=True))
    yield from link_deviations(row, set(ours.genre_ids), credits)


def link_deviations(
    row: FilmRow, genres: Set[UUID], credits: Set[tuple[UUID, str]]
) -> Iterator[Deviation]:
    for genre_id, link in row.genres.items():
        if genre_id not in genres:
            yield Deviation("genre_film_work", str(link.id), "id", str(genre_id), None)
    for genre_id in sorted(genres - row.genres.keys()):
        yield Deviation("genre_film_work", str(row.id), "id", None, str(genre_id))
    for (person_id, role), credit in row.credits.items():
        if (person_id, role) not in credits:
            there = f"{person_id} as {role}"
            yield Deviation("person_film_work", str(credit.id), "id", there, None)
    for person_id, given in sorted(credits - {(*key,) for key in row.credits}):
        here = f"{person_id} as {given}"
        yield Deviation("person_film_work", str(row.id), "id", None, here)
