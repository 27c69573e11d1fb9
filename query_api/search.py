"""Search over films, and suggestions while one types."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from projections.search import BadPlace, Document, SearchView
from query_api.caching import public
from query_api.catalogue import (
    Cursor,
    Filtered,
    FoundFilm,
    Limit,
    Page,
    found_film,
)
from query_api.cursors import BadCursor, link_to_next
from query_api.dependencies import Seen, level
from query_api.languages import Asked, Language, title_in
from query_api.security import Anyone
from query_api.viewers import Watching

router = APIRouter(tags=["search"], dependencies=[Depends(Anyone()), Depends(public)])

Index = Annotated[SearchView, Depends(level(lambda seen: seen.search))]
Words = Annotated[str, Query(max_length=256)]


class Suggestion(BaseModel):
    kind: Literal["film", "person", "genre"]
    id: UUID
    title: str


class Suggestions(BaseModel):
    items: list[Suggestion]


@router.get("/search", summary="Films that match, the best first")
def search(
    request: Request,
    response: Response,
    seen: Seen,
    index: Index,
    asked: Asked,
    filters: Filtered,
    viewer: Watching,
    q: Words = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[FoundFilm]:
    place = seen.cursors.read(request, cursor)
    try:
        answer = index.search(q, filters, viewer, limit, place)
    except BadPlace as error:  # Signed by us, but for another engine.
        raise BadCursor from error
    following = answer.next and seen.cursors.write(request, answer.next)
    link_to_next(request, response, following)
    return Page(
        items=[found_film(document, asked) for document in answer.films],
        next_cursor=following,
        total_estimate=answer.total,
    )


@router.get("/suggest", summary="Films, people and genres that begin like this")
def suggest(index: Index, asked: Asked, viewer: Watching, q: Words = "") -> Suggestions:
    found = index.suggest(q, viewer)
    return Suggestions(items=[shown(each, asked) for each in found])


def shown(document: Document, asked: Language) -> Suggestion:
    name = document.name or title_in(document, asked)
    return Suggestion(kind=document.kind, id=document.id, title=name)
