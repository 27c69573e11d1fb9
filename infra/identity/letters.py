"""What letters need: where to, and links that work once."""

from urllib.parse import urlencode
from uuid import UUID

from infra.identity.accounts import Accounts
from infra.identity.one_time_tokens import RESET, VERIFICATION, OneTimeTokens
from infra.identity.standings import LoggedStandings
from processes.ports import Addressee


class EmailAddresses:
    """The address book: looked up at the moment of sending."""

    def __init__(self, accounts: Accounts, standings: LoggedStandings) -> None:
        self.accounts = accounts
        self.standings = standings

    def find(self, account_id: UUID) -> Addressee | None:
        row = self.accounts.by_id(account_id)
        if row is None or row.email is None:
            return None
        standing = self.standings.of(account_id)
        return Addressee(row.email, standing.locale if standing else row.locale)


class OneTimeLinks:
    """Made with the configured address: a request's Host header is its sender's."""

    def __init__(self, tokens: OneTimeTokens, public_url: str) -> None:
        self.tokens = tokens
        self.public_url = public_url.rstrip("/")

    def verification(self, account_id: UUID) -> str:
        token = self.tokens.make(account_id, VERIFICATION)
        query = urlencode({"token": token})
        return f"{self.public_url}/auth/v1/verifications?{query}"

    def password_reset(self, account_id: UUID) -> str:
        """To the page where the new one is chosen: a page of the site, not of the API.

        The token is in the fragment, which browsers do not send to anybody.
        """
        token = self.tokens.make(account_id, RESET)
        return f"{self.public_url}/password-reset#token={token}"
