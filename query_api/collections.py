"""Curated collections, and the films in them in their order."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from projections.collections import Collection
from query_api.caching import public
from query_api.catalogue import Catalogue, FilmItem, film_items
from query_api.dependencies import found
from query_api.languages import (
    Asked,
    Language,
    description_in,
    languages_in,
    languages_of,
    title_in,
)
from query_api.security import Anyone
from query_api.viewers import Watching

router = APIRouter(
    prefix="/collections",
    tags=["collections"],
    dependencies=[Depends(Anyone()), Depends(public)],
)


class CollectionOut(BaseModel):
    id: UUID
    slug: str | None
    title: str
    description: str | None
    films: int


class CollectionPage(CollectionOut):
    items: list[FilmItem]


class Collections(BaseModel):
    items: list[CollectionOut]


@router.get("", summary="All collections, by title")
def list_collections(
    response: Response, catalogue: Catalogue, asked: Asked, viewer: Watching
) -> Collections:
    shelves = catalogue.collections(viewer)
    titled = [shelf.collection for shelf in shelves]
    response.headers["Content-Language"] = languages_in(titled, asked)
    return Collections(
        items=[shown(shelf.collection, shelf.films, asked) for shelf in shelves]
    )


@router.get("/{collection_id}", summary="A collection with its films, in order")
def read_collection(
    collection_id: UUID,
    response: Response,
    catalogue: Catalogue,
    asked: Asked,
    viewer: Watching,
) -> CollectionPage:
    collection = found(catalogue.collection(collection_id))
    films = catalogue.films_in(collection, viewer)
    response.headers["Content-Language"] = languages_of(collection, asked)
    out = shown(collection, len(films), asked)
    items = film_items(films, asked, catalogue)
    return CollectionPage(**out.model_dump(), items=items)


def shown(collection: Collection, films: int, asked: Language) -> CollectionOut:
    return CollectionOut(
        id=collection.id,
        slug=collection.slug,
        title=title_in(collection, asked),
        description=description_in(collection, asked),
        films=films,
    )
