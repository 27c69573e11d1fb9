"""``cinema simulate``: a cinema's life in the sandbox, and an audit of it."""

from collections.abc import Iterable
from datetime import datetime
from logging import CRITICAL, getLogger
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli import output

if TYPE_CHECKING:
    from infra.simulation.audit import Finding
    from infra.simulation.running import Simulation


def add_to(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(
    subscribers: Annotated[int, typer.Option(min=1, help="How many people.")] = 500,
    months: Annotated[int, typer.Option(min=1, max=120, help="For how long.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed is the same life.")] = 1,
) -> None:
    """Live through months of sign-ups, payments, declines and outages, and audit them.

    On a database of its own, which is gone afterwards. Ends with 1 if an invariant of
    billing does not hold.
    """
    from infra.simulation.running import database, simulation

    # In the report it is a line; here, every answer that got lost would be one.
    getLogger("infra.gateways").setLevel(CRITICAL)
    began = monotonic()
    with (
        database() as settings,
        simulation(settings, subscribers, months, seed) as life,
    ):
        run(life)
        seconds = monotonic() - began
        findings = [*life.audit().findings()]
        summary(life, seconds)
    report(findings)
    if not all(finding.holds for finding in findings):
        raise typer.Exit(output.NOTHING)


def run(life: "Simulation") -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.fields[day]}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        begun = life.world.begun
        total = (life.end - begun).total_seconds()
        task = progress.add_task("", total=total, day=day(begun))
        for moment in life.live():
            passed = (moment - begun).total_seconds()
            progress.update(task, completed=min(passed, total), day=day(moment))


def day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def summary(life: "Simulation", seconds: float) -> None:
    events = life.system.log.head()
    rows = (
        ("lived through in", f"{seconds:.0f} s"),
        ("events", f"{events} ({events / seconds:.0f} a second)"),
        ("wishes granted", life.deeds.done),
        ("wishes refused", life.deeds.refused),
        ("requests to the gateway", sum(life.gateway.sent.values())),
        ("charges taken", len(life.gateway.taken)),
    )
    output.table(("simulation", ""), rows)


def report(findings: "Iterable[Finding]") -> None:
    rows = [
        ("holds" if each.holds else "BROKEN", each.invariant, each.detail)
        for each in findings
    ]
    output.table(("", "invariant", "found"), rows)
