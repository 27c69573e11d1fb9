"""What a player needs to play a film, for those who may watch it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel

from query_api.caching import personal
from query_api.catalogue import Catalogue
from query_api.dependencies import Seen, found
from query_api.languages import Asked, title_in
from query_api.security import Anyone, Principal, Unauthenticated
from query_api.viewers import Watching
from query_api.watching import may_watch

router = APIRouter(prefix="/films", tags=["films"])


class SubscriptionRequired(HTTPException):
    code = "subscription-required"

    def __init__(self) -> None:
        super().__init__(403, "This film is for subscribers; see /query/v1/plans.")


class Playback(BaseModel):
    film_id: UUID
    title: str
    manifest_url: str
    #: After this the address is no longer valid; ask again.
    expires_at: datetime


@router.get(
    "/{film_id}/playback",
    summary="What a player needs",
    dependencies=[Depends(personal)],
)
def play(
    film_id: UUID,
    seen: Seen,
    catalogue: Catalogue,
    asked: Asked,
    viewer: Watching,
    caller: Annotated[Principal | None, Depends(Anyone())],
) -> Playback:
    film = found(catalogue.film(film_id, viewer))
    if not may_watch(film, caller, seen):
        if caller is None:
            raise Unauthenticated("Sign in to watch this film.")
        raise SubscriptionRequired
    link = seen.media_link(film.id, film.media, seen.clock())
    return Playback(
        film_id=film.id,
        title=title_in(film, asked),
        manifest_url=link.url,
        expires_at=link.expires_at,
    )
