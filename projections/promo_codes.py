"""Promo codes, and how often each has been used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Money
from domain.promo_code.events import (
    PromoCodeAdded,
    PromoCodeArchived,
    PromoCodeEvent,
    PromoCodeRedeemed,
    PromoCodeReleased,
    PromoCodeReserved,
)
from projections.projection import Lookup, Projection, View
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCodeRow:
    promo_code_id: UUID
    code: str
    percent: int
    amount: Money | None
    periods: int | None
    plans: tuple[UUID, ...]
    most_uses: int
    most_uses_per_person: int
    valid_from: datetime
    valid_until: datetime | None
    added_at: datetime
    #: By subscriptions that are not paid for as yet, and by those that were.
    reserved: int = 0
    redeemed: int = 0
    archived_at: datetime | None = None


class PromoCodesView(View, Protocol):
    def get(self, promo_code_id: UUID) -> PromoCodeRow | None: ...

    def newest(self) -> Sequence[PromoCodeRow]:
        """The newest first."""
        ...


def keys(recorded: Recorded[PromoCodeEvent], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.promo_code_id,)


def evolve(
    row: PromoCodeRow | None,
    recorded: Recorded[PromoCodeEvent],
    _rows: Mapping[UUID, PromoCodeRow],
) -> PromoCodeRow | None:
    fact = recorded.payload
    if isinstance(fact, PromoCodeAdded):
        return added(fact)
    if row is None:
        return None
    match fact:
        case PromoCodeReserved(held_until=None):
            return replace(row, reserved=row.reserved + 1)
        case PromoCodeReserved():
            return row
        case PromoCodeRedeemed():
            left = max(row.reserved - 1, 0)
            return replace(row, reserved=left, redeemed=row.redeemed + 1)
        case PromoCodeReleased(started=True):
            return replace(row, reserved=max(row.reserved - 1, 0))
        case PromoCodeReleased():
            return row
        case PromoCodeArchived(archived_at=now):
            return replace(row, archived_at=now)
        case _:
            assert_never(fact)


def added(fact: PromoCodeAdded) -> PromoCodeRow:
    return PromoCodeRow(
        promo_code_id=fact.promo_code_id,
        code=fact.code,
        percent=fact.percent,
        amount=fact.amount,
        periods=fact.periods,
        plans=fact.plans,
        most_uses=fact.limit,
        most_uses_per_person=fact.limit_per_person,
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
        added_at=fact.added_at,
    )


promo_codes: Projection[Any, PromoCodeRow] = Projection(
    name="promo_codes",
    facts=members(PromoCodeEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
