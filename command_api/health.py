"""Is this process alive, and can it take commands."""

from fastapi import APIRouter, Depends, HTTPException

from command_api.dependencies import Wired
from command_api.security import Anyone

router = APIRouter(prefix="/health", tags=["health"])


class NotReady(HTTPException):
    code = "not-ready"

    def __init__(self, detail: str) -> None:
        super().__init__(503, detail, headers={"Retry-After": "1"})


@router.get("/live", dependencies=[Depends(Anyone())])
def live() -> dict[str, str]:
    return {"status": "live"}


@router.get("/ready", dependencies=[Depends(Anyone())])
def ready(wired: Wired) -> dict[str, str]:
    if problem := wired.lacking():
        raise NotReady(problem)
    return {"status": "ready"}
