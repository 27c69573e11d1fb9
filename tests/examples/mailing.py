"""Letters."""

from uuid import UUID

from domain.kernel.values import AccountId, LetterId, Money
from domain.mailing.commands import (
    ConfirmHandover,
    DeferLetter,
    DiscardLetter,
    GiveUpLetter,
    OrderLetter,
    RepeatLetter,
    SubmitLetter,
)
from domain.mailing.events import (
    LetterDeferred,
    LetterDiscarded,
    LetterHandedOver,
    LetterOrdered,
    LetterRepeated,
    LetterSubmitted,
    LetterUndeliverable,
)
from domain.mailing.templates import Variables
from tests.examples import NOON, example

LETTER = LetterId(UUID(int=21))
ACCOUNT = AccountId(UUID(int=22))
RECEIPT: Variables = {
    "payment_id": str(UUID(int=23)),
    "amount": Money(39900),
    "paid_at": NOON.isoformat(),
}
BUSY, NO_SUCH_USER = "451 try again later", "550 no such user"

ordered = example(
    LetterOrdered,
    letter_id=LETTER,
    account_id=ACCOUNT,
    template="payment-succeeded",
    variables=RECEIPT,
    ordered_at=NOON,
)
submitted = example(LetterSubmitted, letter_id=LETTER, attempt=1, submitted_at=NOON)
deferred = example(
    LetterDeferred, letter_id=LETTER, attempt=1, reason=BUSY, deferred_at=NOON
)
handed_over = example(LetterHandedOver, letter_id=LETTER, handed_over_at=NOON)
undeliverable = example(
    LetterUndeliverable, letter_id=LETTER, reason=NO_SUCH_USER, given_up_at=NOON
)
repeated = example(LetterRepeated, letter_id=LETTER, round=2, repeated_at=NOON)
discarded = example(LetterDiscarded, letter_id=LETTER, discarded_at=NOON)

order = example(
    OrderLetter,
    letter_id=LETTER,
    account_id=ACCOUNT,
    template="payment-succeeded",
    variables=RECEIPT,
    now=NOON,
)
submit = example(SubmitLetter, letter_id=LETTER, now=NOON)
confirm = example(ConfirmHandover, letter_id=LETTER, now=NOON)
defer = example(DeferLetter, letter_id=LETTER, reason=BUSY, now=NOON)
give_up = example(GiveUpLetter, letter_id=LETTER, reason=NO_SUCH_USER, now=NOON)
repeat = example(RepeatLetter, letter_id=LETTER, now=NOON)
discard = example(DiscardLetter, letter_id=LETTER, now=NOON)
