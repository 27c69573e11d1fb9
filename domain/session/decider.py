"""A session: one device's, from sign-in until its owner or a misuse ends it.

Each has a short stream of its own: an account's would grow with every sign-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.kernel.errors import NotFound
from domain.kernel.values import AccountId
from domain.session.commands import ReportTokenReuse, SessionCommand, SignIn, SignOut
from domain.session.events import (
    RefreshTokenReuseDetected,
    SessionEvent,
    SignedIn,
    SignedOut,
)


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Active:
    account_id: AccountId


@dataclass(frozen=True, slots=True)
class Ended: ...


Session: TypeAlias = Absent | Active | Ended


class SessionNotFound(NotFound):
    """There is no such session."""


def decide(command: SessionCommand, state: Session) -> Sequence[SessionEvent]:
    match command:
        case SignIn():
            return sign_in(command, state)
        case SignOut():
            return sign_out(command, state)
        case ReportTokenReuse():
            return report_reuse(command, state)
        case _:
            assert_never(command)


def sign_in(command: SignIn, state: Session) -> Sequence[SessionEvent]:
    if state != Absent():
        return ()
    return (
        SignedIn(
            session_id=command.session_id,
            account_id=command.account_id,
            method=command.method,
            signed_in_at=command.now,
        ),
    )


def sign_out(command: SignOut, state: Session) -> Sequence[SessionEvent]:
    if (session := active(state)) is None:
        return ()
    return (
        SignedOut(
            session_id=command.session_id,
            account_id=session.account_id,
            signed_out_at=command.now,
        ),
    )


def report_reuse(command: ReportTokenReuse, state: Session) -> Sequence[SessionEvent]:
    if (session := active(state)) is None:
        return ()
    return (
        RefreshTokenReuseDetected(
            session_id=command.session_id,
            account_id=session.account_id,
            detected_at=command.now,
        ),
    )


def active(state: Session) -> Active | None:
    """Raises ``SessionNotFound``."""
    match state:
        case Absent():
            raise SessionNotFound
        case Active():
            return state
        case Ended():
            return None
        case _:
            assert_never(state)


def evolve(_: Session, event: SessionEvent) -> Session:
    match event:
        case SignedIn(account_id=account_id):
            return Active(account_id)
        case SignedOut() | RefreshTokenReuseDetected():
            return Ended()
        case _:
            assert_never(event)


session: Decider[SessionCommand, Session, SessionEvent] = Decider(
    category="session",
    key=lambda command: command.session_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
