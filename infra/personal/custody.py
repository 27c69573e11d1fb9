"""What operators do with the keys of persons: destroy one, wrap all of them anew."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from psycopg import Connection

from infra.personal.keks import Keks
from infra.personal.keyring import register

BATCH = 1_000

SHRED = """
INSERT INTO es.subject_key AS k (subject, shredded_at) VALUES (%s, now())
ON CONFLICT (subject) DO UPDATE
SET wrapped_key = NULL, kek_id = NULL, shredded_at = now()
WHERE k.wrapped_key IS NOT NULL
"""
#: Without it, the row's former version would stay on its page until somebody cleans up.
CLEAN = "VACUUM (INDEX_CLEANUP ON) es.subject_key"

OUTDATED = """
SELECT subject, wrapped_key, kek_id FROM es.subject_key
WHERE kek_id <> %s LIMIT %s FOR UPDATE SKIP LOCKED
"""
REWRAP = """
UPDATE es.subject_key AS k SET wrapped_key = n.wrapped, kek_id = %s
FROM unnest(%s::uuid[], %s::bytea[]) AS n (subject, wrapped)
WHERE k.subject = n.subject AND k.wrapped_key IS NOT NULL
"""
BY_KEK = "SELECT kek_id, count(*) FROM es.subject_key GROUP BY 1 ORDER BY 1"
LEFT = "SELECT count(*) FROM es.subject_key WHERE kek_id <> %s"
FORGET = """
DELETE FROM es.key_encryption_key AS k WHERE kek_id <> %s
AND NOT EXISTS (SELECT FROM es.subject_key AS s WHERE s.kek_id = k.kek_id)
RETURNING kek_id
"""
ERASED = """
SELECT DISTINCT substr(stream, length('account-') + 1)::uuid FROM es.cinema_events
WHERE type = 'AccountErased'
"""


def shred(connection: Connection[Any], subject: UUID) -> bool:
    """Destroy a key for ever. False: it was destroyed already.

    Who never had a key gets none any more. Needs a connection that commits by itself.
    """
    is_first = connection.execute(SHRED, (subject,)).rowcount == 1
    connection.execute(CLEAN)
    return is_first


def reconcile(connection: Connection[Any]) -> list[UUID]:
    """Destroy what a backup has brought back: keys of whom the log says were erased."""
    erased = [subject for (subject,) in connection.execute(ERASED).fetchall()]
    return [
        subject
        for subject in erased
        if connection.execute(SHRED, (subject,)).rowcount == 1
    ]


def outdated(connection: Connection[Any], keks: Keks) -> int:
    [left] = connection.execute(LEFT, (keks.current,)).fetchone() or (0,)
    return int(left)


def rotate(
    connection: Connection[Any], keks: Keks, advance: Callable[[int], object]
) -> list[str]:
    """Wrap every key with the current key-encryption key, a batch at a time.

    Can be cut short and begun again. Answers with the ids of those that nothing is
    wrapped with any more. Raises ``KeyEncryptionKeyMissing``.
    """
    with connection.transaction():
        register(connection, keks)
    for number in rewrapped(connection, keks):
        advance(number)
    rows = connection.execute(FORGET, (keks.current,)).fetchall()
    return [kek_id for (kek_id,) in rows]


def rewrapped(connection: Connection[Any], keks: Keks) -> Iterator[int]:
    while True:
        with connection.transaction():
            rows = connection.execute(OUTDATED, (keks.current, BATCH)).fetchall()
            if not rows:
                return
            subjects = [subject for subject, _, _ in rows]
            wrapped = [
                keks.wrap(subject, keks.unwrap(kek_id, subject, former))
                for subject, former, kek_id in rows
            ]
            connection.execute(REWRAP, (keks.current, subjects, wrapped))
        yield len(rows)


def counted(connection: Connection[Any], keks: Keks) -> dict[str, object]:
    by_kek = dict(connection.execute(BY_KEK).fetchall())
    erased = by_kek.pop(None, 0)
    return {
        "current": keks.current,
        "missing": sorted({*by_kek} - {*keks.keys}),
        "persons": sum(by_kek.values()),
        "wrapped_with": by_kek,
        "erased": erased,
    }
