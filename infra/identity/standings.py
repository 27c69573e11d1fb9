"""What the log says of an account: read from its streams, never from a copy.

So a block or a role is effective the moment it is recorded, whatever the read models
are doing. Of a long stream only the end is read; authentication keeps what it read for
half a second.
"""

from dataclasses import dataclass
from uuid import UUID

from domain.account.decider import account
from domain.account.states import Absent, Gone, Open, registered
from domain.kernel.values import Locale
from domain.staff.decider import Staff, roles_of, staff
from infra.eventstore.cinema import Cinema

STAFF = f"{staff.category}-cinema"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStanding:
    is_open: bool
    is_verified: bool
    locale: Locale
    roles: frozenset[str]


class LoggedStandings:
    def __init__(self, cinema: Cinema) -> None:
        self.cinema = cinema

    def of(self, account_id: UUID) -> AccountStanding | None:
        state = self.cinema.state(account, f"{account.category}-{account_id}")
        if isinstance(state, Absent | Gone):
            return None
        return AccountStanding(
            is_open=isinstance(state, Open),
            is_verified=registered(state).is_verified,
            locale=registered(state).locale,
            roles=roles_of(account_id, self.staff()),
        )

    def staff(self) -> Staff:
        return self.cinema.state(staff, STAFF)
