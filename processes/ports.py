"""What reactors need of the world, in the language of the domain.

Nothing here raises for what a network or a provider does: that is an outcome.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from domain.kernel.values import Money
from processes.capabilities import Capabilities as Capabilities
from processes.payments import (
    Absent as Absent,
)
from processes.payments import (
    Charge as Charge,
)
from processes.payments import (
    ChargeOrder as ChargeOrder,
)
from processes.payments import (
    ChargeStatus as ChargeStatus,
)
from processes.payments import (
    Method as Method,
)
from processes.payments import (
    Notification as Notification,
)
from processes.payments import (
    Observed as Observed,
)
from processes.payments import (
    Outcome as Outcome,
)
from processes.payments import (
    Page as Page,
)
from processes.payments import (
    ReceiptItem as ReceiptItem,
)
from processes.payments import (
    ReceiptOrder as ReceiptOrder,
)
from processes.payments import (
    RefundOrder as RefundOrder,
)
from processes.payments import (
    RefundOutcome as RefundOutcome,
)
from processes.payments import (
    RefundPage as RefundPage,
)
from processes.payments import (
    Refused as Refused,
)
from processes.payments import (
    Repaid as Repaid,
)
from processes.payments import (
    Repayment as Repayment,
)
from processes.payments import (
    RepaymentStatus as RepaymentStatus,
)
from processes.payments import (
    Unknown as Unknown,
)
from processes.payments import (
    Untrusted as Untrusted,
)


class Gateway(Protocol):
    """Takes money. One adapter a provider; one contract suite for all of them."""

    @property
    def code(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def prepare(self, order: ChargeOrder) -> str:
        """The exact request: recorded before it is sent, and replayed as it is."""
        ...

    def create(self, request: str, key: UUID) -> Outcome:
        """Send it. The same request and key within 23 hours is the same charge."""
        ...

    def get(self, ref: str) -> Observed | Absent | Unknown: ...

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        """Charges created in ``[since, until]``, newest first, a page at a time."""
        ...

    def prepare_refund(self, order: RefundOrder) -> str: ...

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        """As ``create``: the same request and key within 23 hours is one refund."""
        ...

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown: ...

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        """All refunds of one charge, a page at a time."""
        ...

    def parse_notification(
        self, headers: Mapping[str, str], body: bytes, peer: str
    ) -> Notification | Untrusted:
        """``peer`` is the address of the sender as a trusted proxy saw it."""
        ...


@dataclass(frozen=True, slots=True)
class Addressee:
    email: str
    locale: Literal["ru", "en"]


class AddressBook(Protocol):
    """Resolved at the moment of sending: neither log nor queue holds an address."""

    def find(self, account_id: UUID) -> Addressee | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """A letter on its way out: the only thing that holds an address and a link."""

    letter_id: UUID
    template: str
    variables: Mapping[str, str | int | Money]
    addressee: Addressee
    date: datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The mail server has it."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not this time: the server is busy, or the answer never came."""

    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Never: the server, or the letter itself, says so. No reason holds an address."""

    reason: str


Delivery: TypeAlias = HandedOver | Deferred | Returned


class Mailer(Protocol):
    def send(self, letter: Dispatched) -> Delivery:
        """Sent twice, the letter has the same Message-ID twice."""
        ...


class Links(Protocol):
    """One-time links, made at the moment of sending: secrets are not in the log."""

    def verification(self, account_id: UUID) -> str: ...

    def password_reset(self, account_id: UUID) -> str: ...


class LinkedFilms(Protocol):
    """Which films have a genre, or credit a person: those in the archive, too."""

    def position(self) -> int:
        """How far in the log it has read."""
        ...

    def linked(
        self, kind: Literal["genre", "person"], id_: UUID, after: UUID, limit: int
    ) -> Sequence[UUID]:
        """By id, those after ``after``."""
        ...
