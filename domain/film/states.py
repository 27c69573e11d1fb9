"""What a film is at a moment, and how its facts change that."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from domain.film.events import (
    CreditGiven,
    CreditWithdrawn,
    FilmAccessSet,
    FilmAdded,
    FilmAgeRated,
    FilmArchived,
    FilmCertified,
    FilmCountriesNamed,
    FilmDescribed,
    FilmEvent,
    FilmMediaAttached,
    FilmRated,
    FilmReleaseDated,
    FilmRetitled,
    FilmTypeCorrected,
    GenreAssigned,
    GenreUnassigned,
)
from domain.film.values import (
    UNDESCRIBED,
    Access,
    AgeRating,
    Description,
    FilmType,
    Role,
    Titles,
)
from domain.kernel.values import GenreId, PersonId

Credit: TypeAlias = tuple[PersonId, Role]


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    titles: Titles
    type: FilmType
    access: Access
    description: Description = UNDESCRIBED
    release_date: date | None = None
    rating: int | None = None
    age_rating: AgeRating | None = None
    countries: tuple[str, ...] = ()
    certificate: str | None = None
    media: str | None = None
    genres: frozenset[GenreId] = frozenset()
    credits: frozenset[Credit] = frozenset()


@dataclass(frozen=True, slots=True)
class Archived: ...


Film: TypeAlias = Absent | Listed | Archived


def evolve(state: Film, event: FilmEvent) -> Film:
    match event:
        case FilmAdded():
            return begin(event)
        case FilmArchived():
            return Archived()
        case _:
            return change(state, event) if isinstance(state, Listed) else state


def begin(event: FilmAdded) -> Listed:
    return Listed(
        titles=event.titles,
        type=event.type,
        access=event.access,
        description=event.description,
        release_date=event.release_date,
        rating=event.rating,
        age_rating=event.age_rating,
        countries=event.countries,
        certificate=event.certificate,
        media=event.media,
    )


def change(film: Listed, event: FilmEvent) -> Film:
    match event:
        case FilmRetitled(titles=titles):
            return replace(film, titles=titles)
        case FilmDescribed(description=description):
            return replace(film, description=description)
        case FilmTypeCorrected(type=type_):
            return replace(film, type=type_)
        case FilmAccessSet(access=access):
            return replace(film, access=access)
        case FilmReleaseDated(release_date=release_date):
            return replace(film, release_date=release_date)
        case FilmRated(rating=rating):
            return replace(film, rating=rating)
        case FilmAgeRated(age_rating=age_rating):
            return replace(film, age_rating=age_rating)
        case FilmCountriesNamed(countries=countries):
            return replace(film, countries=countries)
        case FilmCertified(certificate=certificate):
            return replace(film, certificate=certificate)
        case FilmMediaAttached(media=media):
            return replace(film, media=media)
        case GenreAssigned(genre_id=genre):
            return replace(film, genres=film.genres | {genre})
        case GenreUnassigned(genre_id=genre):
            return replace(film, genres=film.genres - {genre})
        case CreditGiven(person_id=person, role=role):
            return replace(film, credits=film.credits | {(person, role)})
        case CreditWithdrawn(person_id=person, role=role):
            return replace(film, credits=film.credits - {(person, role)})
        case FilmAdded() | FilmArchived():
            return film
        case _:
            assert_never(event)
