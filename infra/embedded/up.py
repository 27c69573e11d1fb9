"""Everything on one machine: the sequence of ``cinema up``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from infra.embedded import addresses, leftovers, ports
from infra.embedded.folder import locked, log_of
from infra.embedded.nats import Nats
from infra.embedded.parts import Part, Parts, page
from infra.embedded.payments import PaymentSandbox
from infra.embedded.ports import HOST, Ports
from infra.embedded.postgres import Postgres
from infra.embedded.supervisor import Conditions, Stopped, Supervisor
from infra.settings import Settings

DATABASE = "cinema"
WEBHOOK = "/webhooks/v1/yookassa"
Say = Callable[[str], None]


def up(settings: Settings, first_port: int, *, empty: bool, say: Say) -> None:
    """Returns when told to stop. Raises ``CannotRun``."""
    with locked(settings.data) as folder:
        servers = embedded(settings, folder, Ports(first_port))
        leftovers.sweep(folder)
        ports.check_free(servers.wanted())
        machine = Machine(servers, folder, say)
        try:
            machine.run(empty=empty)
        except Stopped:
            return
        finally:
            machine.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """Servers of our own, where the settings do not give the address of another."""

    ports: Ports
    postgres: Postgres | None
    nats: Nats | None
    payments: PaymentSandbox
    #: Another shop is named in the settings.
    is_paid_elsewhere: bool

    def wanted(self) -> Mapping[int, str]:
        wanted = self.ports.purposes()
        if not self.postgres:
            del wanted[self.ports.postgres]
        if not self.nats:
            del wanted[self.ports.nats]
        return wanted

    def found(self) -> dict[str, object]:
        """The settings as our roles and the other commands are to find them."""
        found: dict[str, object] = {
            "public_url": page(self.ports.api, ""),
            "smtp_host": HOST,
            "smtp_port": self.ports.smtp,
        }
        if self.postgres:
            found["sandbox"] = True
            found["database_url"] = self.postgres.database(DATABASE)
        if self.nats:
            found["nats_url"] = self.nats.url
        if not self.is_paid_elsewhere:
            found |= self.payments.settings
        return found


def embedded(settings: Settings, folder: Path, ports: Ports) -> Embedded:
    database = settings.database_url.get_secret_value()
    return Embedded(
        ports=ports,
        postgres=None if database else Postgres(folder / "postgres", ports.postgres),
        nats=None if settings.nats_url else Nats(folder / "nats", ports.nats),
        payments=PaymentSandbox(
            folder / "payments", ports.sandbox, page(ports.api, WEBHOOK)
        ),
        is_paid_elsewhere=bool(settings.yookassa_shop_id),
    )


class Machine:
    def __init__(self, servers: Embedded, folder: Path, say: Say) -> None:
        self.servers = servers
        self.folder = folder
        self.say = say
        self.parts = Parts(folder, servers.ports)
        self.supervisor = Supervisor(folder, say)
        self.started: list[Part] = []

    def run(self, *, empty: bool) -> None:
        self.say(f"Starting the cinema on {self.folder}")
        self.supervisor.obey_signals()
        addresses.publish(self.folder, self.servers.found())
        self.start_postgres()
        others = self.start(self.other_servers())
        roles = self.start(self.roles(empty=empty))
        self.supervisor.wait_until({**others, **roles})
        self.announce()
        self.supervisor.watch()

    def start_postgres(self) -> None:
        server = self.servers.postgres
        if server is None:
            return
        if not server.folder.exists():
            self.say("  PostgreSQL makes its data folder (a few seconds) …")
        server.initialise(log_of(self.folder, "postgres"))
        self.supervisor.wait_until(self.start([self.parts.postgres(server)]))
        server.create(DATABASE)

    def other_servers(self) -> Iterable[Part]:
        if self.servers.nats:
            yield self.parts.nats(self.servers.nats)
        yield self.parts.payments(self.servers.payments)
        yield self.parts.mail()

    def roles(self, *, empty: bool) -> Iterable[Part]:
        yield self.parts.prepare(empty=empty)
        yield self.parts.serve()
        yield self.parts.run("projections")
        yield self.parts.run("processes")

    def start(self, parts: Iterable[Part]) -> Conditions:
        """What there is to wait for then."""
        parts = list(parts)
        self.started += parts
        children = self.supervisor.start(part.program for part in parts)
        return {
            part.program.name: partial(part.is_up, child)
            for part, child in zip(parts, children, strict=True)
        }

    def announce(self) -> None:
        found = [each for part in self.started for each in part.addresses.items()]
        for name, address in reversed(found):
            self.say(f"  {name:<16} {address}")
        self.say("ready")

    def stop(self) -> None:
        self.say("Stopping …")
        self.supervisor.stop()
        addresses.withdraw(self.folder)
        self.say("stopped")
