"""To whom the receipt of a charge goes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.personal import Personal, Subject
from domain.kernel.values import AccountId, PaymentId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptAddressed:
    """Where the gateway sends the receipt: what the recorded request leaves blank."""

    payment_id: PaymentId
    attempt_id: UUID
    account_id: Subject[AccountId]
    email: Personal[str]
    addressed_at: datetime
