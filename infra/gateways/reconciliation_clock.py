"""Each morning, when yesterday is over for sure, it is held against the gateways."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from opentelemetry import metrics

from domain.business_day import business_day
from domain.kernel.messages import Clock
from domain.reconciliation.decider import reconciliation
from infra.eventstore.cinema import Cinema
from infra.gateways.reconciling import Reconciler, Unanswered

logger = logging.getLogger(__name__)
meter = metrics.get_meter("cinema")
differences = meter.create_counter(
    "cinema.reconciliation.differences",
    description="What a gateway's list and the books did not agree on",
)

#: A machine that was off catches up with so many days.
LONGEST_ABSENCE = 7
PAUSE = timedelta(minutes=15)


class ReconciliationClock:
    """Any number of processes may have one: what is recorded for a day is one's."""

    name = "reconciliation"

    def __init__(
        self,
        reconciler: Reconciler,
        cinema: Cinema,
        head: Callable[[], int],
        clock: Clock,
        hour: int,
    ) -> None:
        self.reconciler = reconciler
        self.cinema = cinema
        self.head = head
        self.clock = clock
        self.hour = timedelta(hours=hour)
        #: By gateway: up to which day everything is compared.
        self.done: dict[str, date] = {}
        self.not_before: datetime | None = None
        #: How far the books must have been kept before they are compared.
        self.wanted = 0

    def catch_up(self) -> int:
        pending = next(self.pending(), None)
        if pending is None or not self.are_books_kept():
            return 0
        gateway, day = pending
        try:
            report = self.reconciler.reconcile(gateway, day, scheduled=True)
        except Unanswered as error:
            logger.warning("%s of %s: %s", gateway, day, error)
            self.not_before = self.clock() + PAUSE
            return 0
        differences.add(len(report.findings), {"gateway": gateway})
        if report.findings:
            logger.error("%s of %s: %d differ", gateway, day, len(report.findings))
        self.done[gateway], self.wanted = day, 0
        return 1

    def are_books_kept(self) -> bool:
        """Up to what was in the log when this was asked for the first time."""
        self.wanted = self.wanted or self.head()
        return self.reconciler.books.position() >= self.wanted

    def is_at_rest(self) -> bool:
        if next(self.pending(), None) is None:
            return True
        # Another process may have done it since the log was asked.
        self.done.clear()
        return next(self.pending(), None) is None

    def pending(self) -> Iterator[tuple[str, date]]:
        now = self.clock()
        if self.not_before and now < self.not_before:
            return
        last = business_day(now - self.hour) - timedelta(days=1)
        for gateway in self.reconciler.gateways:
            if gateway not in self.done:
                self.done[gateway] = self.reached(gateway, last)
            if self.done[gateway] < last:
                oldest = last - timedelta(days=LONGEST_ABSENCE - 1)
                yield gateway, max(self.done[gateway] + timedelta(days=1), oldest)

    def reached(self, gateway: str, last: date) -> date:
        """The latest day that is done; whoever has none begins with the last."""
        for ago in range(LONGEST_ABSENCE):
            day = last - timedelta(days=ago)
            stream = f"{reconciliation.category}-{gateway}-{day}"
            if self.cinema.state(reconciliation, stream).runs:
                return day
        return last - timedelta(days=1)
