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
from domain.film.series import Seasons, after
from domain.film.series_events import (
    EpisodeAdded,
    EpisodeMediaAttached,
    EpisodeRetitled,
    EpisodeWithdrawn,
    SeasonAdded,
    SeasonWithdrawn,
)
from domain.film.values import (
    UNDESCRIBED,
    Access,
    AgeRating,
    Credit,
    Description,
    FilmType,
    Titles,
    Window,
)
from domain.kernel.values import GenreId, PlanId


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
    plans: tuple[PlanId, ...] = ()
    aliases: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    seasons: Seasons = ()


@dataclass(frozen=True, slots=True)
class Archived:
    """What it was, and will be again if it is restored."""

    film: Listed


Film: TypeAlias = Absent | Listed | Archived


def evolve(state: Film, event: FilmEvent) -> Film:
    match event:
        case FilmAdded():
            return begin(event)
        case FilmArchived():
            return Archived(state) if isinstance(state, Listed) else state
        case FilmRestored():
            return state.film if isinstance(state, Archived) else state
        case _:
            return touch(state, event)


def touch(state: Film, event: FilmEvent) -> Film:
    match state:
        case Absent():
            return state
        case Listed():
            return change(state, event)
        case Archived(film):
            return Archived(change(film, event))
        case _:
            assert_never(state)


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


def change(film: Listed, event: FilmEvent) -> Listed:
    match event:
        case FilmRetitled(titles=titles):
            return replace(film, titles=titles)
        case FilmDescribed(description=description):
            return replace(film, description=description)
        case FilmTypeCorrected(type=type_):
            return replace(film, type=type_)
        case FilmAccessSet(access=access, plans=plans):
            return replace(film, access=access, plans=plans)
        case FilmAliased(aliases=aliases):
            return replace(film, aliases=aliases)
        case FilmAvailabilitySet(windows=windows):
            return replace(film, windows=windows)
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
        case SeasonAdded() | SeasonWithdrawn() | EpisodeAdded() | EpisodeRetitled():
            return replace(film, seasons=after(film.seasons, event))
        case EpisodeMediaAttached() | EpisodeWithdrawn():
            return replace(film, seasons=after(film.seasons, event))
        case FilmAdded() | FilmArchived() | FilmRestored():
            return film
        case _:
            assert_never(event)
