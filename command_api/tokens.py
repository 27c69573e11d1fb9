"""Signing in, staying signed in, signing out (RFC 6749, in JSON)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

from command_api.dependencies import Wired
from command_api.devices import Calling
from command_api.emails import Email
from command_api.identity import Grant
from command_api.secrets import Password, SecretBody, Token, no_store
from command_api.security import Everybody, Principal, SignedIn

router = APIRouter(prefix="/tokens", tags=["sign-in"], dependencies=[Depends(no_store)])


class TokenBody(SecretBody):
    """``password`` needs an e-mail address and a password, the other its token."""

    grant_type: Literal["password", "refresh_token"]
    email: Email | None = None
    password: Password | None = None
    refresh_token: Token | None = None


class Tokens(BaseModel):
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_in: int


@router.post("", dependencies=[Depends(Everybody())])
def issue_tokens(
    body: TokenBody, wired: Wired, device: Calling, response: Response
) -> Tokens:
    sign_in = wired.identity.sign_in
    if body.grant_type == "password":
        email, password = given(body, "email"), given(body, "password")
        grant = sign_in.with_password(email, password, device)
    else:
        grant = sign_in.refresh(given(body, "refresh_token"))
    return shown(grant, response)


@router.delete("", status_code=204)
def sign_out(caller: Annotated[Principal, Depends(SignedIn())], wired: Wired) -> None:
    wired.identity.sign_in.sign_out(caller.session_id)


def given(body: TokenBody, member: str) -> str:
    value = getattr(body, member)
    if value is None:
        wrong = {
            "loc": ("body", member),
            "type": "missing",
            "msg": f"This is needed for {body.grant_type}",
        }
        raise RequestValidationError([wrong])
    return str(value)


def shown(grant: Grant, response: Response) -> Tokens:
    if grant.position is not None:
        response.headers["Cinema-Position"] = str(grant.position)
    return Tokens(
        access_token=grant.access_token,
        refresh_token=grant.refresh_token,
        expires_in=grant.expires_in,
    )
