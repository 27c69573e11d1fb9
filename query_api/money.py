"""Amounts as an answer writes them: a string of roubles, whole kopecks inside."""

from typing import Protocol

from pydantic import BaseModel


class Minor(Protocol):
    @property
    def minor(self) -> int: ...

    @property
    def currency(self) -> str: ...


class Amount(BaseModel):
    amount: str
    currency: str


def amount_of(money: Minor) -> Amount:
    whole, minor = divmod(money.minor, 100)
    return Amount(amount=f"{whole}.{minor:02}", currency=money.currency)
