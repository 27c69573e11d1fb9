"""Films as lists of them need them: what is shown of one, filtered and sorted by.

A row is narrow, and its order takes in how much a film is wanted, which has a stream
of its own: hence not the film's whole row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, assert_never
from uuid import UUID

from domain.film.events import (
    FilmAccessSet,
    FilmAdded,
    FilmAgeRated,
    FilmArchived,
    FilmAvailabilitySet,
    FilmCountriesNamed,
    FilmRated,
    FilmReleaseDated,
    FilmRestored,
    FilmRetitled,
    FilmTypeCorrected,
    GenreAssigned,
    GenreUnassigned,
)
from domain.film.values import Window
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.popularity.events import PopularityMeasured
from projections.films import titles
from projections.projection import Lookup, Projection
from projections.rows import replace

Fact: TypeAlias = (
    FilmAdded
    | FilmRetitled
    | FilmTypeCorrected
    | FilmAccessSet
    | FilmReleaseDated
    | FilmRated
    | FilmAgeRated
    | FilmCountriesNamed
    | FilmAvailabilitySet
    | GenreAssigned
    | GenreUnassigned
    | FilmArchived
    | FilmRestored
    | PopularityMeasured
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    id: UUID
    title_ru: str | None
    title_en: str | None
    title_original: str | None
    #: What the title is sorted by.
    sort_title: str
    type: str
    access: str
    release_date: date | None
    #: In tenths: 75 is 7.5.
    rating: int | None
    #: How much it is wanted, if that has been measured.
    score: int | None = None
    #: The score, or else the rating.
    popularity: int
    age_rating: int | None
    countries: tuple[str, ...]
    genre_ids: tuple[UUID, ...] = ()
    windows: tuple[Window, ...] = ()
    archived_at: datetime | None = None


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.film_id,)


def evolve(
    row: Listing | None, recorded: Recorded[Fact], _: Mapping[UUID, Listing]
) -> Listing | None:
    event = recorded.payload
    if isinstance(event, FilmAdded):
        return begin(event)
    return row and change(row, event)


def begin(event: FilmAdded) -> Listing:
    return Listing(
        id=event.film_id,
        **titles(event.titles),
        type=event.type,
        access=event.access,
        release_date=event.release_date,
        **wanted(event.rating, None),
        age_rating=event.age_rating,
        countries=event.countries,
    )


def wanted(rating: int | None, score: int | None) -> dict[str, Any]:
    popularity = score if score is not None else rating or 0
    return {"rating": rating, "score": score, "popularity": popularity}


def change(row: Listing, event: Fact) -> Listing:
    match event:
        case FilmRetitled():
            return replace(row, **titles(event.titles))
        case FilmTypeCorrected(type=type_):
            return replace(row, type=type_)
        case FilmAccessSet(access=access):
            return replace(row, access=access)
        case FilmReleaseDated(release_date=day):
            return replace(row, release_date=day)
        case FilmRated(rating=rating):
            return replace(row, **wanted(rating, row.score))
        case PopularityMeasured(score=score):
            return replace(row, **wanted(row.rating, score))
        case FilmAgeRated(age_rating=age_rating):
            return replace(row, age_rating=age_rating)
        case FilmCountriesNamed(countries=countries):
            return replace(row, countries=countries)
        case FilmAvailabilitySet(windows=windows):
            return replace(row, windows=windows)
        case GenreAssigned(genre_id=id_):
            return replace(row, genre_ids=(*row.genre_ids, id_))
        case GenreUnassigned(genre_id=id_):
            left = tuple(genre for genre in row.genre_ids if genre != id_)
            return replace(row, genre_ids=left)
        case FilmArchived(archived_at=at):
            return replace(row, archived_at=at)
        case FilmRestored():
            return replace(row, archived_at=None)
        case FilmAdded():
            return row
        case _:
            assert_never(event)


listings: Projection[UUID, Listing] = Projection(
    name="listings", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
