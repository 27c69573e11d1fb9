"""What happens to a promo code."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, Money, PlanId, PromoCodeId, SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCodeAdded:
    """It takes off a percentage, or an amount; never both."""

    promo_code_id: PromoCodeId
    code: str
    percent: int
    amount: Money | None
    #: Of each subscription, the first one included; None is for ever.
    periods: int | None
    #: For these only; none means for each.
    plans: tuple[PlanId, ...]
    #: How often it can be used: by all, and by one person.
    limit: int
    limit_per_person: int
    valid_from: datetime
    valid_until: datetime | None
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCodeReserved:
    """For a checkout: nobody else can have this use of it as long as it is held."""

    promo_code_id: PromoCodeId
    account_id: AccountId
    subscription_id: SubscriptionId
    #: None once there is a subscription that waits for its payment.
    held_until: datetime | None
    reserved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCodeRedeemed:
    """What it was reserved for has been paid."""

    promo_code_id: PromoCodeId
    account_id: AccountId
    subscription_id: SubscriptionId
    redeemed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCodeReleased:
    """What it was reserved for was never paid: somebody else can have it."""

    promo_code_id: PromoCodeId
    account_id: AccountId
    subscription_id: SubscriptionId
    #: A subscription had been started with it.
    started: bool
    released_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCodeArchived:
    """For nobody from now on; who has it keeps it."""

    promo_code_id: PromoCodeId
    archived_at: datetime


PromoCodeEvent: TypeAlias = (
    PromoCodeAdded
    | PromoCodeReserved
    | PromoCodeRedeemed
    | PromoCodeReleased
    | PromoCodeArchived
)
