"""Processes and couriers in batches: whatever stops or races, all happens once."""

import subprocess
import sys
from dataclasses import replace
from signal import SIGKILL

import pytest
from eventsourcing.persistence import IntegrityError

from domain.film.commands import AddFilm, RateFilm, RetitleFilm
from domain.film.values import Titles
from domain.kernel.errors import TooMuchContention
from infra.bootstrap import System, assemble
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier, waves
from infra.eventstore.deliveries import Deliveries, Message
from infra.eventstore.feed import Feed
from infra.eventstore.follower import Follower
from infra.eventstore.runner import drain
from tests.eventstore.recorders import together
from tests.eventstore.stories import STORY, add_films, film, kinds, log_of
from tests.examples import NOON, metadata


def test_each_story_takes_its_steps_in_order(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 25)
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 25, "FilmRetitled": 25, "FilmRated": 25}
    assert conductor.is_at_rest()
    assert courier.is_at_rest()
    story = [
        type(each.payload).__name__
        for each in log_of(courier.feed)
        if each.originator_id == f"checkout-{film(3)}"
    ]
    assert story == [
        "FilmAdded",
        "RetitleFilm",
        "FilmRetitled",
        "RateFilm",
        "FilmRated",
    ]


def test_many_stories_are_read_in_parts(
    system: System,
    conductor: Conductor,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("infra.eventstore.instances.PART", 2)
    add_films(system, 5)
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 5, "FilmRetitled": 5, "FilmRated": 5}


def test_a_page_with_several_facts_of_one_story(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 1)
    for rating in (1, 2, 3):
        command = RateFilm(film_id=film(0), rating=rating, now=NOON)
        system.cinema.dispatch(command, metadata(100 + rating))
    title = RetitleFilm(film_id=film(0), titles=Titles(en="Other"), now=NOON)
    system.cinema.dispatch(title, metadata(200))
    conductor.catch_up()
    ratings = [
        each.payload.rating
        for each in log_of(courier.feed)
        if isinstance(each.payload, RateFilm)
    ]
    assert ratings == [53]  # Three ratings had been seen by then.


def test_two_of_each_at_once_do_everything_once(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 60)
    with assemble(system.settings) as other:
        beside = other.cinema.beside(STORY.name)
        second: list[Follower] = [
            Conductor(STORY, other.log, beside, other.clock),
            Courier(
                "checkout_courier",
                Feed(STORY.name, beside),
                STORY.orders,
                Deliveries(other.cinema),
            ),
        ]
        together([lambda: drain([conductor, courier]), lambda: drain(second)])
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 60, "FilmRetitled": 60, "FilmRated": 60}
    assert len(log_of(courier.feed)) == 5 * 60


def test_what_was_delivered_and_not_noted_is_delivered_once(
    system: System,
    conductor: Conductor,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_films(system, 5)
    conductor.catch_up()

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(courier.feed.recorder, "move", die)
        with pytest.raises(KeyboardInterrupt):
            courier.catch_up()
    assert kinds(system)["FilmRetitled"] == 5
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 5, "FilmRetitled": 5, "FilmRated": 5}


def test_the_commands_of_a_story_wait_for_one_another(
    conductor: Conductor, courier: Courier, system: System
) -> None:
    add_films(system, 3)
    title = RetitleFilm(film_id=film(1), titles=Titles(en="Other"), now=NOON)
    system.cinema.dispatch(title, metadata(200))
    conductor.catch_up()
    orders = courier.feed.read(0, STORY.orders, 100).facts
    first, second = waves(orders)
    assert [type(each.payload) for each in first] == [RetitleFilm] * 3
    assert [each.payload for each in second] == [
        RateFilm(film_id=film(1), rating=50, now=NOON)
    ]


def test_a_batch_answers_each_as_if_it_had_come_alone(system: System) -> None:
    add_films(system, 2)
    deliveries = Deliveries(system.cinema)
    rate = RateFilm(film_id=film(0), rating=70, now=NOON)
    title = RetitleFilm(film_id=film(1), titles=Titles(en="Other"), now=NOON)
    missing = RateFilm(film_id=film(99), rating=70, now=NOON)
    again = AddFilm(
        film_id=film(0),
        titles=Titles(en="Film 0"),
        type="movie",
        access="subscription",
        now=NOON,
    )
    answers = deliveries.dispatch(
        [
            Message(rate, metadata(10)),
            Message(missing, metadata(11)),
            Message(title, metadata(12)),
            Message(rate, metadata(10)),  # The same message.
            Message(replace(rate, rating=71), metadata(13)),  # The same stream.
            Message(again, metadata(14)),  # Nothing to do.
            Message(rate, metadata(0)),  # An id that was used for another film.
        ]
    )
    told = [getattr(each, "position", type(each).__name__) for each in answers]
    assert told[:1] + told[1:2] + told[2:3] == [3, "FilmNotFound", 4]
    assert told[3] == 3
    assert told[4] == 5
    assert told[6] == 1
    assert [fact.position for fact in log_of(system.log)] == [1, 2, 3, 4, 5]


def test_what_stays_undecidable_is_said(
    conductor: Conductor, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_films(system, 1)

    def conflict(_: object) -> range:
        raise IntegrityError

    monkeypatch.setattr(conductor.recorder, "append", conflict)
    with pytest.raises(TooMuchContention):
        conductor.catch_up()


def test_whenever_it_is_killed_nothing_is_lost_and_nothing_done_twice(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 20)
    url = system.settings.conninfo
    for moment in ("conducted", "delivered", "moved", "conducted"):
        command = [sys.executable, "-m", "tests.eventstore.killed", url, moment]
        assert subprocess.run(command, check=False, timeout=60).returncode == -SIGKILL
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 20, "FilmRetitled": 20, "FilmRated": 20}
    assert len(log_of(courier.feed)) == 5 * 20
