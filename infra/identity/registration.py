"""Signing up. The row reserves the address, then the log is told.

A crash between the two leaves a row that the log has not heard of: the next
registration with this address, or the next sign-in, tells it then.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from command_api.dependencies import new_id
from command_api.identity import Application, Device, InvalidLink, TooManyRequests
from domain.account.commands import RegisterAccount, RepeatRegistration, VerifyEmail
from domain.kernel.messages import Clock, Dispatch, Metadata
from domain.kernel.values import AccountId
from infra.identity import password_rules
from infra.identity.accounts import AccountRow, Accounts
from infra.identity.hashing import Hashing
from infra.identity.one_time_tokens import VERIFICATION, OneTimeTokens
from infra.identity.throttle import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Makes sure that the log knows of an account."""

    dispatch: Dispatch
    clock: Clock
    wall_clock: Clock
    accounts: Accounts

    def record(self, row: AccountRow) -> None:
        if row.recorded:
            return
        command = RegisterAccount(
            account_id=AccountId(row.account_id),
            locale=row.locale,
            time_zone=row.time_zone,
            now=self.clock(),
        )
        self.dispatch(command, message(row.account_id, "register"))
        self.accounts.mark_recorded(row.account_id, self.wall_clock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Registering:
    recorder: Recorder
    hashing: Hashing
    tokens: OneTimeTokens
    rate: Rate
    shortest_password: int

    def register(self, application: Application, device: Device) -> None:
        if seconds := self.rate.take(device.address):
            raise TooManyRequests(seconds)
        self.check(application)
        self.add(application)

    def check(self, application: Application) -> None:
        """Raises ``WeakPassword``."""
        password, email = application.password, application.email
        password_rules.check(password, email, self.shortest_password)

    def add(self, application: Application) -> AccountRow | None:
        """None: the address is somebody's, who is told of it."""
        row = AccountRow(
            account_id=new_id(),
            email=application.email,
            password_hash=self.hashing.hash(application.password),
            locale=application.locale,
            time_zone=application.time_zone,
        )
        accounts = self.recorder.accounts
        if accounts.reserve(row, self.recorder.wall_clock()):
            self.recorder.record(row)
            return row
        if known := accounts.by_email(application.email):
            self.repeat(known)
        return None

    def repeat(self, known: AccountRow) -> None:
        self.recorder.record(known)
        command = RepeatRegistration(
            account_id=AccountId(known.account_id), now=self.recorder.clock()
        )
        metadata = Metadata.root(new_id(), actor="identity")
        self.recorder.dispatch(command, metadata)

    def verify_email(self, token: str) -> None:
        found = self.tokens.find(token, VERIFICATION)
        if found is None:
            raise InvalidLink
        command = VerifyEmail(
            account_id=AccountId(found.account_id), now=self.recorder.clock()
        )
        self.recorder.dispatch(command, message(found.account_id, token))
        self.tokens.spend(token)


def message(account_id: UUID, step: str) -> Metadata:
    return Metadata.root(uuid5(account_id, step), actor=str(account_id))
