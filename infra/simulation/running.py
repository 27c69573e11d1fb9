"""The simulation put together, on a database of its own that is gone afterwards."""

import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from domain.billing_time import add_months_clamped
from infra.bootstrap import System, assemble
from infra.embedded.child import Child
from infra.embedded.postgres import Postgres
from infra.migrate import migrate
from infra.plans_on_sale import seed_plans
from infra.settings import Settings
from infra.simulation.audit import Audit
from infra.simulation.deeds import Deeds
from infra.simulation.gateway import SimulatedGateway
from infra.simulation.people import intents
from infra.simulation.world import JUMPS, OUTAGES, StillClock, World, windows

START = datetime(2026, 1, 31, 9, tzinfo=UTC)
#: A crash of the machine ends the simulation anyway.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PATIENCE = 60.0
DATABASE = "simulation"


@dataclass(frozen=True, slots=True)
class Simulation:
    system: System
    gateway: SimulatedGateway
    world: World
    deeds: Deeds
    end: datetime

    def live(self) -> Iterator[datetime]:
        return self.world.live(self.end)

    def audit(self) -> Audit:
        return Audit(self.system, self.gateway)


@contextmanager
def database() -> Generator[Settings, None, None]:
    """Raises ``ChildFailed``."""
    with TemporaryDirectory(prefix="cinema-simulation-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Postgres(folder / "postgres", free_port(), CARELESS)
        log = folder / "postgres.log"
        server.initialise(log)
        child = Child(server.program(log))
        try:
            child.wait_for(server.answers, PATIENCE)
            server.create(DATABASE)
            url = SecretStr(server.database(DATABASE))
            settings = Settings(_env_file=None, database_url=url, data=folder)
            migrate(settings)
            yield settings
        finally:
            child.stop()


@contextmanager
def simulation(
    settings: Settings, subscribers: int, months: int, seed: int
) -> Generator[Simulation, None, None]:
    clock, chance = StillClock(START), Random(seed)  # noqa: S311
    last = add_months_clamped(START.date(), months)
    end = datetime.combine(last, START.timetz())
    outages = windows(chance, OUTAGES, START, end, timedelta(hours=30))
    jumps = windows(chance, JUMPS, START, end, timedelta(days=4))
    gateway = SimulatedGateway(clock=clock, seed=seed, outages=outages)
    shops = {gateway.code: gateway}
    with assemble(settings, clock, lambda _: None, shops=shops) as system:
        seed_plans(system, lambda _: None)
        deeds = Deeds(system, seed)
        plans = sorted(intents(seed, subscribers, START, end))
        world = World(system, clock, deeds, plans, jumps)
        yield Simulation(system, gateway, world, deeds, end)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
