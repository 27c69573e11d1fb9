"""What is asked of whoever reckons what another plan would cost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from query_api.money import Minor

When: TypeAlias = Literal["now", "period_end"]


class Named(Protocol):
    @property
    def ru(self) -> str: ...
    @property
    def en(self) -> str: ...


class Every(Protocol):
    @property
    def unit(self) -> Literal["day", "week", "month", "year"]: ...
    @property
    def count(self) -> int: ...


class Agreed(Protocol):
    @property
    def plan_id(self) -> UUID: ...
    @property
    def names(self) -> Named: ...
    @property
    def price(self) -> Minor: ...
    @property
    def interval(self) -> Every: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditShown:
    price: Minor
    amount: Minor
    elapsed: int
    total: int
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    at: When
    from_terms: Agreed
    terms: Agreed
    effective_at: datetime
    credit: CreditShown | None
    debit: Minor
    amount: Minor
    vat: Minor
    next_charge: Minor
    next_charge_at: datetime
    token: str | None
    expires_at: datetime | None


class Previews(Protocol):
    def preview(
        self, account_id: UUID, subscription_id: UUID, plan_id: UUID, at: When
    ) -> Preview:
        """Raises what the change would be refused with."""
        ...
