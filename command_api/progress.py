"""What players say of how far somebody has watched: often, and many at a time."""

from typing import Annotated
from uuid import UUID, uuid5

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, Field

from command_api.dependencies import Body, Wired, fingerprint, idempotency_key
from command_api.security import Principal, SignedIn
from domain.kernel.values import FilmId
from domain.viewing import Watched, checked

router = APIRouter(prefix="/me", tags=["me"])

#: Four days: longer than anything that was ever filmed.
LONGEST = 4 * 24 * 3600
MOST = 50


class EpisodeBody(Body):
    season: Annotated[int, Field(ge=1, le=1_000)]
    number: Annotated[int, Field(ge=1, le=10_000)]


class ProgressItem(Body):
    film_id: UUID
    #: Of a series: which one.
    episode: EpisodeBody | None = None
    position_seconds: Annotated[int, Field(ge=0, le=LONGEST)]
    duration_seconds: Annotated[int, Field(ge=1, le=LONGEST)]
    #: When the viewer was there: what is older than what is known changes nothing.
    at: AwareDatetime


class ProgressBody(Body):
    items: Annotated[list[ProgressItem], Field(min_length=1, max_length=MOST)]


class Taken(BaseModel):
    taken: int


@router.post("/progress", status_code=202, summary="How far I have watched")
def post_progress(
    body: ProgressBody,
    caller: Annotated[Principal, Depends(SignedIn())],
    wired: Wired,
    key: Annotated[str | None, Depends(idempotency_key)],
    digest: Annotated[bytes, Depends(fingerprint)],
) -> Taken:
    """Kept when this is answered, seen in lists a moment later.

    All items are taken, or none; sending a batch again does no harm.
    """
    items = checked([watched(item) for item in body.items], wired.clock())
    batch_id = uuid5(caller.account_id, f"progress {key or digest.hex()}")
    wired.progress.take(caller.account_id, batch_id, items)
    return Taken(taken=len(items))


def watched(item: ProgressItem) -> Watched:
    season, episode = 0, 0
    if item.episode is not None:
        season, episode = item.episode.season, item.episode.number
    return Watched(
        film_id=FilmId(item.film_id),
        season=season,
        episode=episode,
        position_seconds=item.position_seconds,
        duration_seconds=item.duration_seconds,
        at=item.at,
    )
