"""Signing in with Google or another provider."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from command_api.dependencies import Wired
from command_api.devices import Calling
from command_api.openid import Answer
from command_api.secrets import no_store
from command_api.security import Everybody, Principal, SignedIn
from command_api.tokens import Tokens, shown

router = APIRouter(prefix="/oidc", tags=["sign-in"], dependencies=[Depends(no_store)])

#: ``__Host-`` ties it to this host and to TLS; a cinema on one machine has no TLS.
COOKIE, PLAIN_COOKIE = "__Host-cinema-oidc", "cinema-oidc"
TEN_MINUTES = 600

Text = Annotated[str | None, Query(max_length=4096)]
Secret = Annotated[str | None, Cookie(alias=COOKIE)]
PlainSecret = Annotated[str | None, Cookie(alias=PLAIN_COOKIE)]


class Providers(BaseModel):
    items: list[str]


class Redirection(BaseModel):
    """Where to send the browser that has got the cookie of this answer."""

    url: str


@router.get("", dependencies=[Depends(Everybody())])
def list_providers(wired: Wired) -> Providers:
    return Providers(items=list(wired.identity.open_id.names))


@router.get("/{provider}/start", status_code=303, dependencies=[Depends(Everybody())])
def start(provider: str, wired: Wired) -> RedirectResponse:
    departure = wired.identity.open_id.depart(provider)
    response = RedirectResponse(departure.url, 303)
    no_store(response)
    remember(departure.cookie, response, secure=wired.identity.is_secure)
    return response


@router.post("/{provider}/link")
def start_linking(
    provider: str,
    caller: Annotated[Principal, Depends(SignedIn())],
    wired: Wired,
    response: Response,
) -> Redirection:
    """To sign in with that provider, too, from now on."""
    departure = wired.identity.open_id.depart(provider, caller.account_id)
    remember(departure.cookie, response, secure=wired.identity.is_secure)
    return Redirection(url=departure.url)


@router.get("/{provider}/callback", dependencies=[Depends(Everybody())])
def come_back(
    provider: str,
    wired: Wired,
    device: Calling,
    response: Response,
    state: Annotated[str, Query(max_length=4096)] = "",
    code: Text = None,
    iss: Text = None,
    error: Text = None,
    secret: Secret = None,
    plain_secret: PlainSecret = None,
) -> Tokens:
    cookie = secret if wired.identity.is_secure else plain_secret
    answer = Answer(
        state=state, code=code, issuer=iss, error=error, cookie=cookie or ""
    )
    grant = wired.identity.open_id.arrive(provider, answer, device)
    remember("", response, secure=wired.identity.is_secure)
    return shown(grant, response)


def remember(secret: str, response: Response, *, secure: bool) -> None:
    """For ten minutes; nothing: no longer."""
    response.set_cookie(
        COOKIE if secure else PLAIN_COOKIE,
        secret,
        max_age=TEN_MINUTES if secret else 0,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
