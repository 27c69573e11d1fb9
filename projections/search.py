"""Search: what is found, what may be asked, and what every engine must answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from projections.projection import Unavailable, View

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
    description_ru: str | None = None
    description_en: str | None = None
    type: str | None = None
    access: str | None = None
    year: int | None = None
    #: In tenths: 75 is 7.5.
    rating: int | None = None
    #: Breaks ties; the higher comes first.
    popularity: int = 0
    age_rating: int | None = None
    countries: tuple[str, ...] = ()
    genre_ids: tuple[UUID, ...] = ()
    genres: tuple[str, ...] = ()
    person_ids: tuple[UUID, ...] = ()
    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of them at once; None lets everything through.

    A film without a year or an age rating passes no bound on it.
    """

    genre: UUID | None = None
    person: UUID | None = None
    year_from: int | None = None
    year_to: int | None = None
    type: str | None = None
    access: str | None = None
    age_rating_max: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    films: Sequence[Document]
    total: int
    #: Where the next page begins, in the engine's own words; None on the last one.
    next: str | None = None


class SearchUnavailable(Unavailable):
    """The search engine cannot be asked now; lists and pages go on without it."""


class BadPlace(Exception):
    """This engine has never given out such a ``next``."""


class SearchView(View, Protocol):
    """Raises ``SearchUnavailable``; whatever the words are, they are only words."""

    def search(
        self, words: str, filters: Filters, limit: int, after: str | None = None
    ) -> Found:
        """Films: exact title before beginning of it, all words, typos, people, text.

        No words: everything, the most popular first. Raises ``BadPlace``.
        """
        ...

    def suggest(self, words: str, limit: int = 10) -> Sequence[Document]:
        """Films, people and genres that begin like this."""
        ...
