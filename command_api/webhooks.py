"""What payment providers tell us: kept first, acknowledged then, acted upon later."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel

from command_api.dependencies import Wired
from command_api.security import Anyone

LONGEST = 64 * 1024

BODY = {
    "description": "As the provider sends it.",
    "content": {"application/json": {"schema": {"type": "object"}}},
}

router = APIRouter(prefix="/webhooks/v1", tags=["webhooks"])


class TooLong(HTTPException):
    code = "too-long"

    def __init__(self) -> None:
        super().__init__(413, f"A notification has at most {LONGEST} bytes.")


async def body_of(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise TooLong
    return body


class Taken(BaseModel):
    status: Literal["received"] = "received"


@router.post(
    "/{gateway}",
    dependencies=[Depends(Anyone())],
    openapi_extra={"requestBody": BODY},
    responses={
        404: {"description": "No such gateway, or not sent by it."},
        413: {"description": "Longer than 64 KiB."},
    },
)
def notify(
    gateway: str,
    request: Request,
    body: Annotated[bytes, Depends(body_of)],
    wired: Wired,
) -> Taken:
    """A payment provider tells us something. It is kept, then checked with it."""
    # Whom the server saw, or what a proxy it trusts told it: no header is asked here.
    peer = request.client.host if request.client else ""
    if not wired.letterbox(gateway, request.headers, body, peer):
        raise HTTPException(404)
    return Taken()
