"""Erasing a person: their key, the rows that know them, and a fact that says so.

The fact comes first: whatever is cut short after it can be found in the log, and done
again. Money keeps its amounts and the account's id, which then stands for nobody.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.account.commands import EraseAccount
from domain.account.decider import account
from domain.kernel.messages import Metadata
from domain.kernel.values import AccountId
from domain.staff.decider import roles_of
from domain.staff.roles import ADMINISTRATOR
from infra.personal.custody import shred
from infra.viewing.progress_writer import forget

if TYPE_CHECKING:
    from infra.bootstrap import System

OPERATOR = "operator"
#: With it go its sessions, tokens and identities.
FORGET = "DELETE FROM identity.account WHERE account_id = %s"
#: Digests of requests that had a name in them: short enough to be guessed.
BLANK = "UPDATE es.cinema_receipts SET fingerprint = '' WHERE stream = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    account_id: UUID
    #: False: it was destroyed before.
    key_destroyed: bool
    identity_deleted: bool
    position: int


def erase(system: "System", account_id: UUID, reason: str) -> Erasure:
    """May be repeated. Raises ``AccountNotFound``, ``AdministratorCannotBeErased``."""
    staff = system.access.standings.staff()
    command = EraseAccount(
        account_id=AccountId(account_id),
        is_administrator=ADMINISTRATOR in roles_of(account_id, staff),
        now=system.clock(),
    )
    metadata = Metadata.root(uuid5(account_id, "erase"), OPERATOR, reason=reason)
    receipt = system.cinema.dispatch(command, metadata)
    with system.pool.connection() as connection:
        destroyed = shred(connection, account_id)
        deleted = connection.execute(FORGET, (account_id,)).rowcount > 0
        forget(connection, account_id)
        connection.execute(BLANK, (f"{account.category}-{account_id}",))
    return Erasure(
        account_id=account_id,
        key_destroyed=destroyed,
        identity_deleted=deleted,
        position=receipt.position,
    )
