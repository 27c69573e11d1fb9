"""A catalogue to begin with: some seventy well-known films, facts about them only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from domain.film.commands import AddFilm, AssignGenre, GiveCredit
from domain.film.decider import film as film_decider
from domain.film.values import Access, AgeRating, Description, FilmType, Role, Titles
from domain.genre.commands import AddGenre
from domain.genre.decider import genre as genre_decider
from domain.kernel.decider import Decider
from domain.kernel.messages import Metadata
from domain.kernel.values import FilmId, GenreId, PersonId
from domain.person.commands import AddPerson
from domain.person.decider import person as person_decider
from infra.bootstrap import System
from infra.eventstore.bulk import Bulk, Order

DEMO: Final = UUID("0d1f6f0e-3b0c-5a53-8f0a-9c1f3c6f2b77")
ACTOR: Final = "first start"


class Film(msgspec.Struct, frozen=True):
    slug: str
    ru: str
    en: str
    original: str
    released: date
    countries: tuple[str, ...]
    type: FilmType
    age: AgeRating
    access: Access
    rating: float
    genres: tuple[str, ...]
    directors: tuple[str, ...]
    writers: tuple[str, ...]
    actors: tuple[str, ...]
    about: Mapping[str, str]


class Catalogue(msgspec.Struct, frozen=True):
    genres: Mapping[str, str]
    films: Sequence[Film]


def read_catalogue() -> Catalogue:
    raw = (files("infra.demo") / "catalogue.json").read_bytes()
    return msgspec.json.decode(raw, type=Catalogue)


def seed_catalogue(system: System, say: Callable[[str], None]) -> None:
    """Asked again, it changes nothing: ids follow from names, and what is there stays.

    Raises the refusal if something cannot be added.
    """
    catalogue, bulk, now = read_catalogue(), Bulk(system.cinema), system.clock()
    names = {name: None for film in catalogue.films for _, name in credits_of(film)}
    steps = (
        [genre_order(code, name, now) for code, name in catalogue.genres.items()],
        [person_order(name, now) for name in names],
        [film_order(film, now) for film in catalogue.films],
    )
    for orders in steps:
        for outcome in bulk.send(orders):
            if outcome.refusal is not None:
                raise outcome.refusal
    say(f"{len(catalogue.films)} films are in the demo catalogue.")


def genre_order(code: str, name: str, now: datetime) -> Order:
    id_ = genre_id(code)
    return order(genre_decider, id_, [AddGenre(genre_id=id_, name=name, now=now)])


def person_order(name: str, now: datetime) -> Order:
    id_ = person_id(name)
    return order(person_decider, id_, [AddPerson(person_id=id_, name=name, now=now)])


def film_order(film: Film, now: datetime) -> Order:
    id_ = FilmId(uuid5(DEMO, f"film {film.slug}"))
    added = AddFilm(
        film_id=id_,
        titles=Titles(ru=film.ru, en=film.en, original=film.original),
        type=film.type,
        access=film.access,
        description=Description(**film.about),
        release_date=film.released,
        rating=round(film.rating * 10),
        age_rating=film.age,
        countries=film.countries,
        now=now,
    )
    genres = [
        AssignGenre(film_id=id_, genre_id=genre_id(code), now=now)
        for code in film.genres
    ]
    credits = [
        GiveCredit(film_id=id_, person_id=person_id(name), role=role, now=now)
        for role, name in credits_of(film)
    ]
    return order(film_decider, id_, [added, *genres, *credits])


def order(
    decider: Decider[Any, Any, Any], id_: UUID, commands: Sequence[object]
) -> Order:
    """To begin its stream; a stream that has begun is left alone."""
    return Order(
        stream=f"{decider.category}-{id_}",
        decider=decider,
        plan=lambda history: () if history else commands,
        metadata=lambda _: Metadata.root(uuid5(id_, "add"), ACTOR),
    )


def credits_of(film: Film) -> list[tuple[Role, str]]:
    return [
        *(("director", name) for name in film.directors),
        *(("writer", name) for name in film.writers),
        *(("actor", name) for name in film.actors if name),
    ]


def genre_id(code: str) -> GenreId:
    return GenreId(uuid5(DEMO, f"genre {code}"))


def person_id(name: str) -> PersonId:
    return PersonId(uuid5(DEMO, f"person {name}"))
