"""A viewer's own films: begun, watched, wanted, rated and waited for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from projections.viewing import Kept, Shelf, ViewingView, to_continue
from query_api.caching import personal
from query_api.catalogue import Cursor, Limit, Page
from query_api.cursors import link_to_next
from query_api.dependencies import Seen, level
from query_api.languages import Asked, Language
from query_api.security import Principal, SignedIn
from query_api.viewers import Watching

router = APIRouter(prefix="/me", tags=["me"], dependencies=[Depends(personal)])

Caller = Annotated[Principal, Depends(SignedIn())]
Viewing = Annotated[ViewingView, Depends(level(lambda seen: seen.viewing))]


class FilmOut(BaseModel):
    id: UUID
    title: str
    original_title: str | None
    type: str
    access: str
    release_date: date | None
    age_rating: int | None


class EpisodeOut(BaseModel):
    season: int
    number: int


class Watched(BaseModel):
    film: FilmOut
    episode: EpisodeOut | None
    position_seconds: int
    #: None of an episode that has not been begun.
    duration_seconds: int | None
    finished: bool
    watched_at: datetime


class Continued(BaseModel):
    items: list[Watched]


class Wanted(BaseModel):
    film: FilmOut
    since: datetime


class Rated(BaseModel):
    film: FilmOut
    rating: int
    rated_at: datetime


class DeviceOut(BaseModel):
    id: UUID
    film_id: UUID
    device: str
    started_at: datetime
    expires_at: datetime


@router.get("/continue-watching", summary="What I have begun and not finished")
def continue_watching(
    caller: Caller,
    viewing: Viewing,
    watching: Watching,
    asked: Asked,
    limit: Limit = 20,
) -> Continued:
    """The latest first; of a series whose episode is finished, the one after it."""
    latest = viewing.latest(caller.account_id, watching)
    begun = [found for each in latest if (found := to_continue(each))]
    return Continued(items=[watched(each, asked) for each in begun[:limit]])


@dataclass(frozen=True, slots=True)
class Opened:
    """One page of a shelf."""

    rows: Sequence[Kept]
    total: int
    following: str | None


def opened(shelf: Shelf) -> Callable[..., Opened]:
    def open_it(
        request: Request,
        response: Response,
        caller: Caller,
        viewing: Viewing,
        watching: Watching,
        seen: Seen,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Opened:
        place = seen.cursors.read(request, cursor)
        page = viewing.shelf(caller.account_id, shelf, watching, limit, place)
        following = page.next and seen.cursors.write(request, page.next)
        link_to_next(request, response, following)
        return Opened(page.rows, page.total, following)

    return open_it


@router.get("/history", summary="What I have watched, the latest first")
def history(
    page: Annotated[Opened, Depends(opened("history"))], asked: Asked
) -> Page[Watched]:
    items = [watched(each, asked) for each in page.rows]
    return Page(items=items, next_cursor=page.following, total_estimate=page.total)


@router.get("/watchlist", summary="What I want to watch, the latest first")
def watchlist(
    page: Annotated[Opened, Depends(opened("watchlist"))], asked: Asked
) -> Page[Wanted]:
    return wanted(page, asked)


@router.get("/premieres", summary="The premieres I wait for")
def premieres(
    page: Annotated[Opened, Depends(opened("premieres"))], asked: Asked
) -> Page[Wanted]:
    return wanted(page, asked)


@router.get("/ratings", summary="What I have rated, the latest first")
def ratings(
    page: Annotated[Opened, Depends(opened("opinions"))], asked: Asked
) -> Page[Rated]:
    items = [
        Rated(film=film(each, asked), rating=each.rating or 0, rated_at=each.at)
        for each in page.rows
    ]
    return Page(items=items, next_cursor=page.following, total_estimate=page.total)


@router.get("/streams", summary="The devices I watch on now")
def streams(caller: Caller, viewing: Viewing) -> list[DeviceOut]:
    return [
        DeviceOut(
            id=each.stream_id,
            film_id=each.film_id,
            device=each.device,
            started_at=each.started_at,
            expires_at=each.expires_at,
        )
        for each in viewing.devices(caller.account_id)
    ]


def wanted(page: Opened, asked: Language) -> Page[Wanted]:
    items = [Wanted(film=film(each, asked), since=each.at) for each in page.rows]
    return Page(items=items, next_cursor=page.following, total_estimate=page.total)


def watched(kept: Kept, asked: Language) -> Watched:
    is_episode = kept.season > 0
    return Watched(
        film=film(kept, asked),
        episode=EpisodeOut(season=kept.season, number=kept.episode)
        if is_episode
        else None,
        position_seconds=kept.position_seconds,
        duration_seconds=kept.duration_seconds or None,
        finished=kept.is_finished and kept.duration_seconds > 0,
        watched_at=kept.at,
    )


def title_of(kept: Kept, asked: Language) -> str:
    """Asked for, Russian, English, original: the first that there is."""
    first = kept.title_en if asked == "en" else kept.title_ru
    return first or kept.title_ru or kept.title_en or kept.title_original or ""


def film(kept: Kept, asked: Language) -> FilmOut:
    return FilmOut(
        id=kept.film_id,
        title=title_of(kept, asked),
        original_title=kept.title_original,
        type=kept.type,
        access=kept.access,
        release_date=kept.release_date,
        age_rating=kept.age_rating,
    )
