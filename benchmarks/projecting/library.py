"""The same view as the library would have it: its application, runner and recorder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter, sleep
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import DomainEvent, datetime_now_with_tzinfo
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg import connect
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from benchmarks.projecting.log import LIFE, MONTH, START

TABLE = """
CREATE TABLE IF NOT EXISTS {table} (
    subscription_id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    status text NOT NULL,
    period_no integer NOT NULL,
    access_until timestamptz,
    cancel_at timestamptz,
    auto_renew boolean NOT NULL,
    method text
)
"""
INSERT = "INSERT INTO {table} VALUES (%s, %s, 'incomplete', 0, NULL, NULL, true)"
RENEW = """
UPDATE {table} SET status = 'active', period_no = %s, access_until = %s
WHERE subscription_id = %s
"""
SWITCH = "UPDATE {table} SET auto_renew = %s WHERE subscription_id = %s"
TERMS = {
    "plan_id": str(UUID(int=2)),
    "price_version": 1,
    "names": {"ru": "Месяц", "en": "Month"},
    "price": {"minor": 39_900, "currency": "RUB"},
    "vat_percent": 20,
    "interval": {"unit": "month", "count": 1},
}
PAGE = 5_000
#: So many of a life carry the terms, as ours do.
LONG = 4
PATIENCE = 0.005


@dataclass(frozen=True, kw_only=True)
class Started(DomainEvent):
    account_id: UUID
    terms: dict[str, Any]
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class Renewed(DomainEvent):
    account_id: UUID
    terms: dict[str, Any]
    invoice_id: UUID
    period_no: int
    period_start: datetime
    period_end: datetime


@dataclass(frozen=True, kw_only=True)
class Switched(DomainEvent):
    account_id: UUID
    enabled: bool


class Subscriptions(Application[UUID]):
    name = "subscriptions"


class Standings(PostgresTrackingRecorder):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = Identifier(self.datastore.schema, "standings")
        self.insert = SQL(INSERT).format(table=table)
        self.renew = SQL(RENEW).format(table=table)
        self.switch = SQL(SWITCH).format(table=table)
        self.sql_create_statements.append(SQL(TABLE).format(table=table))

    def put(self, statement: Any, values: Any, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(statement, values, prepare=True)
            self._insert_tracking(cursor, tracking)


class StandingsProjection(Projection[Standings]):
    name = "standings"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        match domain_event:
            case Started() as event:
                values: Any = (event.originator_id, event.account_id)
                self.view.put(self.view.insert, values, tracking)
            case Renewed() as event:
                values = (event.period_no, event.period_end, event.originator_id)
                self.view.put(self.view.renew, values, tracking)
            case Switched() as event:
                values = (event.enabled, event.originator_id)
                self.view.put(self.view.switch, values, tracking)


def environment(conninfo: str, schema: str) -> dict[str, str]:
    dsn = conninfo_to_dict(conninfo)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_HOST": str(dsn["host"]),
        "POSTGRES_PORT": str(dsn["port"]),
        "POSTGRES_DBNAME": str(dsn["dbname"]),
        "POSTGRES_USER": str(dsn["user"]),
        "POSTGRES_PASSWORD": "",
        "POSTGRES_SCHEMA": schema,
    }


def life(id_: UUID) -> Iterator[DomainEvent]:
    now, account = datetime_now_with_tzinfo(), UUID(int=1)
    yield Started(
        originator_id=id_,
        originator_version=1,
        timestamp=now,
        account_id=account,
        terms=TERMS,
        time_zone="Europe/Moscow",
    )
    for version in range(2, LIFE + 1):
        known: dict[str, Any] = {
            "originator_id": id_,
            "originator_version": version,
            "timestamp": now,
            "account_id": account,
        }
        if version > LONG:
            yield Switched(**known, enabled=bool(version % 2))
            continue
        yield Renewed(
            **known,
            terms=TERMS,
            invoice_id=UUID(int=3),
            period_no=version,
            period_start=START + version * MONTH,
            period_end=START + version * MONTH + timedelta(days=30),
        )


def write(env: dict[str, str], number: int) -> None:
    conninfo = make_conninfo(
        host=env["POSTGRES_HOST"],
        port=env["POSTGRES_PORT"],
        dbname=env["POSTGRES_DBNAME"],
        user=env["POSTGRES_USER"],
    )
    with connect(conninfo) as connection:
        schema = Identifier(env["POSTGRES_SCHEMA"])
        connection.execute(SQL("CREATE SCHEMA {}").format(schema))
    app = Subscriptions(env)
    for _ in range(number // LIFE // 100):
        events = [event for _ in range(100) for event in life(uuid4())]
        app.recorder.insert_events([app.mapper.to_stored_event(e) for e in events])
    app.close()


def project(env: dict[str, str], number: int) -> float:
    """Seconds for all of it, from nothing."""
    runner = ProjectionRunner(
        application_class=Subscriptions,
        projection_class=StandingsProjection,
        view_class=Standings,
        env=env,
    )
    began = perf_counter()
    with runner:
        while (runner.view.max_tracking_id("subscriptions") or 0) < number:
            sleep(PATIENCE)
        return perf_counter() - began


def replay(env: dict[str, str]) -> tuple[float, int]:
    """Seconds for every event as an object, and how many they were."""
    app = Subscriptions(env)
    began, after, number = perf_counter(), 0, 0
    while page := app.recorder.select_notifications(
        after, PAGE, inclusive_of_start=False
    ):
        number += len([app.mapper.to_domain_event(each) for each in page])
        after = page[-1].id
    seconds = perf_counter() - began
    app.close()
    return seconds, number
