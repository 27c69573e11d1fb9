"""Watching on several devices at once: as many as the plan allows."""

from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid5

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from command_api.dependencies import Body, Wired, idempotency_key, new_id
from command_api.presence import LinkedToNothing
from command_api.security import Principal, SignedIn
from command_api.viewing import Stream
from domain.kernel.values import FilmId
from domain.streams import HEARTBEAT

router = APIRouter(prefix="/me/streams", tags=["me"])

Viewer = Annotated[Principal, Depends(SignedIn())]


class StreamBody(Body):
    film_id: UUID
    #: How its owner knows it: "TV in the kitchen".
    device: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class StreamOut(BaseModel):
    id: UUID
    expires_at: datetime
    heartbeat_seconds: int
    #: How many there may be at once.
    limit: int


@router.post("", status_code=201, summary="Begin to play on a device")
def start_stream(
    body: StreamBody,
    response: Response,
    viewer: Viewer,
    wired: Wired,
    key: Annotated[str | None, Depends(idempotency_key)],
) -> StreamOut:
    """Before the first picture. Again with its Idempotency-Key, it is the same."""
    if not wired.screenings.is_listed(FilmId(body.film_id)):
        raise LinkedToNothing("film")
    stream_id = uuid5(viewer.account_id, f"stream {key}") if key else new_id()
    started = wired.streams.start(
        viewer.account_id, stream_id, FilmId(body.film_id), body.device
    )
    response.headers["Location"] = "/query/v1/me/streams"
    return shown(started)


@router.post("/{stream_id}/heartbeat", summary="Say that it still plays")
def beat(stream_id: UUID, viewer: Viewer, wired: Wired) -> StreamOut:
    """Every heartbeat_seconds. When refused, the player has to stop."""
    return shown(wired.streams.beat(viewer.account_id, stream_id))


@router.delete("/{stream_id}", status_code=204, summary="End to play on a device")
def stop_stream(stream_id: UUID, viewer: Viewer, wired: Wired) -> None:
    """Mine, from whichever device; one that has ended is ended."""
    wired.streams.stop(viewer.account_id, stream_id)


def shown(stream: Stream) -> StreamOut:
    return StreamOut(
        id=stream.stream_id,
        expires_at=stream.expires_at,
        heartbeat_seconds=int(HEARTBEAT.total_seconds()),
        limit=stream.limit,
    )
