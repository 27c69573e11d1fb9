"""Handing a letter to the mail server. Who and where is asked at the last moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from domain.kernel.messages import Clock
from domain.kernel.values import LetterId, Money
from domain.mailing.commands import (
    ConfirmHandover,
    DeferLetter,
    GiveUpLetter,
    SubmitLetter,
)
from domain.mailing.events import LetterOrdered
from processes.ports import (
    AddressBook,
    Deferred,
    Delivery,
    Dispatched,
    HandedOver,
    Links,
    Mailer,
    Returned,
)
from processes.reactor import Steps

Verdict: TypeAlias = ConfirmHandover | DeferLetter | GiveUpLetter
Order: TypeAlias = SubmitLetter | Verdict

NO_ADDRESS = "The account has no address."


@dataclass(frozen=True, slots=True)
class Posting:
    mailer: Mailer
    addresses: AddressBook
    links: Links
    clock: Clock

    def react(self, letter: LetterOrdered, /) -> Steps[Order]:
        id_ = letter.letter_id
        addressee = self.addresses.find(letter.account_id)
        if addressee is None:
            yield GiveUpLetter(letter_id=id_, reason=NO_ADDRESS, now=self.clock())
            return
        if (yield SubmitLetter(letter_id=id_, now=self.clock())):
            return
        dispatched = Dispatched(
            letter_id=id_,
            template=letter.template,
            variables={**letter.variables, **secrets(letter, self.links)},
            addressee=addressee,
            date=self.clock(),
        )
        yield verdict(id_, self.mailer.send(dispatched), self.clock())


def secrets(letter: LetterOrdered, links: Links) -> Mapping[str, str | int | Money]:
    """What must not be in the log."""
    if letter.template == "verify-email":
        return {"link": links.verification(letter.account_id)}
    if letter.template == "password-reset":
        return {"link": links.password_reset(letter.account_id)}
    return {}


def verdict(letter_id: LetterId, delivery: Delivery, now: datetime) -> Verdict:
    match delivery:
        case HandedOver():
            return ConfirmHandover(letter_id=letter_id, now=now)
        case Deferred(reason):
            return DeferLetter(letter_id=letter_id, reason=reason, now=now)
        case Returned(reason):
            return GiveUpLetter(letter_id=letter_id, reason=reason, now=now)
        case _:
            assert_never(delivery)
