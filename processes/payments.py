"""What is asked of a gateway, and what it shows: values, whichever gateway it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.kernel.values import Money

ChargeStatus: TypeAlias = Literal[
    "pending", "waiting_for_capture", "succeeded", "canceled"
]
RepaymentStatus: TypeAlias = Literal["pending", "succeeded", "canceled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptItem:
    """One line of a fiscal receipt. Without a rate it is sold without VAT."""

    description: str
    amount: Money
    vat_percent: int | None
    payment_subject: str = "service"
    payment_mode: str = "full_payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptOrder:
    """Goes along with a charge or a refund; its items total the amount.

    The codes of VAT rates are those of the day of sale, also when it is paid back.
    """

    account_id: UUID
    email: str
    items: tuple[ReceiptItem, ...]
    sold_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeOrder:
    """What is asked of a gateway. With ``method_ref`` nobody has to be present.

    The gateway hands back ``payment_id`` and ``attempt_id`` with every charge, so that
    a notification, or a charge found in a list, leads to the payment it belongs to.
    """

    payment_id: UUID
    attempt_id: UUID
    account_id: UUID
    amount: Money
    description: str
    return_url: str
    save_method: bool
    method_ref: str | None = None
    receipt: ReceiptOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """``charge_ref`` is the gateway's name for the charge that is paid back.

    As with charges, the gateway hands ``refund_id`` and ``payment_id`` back.
    """

    refund_id: UUID
    payment_id: UUID
    charge_ref: str
    amount: Money
    description: str
    receipt: ReceiptOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A means of payment as the gateway knows it; only a saved one can be reused."""

    ref: str
    kind: str
    title: str
    saved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """The gateway's own object. ``reason`` and ``party`` say why it was canceled.

    Without our ids it is none of ours: somebody used the shop in another way.
    """

    ref: str
    status: ChargeStatus
    amount: Money
    payment_id: UUID | None
    attempt_id: UUID | None
    created_at: datetime
    captured_at: datetime | None = None
    confirmation_url: str | None = None
    method: Method | None = None
    reason: str | None = None
    party: str | None = None
    test: bool = False
    #: What is left of it after the gateway's fee, and what has been paid back.
    income: Money | None = None
    refunded: Money | None = None
    receipt_registration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """The gateway's own object of a refund. Without our id it is none of ours."""

    ref: str
    status: RepaymentStatus
    amount: Money
    refund_id: UUID | None
    charge_ref: str
    created_at: datetime
    reason: str | None = None
    party: str | None = None
    receipt_registration: str | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    charge: Charge


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway said no and created nothing (4xx)."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The gateway knows of no such object."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A timeout, a reset, an answer nobody understands. Not a failure."""

    cause: str


@dataclass(frozen=True, slots=True)
class Repaid:
    """A refund was seen; what became of it is in ``repayment.status``."""

    repayment: Repayment


Outcome: TypeAlias = Observed | Refused | Unknown
RefundOutcome: TypeAlias = Repaid | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Page:
    charges: Sequence[Charge]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class RefundPage:
    repayments: Sequence[Repayment]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """A hint that something happened to a charge or refund. Never the truth of it."""

    event: str
    ref: str
    status: str


@dataclass(frozen=True, slots=True)
class Untrusted:
    reason: str
