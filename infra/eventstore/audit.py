"""The log as an auditor reads it: what is stored, as it is stored, filtered by SQL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from psycopg import Connection
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier

from domain.kernel.messages import Metadata
from infra.eventstore.mapper import METADATA
from infra.eventstore.selection import Grouping, Selection

PAGE = 1_000

#: The one place that knows how events are kept. It is inlined: what a query does not
#: name is not computed.
EVENT = """
WITH event AS (
    SELECT *,
        about ->> 'actor' AS actor,
        (about ->> 'correlation_id')::uuid AS correlation
    FROM (
        SELECT
            position, stream, version, type, recorded_at, metadata, payload,
            split_part(stream, '-', 1) AS category,
            convert_from(metadata, 'UTF8')::jsonb AS about
        FROM es.cinema_events
    ) AS stored
)
"""
ENTRIES = """
SELECT position, stream, version, type, recorded_at, metadata, payload FROM event
"""
IN_ORDER = "ORDER BY position LIMIT {size}"
TOTALS = """
SELECT {group}::text AS what, count(*), count(DISTINCT stream),
    min(position), max(position), min(recorded_at), max(recorded_at)
FROM event
"""
BY_FREQUENCY = "GROUP BY 1 ORDER BY 2 DESC, 1"
CONDITIONS: Mapping[str, str] = {
    "after": "position > %(after)s",
    "before": "position < %(before)s",
    "since": "recorded_at >= %(since)s",
    "until": "recorded_at < %(until)s",
    "types": "type = ANY(%(types)s)",
    "stream": "stream = %(stream)s",
    "categories": "category = ANY(%(categories)s)",
    "actor": "actor = %(actor)s",
    "correlation": "correlation = %(correlation)s",
}


class Stored(NamedTuple):
    position: int
    stream: str
    version: int
    type: str
    recorded_at: datetime
    metadata: bytes
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event, under the name it had when it was written."""

    position: int
    stream: str
    version: int
    type: str
    recorded_at: datetime
    metadata: Metadata
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    what: str
    events: int
    streams: int
    first: int
    last: int
    since: datetime
    until: datetime


class UnreadableEvent(Exception):
    """What is stored there is not an event: the log has been damaged."""

    def __init__(self, position: int) -> None:
        super().__init__(f"What is stored at position {position} is not an event.")


class AuditLog:
    """Reads a page at a time, in transactions of their own: it holds nothing up."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection

    def entries(self, selection: Selection) -> Iterator[Entry]:
        """In the order of the log. Raises ``UnreadableEvent``."""
        return map(entry, self.stored(selection))

    def stored(self, selection: Selection) -> Iterator[Stored]:
        asked = selection.asked()
        left = asked.pop("limit", None)
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            ending = SQL(IN_ORDER).format(size=size)
            page = self.select(SQL(ENTRIES), asked, ending)
            yield from map(Stored._make, page)
            if len(page) < size:
                return
            asked["after"] = page[-1][0]
            left = None if left is None else left - size

    def totals(self, selection: Selection, group: Grouping) -> list[Total]:
        """The most frequent first."""
        question = SQL(TOTALS).format(group=Identifier(group))
        rows = self.select(question, selection.asked(), SQL(BY_FREQUENCY))
        names = [field.name for field in fields(Total)]
        return [Total(**dict(zip(names, row, strict=True))) for row in rows]

    def select(
        self, question: SQL | Composed, asked: Mapping[str, Any], ending: SQL | Composed
    ) -> list[tuple[Any, ...]]:
        conditions = [SQL(CONDITIONS[name]) for name in asked if name in CONDITIONS]
        where = SQL(" AND ").join([SQL("true"), *conditions])
        query = SQL("{}{} WHERE {} {}").format(SQL(EVENT), question, where, ending)
        with self.connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            return cursor.execute(query, asked).fetchall()


PAYLOAD: msgspec.json.Decoder[dict[str, Any]] = msgspec.json.Decoder(dict[str, Any])


def entry(stored: Stored) -> Entry:
    try:
        metadata = METADATA.decode(stored.metadata)
        payload = PAYLOAD.decode(stored.payload)
    except msgspec.MsgspecError as error:
        raise UnreadableEvent(stored.position) from error
    return Entry(
        position=stored.position,
        stream=stored.stream,
        version=stored.version,
        type=stored.type,
        recorded_at=stored.recorded_at,
        metadata=metadata,
        payload=payload,
    )
