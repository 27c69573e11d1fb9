"""What reactors need of the world, in the language of the domain.

Nothing here raises for what a network or a provider does: that is an outcome.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from domain.kernel.values import Money

ChargeStatus: TypeAlias = Literal[
    "pending", "waiting_for_capture", "succeeded", "canceled"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeOrder:
    """What is asked of a gateway. With ``method_ref`` nobody has to be present.

    The gateway hands back ``payment_id`` and ``attempt_id`` with every charge, so that
    a notification, or a charge found in a list, leads to the payment it belongs to.
    """

    payment_id: UUID
    attempt_id: UUID
    account_id: UUID
    amount: Money
    description: str
    return_url: str
    save_method: bool
    method_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A means of payment as the gateway knows it; only a saved one can be reused."""

    ref: str
    kind: str
    title: str
    saved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """The gateway's own object. ``reason`` and ``party`` say why it was canceled.

    Without our ids it is none of ours: somebody used the shop in another way.
    """

    ref: str
    status: ChargeStatus
    amount: Money
    payment_id: UUID | None
    attempt_id: UUID | None
    created_at: datetime
    captured_at: datetime | None = None
    confirmation_url: str | None = None
    method: Method | None = None
    reason: str | None = None
    party: str | None = None
    test: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    charge: Charge


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway said no and created nothing (4xx)."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The gateway knows of no such object."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A timeout, a reset, an answer nobody understands. Not a failure."""

    cause: str


Outcome: TypeAlias = Observed | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Page:
    charges: Sequence[Charge]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """A hint that something happened to a charge. Never the truth about it."""

    event: str
    ref: str
    status: str


@dataclass(frozen=True, slots=True)
class Untrusted:
    reason: str


class Gateway(Protocol):
    """Takes money. One adapter a provider; one contract suite for all of them."""

    @property
    def code(self) -> str: ...

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
