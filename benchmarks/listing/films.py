"""A catalogue to be listed: films as unlike one another as real ones are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from domain.film.values import Window
from domain.kernel.text import folded
from infra.read_models import ReadModels
from projections.films import Film
from projections.genres import Genre
from projections.listings import Listing
from projections.people import Person

T = TypeVar("T")

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"
COUNTRIES: tuple[str, ...] = (
    "US",
    "RU",
    "GB",
    "FR",
    "DE",
    "IT",
    "JP",
    "IN",
    "KR",
    "ES",
    "CA",
    "SU",
)
COUNTRIES += tuple(f"Z{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ACCESS = {"free": 1, "registered": 2, "subscription": 7}
AGES = (0, 6, 12, 16, 18, 18, None)
GENRES = 25
WORDS, PEOPLE = 5_000, 40_000
WINDOWS = (Window(opens=NOW - timedelta(days=60), countries=("RU", "KZ")),)


@dataclass(frozen=True, slots=True)
class Catalogue:
    genres: Sequence[UUID]
    people: Sequence[UUID]
    films: Sequence[UUID]


def favoured(chance: Random, values: Sequence[T], number: int) -> tuple[T, ...]:
    """Without repetition; the first are the most frequent ones."""
    sums = sums_of_weights(len(values))
    return tuple(dict.fromkeys(chance.choices(values, cum_weights=sums, k=number)))


@cache
def sums_of_weights(number: int) -> Sequence[float]:
    """Of so many places: one through each, and of all before it."""
    return [*accumulate(1 / place for place in range(1, number + 1))]


def id_from(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128))


def some_word(chance: Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(3, 9)))


class Studio:
    def __init__(self, seed: int = 7) -> None:
        self.chance = Random(seed)  # noqa: S311
        self.genres = [id_from(self.chance) for _ in range(GENRES)]
        self.people = [id_from(self.chance) for _ in range(PEOPLE)]
        self.words = [some_word(self.chance) for _ in range(WORDS)]

    def film(self) -> Film:
        chance = self.chance
        title = " ".join(chance.choices(self.words, k=chance.randint(1, 4)))
        cast = favoured(chance, self.people, chance.randint(4, 14))
        year = max(1900, 2026 - int(chance.expovariate(1 / 18)))
        day = date(year, chance.randint(1, 12), chance.randint(1, 28))
        stars = max(0, min(100, int(chance.gauss(63, 14))))
        return Film(
            id=id_from(chance),
            title_ru=title.capitalize(),
            title_en=None,
            title_original=title[::-1].capitalize(),
            sort_title=folded(title),
            description_ru=" ".join(chance.choices(self.words, k=60)),
            description_en=None,
            type=chance.choices(("movie", "series"), (8, 2))[0],
            access=chance.choices([*ACCESS], [*ACCESS.values()])[0],
            windows=WINDOWS if chance.random() < 0.1 else (),
            release_date=day if chance.random() < 0.98 else None,
            rating=stars if chance.random() < 0.95 else None,
            age_rating=chance.choice(AGES),
            countries=favoured(chance, COUNTRIES, chance.randint(1, 2)),
            certificate=None,
            media=None,
            genre_ids=favoured(chance, self.genres, chance.randint(1, 4)),
            person_ids=cast,
            roles=("director", "writer", *["actor"] * (len(cast) - 2))[: len(cast)],
            added_at=NOW,
            changed_at=NOW,
            archived_at=NOW if chance.random() < 0.01 else None,
            version=1,
        )

    def listing(self, film: Film) -> Listing:
        score = self.chance.randint(0, 1000) if self.chance.random() < 0.7 else None
        same = {name: getattr(film, name) for name in Listing.__slots__ if name in SAME}
        wanted = film.rating or 0 if score is None else score
        return Listing(**same, score=score, popularity=wanted)

    def named(self, kind: type[Any], ids: Sequence[UUID], **rest: Any) -> Iterator[Any]:
        for id_ in ids:
            name = some_word(self.chance)
            yield kind(
                id=id_, name=name, sort_name=name, added_at=NOW, version=1, **rest
            )


SAME = {*Film.__slots__} & {*Listing.__slots__}


def furnish(models: ReadModels, number: int) -> Catalogue:
    """Fill the empty tables of the catalogue."""
    studio = Studio()
    films = {film.id: film for film in (studio.film() for _ in range(number))}
    rows: dict[str, dict[UUID, Any]] = {
        "films": films,
        "listings": {id_: studio.listing(film) for id_, film in films.items()},
        "genres": by_id(studio.named(Genre, studio.genres, description=None)),
        "people": by_id(studio.named(Person, studio.people, birth_date=None)),
        "collections": {},
    }
    for name, each in rows.items():
        models[name].store.fill(each, 1)
    return Catalogue(studio.genres, studio.people, [*films])


def by_id(rows: Iterator[Any]) -> dict[UUID, Any]:
    return {row.id: row for row in rows}
