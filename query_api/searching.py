"""What a search is answered with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from projections.search import Count, Document, Facet, Found, Mark
from query_api.catalogue import FoundFilm, Page, found_film
from query_api.languages import Language, title_in

FIELDS: Mapping[str, Literal["title", "alias", "person", "description"]] = {
    "title_ru": "title",
    "title_en": "title",
    "title_original": "title",
    "aliases": "alias",
    "people": "person",
    "description_ru": "description",
    "description_en": "description",
}


class Highlight(BaseModel):
    """Where one text of the film matches. The text is as it is, nothing is escaped."""

    field: Literal["title", "alias", "person", "description"]
    text: str
    ranges: list[tuple[int, int]] = Field(
        description="From one character up to another, without that one. Characters"
        " are counted in Unicode code points, from 0: in JavaScript, of `[...text]`."
    )


class FilmHit(FoundFilm):
    highlights: list[Highlight]


class FacetCount(BaseModel):
    """How many films there would be with this value, whatever else is filtered by."""

    value: str = Field(description="What to filter by: an id, a year, an age, a word.")
    name: str | None = Field(description="Of a genre or a person.")
    films: int


class SearchPage(Page[FilmHit]):
    facets: dict[Facet, list[FacetCount]]


class SimilarFilms(BaseModel):
    items: list[FoundFilm]


class Suggestion(BaseModel):
    kind: Literal["film", "person", "genre"]
    id: UUID
    title: str


class Suggestions(BaseModel):
    """Films, then people, then genres."""

    items: list[Suggestion]


def search_page(found: Found, following: str | None, asked: Language) -> SearchPage:
    return SearchPage(
        items=[
            film_hit(film, marks, asked)
            for film, marks in zip(found.films, found.marks, strict=True)
        ],
        next_cursor=following,
        total_estimate=found.total,
        facets={facet: counted(counts) for facet, counts in found.facets.items()},
    )


def film_hit(film: Document, marks: Sequence[Mark], asked: Language) -> FilmHit:
    shown = found_film(film, asked)
    return FilmHit(
        **{name: getattr(shown, name) for name in FoundFilm.model_fields},
        highlights=[
            Highlight(field=FIELDS[mark.field], text=mark.text, ranges=[*mark.spans])
            for mark in marks
        ],
    )


def counted(counts: Iterable[Count]) -> list[FacetCount]:
    return [
        FacetCount(value=each.value, name=each.name, films=each.films)
        for each in counts
    ]


def suggestion(document: Document, asked: Language) -> Suggestion:
    if document.kind == "archived":
        raise AssertionError("what is archived is not suggested")
    name = document.name or title_in(document, asked)
    return Suggestion(kind=document.kind, id=document.id, title=name)
