"""Receipts (54-FZ) as YooKassa wants them; the rates of VAT are codes there."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.kernel.values import Money
from processes.ports import ReceiptItem, ReceiptOrder

#: The tax year begins there.
MOSCOW = ZoneInfo("Europe/Moscow")
#: From then on the standard rate is 22 %; until then it was 20 %.
RAISED = date(2026, 1, 1)
STANDARD = (20, 22)
CODES = {0: 2, 10: 3, 5: 7, 7: 8}
WITHOUT, TWENTY, TWENTY_TWO = 1, 4, 11
LONGEST_DESCRIPTION = 128


def receipt(order: ReceiptOrder) -> dict[str, Any]:
    return {
        "customer": {"email": order.email},
        "items": [item(each, order.sold_at) for each in order.items],
    }


def item(sold: ReceiptItem, sold_at: datetime) -> dict[str, Any]:
    return {
        "description": sold.description[:LONGEST_DESCRIPTION],
        "quantity": "1.00",
        "amount": {"value": decimal(sold.amount), "currency": sold.amount.currency},
        "vat_code": vat_code(sold.vat_percent, sold_at),
        "payment_subject": sold.payment_subject,
        "payment_mode": sold.payment_mode,
        "measure": "piece",
    }


def vat_code(percent: int | None, sold_at: datetime) -> int:
    """The standard rate is that of the day of sale, whatever the plan still says.

    Raises ``ValueError`` for a rate that is unknown to the law.
    """
    if percent is None:
        return WITHOUT
    if percent in STANDARD:
        is_new = sold_at.astimezone(MOSCOW).date() >= RAISED
        return TWENTY_TWO if is_new else TWENTY
    if percent not in CODES:
        raise ValueError(f"there is no code for a VAT rate of {percent} %")
    return CODES[percent]


def decimal(amount: Money) -> str:
    """Two decimals, whatever the currency; the SDK rounds to them anyhow."""
    return f"{amount.minor // 100}.{amount.minor % 100:02}"
