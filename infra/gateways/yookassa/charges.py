"""YooKassa's payment object, read into a charge."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast, get_args
from uuid import UUID

from domain.kernel.values import Currency, Money
from processes.ports import Charge, ChargeStatus, Method

#: What reading a document of another shape than expected may raise.
MALFORMED = (AttributeError, ArithmeticError, LookupError, TypeError, ValueError)


class NotUnderstood(Exception):
    """The answer is not a payment of this shop as the API describes one."""


def charge(document: Mapping[str, Any], shop_id: str, test: bool | None) -> Charge:
    """Raises ``NotUnderstood``, never anything else."""
    try:
        made = read(document)
        recipient = document["recipient"]["account_id"]
    except MALFORMED as error:
        raise NotUnderstood(f"{type(error).__name__}: {error}") from error
    if recipient != shop_id:
        raise NotUnderstood(f"a payment to the shop {recipient}")
    if test is not None and made.test is not test:
        raise NotUnderstood("money of the other mode: test and live do not mix")
    return made


def is_foreign(document: Mapping[str, Any]) -> bool:
    """Made in another way than through us: it need not be of any use to us."""
    return our_id((document.get("metadata") or {}).get("attempt_id")) is None


def read(document: Mapping[str, Any]) -> Charge:
    metadata = document.get("metadata", {})
    canceled = document.get("cancellation_details", {})
    return Charge(
        ref=str(document["id"]),
        status=cast("ChargeStatus", one_of(ChargeStatus, document["status"])),
        amount=money(document["amount"]),
        payment_id=our_id(metadata.get("payment_id")),
        attempt_id=our_id(metadata.get("attempt_id")),
        created_at=datetime.fromisoformat(document["created_at"]),
        captured_at=moment(document.get("captured_at")),
        confirmation_url=document.get("confirmation", {}).get("confirmation_url"),
        method=method(document.get("payment_method")),
        reason=canceled.get("reason"),
        party=canceled.get("party"),
        test=document["test"],
        income=optional(document.get("income_amount")),
        refunded=optional(document.get("refunded_amount")),
        receipt_registration=document.get("receipt_registration"),
    )


def one_of(allowed: Any, value: str) -> str:
    if value not in get_args(allowed):
        raise ValueError(f"{value!r} is none of {get_args(allowed)}")
    return value


def money(amount: Mapping[str, str]) -> Money:
    minor = Decimal(amount["value"]) * 100
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount['value']} is not in whole minor units")
    currency = cast("Currency", one_of(Currency, amount["currency"]))
    return Money(int(minor), currency)


def optional(amount: Mapping[str, str] | None) -> Money | None:
    return None if amount is None else money(amount)


def our_id(text: object) -> UUID | None:
    """None of ours if it is not one: metadata is whatever the sender put there."""
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def method(document: Mapping[str, Any] | None) -> Method | None:
    if document is None:
        return None
    return Method(
        ref=document["id"],
        kind=document["type"],
        title=document.get("title", ""),
        saved=document.get("saved", False),
    )
