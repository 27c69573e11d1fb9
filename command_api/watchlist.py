"""What a viewer wants to watch, thinks of what they watched, and waits for."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.presence import LinkedToNothing
from command_api.security import SignedIn
from domain.kernel.values import AccountId, FilmId
from domain.opinion.commands import GiveOpinion, OpinionCommand, WithdrawOpinion
from domain.premiere.commands import (
    AwaitPremiere,
    PremiereCommand,
    WithdrawPremiereWait,
)
from domain.watchlist.commands import BookmarkFilm, RemoveBookmark, WatchlistCommand

router = APIRouter(prefix="/me", tags=["me"])

Viewer = Annotated[Desk, Depends(desk(SignedIn()))]


class OpinionBody(Body):
    rating: Annotated[int, Field(ge=1, le=10)]


@router.put("/watchlist/{film_id}", summary="Put a film on my watchlist")
def bookmark(film_id: UUID, viewer: Viewer) -> Accepted:
    """It may be one that is to come."""
    must_be_listed(viewer, film_id)
    command = BookmarkFilm(
        account_id=own(viewer), film_id=FilmId(film_id), now=viewer.now()
    )
    return sent(command, viewer, "watchlist")


@router.delete("/watchlist/{film_id}", summary="Take a film off my watchlist")
def remove(film_id: UUID, viewer: Viewer) -> Accepted:
    command = RemoveBookmark(
        account_id=own(viewer), film_id=FilmId(film_id), now=viewer.now()
    )
    return sent(command, viewer, "watchlist")


@router.put("/ratings/{film_id}", summary="Rate a film")
def rate(film_id: UUID, body: OpinionBody, viewer: Viewer) -> Accepted:
    """From 1 to 10; another rating takes the place of the one before."""
    must_be_listed(viewer, film_id)
    command = GiveOpinion(
        account_id=own(viewer),
        film_id=FilmId(film_id),
        rating=body.rating,
        now=viewer.now(),
    )
    return sent(command, viewer, "ratings")


@router.delete("/ratings/{film_id}", summary="Take my rating back")
def withdraw_rating(film_id: UUID, viewer: Viewer) -> Accepted:
    command = WithdrawOpinion(
        account_id=own(viewer), film_id=FilmId(film_id), now=viewer.now()
    )
    return sent(command, viewer, "ratings")


@router.put("/premieres/{film_id}", summary="Tell me of a film's premiere")
def await_premiere(film_id: UUID, viewer: Viewer) -> Accepted:
    """By letter, once, on the day; also of a film whose day is not known yet."""
    must_be_listed(viewer, film_id)
    command = AwaitPremiere(
        account_id=own(viewer),
        film_id=FilmId(film_id),
        premieres_at=viewer.services.screenings.premieres_at(FilmId(film_id)),
        now=viewer.now(),
    )
    return sent(command, viewer, "premieres")


@router.delete("/premieres/{film_id}", summary="Do not tell me of a premiere")
def withdraw_wait(film_id: UUID, viewer: Viewer) -> Accepted:
    command = WithdrawPremiereWait(
        account_id=own(viewer), film_id=FilmId(film_id), now=viewer.now()
    )
    return sent(command, viewer, "premieres")


def must_be_listed(viewer: Desk, film_id: UUID) -> None:
    if not viewer.services.screenings.is_listed(FilmId(film_id)):
        raise LinkedToNothing("film")


def own(viewer: Desk) -> AccountId:
    return AccountId(viewer.caller.account_id)


def sent(
    command: WatchlistCommand | OpinionCommand | PremiereCommand,
    viewer: Desk,
    listed: str,
) -> Accepted:
    """The answer's id is the film's: what is between the two has no other name."""
    accepted = viewer.send(command, f"me/{listed}", command.film_id)
    viewer.response.headers["Location"] = f"/query/v1/me/{listed}"
    return accepted
