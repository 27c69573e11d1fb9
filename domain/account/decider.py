"""An account: registered, perhaps verified, open until staff blocks it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from domain.account.commands import (
    AccountCommand,
    BlockAccount,
    ChooseLocale,
    ChooseTimeZone,
    EraseAccount,
    LinkIdentity,
    NameProfile,
    RecordPasswordChange,
    RegisterAccount,
    RepeatRegistration,
    RequestPasswordReset,
    RequestVerification,
    UnblockAccount,
    VerifyEmail,
)
from domain.account.events import (
    AccountBlocked,
    AccountErased,
    AccountEvent,
    AccountRegistered,
    AccountUnblocked,
    EmailVerified,
    IdentityLinked,
    LocaleChosen,
    PasswordChanged,
    PasswordResetRequested,
    ProfileNamed,
    RegistrationRepeated,
    TimeZoneChosen,
    VerificationRequested,
)
from domain.account.refusals import (
    AdministratorCannotBeBlocked,
    AdministratorCannotBeErased,
    ProfileNameUnwritable,
)
from domain.account.states import (
    Absent,
    Account,
    Blocked,
    Gone,
    Open,
    evolve,
    registered,
)
from domain.kernel.decider import Decider
from domain.kernel.text import is_line

#: Letters that a stranger can cause, too, go out no more often than so.
REGISTRATION_PAUSE = timedelta(hours=1)
LINK_PAUSE = timedelta(minutes=1)
LONGEST_NAME = 100


def decide(command: AccountCommand, state: Account) -> Sequence[AccountEvent]:
    match command:
        case RegisterAccount():
            return register(command, state)
        case RepeatRegistration():
            return repeat_registration(command, registered(state))
        case VerifyEmail():
            return verify_email(command, registered(state))
        case RequestVerification():
            return request_verification(command, registered(state))
        case RequestPasswordReset():
            return request_reset(command, state)
        case RecordPasswordChange():
            return record_password_change(command, registered(state))
        case ChooseLocale():
            return choose_locale(command, registered(state))
        case ChooseTimeZone():
            return choose_time_zone(command, registered(state))
        case LinkIdentity():
            return link_identity(command, registered(state))
        case BlockAccount():
            return block(command, state)
        case UnblockAccount():
            return unblock(command, state)
        case NameProfile():
            return name_profile(command, registered(state))
        case EraseAccount():
            return erase(command, state)
        case _:
            assert_never(command)


def register(command: RegisterAccount, state: Account) -> Sequence[AccountEvent]:
    if state != Absent():
        return ()
    return (
        AccountRegistered(
            account_id=command.account_id,
            locale=command.locale,
            time_zone=command.time_zone,
            registered_at=command.now,
        ),
    )


def repeat_registration(
    command: RepeatRegistration, account: Open
) -> Sequence[AccountEvent]:
    if is_soon(command.now, account.repeated_at, REGISTRATION_PAUSE):
        return ()
    return (
        RegistrationRepeated(account_id=command.account_id, repeated_at=command.now),
    )


def verify_email(command: VerifyEmail, account: Open) -> Sequence[AccountEvent]:
    if account.is_verified:
        return ()
    return (EmailVerified(account_id=command.account_id, verified_at=command.now),)


def request_verification(
    command: RequestVerification, account: Open
) -> Sequence[AccountEvent]:
    is_soon_again = is_soon(command.now, account.verification_at, LINK_PAUSE)
    if account.is_verified or is_soon_again:
        return ()
    return (
        VerificationRequested(account_id=command.account_id, requested_at=command.now),
    )


def request_reset(
    command: RequestPasswordReset, state: Account
) -> Sequence[AccountEvent]:
    """Of a blocked account nothing is reset; its owner can write to support."""
    account = registered(state)
    is_soon_again = is_soon(command.now, account.reset_at, LINK_PAUSE)
    if isinstance(state, Blocked) or is_soon_again:
        return ()
    return (
        PasswordResetRequested(account_id=command.account_id, requested_at=command.now),
    )


def record_password_change(
    command: RecordPasswordChange, _: Open
) -> Sequence[AccountEvent]:
    return (PasswordChanged(account_id=command.account_id, changed_at=command.now),)


def choose_locale(command: ChooseLocale, account: Open) -> Sequence[AccountEvent]:
    if command.locale == account.locale:
        return ()
    return (
        LocaleChosen(
            account_id=command.account_id, locale=command.locale, chosen_at=command.now
        ),
    )


def choose_time_zone(command: ChooseTimeZone, account: Open) -> Sequence[AccountEvent]:
    if command.time_zone == account.time_zone:
        return ()
    return (
        TimeZoneChosen(
            account_id=command.account_id,
            time_zone=command.time_zone,
            chosen_at=command.now,
        ),
    )


def link_identity(command: LinkIdentity, account: Open) -> Sequence[AccountEvent]:
    if command.identity_id in account.identities:
        return ()
    return (
        IdentityLinked(
            account_id=command.account_id,
            identity_id=command.identity_id,
            provider=command.provider,
            linked_at=command.now,
        ),
    )


def block(command: BlockAccount, state: Account) -> Sequence[AccountEvent]:
    registered(state)
    if isinstance(state, Blocked):
        return ()
    if command.is_administrator:
        raise AdministratorCannotBeBlocked
    return (AccountBlocked(account_id=command.account_id, blocked_at=command.now),)


def unblock(command: UnblockAccount, state: Account) -> Sequence[AccountEvent]:
    registered(state)
    if not isinstance(state, Blocked):
        return ()
    return (AccountUnblocked(account_id=command.account_id, unblocked_at=command.now),)


def name_profile(command: NameProfile, account: Open) -> Sequence[AccountEvent]:
    name = command.name.strip()
    if not is_line(name, LONGEST_NAME):
        raise ProfileNameUnwritable
    if name == account.name:
        return ()
    return (
        ProfileNamed(account_id=command.account_id, name=name, named_at=command.now),
    )


def erase(command: EraseAccount, state: Account) -> Sequence[AccountEvent]:
    if isinstance(state, Gone):
        return ()
    registered(state)
    if command.is_administrator:
        raise AdministratorCannotBeErased
    return (AccountErased(account_id=command.account_id, erased_at=command.now),)


def is_soon(now: datetime, last: datetime | None, pause: timedelta) -> bool:
    return last is not None and now < last + pause


account: Decider[AccountCommand, Account, AccountEvent] = Decider(
    category="account",
    key=lambda command: command.account_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
