"""Everybody who follows the log, called when there is something for them.

One thread and one clock: so it is known what has been recorded since, and a glance at
the types of those events spares a hundred questions after each of them.
"""

from collections.abc import Mapping
from typing import Any

from infra.bootstrap import System, conductors, engines
from infra.eventstore.conductor import PAGE, Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.follower import Follower
from infra.projection_engine.engine import BATCH, Engine
from infra.read_models import billing_models

TYPES = """
SELECT DISTINCT type, max(position) OVER () FROM es.cinema_events WHERE position > %s
"""
#: What workers go by; whatever else is read at the end has time until then.
URGENT = frozenset({"alarms", "charges_due", "refunds_due"})
#: So many events are read by the others at once.
MANY = 10_000
#: Nobody watches films here.
ELSEWHERE = frozenset({"merging", "premiere_clock", "popularity_gauge", "premieres"})


class Turns:
    def __init__(self, system: System) -> None:
        self.system = system
        billing = billing_models(system.pool)
        self.engines: Mapping[str, Engine[Any, Any]] = {
            name: each for name, each in engines(system).items() if name in billing
        }
        self.conductors: list[Conductor] = []
        self.couriers: dict[str, Courier] = {}
        self.workers: list[Follower] = []
        for each in conductors(system):
            match each:
                case Conductor():
                    self.conductors.append(each)
                case Courier():
                    self.couriers[each.name] = each
                case _ if each.name not in ELSEWHERE:
                    self.workers.append(each)
        self.seen = self.told = 0

    def drain(self) -> None:
        """Until nobody has anything left to do at this moment."""
        is_first = True
        while True:
            kinds = self.recorded()
            if not kinds and not is_first:
                break
            is_first = False
            for name in URGENT & self.engines.keys():
                if kinds & names(self.engines[name].projection.facts):
                    exhaust(self.engines[name], BATCH)
            for conductor in self.conductors:
                if kinds & names(conductor.process.facts):
                    exhaust(conductor, PAGE)
                    exhaust(self.couriers[f"{conductor.name}_courier"], PAGE)
            for worker in self.workers:
                if worker.name == "reconciliation" and not worker.is_at_rest():
                    exhaust(self.engines["ledger"], BATCH)
                exhaust(worker)
        if self.seen >= self.told + MANY:
            self.tell_all()

    def tell_all(self) -> None:
        """Every read model is level with the log."""
        self.told = self.seen
        for engine in self.engines.values():
            exhaust(engine, BATCH)

    def recorded(self) -> frozenset[str]:
        """The types of what has been recorded since this was asked last."""
        with self.system.pool.connection() as connection:
            found = connection.execute(TYPES, (self.seen,)).fetchall()
        self.seen = max((position for _, position in found), default=self.seen)
        return frozenset(kind for kind, _ in found)


def names(kinds: tuple[type, ...]) -> frozenset[str]:
    return frozenset(kind.__name__ for kind in kinds)


def exhaust(follower: Follower, page: int = 1) -> int:
    """How much there was for it to do. A page that was not full was the last one."""
    handled = some = follower.catch_up()
    while some >= page:
        some = follower.catch_up()
        handled += some
    return handled
