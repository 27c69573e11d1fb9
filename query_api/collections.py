"""Curated collections, and the films in them in their order."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from projections.collections import Collection
from query_api.caching import public
from query_api.catalogue import (
    Catalogue,
    Cursor,
    FilmItem,
    Limit,
    Page,
    film_items,
)
from query_api.cursors import link_to_next
from query_api.dependencies import Seen, found
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


@router.get("", summary="Collections, by title")
def list_collections(
    request: Request,
    response: Response,
    seen: Seen,
    catalogue: Catalogue,
    asked: Asked,
    viewer: Watching,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[CollectionOut]:
    place = seen.cursors.read(request, cursor)
    shelves = catalogue.collections(viewer, limit, place)
    titled = [shelf.collection for shelf in shelves.rows]
    response.headers["Content-Language"] = languages_in(titled, asked)
    following = shelves.next and seen.cursors.write(request, shelves.next)
    link_to_next(request, response, following)
    return Page(
        items=[shown(shelf.collection, shelf.films, asked) for shelf in shelves.rows],
        next_cursor=following,
        total_estimate=shelves.total,
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
