"""Films follow, whatever comes in between."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from domain.genre.commands import ArchiveGenre, RestoreGenre
from infra.eventstore.deliveries import Answer, Deliveries, Message
from infra.eventstore.runner import drain
from infra.merging import SECONDS
from infra.postgres.linked_films import PostgresLinkedFilms
from tests.examples import NOON
from tests.merging.catalogue import Catalogue

NUMBERS = st.integers(0, 3)


class Killed(Exception):
    """The process is gone."""


class Mortal(Deliveries):
    """Delivers so many times, and the last time nobody hears the answer."""

    lives = 1

    def dispatch(self, messages: Sequence[Message]) -> Sequence[Answer]:
        super().dispatch(messages)
        raise Killed


def test_nobody_is_forgotten_because_a_read_model_lags(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    first = catalogue.film(gone)
    catalogue.project("films")
    second = catalogue.film(gone)
    catalogue.merge(gone, other)
    catalogue.project("successions")
    merging = catalogue.follower()
    assert merging.catch_up() == 0
    assert catalogue.genres_of(first, second) == [{gone}] * 2
    catalogue.settle(merging)
    assert catalogue.genres_of(first, second) == [{other}] * 2


def test_a_film_that_gets_it_meanwhile_follows(catalogue: Catalogue) -> None:
    gone, other, third = catalogue.genres
    films = [catalogue.film(gone) for _ in range(5)]
    late, later = catalogue.film(third), catalogue.film(third)
    catalogue.merge(gone, other)
    merging = catalogue.follower()
    catalogue.project()
    assert merging.catch_up() == 1
    catalogue.assign(late, gone)
    catalogue.settle(merging)
    catalogue.assign(later, gone)
    catalogue.settle(merging)
    assert catalogue.genres_of(*films) == [{other}] * 5
    assert catalogue.genres_of(late, later) == [{other, third}] * 2


def test_a_film_that_gets_it_again_follows_again(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    film = catalogue.film(gone)
    catalogue.merge(gone, other)
    merging = catalogue.follower()
    for _ in range(2):
        catalogue.settle(merging)
        assert catalogue.genres_of(film) == [{other}]
        catalogue.assign(film, gone)
    catalogue.settle(merging)
    assert catalogue.genres_of(film) == [{other}]


def test_mergers_follow_one_another(catalogue: Catalogue) -> None:
    first, second, third = catalogue.genres
    film = catalogue.film(first)
    catalogue.merge(first, second)
    catalogue.merge(second, third)
    catalogue.settle()
    assert catalogue.genres_of(film) == [{third}]
    assert catalogue.versions(film) == [4]


def test_the_heir_may_go_while_films_follow(catalogue: Catalogue) -> None:
    first, second, third = catalogue.genres
    films = [catalogue.film(first) for _ in range(5)]
    catalogue.merge(first, second)
    merging = catalogue.follower()
    catalogue.project()
    merging.catch_up()
    catalogue.merge(second, third)
    catalogue.settle(merging)
    assert catalogue.genres_of(*films) == [{third}] * 5


def test_what_was_merged_into_the_archive_is_gone(catalogue: Catalogue) -> None:
    first, second, _ = catalogue.genres
    film = catalogue.film(first)
    catalogue.tell(ArchiveGenre(genre_id=second, now=NOON))
    catalogue.merge(first, second)
    catalogue.settle()
    assert catalogue.genres_of(film) == [set()]


def test_a_circle_comes_to_an_end(catalogue: Catalogue) -> None:
    """Each of two editors may be the faster one, in their own eyes."""
    first, second, _ = catalogue.genres
    films = [catalogue.film(first), catalogue.film(second)]
    catalogue.merge(first, second)
    catalogue.merge(second, first)
    catalogue.settle()
    assert catalogue.genres_of(*films) == [set(), set()]


def test_what_has_come_back_is_not_taken_away(catalogue: Catalogue) -> None:
    gone, *_ = catalogue.genres
    films = [catalogue.film(gone) for _ in range(5)]
    catalogue.tell(ArchiveGenre(genre_id=gone, now=NOON))
    merging = catalogue.follower()
    catalogue.project()
    merging.catch_up()
    catalogue.tell(RestoreGenre(genre_id=gone, now=NOON))
    merging.catch_up()
    catalogue.project()
    catalogue.settle(merging)
    assert sorted(map(len, catalogue.genres_of(*films))) == [0, 0, 1, 1, 1]


def test_it_goes_on_where_another_was_killed(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    films = [catalogue.film(gone) for _ in range(5)]
    catalogue.merge(gone, other)
    catalogue.project()
    for _ in range(3):
        mortal = catalogue.follower(deliveries=Mortal(catalogue.system.cinema))
        with pytest.raises(Killed):
            mortal.catch_up()
        catalogue.project("films")
    catalogue.settle()
    assert catalogue.genres_of(*films) == [{other}] * 5
    assert catalogue.versions(*films) == [4] * 5


def test_told_twice_a_film_follows_once(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    film = catalogue.film(gone)
    catalogue.merge(gone, other)
    catalogue.project()
    for _ in range(2):
        assert catalogue.follower().catch_up() == 1
    assert catalogue.versions(film) == [4]


def test_one_at_a_time(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    film = catalogue.film(gone)
    catalogue.merge(gone, other)
    catalogue.project()
    second = catalogue.follower()
    seen: list[int] = []

    class Interrupted(Deliveries):
        def dispatch(self, messages: Sequence[Message]) -> Sequence[Answer]:
            seen.append(second.catch_up())
            return super().dispatch(messages)

    first = catalogue.follower(deliveries=Interrupted(catalogue.system.cinema))
    assert first.catch_up() == 1
    assert seen == [0]
    assert catalogue.genres_of(film) == [{other}]


def test_it_looks_at_everything_again_after_a_while(catalogue: Catalogue) -> None:
    """A row that could not be projected at the time may be right by now."""
    gone, other, _ = catalogue.genres
    late = catalogue.film(gone)
    catalogue.merge(gone, other)
    time = [0.0]
    models: Any = catalogue.system.models
    known = PostgresLinkedFilms(models["films"].store)

    class Parked(PostgresLinkedFilms):
        def linked(self, *_: Any) -> Sequence[UUID]:
            return ()

    merging = catalogue.follower(films=Parked(known.films), timer=lambda: time[0])
    catalogue.project()
    drain([merging])
    merging.films = known
    assert (merging.catch_up(), merging.is_at_rest()) == (0, False)
    time[0] = SECONDS + 1
    catalogue.settle(merging)
    assert catalogue.genres_of(late) == [{other}]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), NUMBERS, NUMBERS),
        st.tuples(st.just("archive"), NUMBERS, NUMBERS),
        st.tuples(st.just("restore"), NUMBERS, NUMBERS),
        st.tuples(st.just("assign"), NUMBERS, NUMBERS),
        st.tuples(st.just("project films"), NUMBERS, NUMBERS),
        st.tuples(st.just("project successions"), NUMBERS, NUMBERS),
        st.tuples(st.just("follow"), NUMBERS, NUMBERS),
        st.tuples(st.just("start anew"), NUMBERS, NUMBERS),
    ),
    max_size=25,
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_in_whatever_order_no_film_keeps_what_is_gone(
    catalogue: Catalogue, steps: list[tuple[str, int, int]]
) -> None:
    genres = [catalogue.genre(str(uuid4())) for _ in range(4)]
    films = [catalogue.film(*genres[:number]) for number in range(4)]
    merging = catalogue.follower()
    for step, one, other in steps:
        match step:
            case "merge":
                catalogue.try_to_merge(genres[one], genres[other])
            case "archive":
                catalogue.try_to(ArchiveGenre(genre_id=genres[one], now=NOON))
            case "restore":
                catalogue.try_to(RestoreGenre(genre_id=genres[one], now=NOON))
            case "assign":
                catalogue.assign(films[one], genres[other])
            case "project films":
                catalogue.project("films")
            case "project successions":
                catalogue.project("successions")
            case "follow":
                merging.catch_up()
            case _:
                merging = catalogue.follower()
    catalogue.settle(merging)
    there = {genre for genre in genres if catalogue.is_there(genre)}
    for has in catalogue.genres_of(*films):
        assert has <= there
