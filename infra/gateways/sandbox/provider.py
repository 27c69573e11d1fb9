"""Everything the sandbox is made of, put together once."""

from dataclasses import dataclass
from pathlib import Path

from infra.gateways.sandbox.bindings import Bindings
from infra.gateways.sandbox.book import Book
from infra.gateways.sandbox.clock import SandboxClock
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.faults import Faults
from infra.gateways.sandbox.idempotence import Idempotence
from infra.gateways.sandbox.journal import Journal
from infra.gateways.sandbox.notifications import Notifications
from infra.gateways.sandbox.receipts import Receipts
from infra.gateways.sandbox.refunds import Refunds
from infra.gateways.sandbox.registry import Registry
from infra.gateways.sandbox.till import Till


@dataclass(frozen=True, slots=True)
class Provider:
    database: Database
    clock: SandboxClock
    book: Book
    notifications: Notifications
    till: Till
    idempotence: Idempotence
    journal: Journal
    faults: Faults
    registry: Registry
    receipts: Receipts
    refunds: Refunds
    bindings: Bindings

    def expire(self) -> None:
        """What was to happen by now happens."""
        with self.database.transaction():
            self.till.expire()
            self.refunds.expire()
            self.receipts.expire()
            self.bindings.expire()


def open_provider(folder: Path) -> Provider:
    database = Database(folder)
    clock = SandboxClock(database)
    book = Book(database)
    notifications = Notifications(database, clock)
    receipts = Receipts(database, book, clock)
    return Provider(
        database=database,
        clock=clock,
        book=book,
        notifications=notifications,
        till=Till(book, receipts, notifications, clock),
        idempotence=Idempotence(database, book, clock),
        journal=Journal(database, clock),
        faults=Faults(database),
        registry=Registry(database),
        receipts=receipts,
        refunds=Refunds(database, book, receipts, notifications, clock),
        bindings=Bindings(database, book, notifications, clock),
    )
