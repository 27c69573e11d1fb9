"""What a subscription's events say of time: which span follows which, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.kernel.values import Period
from domain.subscription.events import (
    PeriodOpened,
    PeriodSkipped,
    SubscriptionActivated,
    SubscriptionEvent,
    SubscriptionRecovered,
)
from domain.subscription.standing_events import (
    AnchorShifted,
    PaidUntilExtended,
    SubscriptionPaused,
    SubscriptionResumed,
)
from domain.subscription.trial_events import TrialRescheduled, TrialStarted

#: Instants are kept to the second.
SECOND = timedelta(seconds=1)


@dataclass
class Spans:
    """``explained``: something has happened that may leave a gap before the next."""

    done: list[Period] = field(default_factory=list)
    explained: bool = True
    left: timedelta = timedelta(0)

    def follow(self, events: Iterable[SubscriptionEvent]) -> None:
        for event in events:
            self.take(event)

    def take(self, event: SubscriptionEvent) -> None:
        match event:
            case TrialStarted(period=period) | PeriodOpened(period=period):
                self.add(period)
            case SubscriptionActivated(period=period, activated_at=at):
                self.explained |= not self.done or at >= self.done[-1].end
                self.add(period)
            case PeriodSkipped(period=period):
                self.add(period)
            case TrialRescheduled(period=period):
                self.done[-1] = period
            case SubscriptionRecovered(period=period):
                assert period.start >= self.done[-1].start
                self.done[-1] = period
            case AnchorShifted():
                self.explained = True
            case PaidUntilExtended(period=Period() as period, days=days):
                self.longer(period, days)
            case PaidUntilExtended(days=days):
                self.left += timedelta(days=days)
            case SubscriptionPaused():
                self.cut(event)
            case SubscriptionResumed():
                self.resume(event)
            case _:
                pass

    def add(self, period: Period) -> None:
        assert period.start < period.end
        if self.done:
            gap = period.start - self.done[-1].end
            assert gap > -SECOND, "no time is sold twice"
            assert self.explained or not gap, "periods tile"
        self.done.append(period)
        self.explained = False

    def longer(self, period: Period, days: int) -> None:
        before = self.done[-1]
        assert period.start == before.start
        assert period.end - before.end == timedelta(days=days)
        self.done[-1] = period

    def cut(self, event: SubscriptionPaused) -> None:
        span = self.done[-1]
        self.left = timedelta(seconds=event.remaining_seconds)
        lost = max(span.end - event.paused_at, timedelta(0)) - self.left
        assert -SECOND < lost <= timedelta(0), "what is left is kept"
        cut = min(max(event.paused_at, span.start), span.end)
        self.done[-1] = replace(span, end=cut)
        self.explained = True

    def resume(self, event: SubscriptionResumed) -> None:
        if event.period is None:
            assert not self.left
            return
        length = event.period.end - event.period.start
        assert timedelta(0) <= length - self.left < SECOND * 2, "and given back"
        self.done.append(event.period)
        self.explained, self.left = False, timedelta(0)

    @property
    def end(self) -> datetime | None:
        return self.done[-1].end if self.done else None
