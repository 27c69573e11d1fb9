"""What a command of a buyer has to carry, taken from the log itself."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from domain.kernel.values import AccountId, PlanId, Terms
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

    def time_zone(self, account_id: AccountId) -> str: ...

    def order(self, account_id: AccountId, claim_id: UUID) -> StartSubscription:
        """What the claim with this message id was for, whenever it was made."""
        ...
