"""A store carried elsewhere: what is personal in it is read with the key, or not."""

from shutil import copy
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from psycopg import connect

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, engines, everyone
from infra.eventstore.runner import drain
from infra.eventstore.sealing.verification import verify
from infra.personal.keks import KEY_FILE
from infra.personal.ports import KeyEncryptionKeyMissing
from infra.settings import Settings
from tests import people
from tests.eventstore.carried import content, exported, imported
from tests.eventstore.recorders import rows

NAME = "Анна Unforgettable"
PARKED = "SELECT DISTINCT stream FROM read.parked"


@pytest.fixture
def stream(postgres: Settings) -> str:
    """Of somebody who has given a name."""
    with assemble(postgres) as system:
        client = TestClient(OneAddress(command_app(system), query_app(system)))
        anna = people.person(client, system, "anna@example.org")
        headers = anna.headers | {"Idempotency-Key": uuid4().hex}
        body = {"name": NAME}
        named = client.post("/command/v1/me/name", json=body, headers=headers)
        assert named.status_code < 300, named.text
        drain(everyone(system).values())
    return f"account-{anna.account_id}"


def with_key(from_: Settings, to: Settings) -> None:
    to.data.mkdir(exist_ok=True, parents=True)
    copy(from_.data / KEY_FILE, to.data / KEY_FILE)


def folded(settings: Settings) -> None:
    with assemble(settings) as system:
        drain(engines(system).values())


def test_neither_the_name_nor_what_opens_it_is_in_the_file(
    postgres: Settings, stream: str
) -> None:
    file = exported(postgres)
    assert stream.encode() in file
    key = (postgres.data / KEY_FILE).read_bytes().strip()
    for secret in (NAME.encode(), b"Unforgettable", key):
        assert secret not in file


def test_with_the_key_encryption_key_read_models_are_the_same(
    postgres: Settings, another: Settings, stream: str
) -> None:
    imported(another, exported(postgres))
    with_key(postgres, another)
    folded(another)
    before, after = content(postgres, "read"), content(another, "read")
    assert after["read.accounts"] == before["read.accounts"]
    [row] = after["read.accounts"]
    assert NAME in row
    assert stream.removeprefix("account-") in row
    assert rows(another, PARKED) == []


def test_without_it_nothing_starts(
    postgres: Settings, another: Settings, stream: str
) -> None:
    """Lost is not erased; and the log can be verified all the same."""
    assert stream.encode() in exported(postgres)
    imported(another, exported(postgres))
    with pytest.raises(KeyEncryptionKeyMissing, match="lacks the key-encryption key"):
        folded(another)
    with connect(another.conninfo, autocommit=True) as connection:
        assert verify(connection).events > 0


def test_keys_that_nothing_was_written_with_make_way(
    postgres: Settings, another: Settings, stream: str
) -> None:
    file = exported(postgres)
    assert stream.encode() in file
    with connect(another.conninfo) as connection:
        connection.execute("INSERT INTO es.key_encryption_key VALUES ('other')")
        connection.execute(
            "INSERT INTO es.subject_key VALUES (gen_random_uuid(), '', 'other')"
        )
    imported(another, file)
    assert content(another, "es") == content(postgres, "es")
