"""What somebody watches and wants to watch, over the tables of it and of films."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from psycopg.rows import class_row
from psycopg.sql import SQL, Composable, Composed, Literal

from domain.kernel.messages import Clock
from domain.streams import LASTS
from infra.projection_engine.postgres import PostgresStore
from projections.catalogue import Place, Slice
from projections.films import Film
from projections.viewing import Device, Kept, Shelf
from projections.visibility import Viewer

POSITION = """
SELECT min(position) FROM read.projection
WHERE name IN ('films', 'watchlist', 'opinions', 'premieres_awaited')
"""
#: Each as rows of account_id, id, film_id, at and what else there is.
SHELVES: Mapping[Shelf, Composable] = {
    "watchlist": SQL("SELECT *, bookmarked_at AS at FROM read.watchlist"),
    "opinions": SQL("SELECT *, given_at AS at FROM read.opinions"),
    "premieres": SQL("SELECT *, awaited_at AS at FROM read.premieres_awaited"),
    "history": SQL("""
        SELECT *, md5(film_id::text || '/' || season || '/' || episode)::uuid AS id
        FROM viewing.progress
    """),
}
#: Of a person's many, only the last are looked at for where to go on.
LATEST = SQL("""
SELECT DISTINCT ON (film_id) *, film_id AS id FROM (
    SELECT * FROM viewing.progress WHERE account_id = {account}
    ORDER BY at DESC LIMIT 1000
) AS recent
ORDER BY film_id, at DESC, season DESC, episode DESC
""")
FILM = SQL("""
film.title_ru, film.title_en, film.title_original, film.type, film.access,
film.release_date, film.age_rating
""")
SHOWN = SQL("""
FROM ({kept}) AS kept JOIN read.films AS film ON film.id = kept.film_id
WHERE kept.account_id = {account} AND film.archived_at IS NULL
AND (film.windows = '[]' OR read.is_available(film.windows, {now}, {country}))
""")
PAGE = SQL("""
SELECT coalesce(json_agg(t), '[]')::text FROM (
    SELECT kept.*, {film} {shown} AND {beyond}
    ORDER BY kept.at DESC, kept.id DESC LIMIT {limit}
) AS t
""")
ALL = SQL("""
SELECT coalesce(json_agg(t), '[]')::text FROM (
    SELECT kept.*, {film}, film.seasons {shown}
    ORDER BY kept.at DESC, kept.id DESC
) AS t
""")
COUNT = SQL("SELECT count(*) {shown}")
BEYOND = SQL("(kept.at, kept.id) < ({at}, {id})")
DEVICES = """
SELECT stream_id, film_id, device, started_at, seen_at + %s AS expires_at
FROM viewing.stream WHERE account_id = %s AND seen_at > %s
ORDER BY started_at, stream_id
"""

decoder: msgspec.json.Decoder[list[Kept]] = msgspec.json.Decoder(list[Kept])


class PostgresViewing:
    """``films`` stands for all the tables: they are in one database."""

    def __init__(self, films: PostgresStore[UUID, Film], wall_clock: Clock) -> None:
        self.films = films
        self.wall_clock = wall_clock

    def position(self) -> int:
        [(position,)] = self.films.select(SQL(POSITION))
        return int(position)

    def shelf(
        self,
        account_id: UUID,
        shelf: Shelf,
        viewer: Viewer,
        limit: int,
        after: Place | None = None,
    ) -> Slice[Kept]:
        shown = shown_to(viewer, account_id, SHELVES[shelf])
        page = PAGE.format(
            film=FILM, shown=shown, beyond=beyond(after), limit=Literal(limit + 1)
        )
        found = self.decoded(page)
        [(total,)] = self.films.select(COUNT.format(shown=shown))
        rows = found[:limit]
        is_last = len(found) <= limit
        return Slice(rows, total, None if is_last else (rows[-1].at, rows[-1].id))

    def latest(self, account_id: UUID, viewer: Viewer) -> Sequence[Kept]:
        latest = LATEST.format(account=Literal(account_id))
        shown = shown_to(viewer, account_id, latest)
        return self.decoded(ALL.format(film=FILM, shown=shown))

    def devices(self, account_id: UUID) -> Sequence[Device]:
        values = (LASTS, account_id, self.wall_clock() - LASTS)
        with self.films.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(Device))
            return cursor.execute(DEVICES, values).fetchall()

    def decoded(self, query: Composed) -> list[Kept]:
        [(document,)] = self.films.select(query)
        return decoder.decode(document)


def shown_to(viewer: Viewer, account_id: UUID, kept: Composable) -> Composed:
    return SHOWN.format(
        kept=kept,
        account=Literal(account_id),
        now=Literal(viewer.now),
        country=Literal(viewer.country),
    )


def beyond(after: Place | None) -> Composable:
    if after is None:
        return SQL("true")
    return BEYOND.format(at=Literal(after[0]), id=Literal(after[1]))
