"""Search: what is found, what may be asked, and what every engine must answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias, get_args
from uuid import UUID

from domain.film.values import Window
from projections.projection import Unavailable, View
from projections.visibility import Viewer

#: What is archived is found by nothing, and may come back.
Kind: TypeAlias = Literal["film", "person", "genre", "archived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """``name`` is a person's or a genre's. What goes together has the same length:
    ``genre_ids`` and ``genres``; ``person_ids``, ``people`` and ``roles``.
    """

    id: UUID
    kind: Kind
    name: str | None = None
    title_ru: str | None = None
    title_en: str | None = None
    title_original: str | None = None
    #: What a film is also known as.
    aliases: tuple[str, ...] = ()
    description_ru: str | None = None
    description_en: str | None = None
    type: str | None = None
    access: str | None = None
    year: int | None = None
    #: In tenths: 75 is 7.5.
    rating: int | None = None
    #: Breaks ties; the higher comes first. The rating, until it has been measured.
    popularity: int = 0
    is_measured: bool = False
    age_rating: int | None = None
    #: When and where it is shown: always and everywhere if there are none.
    windows: tuple[Window, ...] = ()
    countries: tuple[str, ...] = ()
    genre_ids: tuple[UUID, ...] = ()
    genres: tuple[str, ...] = ()
    person_ids: tuple[UUID, ...] = ()
    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of them at once, each by any of its values; none lets everything through.

    A film without a year or an age rating passes no bound on it.
    """

    genre: tuple[UUID, ...] = ()
    person: tuple[UUID, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    age_rating: tuple[int, ...] = ()
    type: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    age_rating_max: int | None = None
    country: tuple[str, ...] = ()


#: What can be counted beside the films that are found.
Facet: TypeAlias = Literal[
    "genre", "year", "type", "access", "age_rating", "country", "person"
]
FACETS: tuple[Facet, ...] = get_args(Facet)
#: Of genres, countries and people there may be many; those with most films are counted.
MOST_COUNTED = 50


@dataclass(frozen=True, slots=True)
class Count:
    """``value`` as it is filtered by: an id, a year, an age, a word of ours."""

    value: str
    films: int
    #: Of a genre or a person.
    name: str | None = None


#: Those with most films first, and then by value.
Counts: TypeAlias = Mapping[Facet, Sequence[Count]]
#: From this character on, and up to that one, without it. Characters are code points.
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in one text of a film words are that were looked for."""

    #: The document's field.
    field: str
    text: str
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Found:
    films: Sequence[Document]
    total: int
    #: Where the next page begins, in the engine's own words; None on the last one.
    next: str | None = None
    #: For each film, where it matched.
    marks: Sequence[Sequence[Mark]] = ()
    facets: Counts = field(default_factory=dict)


class SearchUnavailable(Unavailable):
    """The search engine cannot be asked now; lists and pages go on without it."""


class BadPlace(Exception):
    """This engine has never given out such a ``next``."""


class SearchView(View, Protocol):
    """Raises ``SearchUnavailable``; whatever the words are, they are only words.

    No film is in any answer, or counted in one, that this viewer may not be shown.
    """

    def search(
        self,
        words: str,
        filters: Filters,
        viewer: Viewer,
        limit: int,
        after: str | None = None,
        facets: Sequence[Facet] = (),
    ) -> Found:
        """Films: exact title before beginning of it, all words, typos, people, text.

        No words: everything, the most popular first. What is equal is in the order of
        popularity and then of the id. A facet counts what would be found if it were
        not filtered by. Raises ``BadPlace``.
        """
        ...

    def suggest(
        self, words: str, viewer: Viewer, limit: int = 10
    ) -> Sequence[Document]:
        """Films, people and genres that begin like this, in this order."""
        ...

    def similar(
        self, film_id: UUID, viewer: Viewer, limit: int
    ) -> Sequence[Document] | None:
        """The most similar first; None if there is no such film for this viewer."""
        ...
