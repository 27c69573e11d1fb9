"""Amounts as a request writes them: a string of roubles, whole kopecks inside."""

from typing import Annotated

from pydantic import Field

from command_api.dependencies import Body
from domain.kernel.values import Currency, Money


class Amount(Body):
    amount: Annotated[
        str, Field(pattern=r"^[0-9]{1,9}\.[0-9]{2}$", examples=["399.00"])
    ]
    currency: Currency = "RUB"

    def money(self) -> Money:
        return Money(int(self.amount.replace(".", "")), self.currency)
