"""Everybody who follows the log, called in turn, in the test's own thread."""

from collections.abc import Collection, Iterable, Mapping

from infra.bootstrap import System
from infra.eventstore import runner
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.follower import Follower
from infra.eventstore.upcasts import stored_as
from infra.projection_engine.engine import Engine

RECORDED = """
SELECT array_agg(DISTINCT type), max(position) FROM es.cinema_events WHERE position > %s
"""


def drain(system: System, followers: Iterable[Follower]) -> None:
    """As ``runner.drain``, in a third of the time: a round of everybody is a hundred
    questions, so in between only those are called who read what has been recorded.
    """
    everyone = tuple(followers)
    concerns = interests(everyone)
    seen, kinds = recorded(system, 0)
    while kinds:
        for follower in everyone:
            wanted = concerns.get(follower.name)
            if wanted is None or not kinds.isdisjoint(wanted):
                follower.catch_up()
        seen, kinds = recorded(system, seen)
    runner.drain(everyone)


def recorded(system: System, since: int) -> tuple[int, frozenset[str]]:
    with system.pool.connection() as connection:
        [(kinds, last)] = connection.execute(RECORDED, (since,)).fetchall()
    return last or since, frozenset(kinds or ())


def interests(followers: Iterable[Follower]) -> Mapping[str, Collection[str]]:
    """A courier carries what its process has to say, which is when that reads."""
    found: dict[str, Collection[str]] = {}
    for follower in followers:
        match follower:
            case Engine(projection=projection):
                found[follower.name] = stored_as(projection.facts)
            case Conductor(process=process):
                found[follower.name] = stored_as(process.facts)
            case Courier():
                found[follower.name] = found[follower.feed.name]
            case _:  # Who acts on rows looks each time.
                continue
    return found
