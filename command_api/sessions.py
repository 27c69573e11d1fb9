"""Ending one's own sessions on other devices."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from command_api.dependencies import Wired
from command_api.security import Principal, SignedIn
from domain.kernel.errors import NotFound

router = APIRouter(prefix="/sessions", tags=["sign-in"])

Caller = Annotated[Principal, Depends(SignedIn())]


class UnknownSession(NotFound):
    """You have no such session."""


@router.delete("", status_code=204)
def end_sessions(
    caller: Caller, wired: Wired, keep_current: Annotated[bool, Query()] = False
) -> None:
    """Everywhere, or everywhere else."""
    besides = caller.session_id if keep_current else None
    wired.identity.sign_in.end_sessions(caller.account_id, besides)


@router.delete("/{session_id}", status_code=204)
def end_session(session_id: UUID, caller: Caller, wired: Wired) -> None:
    if not wired.identity.sign_in.end_session(caller.account_id, session_id):
        raise UnknownSession
