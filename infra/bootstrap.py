"""The composition root: the only place where everything is known to everything."""

from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from psycopg import OperationalError
from psycopg_pool import ConnectionPool

from domain.kernel.messages import Clock
from infra.cashier import Cashier
from infra.clock import clock_for
from infra.clock import utc_now as utc_now
from infra.eventstore.bell import Bell
from infra.eventstore.cinema import Cinema
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.feed import Feed
from infra.eventstore.follower import Follower
from infra.eventstore.listener import connected
from infra.gateways.health import Health
from infra.gateways.inbox import Inbox
from infra.holder import Holder
from infra.personal.keyring import KeyRing
from infra.postgres.limits import LIMITS
from infra.postgres.searches import PostgresSearches
from infra.presence import is_there
from infra.projection_engine.controls import PostgresControls
from infra.projection_engine.engine import Engine
from infra.projection_engine.postgres import Pool
from infra.read_models import ReadModels, read_models, views
from infra.settings import Settings
from infra.stories import STORIES
from infra.viewing.premieres import premieres
from infra.workers import workers
from processes.ports import Gateway
from projections.explanations import explain

if TYPE_CHECKING:
    from command_api.dependencies import Services
    from command_api.security import Authenticate
    from command_api.viewing import ProgressIntake
    from infra.identity.assembly import Access
    from infra.personal.keks import Keks
    from infra.plan_changes import PlanChanges
    from query_api.dependencies import Views


@dataclass(frozen=True)
class System:
    """What every role of the cinema stands on. Nothing in it runs by itself.

    What only some roles need is imported when they ask for it: a follower of the log
    starts without the web framework, the cryptography and the gateways' SDKs.
    """

    settings: Settings
    clock: Clock
    wall_clock: Clock
    bell: Bell
    cinema: Cinema
    keys: KeyRing
    log: Feed
    pool: Pool
    models: ReadModels
    stack: ExitStack
    given_authenticate: "Authenticate | None"
    given_shops: "Mapping[str, Gateway] | None"

    @cached_property
    def access(self) -> "Access":
        from infra.identity.assembly import assemble_access

        access = assemble_access(
            self.settings, self.pool, self.cinema, self.clock, self.wall_clock
        )
        self.stack.callback(access.hashing.close)
        return access

    @property
    def authenticate(self) -> "Authenticate":
        return self.given_authenticate or self.access.authenticate

    @cached_property
    def inbox(self) -> Inbox:
        from infra.gateways.shops import gateways, watched

        shops = self.given_shops
        if shops is None:
            shops = gateways(self.settings, self.pool, self.clock)
        seen = watched(shops.values(), self.health)
        return Inbox(self.pool, self.holder, seen, self.clock)

    @cached_property
    def health(self) -> Health:
        return Health(self.pool, self.clock)

    @property
    def cashier(self) -> Cashier:
        return Cashier(self.inbox.gateways, self.health, self.settings)

    @cached_property
    def holder(self) -> Holder:
        holder = Holder(self.settings.conninfo)
        self.stack.callback(holder.close)
        return holder

    @cached_property
    def progress(self) -> "ProgressIntake":
        from infra.viewing import progress_stream

        return progress_stream.intake(self.settings.nats_url, self.stack)

    def services(self) -> "Services":
        from command_api.dependencies import Services
        from infra.sales import LogOfSales
        from infra.viewing.streams import PostgresStreams

        return Services(
            dispatch=self.cinema.dispatch,
            clock=self.clock,
            authenticate=self.authenticate,
            identity=self.access.identity,
            sales=LogOfSales(self.cinema, self.cashier),
            plan_changes=self.plan_changes,
            is_there=partial(is_there, self.cinema.stream),
            lacking=self.lacking,
            letterbox=self.inbox.receive,
            progress=self.progress,
            screenings=premieres(self.settings, self.cinema.stream),
            streams=PostgresStreams(self.pool, self.clock, self.wall_clock),
        )

    def views(self) -> "Views":
        return views(
            self.models,
            self.settings,
            self.clock,
            self.wall_clock,
            self.authenticate,
            self.lacking,
            self.access.directory,
            self.stack.enter_context(PostgresSearches(self.pool, self.clock)),
            self.plan_changes,
            partial(explain, streams=self.cinema.stream),
        )

    @cached_property
    def plan_changes(self) -> "PlanChanges":
        from infra.plan_changes import PlanChanges
        from infra.sales import LogOfSales

        # Who only reads prices sends nobody to a gateway, and loads none.
        nobody = Cashier({}, self.health, self.settings)
        sales = LogOfSales(self.cinema, nobody)
        key = self.settings.secret("plan-change")
        return PlanChanges(self.cinema, sales, self.clock, key)

    def lacking(self) -> str | None:
        """What keeps this process from serving, or None."""
        try:
            with self.pool.connection(timeout=1) as connection:
                connection.execute("SELECT 1")
        except OperationalError:
            return "The database cannot be reached."
        return None


def read_keks(settings: Settings) -> "Keks":
    from infra.personal import keks

    return keks.read_keks(settings)


@contextmanager
def assemble(
    settings: Settings,
    clock: Clock | None = None,
    authenticate: "Authenticate | None" = None,
    wall_clock: Clock = utc_now,
    shops: Mapping[str, Gateway] | None = None,
) -> Generator[System, None, None]:
    """Connect everything, start nothing.

    ``clock`` dates what happens and can be moved in a sandbox; ``wall_clock`` is what
    sessions and tokens live by. ``shops`` are the gateways, by code, instead of those
    that the settings name.
    """
    with ExitStack() as stack:
        pool: Pool = ConnectionPool(
            settings.conninfo,
            min_size=1,
            max_size=settings.database_pool,
            open=True,
            kwargs={"autocommit": True, "options": LIMITS},
        )
        stack.enter_context(pool)
        clock = clock or clock_for(settings, pool)
        bell = Bell()
        stack.callback(connected(bell, settings.conninfo))
        keys = KeyRing(pool, partial(read_keks, settings))
        cinema = stack.enter_context(Cinema(settings.library, bell, clock, keys))
        yield System(
            settings=settings,
            clock=clock,
            wall_clock=wall_clock,
            bell=bell,
            cinema=cinema,
            keys=keys,
            log=Feed(cinema.name, cinema.records),
            pool=pool,
            models=read_models(pool, settings, stack),
            stack=stack,
            given_authenticate=authenticate,
            given_shops=shops,
        )


def engines(system: System) -> Mapping[str, Engine[Any, Any]]:
    """What keeps the read models level with the log."""
    controls = PostgresControls(system.pool, system.clock)
    return {
        name: Engine(
            model.projection, model.store, system.log, name=name, controls=controls
        )
        for name, model in system.models.items()
    }


def conductors(system: System) -> list[Follower]:
    """The processes, the couriers of their commands, and who acts on what is due."""
    deliveries = Deliveries(system.cinema)
    followers: list[Follower] = []
    for story in STORIES:
        recorder = system.cinema.beside(story.name)
        outbox = Feed(story.name, recorder)
        followers += [
            Conductor(story, system.log, recorder, system.clock),
            Courier(f"{story.name}_courier", outbox, story.orders, deliveries),
        ]
    return [*followers, *workers(system)]


def everyone(system: System) -> Mapping[str, Follower]:
    """All that follows the log, for one process that does all of it."""
    followers: list[Follower] = [*engines(system).values(), *conductors(system)]
    return {follower.name: follower for follower in followers}
