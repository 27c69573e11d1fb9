"""Commands on genres."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.presence import must_be_there
from command_api.security import Holder
from domain.genre.commands import (
    AddGenre,
    ArchiveGenre,
    DescribeGenre,
    MergeGenre,
    RenameGenre,
    RestoreGenre,
)
from domain.kernel.values import GenreId

router = APIRouter(prefix="/genres", tags=["genres"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


class GenreBody(Body):
    name: str
    description: str | None = None


class GenreNameBody(Body):
    name: str


class GenreDescriptionBody(Body):
    description: str | None


class GenreMergerBody(Body):
    """Which one films have instead."""

    into: UUID


@router.post("", status_code=201, summary="Add a genre")
def add_genre(body: GenreBody, editor: Editor) -> Accepted:
    command = AddGenre(
        genre_id=GenreId(new_id()),
        name=body.name,
        description=body.description,
        now=editor.now(),
    )
    return editor.send(command, "genres")


@router.post("/{genre_id}/name", summary="Rename a genre")
def rename_genre(genre_id: UUID, body: GenreNameBody, editor: Editor) -> Accepted:
    command = RenameGenre(genre_id=GenreId(genre_id), name=body.name, now=editor.now())
    return editor.send(command, "genres")


@router.post("/{genre_id}/description", summary="Describe a genre")
def describe_genre(
    genre_id: UUID, body: GenreDescriptionBody, editor: Editor
) -> Accepted:
    text = body.description
    command = DescribeGenre(
        genre_id=GenreId(genre_id), description=text, now=editor.now()
    )
    return editor.send(command, "genres")


@router.post("/{genre_id}/archive", summary="Archive a genre: its name is free again")
def archive_genre(genre_id: UUID, editor: Editor) -> Accepted:
    command = ArchiveGenre(genre_id=GenreId(genre_id), now=editor.now())
    return editor.send(command, "genres")


@router.post("/{genre_id}/restoration", summary="Take a genre out of the archive")
def restore_genre(genre_id: UUID, editor: Editor) -> Accepted:
    command = RestoreGenre(genre_id=GenreId(genre_id), now=editor.now())
    return editor.send(command, "genres")


@router.post("/{genre_id}/merger", summary="Merge a genre into another: films follow")
def merge_genre(genre_id: UUID, body: GenreMergerBody, editor: Editor) -> Accepted:
    must_be_there(editor.services, "genre", body.into, "/into")
    command = MergeGenre(
        genre_id=GenreId(genre_id), into=GenreId(body.into), now=editor.now()
    )
    return editor.send(command, "genres")
