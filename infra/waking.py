"""What concerns each follower, so that the others need not look."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from psycopg.sql import SQL, Identifier, Literal

from domain.invoice.events import InvoiceFinalized
from infra.bootstrap import System
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.follower import Follower
from infra.eventstore.passing import Interest, Passing
from infra.eventstore.runner import Caller
from infra.eventstore.upcasts import stored_as
from infra.projection_engine.lockstep import Lockstep
from infra.projection_engine.projector import Projector
from projections.alarms import alarms
from projections.charges_due import charges_due
from projections.plans import plans
from projections.projection import Projection
from projections.successions import successions

OF_FOLLOWER = "t.follower = {name} AND t.partition = 0"


#: Who acts on a read model's rows looks when they may have become others.
ACT_ON: Mapping[str, Projection[Any, Any]] = {
    "alarm_clock": alarms,
    "charging": charges_due,
    "merging": successions,
    "repricing": plans,
}
#: And these look once a second, whatever has happened: no event is so named.
AT_THEIR_OWN_PACE = ("sealer", "snapshots", "popularity_gauge", "charge_watch")
NO_KIND = ("",)


def wakes_on() -> Mapping[str, Collection[str]]:
    acting = {name: stored_as(model.facts) for name, model in ACT_ON.items()}
    acting["numbering"] = stored_as((InvoiceFinalized,))
    return {**acting, **dict.fromkeys(AT_THEIR_OWN_PACE, NO_KIND)}


def caller(system: System, followers: Iterable[Follower]) -> Caller | None:
    """Read models are told apart from what else follows: each has a role of its own."""
    everyone = [*followers]
    projectors = [each for each in everyone if isinstance(each, Projector)]
    if projectors:
        return Lockstep(system.pool, system.log, projectors)
    found = [*interests(everyone)]
    return Passing(system.pool, found) if found else None


def interests(followers: Iterable[Follower]) -> Iterator[Interest]:
    for follower in followers:
        match follower:
            case Conductor():
                yield of_conductor(follower)
            case Courier():
                yield of_courier(follower)


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
