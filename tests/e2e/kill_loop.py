"""``kill -9`` of real processes at random, while people subscribe and renew

``python -m tests.e2e.kill_loop --kills 200``. The provider loses answers meanwhile, and
months go by. In the end its own journal says what was charged, and the log what was
promised: ``tests.e2e.killed_lives`` holds the one against the other.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from os import kill
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory
from time import sleep
from typing import LiteralString

from benchmarks.servers import postgres
from infra.bootstrap import System, assemble
from infra.embedded.child import Child, Program
from infra.embedded.parts import probe
from infra.embedded.payments import PaymentSandbox
from infra.migrate import migrate
from infra.plans_on_sale import seed_plans
from infra.settings import Settings
from infra.settled import Onlooker
from tests.conftest import free_port
from tests.e2e.killed_lives import assert_everybody_got_what_they_paid_for
from tests.e2e.machine import SOURCES
from tests.e2e.visitors import Persistent
from tests.payments import SandboxProcess

PARTS: Mapping[str, tuple[str, ...]] = {
    "processes": ("run", "processes"),
    "projections": ("run", "projections"),
    "APIs": ("serve", "all"),
}
#: How often requests to the provider go wrong, and how.
FAULTS = {
    "commit-then-reset": 0.15,
    "commit-then-500": 0.1,
    "no-commit-reset": 0.1,
    "truncated-json": 0.1,
}
MONTH = timedelta(days=31, hours=1)
#: What was left in doubt is asked about again within this.
DOUBT = timedelta(minutes=16)
QUARTER = timedelta(hours=6)
PATIENCE = 120.0
ROUNDS = 200

UNPAID = """
SELECT %(people)s - count(*) FILTER (WHERE status <> 'incomplete')
FROM read.subscriptions
"""
UNSETTLED = (
    UNPAID,
    "SELECT count(*) FROM read.charges_due",
    """
    SELECT count(*) FROM read.subscriptions
    WHERE status IN ('past_due', 'suspended')
    """,
    """
    SELECT count(*) FROM read.alarms, work.clock WHERE due <= now() + ahead
    """,
)


@dataclass
class Cinema:
    """Its roles, each of which may die at any moment and is started again."""

    system: System
    payments: SandboxProcess
    folder: Path
    port: int = field(default_factory=free_port)
    roles: dict[str, Child] = field(default_factory=dict)
    people: list[Persistent] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, part: str) -> None:
        settings, place = self.system.settings, self.payments.place
        shop = {f"CINEMA_{k.upper()}": str(v) for k, v in place.settings.items()}
        at = ("--port", str(self.port)) if part == "APIs" else ()
        program = Program(
            name=part,
            command=(sys.executable, "-m", "infra.cli", *PARTS[part], *at),
            log=self.folder / f"{part}.log",
            environment={
                **SOURCES,
                **shop,
                "CINEMA_YOOKASSA_PEERS": '["127.0.0.1"]',
                "CINEMA_DATABASE_URL": settings.database_url.get_secret_value(),
                "CINEMA_DATA": str(settings.data),
                "CINEMA_SANDBOX": "true",
                "CINEMA_CHARGERS": "8",
            },
        )
        self.roles[part] = Child(program)

    def is_up(self) -> bool:
        return probe(self.port, "/command/v1/health/live")

    def await_work_of(self, part: str) -> None:
        """Who is killed before it has begun has nothing to lose."""
        child = self.roles[part]
        is_up = self.is_up if part == "APIs" else child.is_ready
        child.wait_for(is_up, PATIENCE)

    def kill(self, part: str) -> None:
        child = self.roles[part]
        kill(child.process.pid, SIGKILL)
        child.process.wait()
        self.killed[part] += 1
        self.start(part)

    def stop(self) -> None:
        for child in self.roles.values():
            child.stop()

    def advance(self, by: timedelta) -> None:
        """The one clock, of the cinema and of its provider."""
        with self.system.pool.connection() as connection:
            connection.execute("UPDATE work.clock SET ahead = ahead + %s", (by,))
        self.payments.advance(by)

    def welcome(self) -> None:
        """Somebody who orders, and pays when there is something to pay."""
        person = Persistent(self.url, patience=PATIENCE)
        person.register()
        person.subscribe()
        self.people.append(person)

    def let_pay(self) -> None:
        """Whoever has a page of the provider open says yes there."""
        made = [entry["committed"] for entry in self.payments.charges()]
        for id_ in {each["id"] for each in made if each["status"] == "pending"}:
            path = f"/__sandbox/payments/{id_}/confirm"
            self.payments.client.post(path, json={"outcome": "succeeded"})


@contextmanager
def running(settings: Settings, folder: Path) -> Iterator[Cinema]:
    """All roles, on a database that has been migrated."""
    place = PaymentSandbox(folder / "payments", free_port())
    place.folder.mkdir()
    with ExitStack() as stack:
        here = settings.model_copy(update={"sandbox": True})
        system = stack.enter_context(assemble(here))
        seed_plans(system, lambda _: None)
        payments = SandboxProcess(place, folder / "sandbox.log")
        stack.callback(payments.stop)
        cinema = Cinema(system, payments, folder)
        payments.announce_to(f"{cinema.url}/webhooks/v1/yookassa")
        for number, (kind, often) in enumerate(FAULTS.items()):
            payments.fault(kind, probability=often, seed=number, times=None)
        stack.callback(cinema.stop)
        for part in PARTS:
            cinema.start(part)
        cinema.await_work_of("APIs")
        yield cinema


def live(cinema: Cinema, kills: int, seed: int, people: int, months: int) -> None:
    """Kill after kill, each a moment after something has been set going."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for number in range(kills):
        if number % max(1, kills // people) == 0 and len(cinema.people) < people:
            cinema.welcome()
        victim = chance.choice([*PARTS])
        cinema.await_work_of(victim)
        pass_time(cinema, MONTH * months / kills)
        sleep(chance.uniform(0.05, 1.0))
        cinema.kill(victim)
        tell(f"{number + 1} of {kills} kills, {len(cinema.people)} subscribers")


def settle(cinema: Cinema) -> None:
    """The provider is well again: whatever is in doubt is cleared up in time."""
    cinema.payments.control("DELETE", "/faults")
    for _ in range(ROUNDS):
        pass_time(cinema, QUARTER)
        sleep(0.5)
        if not any(count(cinema, query) for query in UNSETTLED):
            Onlooker(cinema.system).await_rest(PATIENCE)
            return
    raise AssertionError([count(cinema, query) for query in UNSETTLED])


def pass_time(cinema: Cinema, much: timedelta) -> None:
    """Little, while somebody has yet to pay for what they have ordered."""
    cinema.let_pay()
    cinema.advance(DOUBT if count(cinema, UNPAID) else much)


def count(cinema: Cinema, query: LiteralString) -> int:
    values = {"people": len(cinema.people)}
    with cinema.system.pool.connection() as connection:
        [(number,)] = connection.execute(query, values).fetchall()
    return int(number)


def tell(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with TemporaryDirectory() as name, postgres() as server:
        server.create("cinema")
        settings = Settings.model_validate(
            {"database_url": server.database("cinema"), "data": Path(name) / "data"}
        )
        migrate(settings)
        with running(settings, Path(name)) as cinema:
            live(cinema, chosen.kills, chosen.seed, chosen.people, chosen.months)
            settle(cinema)
            report = assert_everybody_got_what_they_paid_for(cinema.system, cinema)
    tell("")
    sys.stdout.write(f"killed: {dict(cinema.killed)}\n{report}\n")


if __name__ == "__main__":
    main()
