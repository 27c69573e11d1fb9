"""What payment providers tell us: kept first, acknowledged then, acted upon later."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request

from command_api.dependencies import Wired
from command_api.security import Anyone

LONGEST = 64 * 1024

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


@router.post("/{gateway}", dependencies=[Depends(Anyone())])
def notify(
    gateway: str,
    request: Request,
    body: Annotated[bytes, Depends(body_of)],
    wired: Wired,
) -> dict[str, str]:
    """The peer is whom the server saw, or a proxy it trusts: no header is asked."""
    peer = request.client.host if request.client else ""
    if not wired.letterbox(gateway, request.headers, body, peer):
        raise HTTPException(404)
    return {"status": "received"}
