"""A new password: for who knows the old one, and for who gets our letters."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends

from command_api.dependencies import Wired
from command_api.devices import Calling
from command_api.emails import Email
from command_api.registrations import Received
from command_api.secrets import Password, SecretBody, Token
from command_api.security import Everybody, Principal, SignedIn

router = APIRouter(prefix="/password", tags=["sign-in"])

Caller = Annotated[Principal, Depends(SignedIn())]


class ChangeBody(SecretBody):
    current_password: Password
    new_password: Password


class ResetRequestBody(SecretBody):
    email: Email


class ResetBody(SecretBody):
    token: Token
    password: Password


@router.post("", status_code=204)
def change_password(
    body: ChangeBody, caller: Caller, wired: Wired, device: Calling
) -> None:
    """Ends all other sessions."""
    wired.identity.passwords.change(
        caller.account_id,
        caller.session_id,
        body.current_password,
        body.new_password,
        device,
    )


@router.post("/reset-requests", status_code=202, dependencies=[Depends(Everybody())])
def request_reset(
    body: ResetRequestBody, wired: Wired, device: Calling, later: BackgroundTasks
) -> Received:
    """Answered before it is looked who that is: the time taken tells nothing."""
    passwords = wired.identity.passwords
    passwords.admit(device)
    later.add_task(passwords.request_reset, body.email)
    return Received(detail="If this address is known, a letter is on its way to it.")


@router.post("/resets", status_code=204, dependencies=[Depends(Everybody())])
def reset_password(body: ResetBody, wired: Wired) -> None:
    """Ends all sessions, and signs nobody in."""
    wired.identity.passwords.reset(body.token, body.password)
