"""What pages of the catalogue are made of."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Generic, Literal, TypeAlias, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, StringConstraints

from projections.catalogue import CatalogueView, Sort, SortKey
from projections.films import Film
from projections.listings import Listing
from projections.search import Document, Filters
from query_api.dependencies import level
from query_api.languages import Language, title_in

T = TypeVar("T")

Catalogue = Annotated[CatalogueView, Depends(level(lambda seen: seen.catalogue))]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2_000)]
FilmType: TypeAlias = Literal["movie", "series"]
Access: TypeAlias = Literal["free", "registered", "subscription"]
Role: TypeAlias = Literal["actor", "writer", "director", "producer"]
SortBy: TypeAlias = Literal[
    "rating",
    "-rating",
    "release_date",
    "-release_date",
    "title",
    "-title",
    "popularity",
    "-popularity",
]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Age = Annotated[int, Field(ge=0, le=99)]
#: Any of these; in an address the parameter is there several times.
Several: TypeAlias = Annotated[Sequence[T], Query(max_length=20)]
BACKWARDS = {
    "type": "range",
    "loc": ("query", "year_to"),
    "msg": "This is before year_from.",
    "input": None,
}
Year = Annotated[int | None, Query(ge=1800, le=2300)]


class Page(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None
    total_estimate: int


class Named(BaseModel):
    id: UUID
    name: str


class FilmItem(BaseModel):
    id: UUID
    title: str
    original_title: str | None
    type: str
    year: int | None
    release_date: date | None
    rating: float | None
    age_rating: int | None
    access: str
    countries: list[str]
    genres: list[Named]


def filters(
    genre: Several[UUID] = (),
    person: Several[UUID] = (),
    year_from: Year = None,
    year_to: Year = None,
    age_rating: Several[Age] = (),
    type: Several[FilmType] = (),
    access: Several[Access] = (),
    country: Several[Country] = (),
) -> Filters:
    if year_from and year_to and year_from > year_to:
        raise RequestValidationError([BACKWARDS])
    return Filters(
        genre=tuple(genre),
        person=tuple(person),
        year_from=year_from,
        year_to=year_to,
        age_rating=tuple(age_rating),
        type=tuple(type),
        access=tuple(access),
        country=tuple(country),
    )


Filtered = Annotated[Filters, Depends(filters)]


def sort_of(by: SortBy) -> Sort:
    names: dict[str, SortKey] = {
        "rating": "rating",
        "release_date": "release_date",
        "title": "title",
        "popularity": "popularity",
    }
    return Sort(names[by.removeprefix("-")], by.startswith("-"))


def film_items(
    films: Iterable[Film | Listing], asked: Language, catalogue: CatalogueView
) -> list[FilmItem]:
    shown = list(films)
    ids = {id_ for film in shown for id_ in film.genre_ids}
    names = catalogue.genre_names(list(ids))
    return [
        FilmItem(
            id=film.id,
            title=title_in(film, asked),
            original_title=film.title_original,
            type=film.type,
            year=film.release_date.year if film.release_date else None,
            release_date=film.release_date,
            rating=stars(film.rating),
            age_rating=film.age_rating,
            access=film.access,
            countries=list(film.countries),
            genres=[
                Named(id=id_, name=names[id_]) for id_ in film.genre_ids if id_ in names
            ],
        )
        for film in shown
    ]


def stars(tenths: int | None) -> float | None:
    """As people read it: 75 tenths are 7.5."""
    return None if tenths is None else tenths / 10


class FoundFilm(BaseModel):
    id: UUID
    title: str
    original_title: str | None
    type: str | None
    year: int | None
    rating: float | None
    age_rating: int | None
    access: str | None
    genres: list[Named]
    directors: list[Named]


def found_film(document: Document, asked: Language) -> FoundFilm:
    genres = zip(document.genre_ids, document.genres, strict=True)
    people = zip(document.person_ids, document.people, document.roles, strict=True)
    return FoundFilm(
        id=document.id,
        title=title_in(document, asked),
        original_title=document.title_original,
        type=document.type,
        year=document.year,
        rating=stars(document.rating),
        age_rating=document.age_rating,
        access=document.access,
        genres=[Named(id=id_, name=name) for id_, name in genres],
        directors=[
            Named(id=id_, name=name) for id_, name, role in people if role == "director"
        ],
    )
