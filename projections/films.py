"""Films as lists and pages show them. Names of genres and people are not copied here:
a view looks them up, so that renaming one of them touches no film.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never
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
from domain.film.series import Episode as Episode
from domain.film.series import Season as Season
from domain.film.series import Seasons, after
from domain.film.series_events import (
    EpisodeAdded,
    EpisodeMediaAttached,
    EpisodeRetitled,
    EpisodeWithdrawn,
    SeasonAdded,
    SeasonWithdrawn,
)
from domain.film.values import Titles as Titles
from domain.film.values import Window
from domain.kernel.messages import Recorded
from domain.kernel.text import folded
from domain.kernel.unions import members
from projections.projection import Lookup, Projection
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """``person_ids`` and ``roles`` go together: the n-th person has the n-th role."""

    id: UUID
    title_ru: str | None
    title_en: str | None
    title_original: str | None
    #: What the title is sorted by.
    sort_title: str
    #: What it is also known as.
    aliases: tuple[str, ...] = ()
    description_ru: str | None
    description_en: str | None
    type: str
    access: str
    #: Of these a subscription has to be, if there are any.
    plans: tuple[UUID, ...] = ()
    #: When and where it is shown: always and everywhere if there are none.
    windows: tuple[Window, ...] = ()
    #: Of a series, in order, with their episodes.
    seasons: Seasons = ()
    release_date: date | None
    #: In tenths: 75 is 7.5.
    rating: int | None
    age_rating: int | None
    countries: tuple[str, ...]
    certificate: str | None
    media: str | None
    genre_ids: tuple[UUID, ...] = ()
    person_ids: tuple[UUID, ...] = ()
    roles: tuple[str, ...] = ()
    added_at: datetime
    changed_at: datetime
    archived_at: datetime | None = None
    #: Of the film's stream: what an editor sends as If-Match.
    version: int


def keys(recorded: Recorded[FilmEvent], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.film_id,)


def evolve(
    row: Film | None, recorded: Recorded[FilmEvent], _: Mapping[UUID, Film]
) -> Film | None:
    event = recorded.payload
    if isinstance(event, FilmAdded):
        return begin(event, recorded.originator_version)
    if row is None:
        return None
    return change(row, event, recorded.originator_version)


def begin(event: FilmAdded, version: int) -> Film:
    return Film(
        id=event.film_id,
        **titles(event.titles),
        description_ru=event.description.ru,
        description_en=event.description.en,
        type=event.type,
        access=event.access,
        release_date=event.release_date,
        rating=event.rating,
        age_rating=event.age_rating,
        countries=event.countries,
        certificate=event.certificate,
        media=event.media,
        added_at=event.added_at,
        changed_at=event.added_at,
        version=version,
    )


def titles(titles: Titles) -> dict[str, Any]:
    return {
        "title_ru": titles.ru,
        "title_en": titles.en,
        "title_original": titles.original,
        "sort_title": folded(titles.ru or titles.en or titles.original or ""),
    }


def change(row: Film, event: FilmEvent, version: int) -> Film:
    def changed(at: datetime, **fields: Any) -> Film:
        return replace(row, changed_at=at, version=version, **fields)

    match event:
        case FilmRetitled(retitled_at=at):
            return changed(at, **titles(event.titles))
        case FilmDescribed(description=text, described_at=at):
            return changed(at, description_ru=text.ru, description_en=text.en)
        case FilmTypeCorrected(type=type_, corrected_at=at):
            return changed(at, type=type_)
        case FilmAccessSet(access=access, plans=plans, set_at=at):
            return changed(at, access=access, plans=plans)
        case FilmReleaseDated(release_date=day, dated_at=at):
            return changed(at, release_date=day)
        case FilmRated(rating=rating, rated_at=at):
            return changed(at, rating=rating)
        case FilmAgeRated(age_rating=rating, age_rated_at=at):
            return changed(at, age_rating=rating)
        case FilmCountriesNamed(countries=countries, named_at=at):
            return changed(at, countries=countries)
        case FilmCertified(certificate=certificate, certified_at=at):
            return changed(at, certificate=certificate)
        case FilmMediaAttached(media=media, attached_at=at):
            return changed(at, media=media)
        case GenreAssigned(genre_id=id_, assigned_at=at):
            return changed(at, genre_ids=(*row.genre_ids, id_))
        case GenreUnassigned(genre_id=id_, unassigned_at=at):
            left = tuple(genre for genre in row.genre_ids if genre != id_)
            return changed(at, genre_ids=left)
        case CreditGiven(given_at=at):
            return changed(at, **credits_with(row, event))
        case CreditWithdrawn(withdrawn_at=at):
            return changed(at, **credits_without(row, event))
        case FilmArchived(archived_at=at):
            return changed(at, archived_at=at)
        case FilmRestored(restored_at=at):
            return changed(at, archived_at=None)
        case FilmAliased(aliases=aliases, aliased_at=at):
            return changed(at, aliases=aliases)
        case FilmAvailabilitySet(windows=windows, set_at=at):
            return changed(at, windows=windows)
        case SeasonAdded(added_at=at) | EpisodeAdded(added_at=at):
            return changed(at, seasons=after(row.seasons, event))
        case SeasonWithdrawn(withdrawn_at=at) | EpisodeWithdrawn(withdrawn_at=at):
            return changed(at, seasons=after(row.seasons, event))
        case EpisodeRetitled(retitled_at=at) | EpisodeMediaAttached(attached_at=at):
            return changed(at, seasons=after(row.seasons, event))
        case FilmAdded():
            return row
        case _:
            assert_never(event)


def credits_with(row: Film, event: CreditGiven) -> dict[str, Any]:
    return {
        "person_ids": (*row.person_ids, event.person_id),
        "roles": (*row.roles, event.role),
    }


def credits_without(row: Film, event: CreditWithdrawn) -> dict[str, Any]:
    gone = (event.person_id, event.role)
    pairs = zip(row.person_ids, row.roles, strict=True)
    left = [pair for pair in pairs if pair != gone]
    return {
        "person_ids": tuple(person for person, _ in left),
        "roles": tuple(role for _, role in left),
    }


films: Projection[UUID, Film] = Projection(
    name="films", facts=members(FilmEvent), keys=keys, evolve=evolve, locality="stream"
)
