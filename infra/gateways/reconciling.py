"""Holds a gateway's list of a day against our books, both ways, and records it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4, uuid5

from domain.billing_ids import CINEMA
from domain.business_day import instants_of
from domain.kernel.errors import NotFound
from domain.kernel.messages import Clock, Dispatch, Metadata
from domain.kernel.values import Period
from domain.payment.commands import ObserveCharge
from domain.reconciliation.commands import (
    Difference,
    Finding,
    Orphan,
    RecordReconciliation,
)
from infra.eventstore.couriers import attempt
from processes.charge import observation
from processes.ports import Absent, Charge, Gateway, Observed, Page, Unknown
from processes.reconciliation import compared, is_news, missing, orphaned
from projections.books import Books, LedgerView

ACTOR = "reconciliation"


class Unanswered(Exception):
    """The gateway does not answer: nothing can be said of that day now."""


@dataclass(frozen=True, slots=True)
class Report:
    gateway: str
    day: date
    checked: int
    findings: tuple[Finding, ...]


class Reconciler:
    def __init__(
        self,
        gateways: Mapping[str, Gateway],
        books: LedgerView,
        dispatch: Dispatch,
        clock: Clock,
    ) -> None:
        self.gateways = gateways
        self.books = books
        self.dispatch = dispatch
        self.clock = clock

    def reconcile(self, gateway: str, day: date, *, scheduled: bool) -> Report:
        """Raises ``Unanswered``; what was found by then is told to its payments."""
        span, seen = instants_of(day), set[str]()
        findings: list[Finding] = []
        for page in self.pages(gateway, span):
            findings += self.of_page(page)
            seen.update(charge.ref for charge in page)
        for ours in self.books.taken(gateway, span.start, span.end):
            if ours.ref and ours.ref not in seen:
                findings += self.looked_up(gateway, ours)
                seen.add(ours.ref)
        report = Report(gateway, day, len(seen), tuple(findings))
        self.record(report, scheduled=scheduled)
        return report

    def pages(self, gateway: str, span: Period) -> Iterator[list[Charge]]:
        """What was created that day; the gateway's list includes both its ends."""
        cursor = None
        while True:
            found = self.gateways[gateway].find(span.start, span.end, cursor)
            if isinstance(found, Unknown):
                raise Unanswered(found.cause)
            assert isinstance(found, Page)
            yield [each for each in found.charges if each.created_at < span.end]
            if found.cursor is None:
                return
            cursor = found.cursor

    def of_page(self, charges: list[Charge]) -> Iterator[Finding]:
        ids = {charge.payment_id for charge in charges if charge.payment_id}
        books = self.books.get_many(ids)
        for charge in charges:
            ours = books.get(charge.payment_id) if charge.payment_id else None
            yield from self.judged(charge, ours)

    def judged(self, charge: Charge, ours: Books | None) -> Iterator[Finding]:
        if charge.payment_id is None or charge.attempt_id is None:
            return (yield from orphaned(charge))
        if is_news(charge, ours) and not self.tell(
            observation(charge.payment_id, charge.attempt_id, charge, self.clock())
        ):
            return (yield from orphaned(charge))
        if ours is not None:
            yield from compared(charge, ours)

    def looked_up(self, gateway: str, ours: Books) -> Iterator[Finding]:
        """Taken that day, of those that were created on another one."""
        match self.gateways[gateway].get(ours.ref or ""):
            case Observed(charge):
                yield from self.judged(charge, ours)
            case Absent():
                yield missing(ours)
            case Unknown(cause):
                raise Unanswered(cause)

    def tell(self, seen: ObserveCharge) -> bool:
        """Its payment judges: takes it as its own, or puts it into quarantine."""
        answer = attempt(self.dispatch, seen, Metadata.root(uuid4(), ACTOR))
        return not isinstance(answer, NotFound)

    def record(self, report: Report, *, scheduled: bool) -> None:
        found = report.findings
        command = RecordReconciliation(
            gateway=report.gateway,
            day=report.day,
            checked=report.checked,
            differences=tuple(f for f in found if isinstance(f, Difference)),
            orphans=tuple(f for f in found if isinstance(f, Orphan)),
            scheduled=scheduled,
            now=self.clock(),
        )
        id_ = scheduled_id(report) if scheduled else uuid4()
        self.dispatch(command, Metadata.root(id_, ACTOR))


def scheduled_id(report: Report) -> UUID:
    return uuid5(CINEMA, f"reconciliation:{report.gateway}:{report.day}")
