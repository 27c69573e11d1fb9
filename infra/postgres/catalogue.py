"""The catalogue's view, over its table."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.sql import SQL

from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.reader import Reader
from projections.catalogue import Document


class PostgresCatalogue(Reader[PostgresStore[UUID, Document]]):
    def get(self, id_: UUID) -> Document | None:
        return self.store.load([id_]).get(id_)

    def films_of(self, genre_id: UUID) -> Sequence[Document]:
        return self.store.rows(
            SQL("kind = 'film' AND genre_ids @> ARRAY[%s]"), genre_id
        )
