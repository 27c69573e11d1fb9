"""What concerns each follower, so that the others need not look."""

from collections.abc import Iterable, Iterator
from typing import Any

from psycopg.sql import SQL, Identifier, Literal

from infra.bootstrap import System
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.follower import Follower
from infra.eventstore.passing import Interest, Passing
from infra.eventstore.upcasts import stored_as
from infra.projection_engine.engine import Engine
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.projector import Projector, Share

MODELS = Identifier("read", "projection")
#: A model that an operator has paused stays where it is.
OF_MODEL = """
t.name = {name} AND NOT EXISTS (SELECT FROM read.paused AS p WHERE p.name = t.name)
"""
OF_FOLLOWER = "t.follower = {name} AND t.partition = 0"


def passing(system: System, followers: Iterable[Follower]) -> Passing | None:
    found = [*interests(followers)]
    return Passing(system.pool, found) if found else None


def interests(followers: Iterable[Follower]) -> Iterator[Interest]:
    for follower in followers:
        match follower:
            case Projector(share=Share(engine=Engine(store=PostgresStore() as store))):
                yield of_projector(follower, store)
            case Conductor():
                yield of_conductor(follower)
            case Courier():
                yield of_courier(follower)


def of_projector(projector: Projector, store: PostgresStore[Any, Any]) -> Interest:
    which = SQL(OF_MODEL).format(name=Literal(store.name))
    types = stored_as(projector.share.engine.projection.facts)
    return Interest(projector.name, MODELS, which, "cinema", types)


def of_conductor(conductor: Conductor) -> Interest:
    log = conductor.feed.name
    types = stored_as(conductor.process.facts)
    table = Identifier("es", f"{conductor.name}_tracking")
    which = SQL(OF_FOLLOWER).format(name=Literal(log))
    return Interest(conductor.name, table, which, log, types)


def of_courier(courier: Courier) -> Interest:
    log = courier.feed.name
    table = Identifier("es", f"{log}_tracking")
    which = SQL(OF_FOLLOWER).format(name=Literal(courier.name))
    return Interest(courier.name, table, which, log, stored_as(courier.kinds))
