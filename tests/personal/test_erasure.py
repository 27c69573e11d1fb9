"""Somebody is erased; what they were called is nowhere any more, and all else is."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from psycopg import Connection, connect
from psycopg.sql import SQL, Identifier
from typer.testing import CliRunner, Result

from domain.account.events import ProfileNamed
from domain.kernel.personal import ERASED
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, engines, everyone
from infra.cli.__main__ import app
from infra.eventstore.runner import drain
from infra.eventstore.sealing.sealer import seal_everything
from infra.eventstore.sealing.verification import verify
from infra.projection_engine.rebuilding import rebuild
from infra.settings import Settings
from tests import people
from tests.identity.conftest import within_a_second
from tests.people import Person

NAME = "Анна Unforgettable"
EMAIL = "anna.unforgettable@example.org"
TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""


@pytest.fixture
def system(postgres: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    url = postgres.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    with assemble(postgres) as system:
        yield system


@pytest.fixture
def client(system: System) -> TestClient:
    return TestClient(OneAddress(command_app(system), query_app(system)))


@pytest.fixture
def anna(system: System, client: TestClient) -> Person:
    anna = people.person(client, system, EMAIL)
    body = {"name": NAME}
    named = client.post(
        "/command/v1/me/name",
        json=body,
        headers=anna.headers | {"Idempotency-Key": uuid4().hex},
    )
    assert named.status_code < 300, named.text
    drain(everyone(system).values())
    return anna


def cinema(system: System, *arguments: str, given: str = "") -> Result:
    data = ("--data", str(system.settings.data))
    return CliRunner().invoke(app, [*arguments, *data], input=given)


def erase(system: System, who: str) -> Result:
    return cinema(system, "accounts", "erase", who, "--reason", "they asked", "--yes")


def dump(settings: Settings) -> bytes:
    """Every row of every table, as a dump has them."""
    with connect(settings.conninfo) as connection:
        tables = connection.execute(TABLES).fetchall()
        return b"".join(copied(connection, *table) for table in tables)


def copied(connection: Connection[Any], schema: str, table: str) -> bytes:
    texts = SQL("COPY (SELECT * FROM {}) TO STDOUT").format(Identifier(schema, table))
    binary = SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT binary)").format(
        Identifier(schema, table)
    )
    found = b""
    for statement in (texts, binary):
        with connection.cursor().copy(statement) as copy:
            found += b"".join(bytes(part) for part in copy)
    return found


def traces(settings: Settings) -> list[str]:
    haystack = dump(settings)
    hay = haystack.lower()
    needles = [NAME.split()[0], "unforgettable", EMAIL]
    return [
        needle
        for needle in needles
        if needle.lower().encode() in hay or needle.encode() in haystack
    ]


def test_a_name_is_shown_and_stored_as_ciphertext(
    system: System, client: TestClient, anna: Person
) -> None:
    profile = client.get("/query/v1/me", headers=anna.headers).json()
    assert profile["name"] == NAME
    named = system.cinema.stream(f"account-{anna.account_id}")[-1].payload
    assert isinstance(named, ProfileNamed)
    assert named.name == NAME
    with connect(system.settings.conninfo) as connection:
        stored = copied(connection, "es", "cinema_events")
    assert b"ProfileNamed" in stored
    assert NAME.split()[0].encode() not in stored
    assert b"Unforgettable" not in stored


def test_nothing_of_an_erased_person_is_left(system: System, anna: Person) -> None:
    assert traces(system.settings)
    with connect(system.settings.conninfo, autocommit=True) as connection:
        seal_everything(connection)
        before = verify(connection)
    assert erase(system, EMAIL).exit_code == 0
    drain(everyone(system).values())
    assert traces(system.settings) == []
    for engine in engines(system).values():
        rebuild(engine)
    assert traces(system.settings) == []
    row = system.models["accounts"].store.load([anna.account_id])[anna.account_id]
    assert (row.name, row.erased) == (None, True)
    with connect(system.settings.conninfo, autocommit=True) as connection:
        assert verify(connection).sealed_upto >= before.sealed_upto


def test_a_read_model_that_is_made_anew_knows_that_there_was_something(
    system: System, anna: Person
) -> None:
    """From the key alone, without the fact that tells of the erasure."""
    from infra.personal.custody import shred

    with connect(system.settings.conninfo, autocommit=True) as connection:
        shred(connection, anna.account_id)
    system.keys.known.clear()
    rebuild(engines(system)["accounts"])
    row = system.models["accounts"].store.load([anna.account_id])[anna.account_id]
    assert (row.name, row.erased) == (None, True)
    [named] = [
        fact.payload
        for fact in system.cinema.stream(f"account-{anna.account_id}")
        if isinstance(fact.payload, ProfileNamed)
    ]
    assert named.name == ERASED


def test_an_erased_person_is_signed_out_and_cannot_sign_in(
    system: System, client: TestClient, anna: Person
) -> None:
    assert erase(system, str(anna.account_id)).exit_code == 0
    within_a_second(lambda: system.authenticate(anna.access_token) is None)
    assert people.sign_in(client, EMAIL).status_code in {400, 401}
    assert people.register(client, EMAIL).status_code == 202
    again = people.signed_in(client, system, EMAIL)
    assert again.account_id != anna.account_id


def test_erasing_can_be_repeated_and_says_what_it_did(
    system: System, anna: Person
) -> None:
    who = str(anna.account_id)
    asked = ("accounts", "erase", who, "--reason", "r")
    assert cinema(system, *asked, given="n\n").exit_code != 0
    first = cinema(system, *asked, "--yes", "--json")
    second = cinema(system, *asked, "--yes", "--json")
    assert '"key_destroyed": true' in first.stdout
    assert '"key_destroyed": false' in second.stdout
    assert erase(system, "nobody@example.org").exit_code == 1
    assert erase(system, "nonsense").exit_code == 2


def test_a_key_that_a_backup_brings_back_is_destroyed_again(
    system: System, anna: Person
) -> None:
    with connect(system.settings.conninfo, autocommit=True) as connection:
        backup = copy_of_keys(connection)
        erase(system, EMAIL)
        connection.execute("DELETE FROM es.subject_key")
        for row in backup:
            connection.execute(
                "INSERT INTO es.subject_key VALUES (%s, %s, %s, %s, %s)", row
            )
    status = cinema(system, "keys", "status", "--json")
    assert '"persons": 1' in status.stdout
    again = cinema(system, "keys", "reconcile", "--json")
    assert str(anna.account_id) in again.stdout
    assert '"persons": 0' in cinema(system, "keys", "status", "--json").stdout


def copy_of_keys(connection: Connection[Any]) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT * FROM es.subject_key").fetchall()


def test_keys_are_rotated_from_the_command_line(system: System, anna: Person) -> None:
    rotated = cinema(system, "keys", "rotate", "--json")
    assert rotated.exit_code == 0
    assert '"rewrapped": 1' in rotated.stdout
    system.keys.known.clear()
    assert system.cinema.stream(f"account-{anna.account_id}")[-1].payload.name == NAME
