"""A small process over films, and what its tests ask of the logs."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.film.commands import RateFilm, RetitleFilm
from domain.film.events import FilmAdded, FilmRated, FilmRetitled
from domain.film.values import Titles
from domain.kernel.messages import Recorded
from domain.kernel.values import FilmId
from infra.bootstrap import System
from infra.eventstore.deliveries import Deliveries, Message
from infra.eventstore.feed import Feed
from processes.process import Process
from tests.examples import NOON, metadata
from tests.examples.catalogue import add

BAD = Titles(en="Bad")
Fact = FilmAdded | FilmRetitled | FilmRated


def react(fact: Any, rated: int) -> list[Any]:
    """A new film is retitled, and what is retitled is rated: three steps."""
    match fact:
        case FilmAdded(film_id=film_id, titles=titles):
            better = replace(titles, ru=f"{titles.en}!")
            return [RetitleFilm(film_id=film_id, titles=better, now=NOON)]
        case FilmRetitled(titles=titles) if titles == BAD:
            raise KeyError("poison")
        case FilmRetitled(film_id=film_id):
            return [RateFilm(film_id=film_id, rating=50 + rated, now=NOON)]
        case _:
            return []


STORY: Process[Any, int, Any] = Process(
    name="checkout",  # Its log is there.
    facts=(FilmAdded, FilmRetitled, FilmRated),
    orders=(RetitleFilm, RateFilm),
    correlate=lambda fact: fact.film_id,
    initial=0,
    react=react,
    evolve=lambda rated, fact: rated + isinstance(fact, FilmRated),
)


def film(number: int) -> FilmId:
    return FilmId(UUID(int=number))


def add_films(system: System, number: int) -> None:
    deliveries = Deliveries(system.cinema)
    commands = [
        add(film_id=film(n), titles=Titles(en=f"Film {n}")) for n in range(number)
    ]
    deliveries.dispatch([Message(c, metadata(n)) for n, c in enumerate(commands)])


def log_of(feed: Feed) -> list[Recorded[Any]]:
    return [*feed.read(0, (), 10_000).facts]


def kinds(system: System) -> Counter[str]:
    return Counter(type(fact.payload).__name__ for fact in log_of(system.log))
