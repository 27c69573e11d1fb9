"""Commands on the seasons of a series and their episodes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.film_bodies import MediaBody, TitlesBody, TitlesIn
from command_api.security import Holder
from domain.film.series_commands import (
    AddEpisode,
    AddSeason,
    AttachEpisodeMedia,
    RetitleEpisode,
    WithdrawEpisode,
    WithdrawSeason,
)
from domain.kernel.values import FilmId

router = APIRouter(prefix="/films/{film_id}/seasons", tags=["films"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]
EPISODE = "/{season}/episodes/{number}"


class SeasonBody(Body):
    number: int
    titles: TitlesIn = TitlesIn()


class EpisodeBody(Body):
    number: int
    titles: TitlesIn
    media: str | None = None
    release_date: date | None = None
    minutes: int | None = None


@router.post("", status_code=201, summary="Add a season to a series")
def add_season(film_id: UUID, body: SeasonBody, editor: Editor) -> Accepted:
    command = AddSeason(
        film_id=FilmId(film_id),
        number=body.number,
        titles=body.titles.value(),
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.delete("/{number}", summary="Withdraw a season with its episodes")
def withdraw_season(film_id: UUID, number: int, editor: Editor) -> Accepted:
    command = WithdrawSeason(film_id=FilmId(film_id), number=number, now=editor.now())
    return editor.send(command, "films")


@router.post("/{season}/episodes", status_code=201, summary="Add an episode")
def add_episode(
    film_id: UUID, season: int, body: EpisodeBody, editor: Editor
) -> Accepted:
    command = AddEpisode(
        film_id=FilmId(film_id),
        season=season,
        number=body.number,
        titles=body.titles.value(),
        media=body.media,
        release_date=body.release_date,
        minutes=body.minutes,
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.post(f"{EPISODE}/titles", summary="Give an episode other titles")
def retitle_episode(
    film_id: UUID, season: int, number: int, body: TitlesBody, editor: Editor
) -> Accepted:
    command = RetitleEpisode(
        film_id=FilmId(film_id),
        season=season,
        number=number,
        titles=body.titles.value(),
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.post(f"{EPISODE}/media", summary="Attach the media of an episode")
def attach_episode_media(
    film_id: UUID, season: int, number: int, body: MediaBody, editor: Editor
) -> Accepted:
    command = AttachEpisodeMedia(
        film_id=FilmId(film_id),
        season=season,
        number=number,
        media=body.media,
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.delete(EPISODE, summary="Withdraw an episode")
def withdraw_episode(
    film_id: UUID, season: int, number: int, editor: Editor
) -> Accepted:
    command = WithdrawEpisode(
        film_id=FilmId(film_id), season=season, number=number, now=editor.now()
    )
    return editor.send(command, "films")
