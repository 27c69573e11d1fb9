"""Whose fault an error is: one message's, or that of what all of them stand on."""

import psycopg
from eventsourcing import persistence
from psycopg.errors import ProgramLimitExceeded

from domain.kernel.errors import TooMuchContention
from infra.personal.ports import KeyEncryptionKeyMissing
from infra.projection_engine.store import StoreUnavailable

#: What a database says of what it was given.
OF_A_ROW = (
    psycopg.DataError,
    psycopg.IntegrityError,
    ProgramLimitExceeded,
    persistence.DataError,
    persistence.IntegrityError,
)
#: Away, too busy, or not as this program needs it: the next would fare no better.
OF_ALL = (
    TooMuchContention,
    StoreUnavailable,
    KeyEncryptionKeyMissing,
    psycopg.Error,
    persistence.PersistenceError,
    OSError,
    MemoryError,
)


def is_of_a_message(error: Exception) -> bool:
    return isinstance(error, OF_A_ROW) or not isinstance(error, OF_ALL)
