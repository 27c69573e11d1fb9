"""The read models of billing, built from nothing and held against the live ones."""

from typing import Any

from psycopg.sql import SQL, Identifier

from infra.projection_engine.engine import Engine
from infra.projection_engine.memory import MemoryStore
from projections.projection import Projection, fold
from tests.billing.conftest import Shop

COUNT = "SELECT count(*) FROM {}"
VIEWS = (
    "plans",
    "subscriptions",
    "payments",
    "alarms",
    "charges_due",
    "refunds",
    "refunds_due",
    "memberships",
    "ledger",
    "gateway_differences",
    "reconciled_days",
    "recurring",
    "arrears",
)


def assert_all_equal_what_is_built_from_nothing(shop: Shop) -> None:
    for name in VIEWS:
        model = shop.system.models[name]
        store: MemoryStore[Any, Any] = MemoryStore()
        again = Engine(model.projection, store, shop.system.log, batch=3)
        while again.catch_up():
            pass
        with shop.system.pool.connection() as connection:
            query = SQL(COUNT).format(Identifier("read", name))
            [(count,)] = connection.execute(query).fetchall()
        assert count == len(store.rows), name
        assert model.store.load(list(store.rows)) == store.rows, name
        assert not model.store.parked()
        if model.projection.is_by_stream:
            assert one_stream_after_another(shop, model.projection) == store.rows, name


def one_stream_after_another(shop: Shop, projection: Projection[Any, Any]) -> Any:
    """What promises to be local does not mind in which order streams are read."""
    facts = shop.system.log.read(0, projection.facts, 100_000).facts
    rows: dict[Any, Any] = {}
    fold(projection, rows, sorted(facts, key=lambda fact: fact.originator_id))
    return rows
