"""The caller's own account."""

from asyncio import sleep
from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from projections.accounts import AccountRow, AccountsView
from query_api.dependencies import (
    ProjectionLag,
    Seen,
    level,
    patience,
)
from query_api.security import Principal, SignedIn

router = APIRouter(prefix="/me", tags=["me"])

Caller = Annotated[Principal, Depends(SignedIn())]
Accounts = Annotated[AccountsView, Depends(level(lambda seen: seen.accounts))]

#: Seconds between two looks for an account that is quite new.
FIRST_PAUSE, LONGEST_PAUSE = 0.002, 0.05


class Profile(BaseModel):
    id: UUID
    email: str | None
    name: str | None
    verified: bool
    locale: str
    time_zone: str
    registered_at: datetime
    roles: Sequence[str]
    permissions: Sequence[str]
    providers: Sequence[str]


class SessionOut(BaseModel):
    id: UUID
    device: str
    address: str
    signed_in_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


async def own_account(
    caller: Caller,
    accounts: Accounts,
    seconds: Annotated[float, Depends(patience)],
) -> AccountRow:
    """Who is signed in has an account: if it is not to be seen yet, it will be."""
    deadline = monotonic() + seconds
    pause = FIRST_PAUSE
    while (row := await run_in_threadpool(accounts.get, caller.account_id)) is None:
        if monotonic() + pause > deadline:
            raise ProjectionLag
        await sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return row


@router.get("")
def read_profile(
    account: Annotated[AccountRow, Depends(own_account)],
    caller: Caller,
    seen: Seen,
    response: Response,
) -> Profile:
    response.headers["Cache-Control"] = "no-store"
    return Profile(
        id=account.account_id,
        email=seen.directory.email_of(account.account_id),
        name=account.name,
        verified=account.verified,
        locale=account.locale,
        time_zone=account.time_zone,
        registered_at=account.registered_at,
        roles=account.roles,
        permissions=sorted(caller.permissions),
        providers=account.providers,
    )


@router.get("/sessions")
def list_sessions(caller: Caller, seen: Seen, response: Response) -> list[SessionOut]:
    response.headers["Cache-Control"] = "no-store"
    return [
        SessionOut(
            id=session.session_id,
            device=session.device,
            address=session.address,
            signed_in_at=session.signed_in_at,
            last_seen_at=session.last_seen_at,
            expires_at=session.expires_at,
            current=session.session_id == caller.session_id,
        )
        for session in seen.directory.sessions_of(caller.account_id)
    ]
