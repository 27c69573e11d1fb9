"""What happens to a letter."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, LetterId
from domain.mailing.templates import Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrdered:
    letter_id: LetterId
    account_id: AccountId
    template: str
    variables: Variables
    ordered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSubmitted:
    """The intent: recorded before the mail server is told anything."""

    letter_id: LetterId
    attempt: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDeferred:
    """The mail server did not take it this time."""

    letter_id: LetterId
    attempt: int
    reason: str
    deferred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHandedOver:
    """The mail server has taken responsibility for it (RFC 5321, 6.1)."""

    letter_id: LetterId
    handed_over_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterUndeliverable:
    """A dead letter: nobody tries again unless it is repeated."""

    letter_id: LetterId
    reason: str
    given_up_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRepeated:
    letter_id: LetterId
    round: int
    repeated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDiscarded:
    letter_id: LetterId
    discarded_at: datetime


LetterEvent: TypeAlias = (
    LetterOrdered
    | LetterSubmitted
    | LetterDeferred
    | LetterHandedOver
    | LetterUndeliverable
    | LetterRepeated
    | LetterDiscarded
)
