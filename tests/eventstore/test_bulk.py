"""Many streams in one append: what is decided together, and who was faster."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

import pytest

from domain.film.commands import AddFilm, RetitleFilm
from domain.film.decider import film
from domain.film.values import Titles
from domain.genre.commands import AddGenre
from domain.genre.decider import GenreNameTaken, genre
from domain.kernel.errors import DomainError, TooMuchContention
from domain.kernel.values import FilmId, GenreId
from infra.bootstrap import System
from infra.eventstore.bulk import Bulk, Decisions, Order
from infra.eventstore.cinema import ATTEMPTS
from infra.eventstore.following import stored
from tests.examples import NOON, metadata
from tests.examples import catalogue as its


def genre_order(number: int, name: str) -> Order:
    id_ = GenreId(UUID(int=number))
    command = AddGenre(genre_id=id_, name=name, now=NOON)
    return Order(
        f"genre-{id_}",
        genre,
        lambda history: () if history else [command],
        lambda version: metadata(1_000 * number + version),
    )


def film_order(number: int, title: str) -> Order:
    """A film that is there is retitled."""
    id_, titles = FilmId(UUID(int=number)), Titles(original=title)
    added = AddFilm(film_id=id_, titles=titles, type="movie", access="free", now=NOON)
    retitled = RetitleFilm(film_id=id_, titles=titles, now=NOON)
    return Order(
        f"film-{id_}",
        film,
        lambda history: [retitled if history else added],
        lambda version: metadata(1_000 * number + version),
    )


class Interrupted(Bulk):
    """Somebody else is faster, so many times."""

    def __init__(self, system: System, meddle: Callable[[int], object], times: int):
        super().__init__(system.cinema)
        self.meddle = meddle
        self.times = times

    def record(self, decisions: Decisions) -> Decisions:
        if self.times:
            self.meddle(self.times)
            self.times -= 1
        return super().record(decisions)


def refusals(bulk: Bulk, *orders: Order) -> list[type[DomainError] | None]:
    return [
        type(outcome.refusal) if outcome.refusal else None
        for outcome in bulk.send(orders)
    ]


def titles(system: System, number: int) -> list[str | None]:
    facts = system.cinema.stream(f"film-{UUID(int=number)}")
    return [fact.payload.titles.original for fact in facts]


def test_facts_are_stored_as_those_of_a_single_command(system: System) -> None:
    cause, stream = metadata(5), f"film-{its.FILM}"
    placed = [(stream, 3, its.added()), (stream, 4, its.retitled())]
    facts = system.cinema.facts(placed, cause)
    expected = [system.cinema.mapper.to_stored_event(fact) for fact in facts]
    assert stored(placed, cause, facts[0].recorded_at) == expected


def test_whoever_is_overtaken_decides_again_and_nobody_else(system: System) -> None:
    def retitle(number: int) -> None:
        faster = film_order(1, f"Faster {number}")
        Bulk(system.cinema).send([faster])

    bulk = Interrupted(system, retitle, times=2)
    assert refusals(bulk, film_order(1, "One"), film_order(2, "Two")) == [None, None]
    assert titles(system, 1) == ["Faster 2", "Faster 1", "One"]
    assert titles(system, 2) == ["Two"]


def test_a_stream_that_others_never_leave_alone_is_left_out(system: System) -> None:
    def retitle(number: int) -> None:
        Bulk(system.cinema).send([film_order(1, f"Faster {number}")])

    bulk = Interrupted(system, retitle, times=ATTEMPTS)
    found = refusals(bulk, film_order(1, "One"), film_order(2, "Two"))
    assert found == [TooMuchContention, None]
    assert "One" not in titles(system, 1)
    assert titles(system, 2) == ["Two"]


def test_a_batch_is_recorded_while_the_next_is_decided_on(system: System) -> None:
    bulk = Interrupted(
        system, lambda _: Bulk(system.cinema).send([film_order(3, "Faster")]), times=1
    )
    numbers = range(1, 8)
    batches = [[film_order(n, f"Film {n}"), film_order(-n % 100, "x")] for n in numbers]
    outcomes = [outcome for some in bulk.send_all(batches) for outcome in some]
    assert [outcome.order.stream for outcome in outcomes] == [
        order.stream for batch in batches for order in batch
    ]
    assert titles(system, 3) == ["Faster", "Film 3"]
    assert all(titles(system, n)[-1] == f"Film {n}" for n in numbers)


def test_one_of_two_that_want_a_name_is_refused(system: System) -> None:
    bulk = Bulk(system.cinema)
    assert refusals(bulk, genre_order(1, "Drama"), genre_order(2, "drama")) == [
        None,
        GenreNameTaken,
    ]
    assert refusals(bulk, genre_order(3, "DRAMA")) == [GenreNameTaken]


def test_who_was_refused_for_a_name_that_then_was_free_has_it(system: System) -> None:
    """The first of two was overtaken: it is there already, under another name."""

    def add_first(_: int) -> None:
        Bulk(system.cinema).send([genre_order(1, "Comedy")])

    bulk = Interrupted(system, add_first, times=1)
    orders = genre_order(1, "Drama"), genre_order(2, "drama")
    assert refusals(bulk, *orders) == [None, None]
    assert len(system.cinema.stream(f"genre-{UUID(int=1)}")) == 1


def test_a_rehearsal_records_nothing_and_remembers_names(system: System) -> None:
    bulk = Bulk(system.cinema, is_rehearsal=True)
    assert refusals(bulk, genre_order(1, "Drama")) == [None]
    assert refusals(bulk, genre_order(2, "drama")) == [GenreNameTaken]
    assert system.log.head() == 0


def test_a_batch_asks_for_its_streams_and_for_its_names_once(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    select = system.cinema.records.select_streams

    def counted(streams: Collection[str]) -> Sequence[Any]:
        asked.append(len(streams))
        return select(streams)

    monkeypatch.setattr(system.cinema.records, "select_streams", counted)
    names = ("Drama", "Comedy", "War", "Western")
    Bulk(system.cinema).send([genre_order(n, name) for n, name in enumerate(names, 1)])
    assert asked == [4, 4]
