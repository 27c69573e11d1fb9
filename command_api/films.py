"""Commands on films."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.security import Holder
from domain.film.commands import AddFilm, RetitleFilm, TagFilm, WithdrawFilm
from domain.kernel.values import FilmId, GenreId

router = APIRouter(prefix="/films", tags=["films"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


class TitleBody(Body):
    title: str


@router.post("", status_code=201)
def add_film(body: TitleBody, editor: Editor) -> Accepted:
    command = AddFilm(
        film_id=FilmId(new_id()), title=body.title, now=editor.services.clock()
    )
    return editor.send(command, "films")


@router.post("/{film_id}/titles")
def retitle_film(film_id: UUID, body: TitleBody, editor: Editor) -> Accepted:
    command = RetitleFilm(
        film_id=FilmId(film_id), title=body.title, now=editor.services.clock()
    )
    return editor.send(command, "films")


@router.put("/{film_id}/genres/{genre_id}")
def tag_film(film_id: UUID, genre_id: UUID, editor: Editor) -> Accepted:
    command = TagFilm(
        film_id=FilmId(film_id),
        genre_id=GenreId(genre_id),
        now=editor.services.clock(),
    )
    return editor.send(command, "films")


@router.post("/{film_id}/archive")
def withdraw_film(film_id: UUID, editor: Editor) -> Accepted:
    command = WithdrawFilm(film_id=FilmId(film_id), now=editor.services.clock())
    return editor.send(command, "films")
