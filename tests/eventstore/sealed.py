"""Small logs in small blocks, and what can be done to them behind our back."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, LiteralString
from uuid import uuid4

from psycopg import Connection, connect
from psycopg.sql import Composed

from domain.kernel.values import PersonId
from infra.bootstrap import assemble
from infra.eventstore.sealing.sealer import seal_everything
from infra.settings import Settings
from tests.examples import metadata
from tests.examples.catalogue import add_person

SIZE = 4


def fill(settings: Settings, number: int) -> None:
    """So many events, of a stream each."""
    with assemble(settings) as system:
        for _ in range(number):
            about = replace(metadata(1), message_id=uuid4())
            system.cinema.dispatch(add_person(person_id=PersonId(uuid4())), about)


@contextmanager
def sealed(
    settings: Settings, number: int = 10
) -> Generator[Connection[Any], None, None]:
    fill(settings, number)
    with connect(settings.conninfo, autocommit=True) as connection:
        seal_everything(connection, SIZE)
        yield connection


def tamper(connection: Connection[Any], *statements: LiteralString | Composed) -> None:
    """As whoever may do everything would: indexes are no obstacle."""
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)
