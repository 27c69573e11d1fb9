"""The public keys that access tokens are verified with."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Response

from command_api.dependencies import Wired
from command_api.security import Everybody

router = APIRouter(prefix="/.well-known", tags=["sign-in"])


@router.get("/jwks.json", dependencies=[Depends(Everybody())])
def list_keys(wired: Wired, response: Response) -> Mapping[str, Any]:
    response.headers["Cache-Control"] = "public, max-age=300"
    return wired.identity.keys.published()
