"""What happens to one refund on its way through the gateway."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.personal import Personal, Subject
from domain.kernel.values import (
    AccountId,
    InvoiceId,
    Money,
    Names,
    PaymentId,
    RefundId,
    SubscriptionId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested:
    """To be sent. Its part of the payment is reserved."""

    refund_id: RefundId
    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    names: Names
    gateway: str
    charge_ref: str
    amount: Money
    reason: str
    #: The gateway takes the same key with the same request for the same refund.
    key: UUID
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReceiptAddressed:
    """Where the gateway sends the receipt: what the recorded request leaves blank."""

    refund_id: RefundId
    account_id: Subject[AccountId]
    email: Personal[str]
    addressed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSubmitted:
    """Recorded before the first byte is sent, with all that is not personal in it."""

    refund_id: RefundId
    request: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundResubmitted:
    """The same bytes with the same key, recorded before they are sent again."""

    refund_id: RefundId
    resubmitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOutcomeUnknown:
    """Not a failure: the money may have been paid back."""

    refund_id: RefundId
    cause: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundNotSeen:
    """A complete look through the gateway's list did not show it."""

    refund_id: RefundId
    scanned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPending:
    """The gateway has it, and waits for a bank."""

    refund_id: RefundId
    account_id: AccountId
    ref: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSucceeded:
    """The money is on its way to the payer."""

    refund_id: RefundId
    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    gateway: str
    ref: str
    amount: Money
    succeeded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundCanceled:
    """Nothing was paid back. Without a reference it never existed at the gateway."""

    refund_id: RefundId
    payment_id: PaymentId
    account_id: AccountId
    ref: str | None
    amount: Money
    reason: str
    party: str
    canceled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundNeedsAttention:
    """A person has to see to it: what is owed is not forgotten."""

    refund_id: RefundId
    payment_id: PaymentId
    account_id: AccountId
    reason: str
    detail: str
    since: datetime


RefundEvent: TypeAlias = (
    RefundRequested
    | RefundReceiptAddressed
    | RefundSubmitted
    | RefundResubmitted
    | RefundOutcomeUnknown
    | RefundNotSeen
    | RefundPending
    | RefundSucceeded
    | RefundCanceled
    | RefundNeedsAttention
)
