"""Search over films, suggestions while one types, and films that are like another."""

from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from projections.search import BadPlace, Facet, SearchView
from query_api.caching import public
from query_api.catalogue import Cursor, Filtered, Limit, Several, found_film
from query_api.cursors import BadCursor, link_to_next
from query_api.dependencies import Seen, found, level
from query_api.languages import Asked
from query_api.searching import (
    SearchPage,
    SimilarFilms,
    Suggestions,
    search_page,
    suggestion,
)
from query_api.security import Anyone
from query_api.viewers import Watching

router = APIRouter(tags=["search"], dependencies=[Depends(Anyone()), Depends(public)])

Index = Annotated[SearchView, Depends(level(lambda seen: seen.search))]
Words: TypeAlias = Annotated[
    str,
    Query(
        max_length=256,
        description="Only words: no character in them has a meaning of its own.",
    ),
]
Facets: TypeAlias = Annotated[
    Several[Facet],
    Query(description="What to count among all films that are found."),
]


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
    facets: Facets = (),
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SearchPage:
    """Without words, all films, the most popular first.

    An exact title comes before the beginning of one, then all words in a title, titles
    with typos, people, and descriptions. What was typed in the other keyboard layout
    or in Latin letters is found as well.
    """
    place = seen.cursors.read(request, cursor)
    try:
        answer = index.search(q, filters, viewer, limit, place, facets)
    except BadPlace as error:  # Signed by us, but for another engine.
        raise BadCursor from error
    if cursor is None:
        seen.searches.note(q, answer.total)
    following = answer.next and seen.cursors.write(request, answer.next)
    link_to_next(request, response, following)
    return search_page(answer, following, asked)


@router.get("/suggest", summary="Films, people and genres that begin like this")
def suggest(
    index: Index,
    asked: Asked,
    viewer: Watching,
    q: Words = "",
    limit: Annotated[int, Query(ge=1, le=10)] = 10,
) -> Suggestions:
    """In this order, some of each."""
    suggested = index.suggest(q, viewer, limit)
    return Suggestions(items=[suggestion(each, asked) for each in suggested])


@router.get("/films/{film_id}/similar", summary="Films that are like this one")
def list_similar_films(
    film_id: UUID,
    index: Index,
    asked: Asked,
    viewer: Watching,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> SimilarFilms:
    """By the genres, people and words of the title that they share."""
    similar = found(index.similar(film_id, viewer, limit))
    return SimilarFilms(items=[found_film(each, asked) for each in similar])
