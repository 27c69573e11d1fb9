"""Which films have a genre, or credit a person, over the table of films."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from psycopg.sql import SQL, Identifier

from infra.projection_engine.postgres import PostgresStore

COLUMNS = {"genre": Identifier("genre_ids"), "person": Identifier("person_ids")}
#: In two halves, because the indexes are: most films are not archived.
LINKED = SQL("""
SELECT id FROM read.films
WHERE {column} @> ARRAY[%(id)s] AND archived_at IS NULL AND id > %(after)s
UNION ALL
SELECT id FROM read.films
WHERE {column} @> ARRAY[%(id)s] AND archived_at IS NOT NULL AND id > %(after)s
ORDER BY id LIMIT %(limit)s
""")


class PostgresLinkedFilms:
    def __init__(self, films: PostgresStore[UUID, Any]) -> None:
        self.films = films

    def position(self) -> int:
        return self.films.position()

    def linked(
        self, kind: Literal["genre", "person"], id_: UUID, after: UUID, limit: int
    ) -> Sequence[UUID]:
        query = LINKED.format(column=COLUMNS[kind])
        values = {"id": id_, "after": after, "limit": limit}
        with self.films.pool.connection() as connection:
            return [film for (film,) in connection.execute(query, values)]
