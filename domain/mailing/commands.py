"""What can be asked of a letter."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, LetterId
from domain.mailing.templates import Template, Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLetter:
    letter_id: LetterId
    account_id: AccountId
    template: Template
    variables: Variables
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitLetter:
    """Claim the letter: whoever has this recorded may hand it to the mail server."""

    letter_id: LetterId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmHandover:
    letter_id: LetterId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferLetter:
    letter_id: LetterId
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpLetter:
    letter_id: LetterId
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatLetter:
    """Staff want a dead letter tried again."""

    letter_id: LetterId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardLetter:
    """Staff have seen a dead letter and want it off the list."""

    letter_id: LetterId
    now: datetime


LetterCommand: TypeAlias = (
    OrderLetter
    | SubmitLetter
    | ConfirmHandover
    | DeferLetter
    | GiveUpLetter
    | RepeatLetter
    | DiscardLetter
)
