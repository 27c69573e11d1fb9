"""Genres, with how many films are under each."""

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from projections.catalogue import GenreShelf
from query_api.caching import public
from query_api.catalogue import Catalogue
from query_api.dependencies import found
from query_api.security import Anyone
from query_api.viewers import Watching

router = APIRouter(
    prefix="/genres",
    tags=["genres"],
    dependencies=[Depends(Anyone()), Depends(public)],
)


class GenreOut(BaseModel):
    id: UUID
    name: str
    description: str | None
    films: int


class Genres(BaseModel):
    items: list[GenreOut]


@router.get("", summary="All genres, by name")
def list_genres(catalogue: Catalogue, viewer: Watching) -> Genres:
    return Genres(items=[shown(shelf) for shelf in catalogue.genres(viewer)])


@router.get("/{genre_id}", summary="A genre")
def read_genre(genre_id: UUID, catalogue: Catalogue, viewer: Watching) -> GenreOut:
    return shown(found(catalogue.genre(genre_id, viewer)))


def shown(shelf: GenreShelf) -> GenreOut:
    genre = shelf.genre
    return GenreOut(
        id=genre.id,
        name=genre.name,
        description=genre.description,
        films=shelf.films,
    )
