"""Receipts that go along with the money, recorded apart from whom they go to.

The recorded request has a blank where the address is. Filled in with the address that
was recorded beside it, under the person's own key, it is the request that was sent, to
the byte; of somebody who was erased it can never be made again.
"""

import json
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from domain.kernel.values import Money
from processes.ports import ReceiptOrder

#: Nobody's: a domain that never exists (RFC 2606).
BLANK = "customer@receipt.invalid"


class Receipts(Protocol):
    def of_charge(self, payment_id: UUID) -> ReceiptOrder | None:
        """None: none is wanted, or nobody could get it."""
        ...

    def of_refund(self, invoice_id: UUID, amount: Money) -> ReceiptOrder | None: ...

    def charge_address(self, payment_id: UUID, attempt_id: UUID) -> str | None:
        """As it was recorded; None once the person was erased."""
        ...

    def refund_address(self, refund_id: UUID) -> str | None: ...


class NoReceipts:
    """Where a cash register of the shop's own makes them, or none are needed."""

    def of_charge(self, _payment_id: UUID) -> ReceiptOrder | None:
        return None

    def of_refund(self, _invoice_id: UUID, _amount: Money) -> ReceiptOrder | None:
        return None

    def charge_address(self, _payment_id: UUID, _attempt_id: UUID) -> str | None:
        return None

    def refund_address(self, _refund_id: UUID) -> str | None:
        return None


def blank(receipt: ReceiptOrder | None) -> ReceiptOrder | None:
    return receipt and replace(receipt, email=BLANK)


def filled(request: str, email: str | None) -> str | None:
    """What is to be sent; None if that cannot be known any more."""
    if BLANK not in request:
        return request
    if email is None:
        return None
    return request.replace(BLANK, json.dumps(email, ensure_ascii=False)[1:-1])


def without(text: str, email: str | None) -> str:
    """What a gateway says may quote what it was told."""
    return text.replace(email, BLANK) if email else text
