"""What a catalogue's view must answer, said in the plainest way: by looking at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

from domain.film.values import Window
from domain.kernel.text import folded
from projections.catalogue import Sort
from projections.films import Film
from projections.listings import Listing
from projections.search import Filters
from projections.visibility import Viewer, is_visible
from tests.examples import NOON

GENRES = [UUID(int=number) for number in range(1, 5)]
PEOPLE = [UUID(int=number) for number in range(11, 15)]
COUNTRIES = ("RU", "SU", "IT")
ROLES = ("actor", "director")
HOUR = timedelta(hours=1)


@dataclass
class Model:
    films: dict[UUID, Film] = field(default_factory=dict)
    listings: dict[UUID, Listing] = field(default_factory=dict)

    def found(
        self, filters: Filters, viewer: Viewer, sort: Sort, role: str | None = None
    ) -> list[UUID]:
        passing = [
            row
            for row in self.listings.values()
            if row.archived_at is None
            and is_visible(row, viewer)
            and passes(row, filters)
            and credits_any(self.films[row.id], filters.person, role)
        ]
        return [row.id for row in ordered(passing, sort)]


def passes(row: Listing, filters: Filters) -> bool:
    return all(conditions(row, filters))


def conditions(row: Listing, filters: Filters) -> Iterator[bool]:
    yield not filters.genre or bool({*filters.genre} & {*row.genre_ids})
    yield not filters.country or bool({*filters.country} & {*row.countries})
    yield not filters.type or row.type in filters.type
    yield not filters.access or row.access in filters.access
    yield not filters.age_rating or row.age_rating in filters.age_rating
    if filters.age_rating_max is not None:
        age = row.age_rating
        yield age is not None and age <= filters.age_rating_max
    year = row.release_date.year if row.release_date else None
    if filters.year_from is not None:
        yield year is not None and year >= filters.year_from
    if filters.year_to is not None:
        yield year is not None and year <= filters.year_to


def credits_any(film: Film, people: Sequence[UUID], role: str | None) -> bool:
    pairs = zip(film.person_ids, film.roles, strict=True)
    return not people or any(
        person in people and role in (None, given) for person, given in pairs
    )


def ordered(rows: list[Listing], sort: Sort) -> list[Listing]:
    column = "sort_title" if sort.by == "title" else sort.by
    valued = [row for row in rows if getattr(row, column) is not None]
    others = [row for row in rows if getattr(row, column) is None]
    valued.sort(key=lambda row: (getattr(row, column), row.id), reverse=sort.descending)
    others.sort(key=lambda row: row.id, reverse=sort.descending)
    return valued + others


def some_films(number: int, seed: int = 1) -> Model:
    """Alike in many things, so that there are ties and gaps everywhere."""
    chance, model = Random(seed), Model()  # noqa: S311
    for _ in range(number):
        film = some_film(chance)
        model.films[film.id] = film
        model.listings[film.id] = listed(film, chance)
    return model


def some_film(chance: Random) -> Film:
    title = chance.choice(("Ёлки", "Elki", "Сталкер", "Solaris"))
    credits = chance.sample([*product(PEOPLE, ROLES)], chance.randint(0, 3))
    return Film(
        id=UUID(int=chance.getrandbits(128)),
        title_ru=title,
        title_en=None,
        title_original=None,
        sort_title=folded(title),
        description_ru=None,
        description_en=None,
        type=chance.choice(("movie", "series")),
        access=chance.choice(("free", "registered", "subscription")),
        windows=chance.choice(((), (), some_windows(chance))),
        release_date=chance.choice((None, date(1970, 1, 1), some_day(chance))),
        rating=chance.choice((None, 0, 50, 100)),
        age_rating=chance.choice((None, 0, 12, 18)),
        countries=tuple(chance.sample(COUNTRIES, chance.randint(0, 2))),
        certificate=None,
        media=None,
        genre_ids=tuple(chance.sample(GENRES, chance.randint(0, 2))),
        person_ids=tuple(person for person, _ in credits),
        roles=tuple(role for _, role in credits),
        added_at=NOON,
        changed_at=NOON,
        archived_at=chance.choice((None, None, None, NOON)),
        version=1,
    )


def some_day(chance: Random) -> date:
    return date(chance.randint(1968, 1973), chance.choice((1, 12)), 31)


def some_windows(chance: Random) -> tuple[Window, ...]:
    bounds = (None, NOON - HOUR, NOON, NOON + HOUR)
    return tuple(
        Window(
            opens=chance.choice(bounds),
            closes=chance.choice(bounds),
            countries=tuple(chance.sample(COUNTRIES, chance.randint(0, 2))),
        )
        for _ in range(chance.randint(1, 2))
    )


def listed(film: Film, chance: Random) -> Listing:
    same: dict[str, Any] = {
        name: getattr(film, name)
        for name in Listing.__slots__
        if name not in ("score", "popularity")
    }
    score = chance.choice((None, 0, 500))
    popularity = film.rating or 0 if score is None else score
    return Listing(**same, score=score, popularity=popularity)
