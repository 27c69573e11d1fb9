"""Which answers may be kept by whom (RFC 9111)."""

from datetime import datetime
from math import floor

from fastapi import Request, Response

VARY = "Authorization, Accept-Language, Cinema-Position"
SECONDS = 60


def public(response: Response) -> None:
    """The same for everybody."""
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["Vary"] = VARY


def until(response: Response, change: datetime | None, now: datetime) -> None:
    """What is public is not kept beyond this moment."""
    if change is None or "public" not in response.headers["Cache-Control"]:
        return
    seconds = min(SECONDS, floor((change - now).total_seconds()))
    response.headers["Cache-Control"] = f"public, max-age={seconds}"


def public_unless_signed_in(request: Request, response: Response) -> None:
    """It says something about the caller, if there is one."""
    public(response)
    if "authorization" in request.headers:
        personal(response)


def personal(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"
