"""What finance asks: how much a month, from whom, for how long, and what it earned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from projections.books import Balance


@dataclass(frozen=True, slots=True)
class Month:
    """Movements of a month of Moscow; amounts are in minor units."""

    month: date
    new: int = 0
    expansion: int = 0
    contraction: int = 0
    churn: int = 0
    reactivation: int = 0
    #: Monthly recurring revenue when it ended.
    mrr: int = 0


@dataclass(frozen=True, slots=True)
class Earned:
    month: date
    revenue: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who began in that month, and how many were there when later months ended."""

    month: date
    size: int
    active: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dunned:
    """Periods that fell past due in that month."""

    month: date
    cases: int
    recovered: int
    lost: int

    @property
    def rate(self) -> float | None:
        """Of those that have come to an end."""
        ended = self.recovered + self.lost
        return self.recovered / ended if ended else None


class FinanceView(Protocol):
    """As of an instant: what happened later does not count."""

    def mrr(self, at: datetime, months: int, currency: str) -> Sequence[Month]: ...

    def earned(self, at: datetime, months: int, currency: str) -> Sequence[Earned]: ...

    def cohorts(self, at: datetime, months: int) -> Sequence[Cohort]: ...

    def dunning(self, at: datetime, months: int) -> Sequence[Dunned]: ...

    def balances(self, at: datetime) -> Sequence[Balance]: ...

    def open_differences(self) -> int:
        """Between the gateways' lists and the books."""
        ...
