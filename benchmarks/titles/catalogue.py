"""A catalogue of any size: the known films, and made-up ones that compete with them.

What is made up shares its words with known titles, or goes on where they end (sequels),
and is never called like one. The known are popular, as they are in life, but a quarter
of the others is no less so. The same each time.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Literal, TypeAlias, get_args
from uuid import UUID, uuid5

from benchmarks.titles import Film, known_films
from benchmarks.titles.words import (
    ADJECTIVES,
    FIRST_NAMES,
    GENRES,
    LAST_NAMES,
    NOUNS,
    Noun,
)
from infra.search.words import whole
from projections.search import Document

SEED = 1895
SIZE = 36_000
NAMESPACE = UUID(int=SEED)
COUNTRIES = ("RU", "SU", "US", "GB", "FR", "DE", "IT", "ES", "JP", "KR", "IN")
LEAST_POPULAR_KNOWN, MOST_POPULAR = 400, 1_000

Pair: TypeAlias = tuple[str, str]
Access: TypeAlias = Literal["free", "registered", "subscription"]


def catalogue(size: int = SIZE) -> list[Document]:
    """The known films first, in the order of their list."""
    random = Random(SEED)  # noqa: S311 (the same each time)
    known = known_films()[:size]
    films = [*known, *made_up(size - len(known), random)]
    return [
        document(number, film, number < len(known), random)
        for number, film in enumerate(films)
    ]


def made_up(number: int, random: Random) -> Iterator[Film]:
    taken = {whole(title) for film in known_films() for title in film.titles}
    writer = Screenwriter(random)
    while number:
        film = writer.film()
        names = {whole(title) for title in film.titles}
        if names & taken:
            continue
        taken |= names
        number -= 1
        yield film


class Screenwriter:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.plots: dict[Callable[[], Pair], int] = {
            self.sequel: 1,
            self.continuation: 1,
            self.described: 2,
            self.belonging: 4,
            self.couple: 3,
            self.full: 9,
        }

    def film(self) -> Film:
        [plot] = self.random.choices([*self.plots], [*self.plots.values()])
        ru, en = (capital(title) for title in plot())
        country = self.random.choice(COUNTRIES)
        return Film(
            ru=ru,
            en=en,
            original=ru if country in ("RU", "SU") else en,
            year=self.random.randint(1930, 2025),
            country=country,
            directors=(self.name(),),
        )

    def sequel(self) -> Pair:
        film, number = self.random.choice(known_films()), self.random.randint(2, 9)
        return f"{film.ru} {number}", f"{film.en} {number}"

    def continuation(self) -> Pair:
        film = self.random.choice(known_films())
        ru, en = self.described()
        return f"{film.ru}: {capital(ru)}", f"{film.en}: {capital(en)}"

    def described(self, noun: Noun | None = None) -> Pair:
        noun = noun or self.random.choice(NOUNS)
        adjective = self.random.choice(ADJECTIVES)
        ru = f"{adjective.agreeing(noun.gender)} {noun.ru}"
        return ru, f"the {adjective.en} {noun.en}"

    def belonging(self) -> Pair:
        one, other = self.random.sample(NOUNS, 2)
        return f"{one.ru} {other.genitive}", f"{one.en} of the {other.en}"

    def couple(self) -> Pair:
        one, other = self.random.sample(NOUNS, 2)
        return f"{one.ru} и {other.ru}", f"{one.en} and {other.en}"

    def full(self) -> Pair:
        one, other = self.random.sample(NOUNS, 2)
        ru, en = self.described(one)
        return f"{ru} {other.genitive}", f"{en} of the {other.en}"

    def name(self) -> str:
        return f"{self.random.choice(FIRST_NAMES)} {self.random.choice(LAST_NAMES)}"


def capital(title: str) -> str:
    return title[0].upper() + title[1:]


def document(number: int, film: Film, is_known: bool, random: Random) -> Document:
    writer = Screenwriter(random)
    popularity = int(MOST_POPULAR * random.random() ** 3)
    if is_known:
        popularity = random.randint(LEAST_POPULAR_KNOWN, MOST_POPULAR)
    people = (*film.directors, *(writer.name() for _ in range(3)))
    genres = tuple(random.sample(GENRES, 2))
    described = writer.full()
    return Document(
        id=id_of("film", str(number)),
        kind="film",
        title_ru=film.ru,
        title_en=film.en,
        title_original=film.original,
        description_ru=f"История о том, чего хочет {described[0]}.",
        description_en=f"A story of what {described[1]} wants.",
        type="movie",
        access=random.choice(get_args(Access)),
        year=film.year,
        rating=random.randint(40, 95),
        popularity=popularity,
        age_rating=random.choice((0, 6, 12, 16, 18)),
        countries=(film.country,),
        genre_ids=tuple(id_of("genre", name) for name in genres),
        genres=genres,
        person_ids=tuple(id_of("person", name) for name in people),
        people=people,
        roles=(*("director" for _ in film.directors), "actor", "actor", "writer"),
    )


def id_of(kind: str, name: str) -> UUID:
    return uuid5(NAMESPACE, f"{kind} {name}")
