"""Amounts as people write them in the language of the request."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from query_api.dashboards.wording import said

SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€"}


def money(minor: int, currency: str = "RUB") -> str:
    whole = f"{minor / 100:,.2f}".replace(",", "\u00a0")
    return f"{said(whole.replace('.', ','), whole)}\u00a0{SIGNS[currency]}"


def amount_of(column: str) -> Any:
    """A field's getter, for a column that keeps an amount with its currency."""

    def getter(_: Request, row: Any) -> str | None:
        amount: Mapping[str, Any] | None = getattr(row, column)
        return None if amount is None else money(**amount)

    return getter


def name_of(names: Mapping[str, str]) -> str:
    return said(names["ru"], names["en"])
