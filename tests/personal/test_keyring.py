"""Keys in the database: made once, kept for a moment, destroyed, wrapped anew."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError
from psycopg import Connection, connect
from psycopg_pool import ConnectionPool
from pydantic import SecretStr

from infra.personal.custody import counted, outdated, rotate, shred
from infra.personal.keks import Keks, put_first, read_keks
from infra.personal.keyring import FRESH, KeyRing
from infra.personal.ports import (
    BadKeyEncryptionKey,
    KeyEncryptionKeyMissing,
    SubjectErased,
    UnreadablePersonalData,
)
from infra.settings import Settings

OLD, NEW, OTHER = (bytes([n]) * 32 for n in (1, 2, 3))
WHOSE = UUID(int=7)
PLACE = b"name 1 account-7"


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pool(postgres: Settings) -> Iterator["ConnectionPool[Any]"]:
    options = {"autocommit": True}
    with ConnectionPool(postgres.conninfo, min_size=1, kwargs=options) as pool:
        yield pool


@pytest.fixture
def connection(postgres: Settings) -> Iterator[Connection[Any]]:
    with connect(postgres.conninfo, autocommit=True) as connection:
        yield connection


def ring(pool: "ConnectionPool[Any]", *keks: bytes, **options: Any) -> KeyRing:
    return KeyRing(pool, lambda: Keks(keks or (OLD,)), **options)


def test_a_key_is_made_once_however_many_ask(pool: "ConnectionPool[Any]") -> None:
    rings = [ring(pool) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        keys = [*threads.map(lambda each: each.sealing(WHOSE), rings)]
    sealed = keys[0].seal(b"Ann", PLACE)
    assert {key.open(sealed, PLACE) for key in keys} == {b"Ann"}


def test_many_are_loaded_in_one_query(pool: "ConnectionPool[Any]") -> None:
    subjects = [uuid4() for _ in range(50)]
    for subject in subjects:
        ring(pool).sealing(subject)
    reader = ring(pool, time=Watch())
    before = pool.get_stats()["requests_num"]
    reader.load(subjects)
    assert all(reader.opening(subject) for subject in subjects)
    assert pool.get_stats()["requests_num"] - before == 1


def test_who_never_had_a_key_is_not_taken_for_erased(
    pool: "ConnectionPool[Any]",
) -> None:
    with pytest.raises(UnreadablePersonalData, match=str(WHOSE)):
        ring(pool).opening(WHOSE)


def test_a_destroyed_key_is_forgotten_everywhere_in_less_than_a_second(
    pool: "ConnectionPool[Any]", connection: Connection[Any]
) -> None:
    assert FRESH < 1
    watch = Watch()
    mine, theirs = ring(pool, time=watch), ring(pool, time=watch)
    mine.sealing(WHOSE)
    kept = theirs.opening(WHOSE)
    watch.now += FRESH
    assert theirs.opening(WHOSE) is kept  # Looked up again, but not unwrapped again.
    assert shred(connection, WHOSE)
    assert not shred(connection, WHOSE)
    watch.now += FRESH
    for each in (mine, theirs):
        assert each.opening(WHOSE) is None
        with pytest.raises(SubjectErased):
            each.sealing(WHOSE)


def test_who_has_no_key_can_be_erased_too(
    pool: "ConnectionPool[Any]", connection: Connection[Any]
) -> None:
    assert shred(connection, WHOSE)
    with pytest.raises(SubjectErased):
        ring(pool).sealing(WHOSE)


def test_no_more_keys_are_kept_than_allowed(pool: "ConnectionPool[Any]") -> None:
    small = ring(pool, limit=3)
    for _ in range(5):
        small.sealing(uuid4())
    assert len(small.known) == 3


def test_rotation_wraps_all_keys_anew(
    pool: "ConnectionPool[Any]", connection: Connection[Any]
) -> None:
    old = ring(pool, OLD)
    sealed = {uuid4(): b"" for _ in range(1_200)}
    for subject in sealed:
        sealed[subject] = old.sealing(subject).seal(b"Ann", PLACE)
    keks, told = Keks([NEW, OLD]), list[int]()
    assert outdated(connection, keks) == 1_200
    unused = rotate(connection, keks, told.append)
    assert (told, unused) == ([1_000, 200], [Keks([OLD]).current])
    assert counted(connection, Keks([NEW]))["wrapped_with"] == {keks.current: 1_200}
    new = ring(pool, NEW)
    new.check()
    new.load([*sealed])
    opened = [new.opening(subject) for subject in sealed]
    assert all(
        key and key.open(each, PLACE) == b"Ann"
        for key, each in zip(opened, sealed.values(), strict=True)
    )


def test_a_running_process_reads_what_was_rotated_meanwhile(
    pool: "ConnectionPool[Any]", connection: Connection[Any], postgres: Settings
) -> None:
    """On one machine, where the keys are in a file."""
    watch = Watch()
    running = KeyRing(pool, lambda: read_keks(postgres), time=watch)
    sealed = running.sealing(WHOSE).seal(b"Ann", PLACE)
    keks = put_first(postgres.data / "personal.key", postgres)
    rotate(connection, keks, lambda _: None)
    watch.now += FRESH
    key = running.opening(WHOSE)
    assert key
    assert key.open(sealed, PLACE) == b"Ann"
    assert (postgres.data / "personal.key").stat().st_mode & 0o777 == 0o600


def test_a_missing_key_encryption_key_shows_at_the_start(
    pool: "ConnectionPool[Any]",
) -> None:
    ring(pool, OTHER).check()  # Nothing is wrapped yet.
    ring(pool, OLD).sealing(WHOSE)
    ring(pool, NEW, OLD).check()
    with pytest.raises(KeyEncryptionKeyMissing, match=Keks([OLD]).current):
        ring(pool, NEW).check()


def test_two_machines_with_different_keys_do_not_both_write(
    pool: "ConnectionPool[Any]",
) -> None:
    ring(pool, OLD).sealing(WHOSE)
    with pytest.raises(KeyEncryptionKeyMissing):
        ring(pool, NEW).sealing(uuid4())
    with pytest.raises(KeyEncryptionKeyMissing):
        ring(pool, NEW).opening(WHOSE)


def test_an_outage_is_called_one(
    pool: "ConnectionPool[Any]", connection: Connection[Any]
) -> None:
    connection.execute("ALTER TABLE es.subject_key RENAME TO elsewhere")
    with pytest.raises(Exception, match="subject_key") as caught:
        ring(pool).opening(WHOSE)
    assert not isinstance(caught.value, LookupError)
    pool.close()
    with pytest.raises(OperationalError):
        ring(pool).opening(WHOSE)


@pytest.mark.parametrize("text", ["secret", "ab" * 31, f"{'ab' * 32},cd"])
def test_bad_keys_are_named_and_not_shown(tmp_path: Path, text: str) -> None:
    settings = Settings(_env_file=None, personal_keys=SecretStr(text), data=tmp_path)
    with pytest.raises(BadKeyEncryptionKey, match="CINEMA_PERSONAL_KEYS") as caught:
        read_keks(settings)
    assert text not in str(caught.value)
