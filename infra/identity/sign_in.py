"""Signing in, staying signed in, signing out."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from command_api.dependencies import new_id
from command_api.identity import (
    AccountIsBlocked,
    Device,
    Grant,
    InvalidCredentials,
    InvalidRefreshToken,
    TooManyRequests,
)
from domain.kernel.messages import Clock, Dispatch, Metadata
from domain.kernel.values import AccountId, SessionId
from domain.session import commands
from infra.identity.access_tokens import LIFETIME, AccessTokens, Holding
from infra.identity.accounts import AccountRow, Accounts
from infra.identity.hashing import Hashing
from infra.identity.password_rules import is_hashable
from infra.identity.registration import Recorder
from infra.identity.sessions import Refreshed, Reused, SessionRow, Sessions
from infra.identity.standings import LoggedStandings
from infra.identity.throttle import Attempts, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIn:
    dispatch: Dispatch
    clock: Clock
    accounts: Accounts
    recorder: Recorder
    sessions: Sessions
    tokens: AccessTokens
    hashing: Hashing
    standings: LoggedStandings
    attempts: Attempts
    rate: Rate

    def with_password(self, email: str, password: str, device: Device) -> Grant:
        if seconds := self.rate.take(device.address):
            raise TooManyRequests(seconds)
        if not self.attempts.begin(email, device.address):
            raise InvalidCredentials
        row = self.owner(email, password)
        self.attempts.forgive(email, device.address)
        self.rate.give_back(device.address)
        return self.start(row, "password", device)

    def owner(self, email: str, password: str) -> AccountRow:
        """Takes as long for an address that nobody has. Raises InvalidCredentials."""
        if not is_hashable(password):
            raise InvalidCredentials
        row = self.accounts.by_email(email)
        kept = row.password_hash if row else None
        if not self.hashing.matches(password, kept) or row is None or kept is None:
            raise InvalidCredentials
        if self.hashing.is_outdated(kept):
            self.accounts.rehash(row.account_id, self.hashing.hash(password))
        return row

    def start(self, row: AccountRow, method: str, device: Device) -> Grant:
        """The fact comes first: a session that is in use is one the log knows of."""
        self.recorder.record(row)
        standing = self.standings.of(row.account_id)
        if standing is None or not standing.is_open:
            raise AccountIsBlocked
        session_id = new_id()
        command = commands.SignIn(
            session_id=SessionId(session_id),
            account_id=AccountId(row.account_id),
            method=method,
            now=self.clock(),
        )
        metadata = message(session_id, "sign in", row.account_id)
        position = self.dispatch(command, metadata).position
        opened = self.sessions.open(
            session_id, row.account_id, device.address, device.user_agent
        )
        return self.grant(opened, position)

    def refresh(self, token: str) -> Grant:
        match self.sessions.refresh(token):
            case None:
                raise InvalidRefreshToken
            case Reused(session):
                self.report(session)
                raise InvalidRefreshToken
            case Refreshed(session) as refreshed:
                standing = self.standings.of(session.account_id)
                if standing is None or not standing.is_open:
                    self.sessions.end(session.session_id)
                    raise InvalidRefreshToken
                return self.grant(refreshed)

    def report(self, session: SessionRow) -> None:
        id_ = session.session_id
        command = commands.ReportTokenReuse(session_id=SessionId(id_), now=self.clock())
        self.dispatch(command, message(id_, "reuse", "identity"))

    def sign_out(self, session_id: UUID) -> None:
        """The row comes first: what counts is that the tokens are refused."""
        self.sessions.end(session_id)
        self.tell(session_id)

    def end_session(self, account_id: UUID, session_id: UUID) -> bool:
        session = self.sessions.alive(session_id)
        if session is None or session.account_id != account_id:
            return False
        self.sign_out(session_id)
        return True

    def end_sessions(self, account_id: UUID, besides: UUID | None = None) -> None:
        for session_id in self.sessions.end_all(account_id, besides):
            self.tell(session_id)

    def tell(self, session_id: UUID) -> None:
        command = commands.SignOut(session_id=SessionId(session_id), now=self.clock())
        self.dispatch(command, message(session_id, "sign out", "identity"))

    def grant(self, refreshed: Refreshed, position: int | None = None) -> Grant:
        session = refreshed.session
        holding = Holding(
            account_id=session.account_id,
            session_id=session.session_id,
            authenticated_at=session.authenticated_at,
        )
        return Grant(
            access_token=self.tokens.issue(holding),
            refresh_token=refreshed.token,
            expires_in=int(LIFETIME.total_seconds()),
            position=position,
        )


def message(session_id: UUID, step: str, actor: UUID | str) -> Metadata:
    return Metadata.root(uuid5(session_id, step), actor=str(actor))
