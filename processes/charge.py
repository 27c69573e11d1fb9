"""One attempt as a reactor is given it, and what a gateway shows of it."""

from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from domain.kernel.values import MethodOnFile, Money, Names, PaymentId
from domain.payment.commands import ObserveCharge
from domain.payment.events import Card
from processes.ports import Charge


class Due(Protocol):
    """An attempt that is not settled."""

    @property
    def payment_id(self) -> UUID: ...
    @property
    def attempt_id(self) -> UUID: ...
    @property
    def account_id(self) -> UUID: ...
    @property
    def names(self) -> Names: ...
    @property
    def amount(self) -> Money: ...
    @property
    def gateway(self) -> str: ...
    @property
    def key(self) -> UUID: ...
    @property
    def method(self) -> MethodOnFile | None: ...
    @property
    def save_method(self) -> bool: ...
    @property
    def stage(self) -> Literal["created", "submitted", "unknown", "pending"]: ...
    @property
    def wanted(self) -> bool: ...
    @property
    def request(self) -> str | None: ...
    @property
    def ref(self) -> str | None: ...
    @property
    def first_sent_at(self) -> datetime | None: ...
    @property
    def last_sent_at(self) -> datetime | None: ...


def observation(
    payment_id: UUID, attempt_id: UUID, charge: Charge, now: datetime
) -> ObserveCharge:
    """What the gateway shows, for the payment to judge. The inbox uses it too."""
    return ObserveCharge(
        payment_id=PaymentId(payment_id),
        attempt_id=attempt_id,
        ref=charge.ref,
        status=charge.status,
        amount=charge.amount,
        confirmation_url=charge.confirmation_url,
        captured_at=charge.captured_at,
        card=card_of(charge),
        reason=charge.reason,
        party=charge.party,
        income=charge.income,
        now=now,
    )


def card_of(charge: Charge) -> Card | None:
    method = charge.method
    if method is None:
        return None
    return Card(
        ref=method.ref, kind=method.kind, title=method.title, saved=method.saved
    )
