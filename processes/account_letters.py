"""What an account's owner is told by letter."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.account.events import (
    AccountRegistered,
    EmailVerified,
    IdentityLinked,
    PasswordChanged,
    PasswordResetRequested,
    RegistrationRepeated,
    VerificationRequested,
)
from domain.kernel.unions import members
from domain.mailing.commands import OrderLetter
from domain.session.events import RefreshTokenReuseDetected
from processes.correspondence import order
from processes.process import Process

Fact: TypeAlias = (
    AccountRegistered
    | RegistrationRepeated
    | EmailVerified
    | VerificationRequested
    | PasswordResetRequested
    | PasswordChanged
    | IdentityLinked
    | RefreshTokenReuseDetected
)


def react(fact: Fact, _: None) -> Sequence[OrderLetter]:
    id_ = fact.account_id
    match fact:
        case AccountRegistered(registered_at=now):
            return (order("verify-email", id_, (id_,), now),)
        case EmailVerified(verified_at=now):
            return (order("welcome", id_, (id_,), now),)
        case VerificationRequested(requested_at=now):
            return (order("verify-email", id_, (id_, now), now),)
        case PasswordResetRequested(requested_at=now):
            return (order("password-reset", id_, (id_, now), now),)
        case PasswordChanged(changed_at=now):
            changed = {"changed_at": now.isoformat()}
            return (order("password-changed", id_, (id_, now), now, changed),)
        case IdentityLinked(identity_id=identity_id, provider=name, linked_at=now):
            linked = {"provider": name}
            return (order("identity-linked", id_, (identity_id,), now, linked),)
        case RegistrationRepeated(repeated_at=now):
            # Once a day: a stranger must not be able to fill somebody's mailbox.
            return (order("registration-repeated", id_, (id_, now.date()), now),)
        case RefreshTokenReuseDetected(session_id=session_id, detected_at=now):
            detected = {"detected_at": now.isoformat()}
            return (order("token-reuse", id_, (session_id,), now, detected),)
        case _:
            assert_never(fact)


def evolve(_state: None, _fact: Fact) -> None:
    return None


def correlate(fact: Fact) -> str:
    """A day of an account: nothing has to be remembered, and strangers may ask for
    letters as long as they like.
    """
    match fact:
        case (
            AccountRegistered(registered_at=at)
            | EmailVerified(verified_at=at)
            | VerificationRequested(requested_at=at)
            | PasswordResetRequested(requested_at=at)
            | PasswordChanged(changed_at=at)
            | IdentityLinked(linked_at=at)
            | RegistrationRepeated(repeated_at=at)
            | RefreshTokenReuseDetected(detected_at=at)
        ):
            return f"{fact.account_id}-{at.date()}"
        case _:
            assert_never(fact)


account_letters: Process[Fact, None, OrderLetter] = Process(
    name="account_letters",
    facts=members(Fact),
    orders=(OrderLetter,),
    correlate=correlate,
    initial=None,
    react=react,
    evolve=evolve,
)
