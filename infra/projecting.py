"""The engines of the read models, beside those of other processes."""

from collections.abc import Mapping
from functools import partial

from psycopg import connect

from infra.bootstrap import System, engines
from infra.eventstore.follower import Follower
from infra.garbage import collect_seldom
from infra.postgres.limits import KEPT
from infra.projection_engine import projector
from infra.projection_engine.metrics import observe
from infra.projection_engine.ownership import Ownership


def projectors(system: System) -> Mapping[str, Follower]:
    """Each slice of a read model has one live owner, of all processes."""
    collect_seldom()
    ownership = Ownership(partial(connect, system.settings.conninfo, **KEPT))
    system.stack.callback(ownership.close)
    observe(
        {name: model.store.position for name, model in system.models.items()},
        system.log.head,
    )
    workers = system.settings.projection_workers
    every = engines(system).values()
    return {
        each.name: each
        for engine in every
        for each in projector.projectors(engine, ownership, workers)
    }
