"""Which account somebody gets who comes from a provider: a table of cases.

The key is what the provider calls them (issuer and subject). An e-mail address leads to
an account only if the provider has checked it and is its authority, and the account has
checked it, too; otherwise whoever controls one of the two could take the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from command_api.emails import email_address
from command_api.openid import ConfirmExistingCredential, IdentityTaken
from infra.identity.accounts import AccountRow, Accounts
from infra.identity.oidc.identities import Identities, IdentityRow, Subject
from infra.identity.oidc.provider import Claims
from infra.identity.standings import LoggedStandings

GOOGLE = "https://accounts.google.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of a provider's words counts. ``is_proof``: the address is theirs."""

    subject: Subject
    email: str | None
    is_verified: bool
    is_proof: bool


def told(provider: str, claims: Claims, *, authoritative: bool) -> Told:
    email = usable(claims.email)
    is_verified = email is not None and claims.email_verified in (True, "true")
    return Told(
        subject=Subject(provider, claims.iss, claims.sub),
        email=email,
        is_verified=is_verified,
        is_proof=is_verified and (authoritative or is_googles(claims)),
    )


def usable(email: str | None) -> str | None:
    try:
        return email_address(email) if email else None
    except ValueError:
        return None


def is_googles(claims: Claims) -> bool:
    """Google's own advice: only for its own addresses and its customers' domains."""
    is_own = (claims.email or "").lower().endswith("@gmail.com")
    return claims.iss == GOOGLE and (is_own or claims.hd is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    accounts: Accounts
    identities: Identities
    standings: LoggedStandings
    end_sessions: Callable[[UUID], None]

    def to_signed_in(self, told: Told, account_id: UUID) -> IdentityRow:
        """Raises ``IdentityTaken``."""
        row = self.identities.link(told.subject, account_id)
        if row is None or row.account_id != account_id:
            raise IdentityTaken
        return row

    def to_anybody(self, told: Told) -> IdentityRow:
        """Raises ``ConfirmExistingCredential``."""
        known = self.identities.find(told.subject)
        return known or self.to_existing(told) or self.to_new(told)

    def to_existing(self, told: Told) -> IdentityRow | None:
        account = self.accounts.by_email(told.email) if told.email else None
        if account is None:
            return None
        if not told.is_proof:
            raise ConfirmExistingCredential
        if self.is_verified(account):
            return self.identities.link(told.subject, account.account_id)
        self.end_sessions(account.account_id)
        return self.identities.take_over(told.subject, account.account_id)

    def to_new(self, told: Told) -> IdentityRow:
        email = told.email if told.is_verified else None
        created = self.identities.create(told.subject, email)
        if created is None:
            raise ConfirmExistingCredential
        return created

    def is_verified(self, account: AccountRow) -> bool:
        standing = self.standings.of(account.account_id)
        return standing is not None and standing.is_verified
