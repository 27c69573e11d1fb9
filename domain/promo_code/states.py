"""What a promo code offers, and who has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel.values import AccountId, Promotion
from domain.promo_code.events import (
    PromoCodeAdded,
    PromoCodeArchived,
    PromoCodeEvent,
    PromoCodeRedeemed,
    PromoCodeReleased,
    PromoCodeReserved,
)


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Use:
    """By one subscription: reserved as long as it is held, or redeemed for good."""

    account_id: AccountId
    held_until: datetime | None
    redeemed: bool = False

    def counts(self, now: datetime) -> bool:
        return self.held_until is None or now < self.held_until


@dataclass(frozen=True, slots=True)
class Offered:
    terms: PromoCodeAdded
    uses: Mapping[UUID, Use] = field(default_factory=dict)
    archived: bool = False


PromoCode: TypeAlias = Absent | Offered


def promotion(terms: PromoCodeAdded) -> Promotion:
    return Promotion(
        promo_code_id=terms.promo_code_id,
        percent=terms.percent,
        amount=terms.amount,
        periods=terms.periods,
    )


def evolve(state: PromoCode, event: PromoCodeEvent) -> PromoCode:
    if isinstance(event, PromoCodeAdded):
        return Offered(event)
    if isinstance(state, Absent):
        return state
    match event:
        case PromoCodeReserved(held_until=until):
            return used(state, event.subscription_id, Use(event.account_id, until))
        case PromoCodeRedeemed():
            use = Use(event.account_id, None, redeemed=True)
            return used(state, event.subscription_id, use)
        case PromoCodeReleased(subscription_id=id_):
            rest = {each: use for each, use in state.uses.items() if each != id_}
            return replace(state, uses=rest)
        case PromoCodeArchived():
            return replace(state, archived=True)
        case _:
            assert_never(event)


def used(state: Offered, subscription_id: UUID, use: Use) -> Offered:
    return replace(state, uses={**state.uses, subscription_id: use})
