"""What happens to a payment, and to each attempt to take it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.kernel.values import (
    AccountId,
    InvoiceId,
    MethodOnFile,
    Money,
    Names,
    PaymentId,
    SubscriptionId,
)
from domain.payment.receipt_events import ReceiptAddressed
from domain.payment.refund_events import RefundingEvent

#: "trial" is for the first period as well, while the trial lasts.
Purpose: TypeAlias = Literal["first", "renewal", "plan_change", "trial"]
CloseReason: TypeAlias = Literal["abandoned", "canceled", "uncollectible", "declined"]
QuarantineReason: TypeAlias = Literal[
    "amount-mismatch", "unknown-attempt", "terminal-conflict", "another-reference"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What was paid with, as the gateway describes it. Not everything was saved."""

    ref: str
    kind: str
    title: str
    saved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOpened:
    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    names: Names
    amount: Money
    gateway: str
    #: The payer agrees to being charged again by confirming the payment.
    save_method: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptCreated:
    """To be sent. Without a method the payer is asked to confirm it."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    attempt_id: UUID
    attempt_no: int
    names: Names
    amount: Money
    gateway: str
    #: The gateway takes the same key with the same request for the same charge.
    key: UUID
    method: MethodOnFile | None
    save_method: bool
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptSubmitted:
    """Recorded before the first byte is sent, with all of the bytes."""

    payment_id: PaymentId
    attempt_id: UUID
    request: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResubmitted:
    """The same bytes with the same key, recorded before they are sent again."""

    payment_id: PaymentId
    attempt_id: UUID
    resubmitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptOutcomeUnknown:
    """Not a failure: the money may have been taken."""

    payment_id: PaymentId
    attempt_id: UUID
    cause: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptNotFound:
    """A complete look through the gateway's list did not show it."""

    payment_id: PaymentId
    attempt_id: UUID
    scanned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptPending:
    """The gateway waits: for the payer at the address, or for itself."""

    payment_id: PaymentId
    subscription_id: SubscriptionId
    account_id: AccountId
    attempt_id: UUID
    ref: str
    confirmation_url: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptCanceled:
    """Declined, or never confirmed. ``off_session``: the payer was not asked."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    attempt_id: UUID
    ref: str
    amount: Money
    reason: str
    party: str
    method: MethodOnFile | None
    off_session: bool
    canceled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRejected:
    """The gateway did not understand or did not want it, and created nothing."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    attempt_id: UUID
    amount: Money
    reason: str
    detail: str
    method: MethodOnFile | None
    off_session: bool
    rejected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResolvedAbsent:
    """It never reached the gateway: nothing was taken, another may be made."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    attempt_id: UUID
    method: MethodOnFile | None
    off_session: bool
    resolved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSucceeded:
    """The money is there. ``succeeded_at`` is when the gateway took it."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    attempt_id: UUID
    gateway: str
    ref: str
    amount: Money
    card: Card | None
    off_session: bool
    succeeded_at: datetime
    #: What the gateway passes on: the rest is its fee. None if it does not say.
    income: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentClosureRequested:
    """No further attempts; the one under way is waited for."""

    payment_id: PaymentId
    reason: CloseReason
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentClosed:
    """Nothing was taken, and nothing will be."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    reason: CloseReason
    closed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeQuarantined:
    """What the gateway shows does not fit what was asked of it. For people to judge."""

    payment_id: PaymentId
    account_id: AccountId
    attempt_id: UUID
    ref: str
    status: str
    amount: Money
    reason: QuarantineReason
    observed_at: datetime


PaymentEvent: TypeAlias = (
    PaymentOpened
    | AttemptCreated
    | AttemptSubmitted
    | AttemptResubmitted
    | AttemptOutcomeUnknown
    | AttemptNotFound
    | AttemptPending
    | AttemptCanceled
    | AttemptRejected
    | AttemptResolvedAbsent
    | PaymentSucceeded
    | PaymentClosureRequested
    | PaymentClosed
    | ChargeQuarantined
    | ReceiptAddressed
    | RefundingEvent
)
