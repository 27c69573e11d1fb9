"""What a gateway can do, for whoever chooses one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from domain.kernel.values import Currency, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a gateway can do, as this installation uses it. It may change: ask anew."""

    currencies: frozenset[Currency]
    #: Saves a method, and charges it while nobody is present.
    recurring: bool
    refunds: bool
    partial_refunds: bool
    #: Registers fiscal receipts along with charges and refunds.
    receipts: bool
    #: Of one charge, in minor units; a currency that is not there has no limit.
    lowest: Mapping[Currency, int] = field(default_factory=dict)
    highest: Mapping[Currency, int] = field(default_factory=dict)
    #: For how long the same request and key are the same charge.
    idempotency: timedelta = timedelta(hours=24)
    #: Takes no money: to whom it is offered is decided by the settings.
    free: bool = False

    def takes(self, amount: Money) -> bool:
        lowest = self.lowest.get(amount.currency, 0)
        highest = self.highest.get(amount.currency, amount.minor)
        is_taken = amount.currency in self.currencies
        return is_taken and lowest <= amount.minor <= highest
