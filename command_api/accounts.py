"""What staff does with accounts: block them, make them staff. Always for a reason."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.security import Holder, StaleSignIn
from domain.account.commands import BlockAccount, UnblockAccount
from domain.kernel.errors import NotFound
from domain.kernel.values import AccountId
from domain.staff.commands import GrantRole, RevokeRole
from domain.staff.roles import ADMINISTRATOR

router = APIRouter(prefix="/accounts/{account_id}", tags=["accounts"])

#: How recently somebody must have shown who they are to change what others may do.
RECENT = timedelta(minutes=10)


class UnknownAccount(NotFound):
    """There is no such account."""


Reason = Annotated[str, Field(min_length=1, max_length=500)]


class ReasonBody(Body):
    reason: Reason


class RoleBody(ReasonBody):
    role: Annotated[str, Field(max_length=64)]


Guard = Annotated[Desk, Depends(desk(Holder("accounts:block")))]


def recent(
    administrator: Annotated[Desk, Depends(desk(Holder("roles:edit")))],
) -> Desk:
    age = administrator.services.identity.wall_clock() - (
        administrator.caller.authenticated_at
    )
    if age > RECENT:
        raise StaleSignIn(RECENT)
    return administrator


Administrator = Annotated[Desk, Depends(recent)]


@router.post("/block")
def block_account(account_id: UUID, body: ReasonBody, guard: Guard) -> Accepted:
    identity = guard.services.identity
    standing = identity.standings.of(account_id)
    command = BlockAccount(
        account_id=AccountId(account_id),
        is_administrator=standing is not None and ADMINISTRATOR in standing.roles,
        now=guard.services.clock(),
    )
    accepted = guard.because(body.reason).send(command, "accounts")
    identity.sign_in.end_sessions(account_id)
    return accepted


@router.post("/unblock")
def unblock_account(account_id: UUID, body: ReasonBody, guard: Guard) -> Accepted:
    """Sessions from before the block stay ended."""
    guard.services.identity.sign_in.end_sessions(account_id)
    command = UnblockAccount(
        account_id=AccountId(account_id), now=guard.services.clock()
    )
    return guard.because(body.reason).send(command, "accounts")


@router.post("/roles")
def grant_role(
    account_id: UUID, body: RoleBody, administrator: Administrator
) -> Accepted:
    must_exist(account_id, administrator)
    command = GrantRole(
        account_id=AccountId(account_id),
        role=body.role,
        now=administrator.services.clock(),
    )
    return administrator.because(body.reason).send(command, "accounts", account_id)


@router.delete("/roles/{role}")
def revoke_role(
    account_id: UUID,
    role: str,
    reason: Annotated[str, Query(min_length=1, max_length=500)],
    administrator: Administrator,
) -> Accepted:
    must_exist(account_id, administrator)
    command = RevokeRole(
        account_id=AccountId(account_id),
        role=role,
        now=administrator.services.clock(),
    )
    return administrator.because(reason).send(command, "accounts", account_id)


def must_exist(account_id: UUID, administrator: Desk) -> None:
    if administrator.services.identity.standings.of(account_id) is None:
        raise UnknownAccount
