"""Accounts, their sessions, and the staff."""

from uuid import UUID

from domain.account.commands import (
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
from domain.kernel.values import AccountId, SessionId
from domain.session.commands import ReportTokenReuse, SignIn, SignOut
from domain.session.events import RefreshTokenReuseDetected, SignedIn, SignedOut
from domain.staff.commands import GrantRole, RevokeRole
from domain.staff.events import RoleGranted, RoleRevoked
from tests.examples import NOON, example

ACCOUNT = AccountId(UUID(int=11))
OTHER_ACCOUNT = AccountId(UUID(int=12))
SESSION = SessionId(UUID(int=13))
IDENTITY = UUID(int=14)

register = example(
    RegisterAccount,
    account_id=ACCOUNT,
    locale="ru",
    time_zone="Europe/Moscow",
    now=NOON,
)
registered = example(
    AccountRegistered,
    account_id=ACCOUNT,
    locale="ru",
    time_zone="Europe/Moscow",
    registered_at=NOON,
)
repeat_registration = example(RepeatRegistration, account_id=ACCOUNT, now=NOON)
registration_repeated = example(
    RegistrationRepeated, account_id=ACCOUNT, repeated_at=NOON
)
verify_email = example(VerifyEmail, account_id=ACCOUNT, now=NOON)
email_verified = example(EmailVerified, account_id=ACCOUNT, verified_at=NOON)
request_verification = example(RequestVerification, account_id=ACCOUNT, now=NOON)
verification_requested = example(
    VerificationRequested, account_id=ACCOUNT, requested_at=NOON
)
request_reset = example(RequestPasswordReset, account_id=ACCOUNT, now=NOON)
reset_requested = example(PasswordResetRequested, account_id=ACCOUNT, requested_at=NOON)
record_password_change = example(RecordPasswordChange, account_id=ACCOUNT, now=NOON)
password_changed = example(PasswordChanged, account_id=ACCOUNT, changed_at=NOON)
choose_locale = example(ChooseLocale, account_id=ACCOUNT, locale="en", now=NOON)
locale_chosen = example(LocaleChosen, account_id=ACCOUNT, locale="en", chosen_at=NOON)
choose_time_zone = example(
    ChooseTimeZone, account_id=ACCOUNT, time_zone="Asia/Omsk", now=NOON
)
time_zone_chosen = example(
    TimeZoneChosen, account_id=ACCOUNT, time_zone="Asia/Omsk", chosen_at=NOON
)
link = example(
    LinkIdentity,
    account_id=ACCOUNT,
    identity_id=IDENTITY,
    provider="google",
    now=NOON,
)
linked = example(
    IdentityLinked,
    account_id=ACCOUNT,
    identity_id=IDENTITY,
    provider="google",
    linked_at=NOON,
)
block = example(BlockAccount, account_id=ACCOUNT, is_administrator=False, now=NOON)
blocked = example(AccountBlocked, account_id=ACCOUNT, blocked_at=NOON)
unblock = example(UnblockAccount, account_id=ACCOUNT, now=NOON)
name_profile = example(NameProfile, account_id=ACCOUNT, name="Анна", now=NOON)
named = example(ProfileNamed, account_id=ACCOUNT, name="Анна", named_at=NOON)
erase = example(EraseAccount, account_id=ACCOUNT, is_administrator=False, now=NOON)
erased = example(AccountErased, account_id=ACCOUNT, erased_at=NOON)
unblocked = example(AccountUnblocked, account_id=ACCOUNT, unblocked_at=NOON)

sign_in = example(
    SignIn, session_id=SESSION, account_id=ACCOUNT, method="password", now=NOON
)
signed_in = example(
    SignedIn,
    session_id=SESSION,
    account_id=ACCOUNT,
    method="password",
    signed_in_at=NOON,
)
sign_out = example(SignOut, session_id=SESSION, now=NOON)
signed_out = example(
    SignedOut, session_id=SESSION, account_id=ACCOUNT, signed_out_at=NOON
)
report_reuse = example(ReportTokenReuse, session_id=SESSION, now=NOON)
reuse_detected = example(
    RefreshTokenReuseDetected,
    session_id=SESSION,
    account_id=ACCOUNT,
    detected_at=NOON,
)

grant = example(GrantRole, account_id=ACCOUNT, role="support", now=NOON)
granted = example(RoleGranted, account_id=ACCOUNT, role="support", granted_at=NOON)
revoke = example(RevokeRole, account_id=ACCOUNT, role="support", now=NOON)
revoked = example(RoleRevoked, account_id=ACCOUNT, role="support", revoked_at=NOON)
