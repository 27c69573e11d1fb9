"""People, and the films that credit them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from projections.people import Person
from projections.search import Filters
from query_api.caching import public
from query_api.catalogue import (
    Catalogue,
    Cursor,
    FilmItem,
    Limit,
    Page,
    Role,
    SortBy,
    film_items,
    sort_of,
)
from query_api.cursors import link_to_next
from query_api.dependencies import Seen, found
from query_api.languages import Asked, languages_in
from query_api.security import Anyone
from query_api.viewers import Watching

router = APIRouter(
    prefix="/people",
    tags=["people"],
    dependencies=[Depends(Anyone()), Depends(public)],
)


class PersonOut(BaseModel):
    id: UUID
    name: str
    birth_date: date | None


class PersonPage(PersonOut):
    #: How many films credit them, by role.
    films: dict[str, int]


@router.get("", summary="People, by name")
def list_people(
    request: Request,
    response: Response,
    seen: Seen,
    catalogue: Catalogue,
    q: Annotated[str, Query(max_length=256)] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[PersonOut]:
    """With ``q``: those of whose names a word begins like each word of it."""
    place = seen.cursors.read(request, cursor)
    people = catalogue.people(q, limit, place)
    following = people.next and seen.cursors.write(request, people.next)
    link_to_next(request, response, following)
    return Page(
        items=[shown(person) for person in people.rows],
        next_cursor=following,
        total_estimate=people.total,
    )


@router.get("/{person_id}", summary="A person")
def read_person(person_id: UUID, catalogue: Catalogue, viewer: Watching) -> PersonPage:
    person = shown(found(catalogue.person(person_id)))
    films = dict(catalogue.films_by_role(person_id, viewer))
    return PersonPage(**person.model_dump(), films=films)


@router.get("/{person_id}/films", summary="What a person did, in any role or in one")
def list_films_of_person(
    person_id: UUID,
    request: Request,
    response: Response,
    seen: Seen,
    catalogue: Catalogue,
    asked: Asked,
    viewer: Watching,
    role: Role | None = None,
    sort: SortBy = "-rating",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[FilmItem]:
    found(catalogue.person(person_id))
    place = seen.cursors.read(request, cursor)
    films = catalogue.films(
        Filters(person=(person_id,)), viewer, sort_of(sort), limit, place, role
    )
    following = films.next and seen.cursors.write(request, films.next)
    link_to_next(request, response, following)
    response.headers["Content-Language"] = languages_in(films.rows, asked)
    return Page(
        items=film_items(films.rows, asked, catalogue),
        next_cursor=following,
        total_estimate=films.total,
    )


def shown(person: Person) -> PersonOut:
    return PersonOut(id=person.id, name=person.name, birth_date=person.birth_date)
