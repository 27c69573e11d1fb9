"""Keys of persons from ``es.subject_key``, ready for use and kept for a moment.

A key that was destroyed is forgotten by every process within ``FRESH`` seconds, whether
or not any message reaches it: what is older is looked up again, many in one query, and
only the unwrapping is saved.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg import Connection, Error
from psycopg_pool import ConnectionPool

from infra.eventstore.appends import in_library_terms
from infra.personal.ports import (
    DataKey,
    SubjectErased,
    UnreadablePersonalData,
)

if TYPE_CHECKING:
    from infra.personal.keks import Keks

FRESH = 0.5
#: About one kilobyte each.
LIMIT = 20_000

FIND = "SELECT subject, wrapped_key, kek_id FROM es.subject_key WHERE subject = ANY(%s)"
KEKS = "SELECT kek_id FROM es.key_encryption_key"
LOCK = "SELECT pg_advisory_xact_lock(hashtext('cinema key-encryption keys'))"
REGISTER = (
    "INSERT INTO es.key_encryption_key (kek_id) VALUES (%s) ON CONFLICT DO NOTHING"
)
CREATE = """
INSERT INTO es.subject_key (subject, wrapped_key, kek_id) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Known:
    wrapped: bytes | None
    key: DataKey | None
    until: float


class KeyRing:
    """``read`` gives the key-encryption keys, and is asked when they are needed."""

    def __init__(
        self,
        pool: "ConnectionPool[Any]",
        read: "Callable[[], Keks]",
        *,
        limit: int = LIMIT,
        time: Callable[[], float] = monotonic,
    ) -> None:
        self.pool = pool
        self.read = read
        self.limit = limit
        self.time = time
        self.lock = Lock()
        self.known: OrderedDict[UUID, Known] = OrderedDict()
        self.keks: Keks | None = None

    def load(self, subjects: Collection[UUID]) -> None:
        now = self.time()
        wanted = [each for each in {*subjects} if self.fresh(each, now) is None]
        if wanted:
            self.fetch(wanted, now)

    def opening(self, subject: UUID) -> DataKey | None:
        found = self.one(subject)
        if found is None:
            raise UnreadablePersonalData(
                f"es.subject_key has no key of {subject}, not even one that was "
                "destroyed: restore the table from a backup"
            )
        return found.key

    def sealing(self, subject: UUID) -> DataKey:
        found = self.one(subject)
        if found is None:
            self.create(subject)
            found = self.one(subject)
        if found is None or found.key is None:
            raise SubjectErased(subject)
        return found.key

    def one(self, subject: UUID) -> Known | None:
        now = self.time()
        known = self.fresh(subject, now)
        return known or self.fetch([subject], now).get(subject)

    def fresh(self, subject: UUID, now: float) -> Known | None:
        with self.lock:
            known = self.known.get(subject)
            if known is None or known.until <= now:
                return None
            self.known.move_to_end(subject)
            return known

    def fetch(self, subjects: list[UUID], now: float) -> dict[UUID, Known]:
        """``now`` is from before the question, so that no answer is kept too long."""
        rows = self.asked(
            lambda connection: connection.execute(FIND, (subjects,)).fetchall()
        )
        found = {
            subject: self.renewed(subject, wrapped, kek_id, now + FRESH)
            for subject, wrapped, kek_id in rows
        }
        with self.lock:
            for subject in subjects:
                self.known.pop(subject, None)
            self.known |= found
            while len(self.known) > self.limit:
                self.known.popitem(last=False)
        return found

    def renewed(
        self, subject: UUID, wrapped: bytes | None, kek_id: str, until: float
    ) -> Known:
        before = self.known.get(subject)
        if before is not None and before.wrapped == wrapped:
            return Known(wrapped, before.key, until)
        key = None if wrapped is None else self.unwrapped(subject, wrapped, kek_id)
        return Known(wrapped, key, until)

    def unwrapped(self, subject: UUID, wrapped: bytes, kek_id: str) -> DataKey:
        from infra.personal.ciphers import AesKey

        keks = self.keks or self.reread()
        if kek_id not in keks.keys:  # They were rotated since.
            keks = self.reread()
        return AesKey(keks.unwrap(kek_id, subject, wrapped))

    def reread(self) -> "Keks":
        self.keks = self.read()
        return self.keks

    def create(self, subject: UUID) -> None:
        """Committed before any event can be that is written with it."""
        from infra.personal.ciphers import new_key

        keks = self.reread()
        values = (subject, keks.wrap(subject, new_key()), keks.current)

        def created(connection: "Connection[Any]") -> None:
            with connection.transaction():
                register(connection, keks)
                connection.execute(CREATE, values)

        self.asked(created)

    def check(self) -> None:
        """At start: are all key-encryption keys there? Raises if one is missing."""
        used = self.asked(lambda connection: connection.execute(KEKS).fetchall())
        if used:
            self.reread().check(kek_id for (kek_id,) in used)

    def asked(self, question: "Callable[[Connection[Any]], Any]") -> Any:
        try:
            with self.pool.connection() as connection:
                return question(connection)
        except Error as error:
            raise in_library_terms(error) from error


def register(connection: "Connection[Any]", keks: "Keks") -> None:
    """Say that it is in use, unless others use one that is unknown here.

    Raises ``KeyEncryptionKeyMissing``: two machines with different keys would each
    write what the other cannot read.
    """
    used = {kek_id for (kek_id,) in connection.execute(KEKS)}
    if keks.current in used:
        return
    connection.execute(LOCK)
    keks.check(kek_id for (kek_id,) in connection.execute(KEKS))
    connection.execute(REGISTER, (keks.current,))
