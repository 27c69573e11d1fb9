"""Accounts, for staff: found by id or by the whole address, which is shown masked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from projections.accounts import AccountRow, AccountsView
from query_api.dependencies import Seen, found, level
from query_api.identity import masked
from query_api.security import Holder

router = APIRouter(
    prefix="/accounts",
    tags=["accounts"],
    dependencies=[Depends(Holder("accounts:read"))],
)

Accounts = Annotated[AccountsView, Depends(level(lambda seen: seen.accounts))]


class AccountOut(BaseModel):
    id: UUID
    email: str | None
    name: str | None
    erased: bool
    locale: str
    registered_at: datetime
    verified: bool
    blocked: bool
    roles: Sequence[str]
    providers: Sequence[str]
    last_signed_in_at: datetime | None


@router.get("")
def find_account(
    email: Annotated[str, Query(max_length=254)],
    accounts: Accounts,
    seen: Seen,
    response: Response,
) -> AccountOut:
    account_id = found(seen.directory.account_with(email))
    return shown(found(accounts.get(account_id)), seen, response)


@router.get("/{account_id}")
def read_account(
    account_id: UUID, accounts: Accounts, seen: Seen, response: Response
) -> AccountOut:
    return shown(found(accounts.get(account_id)), seen, response)


def shown(row: AccountRow, seen: Seen, response: Response) -> AccountOut:
    response.headers["Cache-Control"] = "no-store"
    return AccountOut(
        id=row.account_id,
        email=masked(seen.directory.email_of(row.account_id)),
        name=row.name,
        erased=row.erased,
        locale=row.locale,
        registered_at=row.registered_at,
        verified=row.verified,
        blocked=row.blocked,
        roles=row.roles,
        providers=row.providers,
        last_signed_in_at=row.last_signed_in_at,
    )
