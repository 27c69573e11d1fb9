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
PlanId = NewType("PlanId", UUID)
SubscriptionId = NewType("SubscriptionId", UUID)
InvoiceId = NewType("InvoiceId", UUID)
PaymentId = NewType("PaymentId", UUID)
PaymentMethodId = NewType("PaymentMethodId", UUID)
LetterId = NewType("LetterId", UUID)

Currency: TypeAlias = Literal["RUB", "USD", "EUR"]
Locale: TypeAlias = Literal["ru", "en"]


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
