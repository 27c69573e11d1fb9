"""Gives invoices their numbers: one after the other, as they stand in the log.

A number without gaps is serial by nature, and selling is not: so an invoice is
finalized without it, and whoever comes here next numbers those that are there. What was
numbered last stands in one row, which only one holds; a crash before that is written
leaves a part of the log to be numbered again, and the same numbers come out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from psycopg import Connection
from psycopg.types.json import Jsonb

from domain.invoice.commands import NumberInvoice
from domain.invoice.events import InvoiceFinalized
from domain.kernel.messages import Clock, Metadata, Recorded
from infra.eventstore.deliveries import Deliveries, Message
from infra.eventstore.feed import Feed
from infra.projection_engine.postgres import Pool

PAGE = 500
#: Whose year it is: that of the legal entity.
ZONE = ZoneInfo("Europe/Moscow")

HOLD = "SELECT position, series FROM work.numbering FOR UPDATE SKIP LOCKED"
READ = "SELECT position FROM work.numbering"
KEEP = "UPDATE work.numbering SET position = %s, series = %s"


class Numbering:
    """Many may run; one at a time does it."""

    name = "numbering"

    def __init__(
        self, pool: Pool, log: Feed, deliveries: Deliveries, clock: Clock, entity: str
    ) -> None:
        self.pool = pool
        self.log = log
        self.deliveries = deliveries
        self.clock = clock
        self.entity = entity

    def catch_up(self) -> int:
        with self.pool.connection() as connection, connection.transaction():
            held = connection.execute(HOLD).fetchone()
            return self.go_on(connection, *held) if held else 0

    def is_at_rest(self) -> bool:
        with self.pool.connection() as connection:
            [(position,)] = connection.execute(READ).fetchall()
        return not self.log.has_more(position, (InvoiceFinalized,))

    def go_on(
        self, connection: Connection[Any], position: int, series: dict[str, int]
    ) -> int:
        page = self.log.read(position, (InvoiceFinalized,), PAGE)
        if page.upto == position:
            return 0
        messages = [*self.numbered(page.facts, series)]
        for answer in self.deliveries.dispatch(messages):
            if isinstance(answer, Exception):
                raise answer
        connection.execute(KEEP, (page.upto, Jsonb(series)))
        return len(messages)

    def numbered(
        self, facts: Sequence[Recorded[InvoiceFinalized]], series: dict[str, int]
    ) -> Sequence[Message]:
        """Counts on in ``series``."""
        messages = []
        for fact in facts:
            name = series_of(self.entity, fact.payload.finalized_at)
            series[name] = series.get(name, 0) + 1
            order = NumberInvoice(
                invoice_id=fact.payload.invoice_id,
                series=name,
                serial=series[name],
                now=self.clock(),
            )
            messages.append(Message(order, metadata_of(fact)))
        return messages


def series_of(entity: str, finalized_at: datetime) -> str:
    return f"{entity}-{finalized_at.astimezone(ZONE).year}"


def metadata_of(fact: Recorded[InvoiceFinalized]) -> Metadata:
    """The same for the same invoice."""
    return Metadata(
        message_id=uuid5(fact.payload.invoice_id, "number"),
        correlation_id=fact.metadata.correlation_id,
        causation_id=fact.metadata.message_id,
        actor=Numbering.name,
        traceparent=fact.metadata.traceparent,
    )
