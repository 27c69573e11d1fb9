"""From an access token to its holder, for both applications.

The signature is checked here; whether the session still lives and what its account may
do is read from the database and kept for half a second, so that the end of a session, a
block and a role are effective within one.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.staff.roles import permissions_of
from infra.identity.access_tokens import AccessTokens
from infra.identity.fresh import Fresh
from infra.identity.sessions import Sessions
from infra.identity.standings import LoggedStandings

SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    account_id: UUID
    session_id: UUID
    permissions: frozenset[str]
    authenticated_at: datetime


class Authentication:
    def __init__(
        self, tokens: AccessTokens, sessions: Sessions, standings: LoggedStandings
    ) -> None:
        self.tokens = tokens
        self.sessions = sessions
        self.standings = standings
        self.fresh: Fresh[UUID, Caller | None] = Fresh(self.find, SECONDS)

    def __call__(self, token: str) -> Caller | None:
        holding = self.tokens.read(token)
        if holding is None:
            return None
        caller = self.fresh(holding.session_id)
        if caller is None or caller.account_id != holding.account_id:
            return None
        return caller

    def find(self, session_id: UUID) -> Caller | None:
        session = self.sessions.alive(session_id)
        if session is None:
            return None
        standing = self.standings.of(session.account_id)
        if standing is None or not standing.is_open:
            return None
        return Caller(
            account_id=session.account_id,
            session_id=session.session_id,
            permissions=permissions_of(standing.roles),
            authenticated_at=session.authenticated_at,
        )
