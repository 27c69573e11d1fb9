"""Changing a password, and getting a new one when the old is forgotten."""

from dataclasses import dataclass
from uuid import UUID

from command_api.dependencies import new_id
from command_api.identity import (
    Device,
    InvalidCredentials,
    InvalidLink,
    TooManyRequests,
)
from domain.account.commands import (
    AccountCommand,
    RecordPasswordChange,
    RequestPasswordReset,
    RequestVerification,
    VerifyEmail,
)
from domain.kernel.messages import Clock, Dispatch, Metadata
from domain.kernel.values import AccountId
from infra.identity import password_rules
from infra.identity.accounts import Accounts
from infra.identity.hashing import Hashing
from infra.identity.one_time_tokens import RESET, OneTimeTokens
from infra.identity.sign_in import SigningIn
from infra.identity.throttle import Attempts, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanges:
    dispatch: Dispatch
    clock: Clock
    accounts: Accounts
    hashing: Hashing
    tokens: OneTimeTokens
    sign_in: SigningIn
    attempts: Attempts
    rate: Rate
    shortest: int

    def admit(self, device: Device) -> None:
        """Raises ``TooManyRequests``."""
        if seconds := self.rate.take(device.address):
            raise TooManyRequests(seconds)

    def request_reset(self, email: str) -> None:
        if row := self.accounts.by_email(email):
            self.sign_in.recorder.record(row)
            account_id = AccountId(row.account_id)
            command = RequestPasswordReset(account_id=account_id, now=self.clock())
            self.send(command, "identity")

    def request_verification(self, account_id: UUID) -> None:
        command = RequestVerification(
            account_id=AccountId(account_id), now=self.clock()
        )
        self.send(command, str(account_id))

    def reset(self, token: str, password: str) -> None:
        """A password that is too weak leaves the link good for another try."""
        found = self.tokens.find(token, RESET)
        if found is None:
            raise InvalidLink
        password_rules.check(password, found.email, self.shortest)
        password_hash = self.hashing.hash(password)
        if not self.tokens.spend(token):
            raise InvalidLink
        self.replace(found.account_id, password_hash, besides=None)
        account_id = AccountId(found.account_id)
        proven = VerifyEmail(account_id=account_id, now=self.clock())
        self.send(proven, str(account_id))

    def change(
        self, account_id: UUID, session_id: UUID, old: str, new: str, device: Device
    ) -> None:
        row = self.accounts.by_id(account_id)
        if row is None or not self.attempts.begin(str(account_id), device.address):
            raise InvalidCredentials
        is_right = password_rules.is_hashable(old) and self.hashing.matches(
            old, row.password_hash
        )
        if not is_right:
            raise InvalidCredentials
        self.attempts.forgive(str(account_id), device.address)
        password_rules.check(new, row.email or "", self.shortest)
        self.replace(account_id, self.hashing.hash(new), besides=session_id)

    def replace(
        self, account_id: UUID, password_hash: str, besides: UUID | None
    ) -> None:
        """Whoever knew the old one is out."""
        self.accounts.rehash(account_id, password_hash)
        self.sign_in.end_sessions(account_id, besides)
        command = RecordPasswordChange(
            account_id=AccountId(account_id), now=self.clock()
        )
        self.send(command, str(account_id))

    def send(self, command: AccountCommand, actor: str) -> None:
        self.dispatch(command, Metadata.root(new_id(), actor=actor))
