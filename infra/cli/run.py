"""``cinema run``: what follows the log."""

import signal
from collections.abc import Mapping
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli.session import Data, installation

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.eventstore.follower import Follower


class Group(StrEnum):
    PROJECTIONS = "projections"
    PROCESSES = "processes"
    ANNOUNCER = "announcer"
    NOTIFICATIONS = "notifications"
    VIEWING = "viewing"


def add_to(app: typer.Typer) -> None:
    app.command()(run)


def run(
    group: Annotated[Group, typer.Argument(help="Which followers.")],
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Of these, only this one.")
    ] = None,
    data: Data = None,
) -> None:
    """Follow the log until told to stop: for views, processes, mail, bus, viewing."""
    from infra import readiness
    from infra.bootstrap import assemble
    from infra.eventstore.listener import Listener
    from infra.eventstore.runner import Runner
    from infra.migrate import await_schema
    from infra.telemetry import observed
    from infra.waking import caller, wakes_on

    settings = installation(data)
    stopping = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    with observed(settings, group.value):
        await_schema(settings)
        with assemble(settings) as system:
            system.keys.check()
            chosen = choose(followers(system, group), only or [])
            calling = caller(system, chosen.values())
            runner = Runner(
                chosen.values(), system.bell, caller=calling, wakes_on=wakes_on()
            )
            listener = Listener(settings.conninfo, system.bell)
            listener.start()
            runner.start(on_level=readiness.announce)
            stopping.wait()
            runner.stop()
            listener.stop()


def followers(system: "System", group: Group) -> "Mapping[str, Follower]":
    from infra import outgoing
    from infra.bootstrap import conductors
    from infra.eventstore.process_metrics import observe
    from infra.eventstore.sealing import standing as seal
    from infra.eventstore.sealing.sealer import Sealer
    from infra.eventstore.snapshotter import Snapshotter
    from infra.garbage import collect_seldom
    from infra.gateways import metrics
    from infra.projecting import projectors
    from infra.viewing.roles import viewing

    chosen: list[Follower]
    match group:
        case Group.PROJECTIONS:
            seal.observe(system.pool)
            chosen = [
                *projectors(system).values(),
                Sealer(system.pool),
                Snapshotter(system.pool, system.cinema.records),
            ]
        case Group.PROCESSES:
            collect_seldom()
            chosen = [*conductors(system), *outgoing.everything(system)]
            observe(chosen)
            metrics.observe(system.health, system.inbox.gateways)
            chosen += viewing(system)
        case Group.ANNOUNCER:
            chosen = [outgoing.announcer(system, outgoing.bus(system))]
            observe(chosen)
        case Group.NOTIFICATIONS:
            chosen = outgoing.postmen(system, outgoing.bus(system))
        case Group.VIEWING:
            chosen = viewing(system)
    return {follower.name: follower for follower in chosen}


def choose(
    known: "Mapping[str, Follower]", only: list[str]
) -> "Mapping[str, Follower]":
    for name in only:
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            raise typer.BadParameter(f"There is no {name!r} here; there are: {there}.")
    return {name: known[name] for name in only} or known
