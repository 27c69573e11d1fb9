"""What ``PostgresStore`` asks; names in braces are filled in."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from psycopg import Connection
from psycopg.errors import DivisionByZero
from psycopg.sql import SQL, Composed

from infra.projection_engine.store import PositionMoved

Values: TypeAlias = Sequence[Any]
Statement: TypeAlias = tuple[SQL | Composed | bytes, Values]

ROWS = "SELECT coalesce(json_agg(t), '[]')::text FROM {table} AS t WHERE "
FIND = "SELECT {key} FROM {table} WHERE {column} = %s"
FIND_IN_ARRAY = "SELECT {key} FROM {table} WHERE {column} @> ARRAY[%s]"
COUNT = "SELECT count(*) FROM {table}"
DELETE = "DELETE FROM {table} WHERE {key} = ANY(%b)"
START = (
    "INSERT INTO read.projection (name, position) VALUES (%s, 0) ON CONFLICT DO NOTHING"
)
POSITION = "SELECT min(position) FROM read.projection WHERE name = %s"
POSITIONS = "SELECT position FROM read.projection WHERE name = %s ORDER BY slice"
CHECKPOINT = """
SELECT position, generation, revision, slices,
    ARRAY(SELECT stream FROM read.parked AS p WHERE p.name = t.name)
FROM read.projection AS t WHERE name = %s AND slice = %s
"""
#: What a crash takes from here is read from the log again, with its position.
AT_LEISURE = "SELECT set_config('synchronous_commit', 'off', true)"
#: Fails, and all that comes with it, if it is not as it was read: nothing by zero.
MOVE = """
WITH moved AS (
    UPDATE read.projection SET position = %s, revision = revision + %s
    WHERE name = %s AND slice = %s AND slices = %s
    AND position = %s AND generation = %s AND revision = %s
    RETURNING 1
) SELECT 1 / count(*)::int FROM moved
"""
#: The same of many at once, unless somebody else is at one of them, or it is paused.
MOVE_ALL = """
WITH moved AS (
    UPDATE read.projection AS t SET position = %s FROM (
        SELECT t.ctid FROM read.projection AS t
        JOIN unnest(
            %s::text[], %s::int[], %s::int[], %s::int8[], %s::int8[], %s::int8[])
            AS m (name, slice, slices, position, generation, revision)
        ON (t.name, t.slice, t.slices, t.position, t.generation, t.revision)
            = (m.name, m.slice, m.slices, m.position, m.generation, m.revision)
        WHERE NOT EXISTS (SELECT FROM read.paused AS p WHERE p.name = t.name)
        FOR UPDATE OF t SKIP LOCKED
    ) AS k WHERE t.ctid = k.ctid RETURNING 1
) SELECT 1 / (count(*) = %s)::int FROM moved
"""
LAYOUT = "SELECT max(slices) FROM read.projection WHERE name = %s"
PARKED = "SELECT stream, position, reason FROM read.parked WHERE name = %s"
PARK = """
INSERT INTO read.parked VALUES (%s, %s, %s, %s) ON CONFLICT (name, stream)
DO UPDATE SET position = excluded.position, reason = excluded.reason
"""
RELEASE = "DELETE FROM read.parked WHERE name = %s AND stream = ANY(%s)"


def run(connection: Connection[Any], statements: Iterable[Statement]) -> None:
    """In one round trip, which is one transaction; raises ``PositionMoved``.

    Nothing is prepared: of what comes after a failure the server has not heard.
    """
    try:
        with connection.pipeline():
            for statement, values in statements:
                connection.execute(statement, values, prepare=False)
    except DivisionByZero as error:
        raise PositionMoved from error
