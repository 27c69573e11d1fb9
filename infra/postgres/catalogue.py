"""The catalogue's view, over the tables of films, genres, people and collections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from psycopg.sql import SQL, Composable, Composed, Literal

from domain.kernel.text import folded
from infra.postgres.pages import Order, page
from infra.postgres.visibility import PRESENT, passing, shown_to
from infra.projection_engine.postgres import PostgresStore
from projections.catalogue import (
    CollectionShelf,
    GenreShelf,
    Place,
    Slice,
    Sort,
    SortKey,
)
from projections.collections import Collection
from projections.films import Film
from projections.genres import Genre
from projections.listings import Listing
from projections.people import Person
from projections.search import Filters
from projections.visibility import Viewer, is_visible

POSITION = """
SELECT min(position) FROM read.projection
WHERE name IN ('films', 'listings', 'genres', 'people', 'collections')
"""
GENRES = """
SELECT coalesce(json_agg(json_build_object('genre', g, 'films', coalesce(n, 0))
                         ORDER BY g.sort_name, g.id), '[]')::text
FROM read.genres AS g LEFT JOIN (
    SELECT genre_id, count(*) AS n FROM read.listings, unnest(genre_ids) AS genre_id
    WHERE {shown} AND {films} GROUP BY genre_id
) AS counted ON genre_id = g.id
WHERE g.archived_at IS NULL AND {genres}
"""
IN_COLLECTIONS = """
SELECT c.id, (
    SELECT count(*) FROM read.listings WHERE id = ANY (c.film_ids) AND {shown}
) FROM read.collections AS c WHERE c.id = ANY ({ids})
"""
BY_ROLE = """
SELECT role, count(*) FROM read.films AS f
CROSS JOIN unnest(person_ids, roles) AS credit (person_id, role)
WHERE f.person_ids @> ARRAY[{person}] AND person_id = {person}
AND f.archived_at IS NULL AND EXISTS (
    SELECT FROM read.listings WHERE id = f.id AND {shown}
) GROUP BY role
"""
NAMES = "SELECT id, name FROM {table} WHERE id = ANY(%s) AND archived_at IS NULL"
WORDS = "array_to_tsvector(string_to_array(sort_name, ' ')) @@ {}::tsquery"

genre_shelves: msgspec.json.Decoder[list[GenreShelf]]
genre_shelves = msgspec.json.Decoder(list[GenreShelf])

BY_NAME, BY_TITLE = Order("sort_name"), Order("sort_title")


def order_of(sort: Sort) -> Order:
    orders: dict[SortKey, tuple[str, bool]] = {
        "rating": ("rating", True),
        "release_date": ("release_date", True),
        "popularity": ("popularity", False),
        "title": ("sort_title", False),
    }
    column, has_gaps = orders[sort.by]
    return Order(column, sort.descending, has_gaps)


@dataclass(frozen=True)
class PostgresCatalogue:
    film_rows: PostgresStore[UUID, Film]
    listing_rows: PostgresStore[UUID, Listing]
    genre_rows: PostgresStore[UUID, Genre]
    person_rows: PostgresStore[UUID, Person]
    collection_rows: PostgresStore[UUID, Collection]

    def position(self) -> int:
        [(position,)] = self.film_rows.select(SQL(POSITION))
        return int(position)

    def film(self, id_: UUID, viewer: Viewer) -> Film | None:
        film = present(self.film_rows, id_)
        return film if film and is_visible(film, viewer) else None

    def person(self, id_: UUID) -> Person | None:
        return present(self.person_rows, id_)

    def collection(self, id_: UUID) -> Collection | None:
        return present(self.collection_rows, id_)

    def films(
        self,
        filters: Filters,
        viewer: Viewer,
        sort: Sort,
        limit: int,
        after: Place | None = None,
        role: str | None = None,
    ) -> Slice[Listing]:
        conditions = [*passing(filters, viewer, role)]
        return page(self.listing_rows, conditions, order_of(sort), limit, after)

    def films_in(self, collection: Collection, viewer: Viewer) -> Sequence[Listing]:
        rows = self.listing_rows.load(collection.film_ids)
        found = (rows.get(id_) for id_ in collection.film_ids)
        return [
            row
            for row in found
            if row and not row.archived_at and is_visible(row, viewer)
        ]

    def genre(self, id_: UUID, viewer: Viewer) -> GenreShelf | None:
        in_genre = SQL("genre_ids @> ARRAY[{}]").format(Literal(id_))
        this = SQL("g.id = {}").format(Literal(id_))
        return next(iter(self.shelves(viewer, in_genre, this)), None)

    def genres(self, viewer: Viewer) -> Sequence[GenreShelf]:
        return self.shelves(viewer, SQL("true"), SQL("true"))

    def shelves(
        self, viewer: Viewer, films: Composable, genres: Composable
    ) -> list[GenreShelf]:
        query = SQL(GENRES).format(shown=shown(viewer), films=films, genres=genres)
        [(document,)] = self.genre_rows.select(query)
        return genre_shelves.decode(document)

    def collections(
        self, viewer: Viewer, limit: int, after: Place | None = None
    ) -> Slice[CollectionShelf]:
        found = page(self.collection_rows, [PRESENT], BY_TITLE, limit, after)
        films = self.films_by_collection([each.id for each in found.rows], viewer)
        shelves = [CollectionShelf(each, films.get(each.id, 0)) for each in found.rows]
        return Slice(shelves, found.total, found.next)

    def films_by_collection(
        self, ids: Sequence[UUID], viewer: Viewer
    ) -> Mapping[UUID, int]:
        these = Literal(list(ids))
        query = SQL(IN_COLLECTIONS).format(shown=shown(viewer), ids=these)
        return dict(self.collection_rows.select(query))

    def people(
        self, beginning: str, limit: int, after: Place | None = None
    ) -> Slice[Person]:
        words = folded(beginning.replace("\0", " ")).split()
        begins = [SQL(WORDS).format(Literal(beginning_with(word))) for word in words]
        return page(self.person_rows, [PRESENT, *begins], BY_NAME, limit, after)

    def films_by_role(self, person_id: UUID, viewer: Viewer) -> Mapping[str, int]:
        query = SQL(BY_ROLE).format(person=Literal(person_id), shown=shown(viewer))
        return dict(self.film_rows.select(query))

    def genre_names(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(self.genre_rows.select(self.genre_rows.sql(NAMES), list(ids)))

    def person_names(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(self.person_rows.select(self.person_rows.sql(NAMES), list(ids)))


def shown(viewer: Viewer) -> Composed:
    return SQL(" AND ").join(shown_to(viewer))


def present(store: PostgresStore[UUID, Any], id_: UUID) -> Any | None:
    row = store.load([id_]).get(id_)
    return None if row is None or row.archived_at else row


def beginning_with(word: str) -> str:
    """In the words of ``tsquery``: whatever the word is, it is only a word."""
    escaped = word.replace("\\", r"\\").replace("'", "''")
    return f"'{escaped}':*"
