"""Films: lists of them, and a page for each."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from projections.catalogue import CatalogueView
from projections.films import Film
from projections.visibility import next_change
from query_api.caching import public, public_unless_signed_in, until
from query_api.catalogue import (
    Catalogue,
    Cursor,
    FilmItem,
    Filtered,
    Limit,
    Named,
    Page,
    SortBy,
    film_items,
    sort_of,
)
from query_api.cursors import link_to_next
from query_api.dependencies import Seen, found
from query_api.languages import Asked, description_in, languages_in, languages_of
from query_api.seasons import SeasonOut, seasons_in
from query_api.security import Anyone, Principal
from query_api.viewers import Watching
from query_api.watching import may_watch

router = APIRouter(prefix="/films", tags=["films"])

Caller = Annotated[Principal | None, Depends(Anyone())]
ROLES = ("director", "writer", "actor", "producer")


class FilmPage(FilmItem):
    titles: dict[str, str | None]
    aliases: list[str]
    description: str | None
    credits: dict[str, list[Named]]
    #: Of a series; empty for others.
    seasons: list[SeasonOut]
    #: With access by subscription: to these only, or to any if there are none.
    plans: list[UUID]
    may_watch: bool


@router.get(
    "",
    summary="Films, filtered and in an order",
    dependencies=[Depends(Anyone()), Depends(public)],
)
def list_films(
    request: Request,
    response: Response,
    seen: Seen,
    catalogue: Catalogue,
    asked: Asked,
    filters: Filtered,
    viewer: Watching,
    sort: SortBy = "-rating",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[FilmItem]:
    place = seen.cursors.read(request, cursor)
    films = catalogue.films(filters, viewer, sort_of(sort), limit, place)
    following = films.next and seen.cursors.write(request, films.next)
    link_to_next(request, response, following)
    response.headers["Content-Language"] = languages_in(films.rows, asked)
    return Page(
        items=film_items(films.rows, asked, catalogue),
        next_cursor=following,
        total_estimate=films.total,
    )


@router.get(
    "/{film_id}",
    summary="Everything about a film",
    dependencies=[Depends(public_unless_signed_in)],
)
def read_film(
    film_id: UUID,
    response: Response,
    seen: Seen,
    catalogue: Catalogue,
    asked: Asked,
    caller: Caller,
    viewer: Watching,
) -> FilmPage:
    film = found(catalogue.film(film_id, viewer))
    until(response, next_change(film.windows, viewer.now), viewer.now)
    response.headers["Content-Language"] = languages_of(film, asked)
    [item] = film_items([film], asked, catalogue)
    return FilmPage(
        **item.model_dump(),
        titles=titles_of(film),
        aliases=list(film.aliases),
        description=description_in(film, asked),
        credits=credits_of(film, catalogue),
        seasons=seasons_in(film.seasons, asked),
        plans=list(film.plans),
        may_watch=may_watch(film, caller, seen),
    )


def titles_of(film: Film) -> dict[str, str | None]:
    return {
        "ru": film.title_ru,
        "en": film.title_en,
        "original": film.title_original,
    }


def credits_of(film: Film, catalogue: CatalogueView) -> dict[str, list[Named]]:
    names = catalogue.person_names(film.person_ids)
    pairs = [*zip(film.person_ids, film.roles, strict=True)]
    return {
        role: [
            Named(id=id_, name=names[id_])
            for id_, given in pairs
            if given == role and id_ in names
        ]
        for role in ROLES
    }
