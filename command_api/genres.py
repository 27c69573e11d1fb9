"""Commands on genres."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.security import Holder
from domain.genre.commands import AddGenre, RenameGenre
from domain.kernel.values import GenreId

router = APIRouter(prefix="/genres", tags=["genres"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


class GenreBody(Body):
    name: str


@router.post("", status_code=201)
def add_genre(body: GenreBody, editor: Editor) -> Accepted:
    command = AddGenre(
        genre_id=GenreId(new_id()), name=body.name, now=editor.services.clock()
    )
    return editor.send(command, "genres")


@router.post("/{genre_id}/name")
def rename_genre(genre_id: UUID, body: GenreBody, editor: Editor) -> Accepted:
    command = RenameGenre(
        genre_id=GenreId(genre_id), name=body.name, now=editor.services.clock()
    )
    return editor.send(command, "genres")
