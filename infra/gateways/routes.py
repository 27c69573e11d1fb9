"""A route of payments, as the settings say it."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.values import Currency
from processes.routing import Route


class PaymentRoute(BaseModel):
    """What is left out is any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gateway: str
    currencies: frozenset[Currency] = frozenset()
    plans: frozenset[UUID] = frozenset()
    #: Of several for the same money, the share of payers that take this one.
    weight: Annotated[int, Field(ge=0)] = 1

    @property
    def route(self) -> Route:
        return Route(
            gateway=self.gateway,
            currencies=frozenset[str](self.currencies),
            plans=self.plans,
            weight=self.weight,
        )
