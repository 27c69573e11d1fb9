"""What can be asked of a promo code."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, Money, PlanId, PromoCodeId, SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPromoCode:
    promo_code_id: PromoCodeId
    code: str
    percent: int = 0
    amount: Money | None = None
    periods: int | None = 1
    plans: tuple[PlanId, ...] = ()
    limit: int
    limit_per_person: int = 1
    valid_from: datetime
    valid_until: datetime | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservePromoCode:
    """For somebody who is about to subscribe to this plan at this price."""

    promo_code_id: PromoCodeId
    account_id: AccountId
    subscription_id: SubscriptionId
    plan_id: PlanId
    price: Money
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPromoCode:
    """The subscription has been started: its use of the code waits as long as it."""

    promo_code_id: PromoCodeId
    account_id: AccountId
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemPromoCode:
    promo_code_id: PromoCodeId
    account_id: AccountId
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePromoCode:
    promo_code_id: PromoCodeId
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePromoCode:
    promo_code_id: PromoCodeId
    now: datetime


PromoCodeCommand: TypeAlias = (
    AddPromoCode
    | ReservePromoCode
    | HoldPromoCode
    | RedeemPromoCode
    | ReleasePromoCode
    | ArchivePromoCode
)
