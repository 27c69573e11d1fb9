"""What the commands on read models share: which, alone, with progress."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from infra.cli.output import WRONG, fail

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.projection_engine.controls import PostgresControls
    from infra.projection_engine.engine import Engine
    from infra.projection_engine.rebuilding import Progress


def chosen(system: "System", name: str | None) -> "list[Engine[Any, Any]]":
    """The one that is named, or all."""
    from infra.bootstrap import engines
    from infra.garbage import collect_seldom

    collect_seldom()
    every = engines(system)
    if name is None:
        return list(every.values())
    if name not in every:
        known = ", ".join(sorted(every))
        fail(f"There is no read model {name!r}. There are: {known}.", WRONG)
    return [every[name]]


def controls(system: "System") -> "PostgresControls":
    from infra.projection_engine.controls import PostgresControls

    return PostgresControls(system.pool, system.clock)


def rebuilt(system: "System", engine: "Engine[Any, Any]") -> None:
    from infra.projection_engine.rebuilding import rebuild

    with alone(system, engine.name), advancing(system, engine.name) as progress:
        rebuild(engine, progress)


def retried(system: "System", engine: "Engine[Any, Any]", streams: list[str]) -> None:
    """In place where that can be; otherwise the whole is built anew."""
    from infra.projection_engine.retrying import can_be_retried_alone, retry

    if not can_be_retried_alone(engine):
        rebuilt(system, engine)
        return
    for stream in streams:
        retry(engine, stream)


@contextmanager
def alone(system: "System", name: str) -> Generator[None, None, None]:
    """Two builds of one read model would be in each other's way."""
    from infra.postgres.exclusive import AlreadyUnderWay, exclusive

    try:
        with exclusive(system.pool, f"build {name}"):
            yield
    except AlreadyUnderWay:
        fail(f"{name} is being built by another command; wait for it to end.")


@contextmanager
def advancing(system: "System", name: str) -> "Generator[Progress, None, None]":
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(name, total=system.log.head())
        yield lambda position: bars.update(bar, completed=position)
