"""What search engines are fed with: films, people and genres, a document for each.

A search engine cannot join, so a film's document has the names of its genres and
people in it; renaming one of them touches the documents that have it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, assert_never
from uuid import UUID

from domain.film.events import (
    CreditGiven,
    CreditWithdrawn,
    FilmAccessSet,
    FilmAdded,
    FilmAgeRated,
    FilmAliased,
    FilmArchived,
    FilmAvailabilitySet,
    FilmCertified,
    FilmCountriesNamed,
    FilmDescribed,
    FilmEvent,
    FilmMediaAttached,
    FilmRated,
    FilmReleaseDated,
    FilmRestored,
    FilmRetitled,
    FilmTypeCorrected,
    GenreAssigned,
    GenreUnassigned,
)
from domain.film.series_events import (
    EpisodeAdded,
    EpisodeMediaAttached,
    EpisodeRetitled,
    EpisodeWithdrawn,
    SeasonAdded,
    SeasonWithdrawn,
)
from domain.film.values import Titles
from domain.genre.events import (
    GenreAdded,
    GenreArchived,
    GenreDescribed,
    GenreEvent,
    GenreMerged,
    GenreRenamed,
    GenreRestored,
)
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.person.events import (
    PersonAdded,
    PersonArchived,
    PersonBirthDated,
    PersonEvent,
    PersonMerged,
    PersonRenamed,
    PersonRestored,
)
from domain.popularity.events import PopularityEvent, PopularityMeasured
from projections.projection import Lookup, Projection
from projections.rows import replace
from projections.search import Document
from projections.search_relations import (
    assigned,
    credited,
    genre_renamed,
    keeping_credits,
    keeping_genres,
    person_renamed,
)

Fact: TypeAlias = FilmEvent | GenreEvent | PersonEvent | PopularityEvent


def keys(recorded: Recorded[Fact], lookup: Lookup[UUID]) -> Iterable[UUID]:
    match recorded.payload:
        case CreditGiven(film_id=film, person_id=person):
            return (film, person)
        case GenreAssigned(film_id=film, genre_id=genre):
            return (film, genre)
        case GenreRenamed(genre_id=id_) | GenreArchived(genre_id=id_):
            return (id_, *lookup("genre_ids", id_))
        case PersonRenamed(person_id=id_) | PersonArchived(person_id=id_):
            return (id_, *lookup("person_ids", id_))
        case GenreAdded() | GenreDescribed() | GenreMerged() | GenreRestored() as its:
            return (its.genre_id,)
        case PersonAdded() | PersonBirthDated() | PersonMerged() as its:
            return (its.person_id,)
        case PersonRestored(person_id=id_):
            return (id_,)
        case _ as event:
            return (event.film_id,)


def evolve(
    row: Document | None, recorded: Recorded[Fact], rows: Mapping[UUID, Document]
) -> Document | None:
    match recorded.payload:
        case FilmAdded() as event:
            return begin(event)
        case GenreAdded(genre_id=id_, name=name):
            return Document(id=id_, kind="genre", name=name)
        case PersonAdded(person_id=id_, name=name):
            return Document(id=id_, kind="person", name=name)
        case _ as event:
            return row and change(row, event, rows)


def begin(event: FilmAdded) -> Document:
    return Document(
        id=event.film_id,
        kind="film",
        **titles(event.titles),
        description_ru=event.description.ru,
        description_en=event.description.en,
        type=event.type,
        access=event.access,
        year=event.release_date.year if event.release_date else None,
        rating=event.rating,
        popularity=event.rating or 0,
        age_rating=event.age_rating,
        countries=event.countries,
    )


def titles(titles: Titles) -> dict[str, Any]:
    return {
        "title_ru": titles.ru,
        "title_en": titles.en,
        "title_original": titles.original,
    }


def change(
    row: Document, event: Fact, rows: Mapping[UUID, Document]
) -> Document | None:
    match event:  # Those first of which there are most.
        case CreditGiven(person_id=id_, role=role):
            return credited(row, id_, role, rows) if row.id == event.film_id else row
        case GenreAssigned(genre_id=id_):
            return assigned(row, id_, rows) if row.id == event.film_id else row
        case FilmRetitled():
            return replace(row, **titles(event.titles))
        case FilmDescribed(description=text):
            return replace(row, description_ru=text.ru, description_en=text.en)
        case FilmTypeCorrected(type=type_):
            return replace(row, type=type_)
        case FilmAccessSet(access=access):
            return replace(row, access=access)
        case FilmReleaseDated(release_date=day):
            return replace(row, year=day.year if day else None)
        case FilmRated(rating=rating):
            return rated(row, rating)
        case PopularityMeasured(score=score):
            return replace(row, popularity=score, is_measured=True)
        case FilmAgeRated(age_rating=rating):
            return replace(row, age_rating=rating)
        case FilmCountriesNamed(countries=countries):
            return replace(row, countries=countries)
        case FilmAliased(aliases=aliases):
            return replace(row, aliases=aliases)
        case FilmAvailabilitySet(windows=windows):
            return replace(row, windows=windows)
        case FilmCertified() | FilmMediaAttached():
            return row
        case SeasonAdded() | SeasonWithdrawn() | EpisodeAdded():
            return row
        case EpisodeWithdrawn() | EpisodeRetitled() | EpisodeMediaAttached():
            return row
        case FilmArchived() | GenreMerged() | PersonMerged():
            return replace(row, kind="archived")
        case FilmRestored():
            return replace(row, kind="film")
        case GenreRestored():
            return replace(row, kind="genre")
        case PersonRestored():
            return replace(row, kind="person")
        case GenreUnassigned(genre_id=id_):
            return keeping_genres(row, lambda genre: genre != id_)
        case CreditWithdrawn(person_id=id_, role=role):
            return keeping_credits(row, lambda *credit: credit != (id_, role))
        case GenreRenamed(genre_id=id_, name=name):
            return genre_renamed(row, id_, name)
        case PersonRenamed(person_id=id_, name=name):
            return person_renamed(row, id_, name)
        case GenreArchived(genre_id=id_):
            if row.id == id_:
                return replace(row, kind="archived")
            return keeping_genres(row, lambda genre: genre != id_)
        case PersonArchived(person_id=id_):
            if row.id == id_:
                return replace(row, kind="archived")
            return keeping_credits(row, lambda person, _: person != id_)
        case GenreDescribed() | PersonBirthDated():
            return row
        case FilmAdded() | GenreAdded() | PersonAdded():
            return row
        case _:
            assert_never(event)


def rated(row: Document, rating: int | None) -> Document:
    if row.is_measured:
        return replace(row, rating=rating)
    return replace(row, rating=rating, popularity=rating or 0)


search_documents: Projection[UUID, Document] = Projection(
    name="search", facts=members(Fact), keys=keys, evolve=evolve
)
