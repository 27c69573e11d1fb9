"""What can be asked of a day's reconciliation."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from domain.kernel.values import Money, PaymentId
from domain.reconciliation.events import DifferenceKind, OrphanReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    kind: DifferenceKind
    ref: str
    payment_id: PaymentId | None = None
    ours: Money | None = None
    theirs: Money | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    ref: str
    amount: Money
    reason: OrphanReason
    payment_id: PaymentId | None = None


Finding: TypeAlias = Difference | Orphan


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReconciliation:
    """All that was found. What is ``scheduled`` is done once a day."""

    gateway: str
    day: date
    checked: int
    differences: tuple[Difference, ...]
    orphans: tuple[Orphan, ...]
    scheduled: bool
    now: datetime

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.differences, *self.orphans)


ReconciliationCommand: TypeAlias = RecordReconciliation
