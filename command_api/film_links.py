"""Commands on a film's genres and credits: what they point to must be there."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Desk, desk
from command_api.presence import must_be_there
from command_api.security import Holder
from domain.film.commands import (
    AssignGenre,
    GiveCredit,
    UnassignGenre,
    WithdrawCredit,
)
from domain.film.values import Role
from domain.kernel.values import FilmId, GenreId, PersonId

router = APIRouter(prefix="/films", tags=["films"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


@router.put("/{film_id}/genres/{genre_id}", summary="Put a film under a genre")
def assign_genre(film_id: UUID, genre_id: UUID, editor: Editor) -> Accepted:
    must_be_there(editor.services, "genre", genre_id)
    command = AssignGenre(
        film_id=FilmId(film_id), genre_id=GenreId(genre_id), now=editor.now()
    )
    return editor.send(command, "films")


@router.delete("/{film_id}/genres/{genre_id}", summary="Take a film from a genre")
def unassign_genre(film_id: UUID, genre_id: UUID, editor: Editor) -> Accepted:
    command = UnassignGenre(
        film_id=FilmId(film_id), genre_id=GenreId(genre_id), now=editor.now()
    )
    return editor.send(command, "films")


@router.put("/{film_id}/credits/{role}/{person_id}", summary="Credit a person")
def give_credit(film_id: UUID, role: Role, person_id: UUID, editor: Editor) -> Accepted:
    must_be_there(editor.services, "person", person_id)
    command = GiveCredit(
        film_id=FilmId(film_id),
        person_id=PersonId(person_id),
        role=role,
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.delete("/{film_id}/credits/{role}/{person_id}", summary="Withdraw a credit")
def withdraw_credit(
    film_id: UUID, role: Role, person_id: UUID, editor: Editor
) -> Accepted:
    command = WithdrawCredit(
        film_id=FilmId(film_id),
        person_id=PersonId(person_id),
        role=role,
        now=editor.now(),
    )
    return editor.send(command, "films")
