"""One refund as a reactor is given it, and what a gateway shows of it."""

from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from domain.kernel.values import Money, Names, RefundId
from domain.refund.commands import ObserveRefund
from processes.ports import Repayment


class Due(Protocol):
    """A refund that is not settled."""

    @property
    def refund_id(self) -> UUID: ...
    @property
    def payment_id(self) -> UUID: ...
    @property
    def invoice_id(self) -> UUID: ...
    @property
    def account_id(self) -> UUID: ...
    @property
    def names(self) -> Names: ...
    @property
    def gateway(self) -> str: ...
    @property
    def charge_ref(self) -> str: ...
    @property
    def amount(self) -> Money: ...
    @property
    def key(self) -> UUID: ...
    @property
    def stage(self) -> Literal["requested", "submitted", "unknown", "pending"]: ...
    @property
    def request(self) -> str | None: ...
    @property
    def ref(self) -> str | None: ...
    @property
    def first_sent_at(self) -> datetime | None: ...


def observation(refund_id: UUID, repayment: Repayment, now: datetime) -> ObserveRefund:
    """What the gateway shows, for the refund to judge. The inbox uses it too."""
    return ObserveRefund(
        refund_id=RefundId(refund_id),
        ref=repayment.ref,
        charge_ref=repayment.charge_ref,
        status=repayment.status,
        amount=repayment.amount,
        reason=repayment.reason,
        party=repayment.party,
        now=now,
    )
