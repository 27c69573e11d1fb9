"""Handing a letter over: what is recorded, and in which order."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from domain.kernel.errors import Rejected
from processes.ports import (
    Addressee,
    Deferred,
    Delivery,
    Dispatched,
    HandedOver,
    Returned,
)
from processes.posting import NO_ADDRESS, Posting
from tests.examples import NOON
from tests.examples.mailing import (
    ACCOUNT,
    BUSY,
    LETTER,
    NO_SUCH_USER,
    RECEIPT,
    confirm,
    defer,
    give_up,
    ordered,
    submit,
)

LINK = "https://cinema.example/verify?token=secret"
ADDRESSEE = Addressee("reader@example.org", "ru")


class Mailer:
    def __init__(self, outcome: Delivery) -> None:
        self.outcome = outcome
        self.sent: list[Dispatched] = []

    def send(self, letter: Dispatched) -> Delivery:
        self.sent.append(letter)
        return self.outcome


class People:
    def __init__(self, *known: UUID) -> None:
        self.known = known

    def find(self, account_id: UUID) -> Addressee | None:
        return ADDRESSEE if account_id in self.known else None

    def verification(self, account_id: UUID) -> str:
        assert account_id in self.known
        return LINK

    def password_reset(self, account_id: UUID) -> str:
        return self.verification(account_id)


def react(mailer: Mailer, letter: object = None) -> Sequence[object]:
    people = People(ACCOUNT)
    reactor = Posting(mailer, people, people, lambda: NOON)
    return list(reactor.react(letter or ordered()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (HandedOver(), confirm()),
        (Deferred(BUSY), defer()),
        (Returned(NO_SUCH_USER), give_up()),
    ],
)
def test_the_outcome_becomes_a_command(outcome: Delivery, verdict: object) -> None:
    assert react(Mailer(outcome)) == [submit(), verdict]


def test_nothing_is_sent_before_the_intent_is_recorded() -> None:
    mailer, people = Mailer(HandedOver()), People(ACCOUNT)
    commands = Posting(mailer, people, people, lambda: NOON).react(ordered())
    assert next(commands) == submit()
    assert not mailer.sent


def test_nothing_is_sent_when_another_has_it() -> None:
    mailer, people = Mailer(HandedOver()), People(ACCOUNT)
    commands = Posting(mailer, people, people, lambda: NOON).react(ordered())
    next(commands)
    with pytest.raises(StopIteration):
        commands.send(Rejected())
    assert not mailer.sent


def test_who_it_is_for_is_found_when_it_is_sent() -> None:
    mailer = Mailer(HandedOver())
    react(mailer)
    assert mailer.sent == [
        Dispatched(
            letter_id=LETTER,
            template="payment-succeeded",
            variables=RECEIPT,
            addressee=ADDRESSEE,
            date=NOON,
        )
    ]


def test_a_link_that_works_once_is_made_when_it_is_sent() -> None:
    mailer = Mailer(HandedOver())
    react(mailer, ordered(template="verify-email", variables={}))
    assert mailer.sent[0].variables == {"link": LINK}


def test_an_account_without_an_address_is_written_to_no_more() -> None:
    mailer, nobody = Mailer(HandedOver()), People()
    commands = Posting(mailer, nobody, nobody, lambda: NOON).react(ordered())
    assert list(commands) == [give_up(reason=NO_ADDRESS)]
    assert not mailer.sent
