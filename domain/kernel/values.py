"""Values that several aggregates share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType, TypeAlias
from uuid import UUID

AccountId = NewType("AccountId", UUID)
SessionId = NewType("SessionId", UUID)
FilmId = NewType("FilmId", UUID)
GenreId = NewType("GenreId", UUID)
PersonId = NewType("PersonId", UUID)
CollectionId = NewType("CollectionId", UUID)
PlanId = NewType("PlanId", UUID)
SubscriptionId = NewType("SubscriptionId", UUID)
InvoiceId = NewType("InvoiceId", UUID)
PaymentId = NewType("PaymentId", UUID)
PaymentMethodId = NewType("PaymentMethodId", UUID)
RefundId = NewType("RefundId", UUID)
CreditNoteId = NewType("CreditNoteId", UUID)
LetterId = NewType("LetterId", UUID)
PromoCodeId = NewType("PromoCodeId", UUID)

Currency: TypeAlias = Literal["RUB", "USD", "EUR"]
Locale: TypeAlias = Literal["ru", "en"]
ProrationMode: TypeAlias = Literal["per_second", "per_day"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units: kopecks, cents."""

    minor: int
    currency: Currency = "RUB"

    def __post_init__(self) -> None:
        if self.minor < 0:
            raise ValueError(f"negative amount: {self.minor}")


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open: ``start`` is inside, ``end`` is not."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Interval:
    """How long one period is. Months and years are those of the calendar."""

    unit: Literal["day", "week", "month", "year"]
    count: int = 1

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"an interval of {self.count}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """What a promo code takes off: a percentage, or an amount."""

    promo_code_id: PromoCodeId
    percent: int = 0
    amount: Money | None = None
    #: For so many periods, the first one included; None is for ever.
    periods: int | None = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proration:
    """How much of a period is over: seconds, or whole days of its zone."""

    mode: ProrationMode = "per_second"
    elapsed: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What is left of a period that was paid for, at the price that it had."""

    plan_id: PlanId
    names: Names
    price: Money
    proration: Proration
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a plan costs, as it was when somebody agreed to it."""

    plan_id: PlanId
    #: Of the price: a subscriber keeps theirs when the plan gets another one.
    price_version: int
    names: Names
    price: Money
    vat_percent: int
    interval: Interval
    #: In what a part of a period is measured.
    proration: ProrationMode = "per_second"
    promotion: Promotion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodOnFile:
    """A saved means of payment. ``ref`` is the name the gateway knows it by."""

    payment_method_id: PaymentMethodId
    gateway: str
    ref: str
    title: str
