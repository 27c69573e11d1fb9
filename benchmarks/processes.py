"""Processes: steps a second, and how long a story takes when all is quiet.

A step is a fact that comes in, the commands it calls for, and the events they make.
Ours is a process of the cinema's own kind over its films: a film that was added is
retitled, what was retitled is rated. The library's is an event-sourced projection on
its own stock recorder, run by its own runner, with one event for each fact; it does
less than ours, which records a command, carries it to the write model, decides there,
and keeps a receipt.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter, sleep
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application, ProcessingEvent
from eventsourcing.domain import Aggregate, DomainEventProtocol, event
from eventsourcing.projection import (
    EventSourcedProjection,
    EventSourcedProjectionRunner,
)
from pydantic import SecretStr

from benchmarks.report import Options, alone, number, progress, ratios, spread, table
from benchmarks.servers import postgres
from domain.film.commands import AddFilm, RateFilm, RetitleFilm
from domain.film.events import FilmAdded, FilmRated, FilmRetitled
from domain.film.values import Titles
from domain.kernel.messages import Metadata
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble
from infra.clock import utc_now
from infra.embedded.postgres import Postgres
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.deliveries import Deliveries, Message
from infra.eventstore.feed import Feed
from infra.eventstore.runner import Runner, drain
from infra.garbage import collect_seldom
from infra.migrate import migrate
from infra.settings import Settings
from processes.process import Process

INSTANCES, LIBRARY_INSTANCES, QUIET = 100_000, 2_000, 200
PAGE = 1_000
STEPS = 3


def react(fact: Any, _: int) -> list[Any]:
    match fact:
        case FilmAdded(film_id=film_id, titles=titles):
            better = replace(titles, ru=f"{titles.en}!")
            return [RetitleFilm(film_id=film_id, titles=better, now=fact.added_at)]
        case FilmRetitled(film_id=film_id):
            return [RateFilm(film_id=film_id, rating=50, now=fact.retitled_at)]
        case _:
            return []


STORY: Process[Any, int, Any] = Process(
    name="checkout",  # Its log is there.
    facts=(FilmAdded, FilmRetitled, FilmRated),
    orders=(RetitleFilm, RateFilm),
    correlate=lambda fact: fact.film_id,
    initial=0,
    react=react,
    evolve=lambda steps, _: steps + 1,
)


@contextmanager
def cinema(server: Postgres) -> Iterator[System]:
    name = f"cinema_{uuid4().hex[:8]}"
    server.create(name)
    url = SecretStr(server.database(name))
    settings = Settings(_env_file=None, database_url=url, data=Path("/nowhere"))
    migrate(settings)
    with assemble(settings) as system:
        yield system


def followers(system: System) -> tuple[Conductor, Courier]:
    outbox = system.cinema.beside(STORY.name)
    feed, deliveries = Feed(STORY.name, outbox), Deliveries(system.cinema)
    return (
        Conductor(STORY, system.log, outbox, system.clock),
        Courier("checkout_courier", feed, STORY.orders, deliveries),
    )


def add(number: int) -> AddFilm:
    return AddFilm(
        film_id=FilmId(UUID(int=number)),
        titles=Titles(en=f"Film {number}"),
        type="movie",
        access="free",
        now=utc_now(),
    )


def message(number: int) -> Message:
    return Message(add(number), Metadata.root(uuid4(), "benchmark"))


def ours(server: Postgres, instances: int) -> float:
    with cinema(server) as system:
        deliveries = Deliveries(system.cinema)
        for first in range(0, instances, PAGE):
            last = min(first + PAGE, instances)
            deliveries.dispatch([message(n) for n in range(first, last)])
        began = perf_counter()
        drain(followers(system))
        return STEPS * instances / (perf_counter() - began)


class Step(Aggregate):
    @event("Taken")
    def take(self, number: int) -> None:
        self.number = number


class Steps(EventSourcedProjection[UUID]):
    name = "steps"

    def policy(
        self,
        domain_event: DomainEventProtocol[UUID],
        processing_event: ProcessingEvent[UUID],
    ) -> None:
        step = Step()
        step.take(domain_event.originator_version)
        processing_event.collect_events(step)


def library(server: Postgres, instances: int) -> float:
    name = f"library_{uuid4().hex[:8]}"
    server.create(name)
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": name,
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": str(server.port),
        "POSTGRES_USER": "postgres",
        "POSTGRES_PASSWORD": "",
    }
    facts = STEPS * instances
    with Application[UUID](env) as app:
        for first in range(0, facts, PAGE):
            app.save(*[Step() for _ in range(first, min(first + PAGE, facts))])
    began = perf_counter()
    with EventSourcedProjectionRunner(
        application_class=Application[UUID], projection_class=Steps, env=env
    ) as runner:
        runner.wait(facts, timeout=600)
        return facts / (perf_counter() - began)


def quiet(server: Postgres, times: int) -> list[float]:
    """Milliseconds from a film's addition to its rating, one film at a time."""
    with cinema(server) as system, ExitStack() as stack:
        runner = Runner(followers(system), system.bell)
        runner.start()
        stack.callback(runner.stop)
        heard: Event = system.bell.listener()
        return [story(system, number, heard) for number in range(times)]


def story(system: System, number: int, heard: Event) -> float:
    command, metadata = message(number)
    sleep(0.02)
    began = perf_counter()
    system.cinema.dispatch(command, metadata)
    while len(system.cinema.stream(f"film-{UUID(int=number)}")) < STEPS:
        heard.wait(1)
        heard.clear()
    return (perf_counter() - began) * 1e3


def main(chosen: Options) -> str:
    scale = 50 if chosen.quick else 1
    collect_seldom()  # As the role does.
    fast: list[float] = []
    slow: list[float] = []
    with postgres() as server:
        for round_ in range(chosen.rounds):
            progress(f"processes, round {round_ + 1}")
            fast.append(ours(server, INSTANCES // scale))
            slow.append(library(server, LIBRARY_INSTANCES // scale))
        waits = sorted(quiet(server, QUIET // (10 if chosen.quick else 1)))
    p50, p99 = median(waits), waits[int(len(waits) * 0.99)]
    rows = [
        ["ours / the library's", spread(ratios(fast, slow))],
        [f"ours, steps/s ({INSTANCES // scale:,} instances)", spread(fast)],
        [f"the library's, steps/s ({LIBRARY_INSTANCES // scale:,})", spread(slow)],
        ["three steps when quiet, ms (p50 / p99)", f"{number(p50)} / {number(p99)}"],
    ]
    progress("")
    return table(["", ""], rows)


if __name__ == "__main__":
    alone(main)
