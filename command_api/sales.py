"""What a command of a buyer has to carry, taken from the log itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.values import (
    AccountId,
    MethodOnFile,
    Money,
    PaymentMethodId,
    PlanId,
    PromoCodeId,
    Promotion,
    SubscriptionId,
    Terms,
)
from domain.subscription.commands import StartSubscription


class Sales(Protocol):
    @property
    def gateways(self) -> Collection[str]:
        """Where money can be taken, the usual one first."""
        ...

    def offer(self, plan_id: PlanId) -> Terms:
        """What somebody who subscribes now agrees to.

        Raises ``PlanNotFound`` and ``PlanNotOnSale``.
        """
        ...

    def gateway(
        self,
        payer: AccountId,
        terms: Terms,
        *,
        recurring: bool,
        wished: str | None,
        permissions: Collection[str],
    ) -> str | None:
        """Where the buyer is sent; None if nobody, or not who is wished, can."""
        ...

    def trial_days(self, plan_id: PlanId) -> int:
        """Free at first with this plan, for whoever never had a trial."""
        ...

    def method(
        self, account_id: AccountId, payment_method_id: PaymentMethodId
    ) -> MethodOnFile:
        """One of this account's that may be charged.

        Raises ``PaymentMethodNotFound`` and ``PaymentMethodNotUsable``.
        """
        ...

    def promotion(self, promo_code_id: PromoCodeId) -> Promotion:
        """What the code takes off. Raises ``PromoCodeUnknown``."""
        ...

    def time_zone(self, account_id: AccountId) -> str: ...

    def order(self, account_id: AccountId, claim_id: UUID) -> StartSubscription:
        """What the claim with this message id was for, whenever it was made."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a preview has shown, of a subscription that had this version."""

    terms: Terms
    amount: Money
    effective_at: datetime
    version: int


class PlanChanges(Protocol):
    def promised(
        self,
        token: str,
        account_id: AccountId,
        subscription_id: SubscriptionId,
        plan_id: PlanId,
    ) -> Promise:
        """Raises ``PreviewStale`` if nothing of the kind was, or it does not hold."""
        ...
