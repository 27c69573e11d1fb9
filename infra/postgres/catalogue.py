"""The catalogue's view, over the tables of films, genres and people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from psycopg.sql import SQL, Composable, Literal

from domain.kernel.text import folded
from infra.postgres.pages import page
from infra.projection_engine.postgres import PostgresStore
from projections.catalogue import GenreShelf, Place, Slice, Sort
from projections.films import Film
from projections.genres import Genre
from projections.people import Person
from projections.search import Filters

POSITION = """
SELECT min(position) FROM read.projection WHERE name IN ('films', 'genres', 'people')
"""
PRESENT = "archived_at IS NULL"
SHELVES = """
SELECT coalesce(json_agg(json_build_object('genre', g, 'films', coalesce(n, 0))
                         ORDER BY g.sort_name, g.id), '[]')::text
FROM read.genres AS g LEFT JOIN (
    SELECT genre_id, count(*) AS n FROM read.films, unnest(genre_ids) AS genre_id
    WHERE archived_at IS NULL AND {films} GROUP BY genre_id
) AS counted ON genre_id = g.id
WHERE g.archived_at IS NULL AND {genres}
"""
NAMES = "SELECT id, name FROM {table} WHERE id = ANY(%s) AND archived_at IS NULL"
CREDITED = """
EXISTS (SELECT FROM unnest(person_ids, roles) AS credit (person_id, role)
        WHERE person_id = {person} AND role = {role})
"""

shelves: msgspec.json.Decoder[list[GenreShelf]] = msgspec.json.Decoder(list[GenreShelf])


@dataclass(frozen=True, slots=True)
class Order:
    """What has no value comes last in either direction."""

    column: str
    least: object
    most: object

    def value(self, is_descending: bool) -> tuple[Composable, Callable[[Any], object]]:
        last = self.least if is_descending else self.most
        expression = SQL("coalesce({column}, {last})").format(
            column=SQL(self.column),
            last=Literal(last),
        )
        return expression, lambda row: or_else(getattr(row, self.column), last)


ORDERS = {
    "rating": Order("rating", -1, 101),
    "release_date": Order("release_date", "-infinity", "infinity"),
    "popularity": Order("popularity", 0, 0),
    "title": Order("sort_title", "", ""),
}
BY_NAME = (SQL("sort_name"), lambda person: person.sort_name)


class PostgresCatalogue:
    def __init__(
        self,
        films: PostgresStore[UUID, Film],
        genres: PostgresStore[UUID, Genre],
        people: PostgresStore[UUID, Person],
    ) -> None:
        self.film_rows = films
        self.genre_rows = genres
        self.person_rows = people

    def position(self) -> int:
        [(position,)] = self.film_rows.select(SQL(POSITION))
        return int(position)

    def film(self, id_: UUID) -> Film | None:
        film = self.film_rows.load([id_]).get(id_)
        return None if film is None or film.archived_at else film

    def person(self, id_: UUID) -> Person | None:
        person = self.person_rows.load([id_]).get(id_)
        return None if person is None or person.archived_at else person

    def genre(self, id_: UUID) -> GenreShelf | None:
        in_genre = SQL("genre_ids @> ARRAY[{}]").format(Literal(id_))
        this = SQL("g.id = {}").format(Literal(id_))
        return next(iter(self.shelves(in_genre, this)), None)

    def genres(self) -> Sequence[GenreShelf]:
        return self.shelves(SQL("true"), SQL("true"))

    def shelves(self, films: Composable, genres: Composable) -> list[GenreShelf]:
        query = SQL(SHELVES).format(films=films, genres=genres)
        [(document,)] = self.genre_rows.select(query)
        return shelves.decode(document)

    def films(
        self,
        filters: Filters,
        sort: Sort,
        limit: int,
        after: Place | None = None,
        role: str | None = None,
    ) -> Slice[Film]:
        order = ORDERS[sort.by].value(sort.descending)
        conditions = [SQL(PRESENT), *passing(filters), *credited(filters.person, role)]
        return page(self.film_rows, conditions, order, limit, after, sort.descending)

    def people(
        self, beginning: str, limit: int, after: Place | None = None
    ) -> Slice[Person]:
        conditions: list[Composable] = [SQL(PRESENT)]
        for word in folded(beginning.replace("\0", " ")).split():
            pattern = Literal(f"% {escaped(word)}%")
            conditions.append(SQL("' ' || sort_name LIKE {}").format(pattern))
        return page(self.person_rows, conditions, BY_NAME, limit, after)

    def genre_names(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(self.genre_rows.select(self.genre_rows.sql(NAMES), list(ids)))

    def person_names(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(self.person_rows.select(self.person_rows.sql(NAMES), list(ids)))


def passing(filters: Filters) -> Iterator[Composable]:
    tests = {
        "genre_ids && {}": [*filters.genre] or None,
        "person_ids && {}": [*filters.person] or None,
        "countries && {}": [*filters.country] or None,
        "type = ANY ({})": [*filters.type] or None,
        "access = ANY ({})": [*filters.access] or None,
        "age_rating = ANY ({})": [*filters.age_rating] or None,
        "age_rating <= {}": filters.age_rating_max,
        "release_date >= make_date({}, 1, 1)": filters.year_from,
        "release_date <= make_date({}, 12, 31)": filters.year_to,
    }
    for test, value in tests.items():
        if value is not None:
            yield SQL(test).format(Literal(value))


def credited(people: Sequence[UUID], role: str | None) -> Iterator[Composable]:
    if role is not None:
        for person in people:
            yield SQL(CREDITED).format(person=Literal(person), role=Literal(role))


def escaped(word: str) -> str:
    """A word as itself in a pattern of LIKE."""
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def or_else(value: object, otherwise: object) -> object:
    return otherwise if value is None else value
