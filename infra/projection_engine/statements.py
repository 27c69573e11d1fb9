"""What ``PostgresStore`` asks; names in braces are filled in."""

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
LAYOUT = "SELECT max(slices) FROM read.projection WHERE name = %s"
PARKED = "SELECT stream, position, reason FROM read.parked WHERE name = %s"
PARK = """
INSERT INTO read.parked VALUES (%s, %s, %s, %s) ON CONFLICT (name, stream)
DO UPDATE SET position = excluded.position, reason = excluded.reason
"""
RELEASE = "DELETE FROM read.parked WHERE name = %s AND stream = ANY(%s)"
