"""Is this process alive, and can it answer questions."""

from fastapi import APIRouter, Depends, HTTPException

from query_api.dependencies import Seen
from query_api.security import Anyone

router = APIRouter(prefix="/health", tags=["health"])


class NotReady(HTTPException):
    code = "not-ready"

    def __init__(self, detail: str) -> None:
        super().__init__(503, detail, headers={"Retry-After": "1"})


@router.get("/live", dependencies=[Depends(Anyone())])
def live() -> dict[str, str]:
    return {"status": "live"}


@router.get("/ready", dependencies=[Depends(Anyone())])
def ready(seen: Seen) -> dict[str, str]:
    if problem := seen.lacking():
        raise NotReady(problem)
    return {"status": "ready"}
