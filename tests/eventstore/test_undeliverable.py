"""A command that meets a bug waits with its story, and the others are delivered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError

from domain.film.commands import RetitleFilm
from domain.film.values import Titles
from domain.registry import DECIDERS
from infra.bootstrap import System
from infra.eventstore import process_metrics as metrics
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier, Undeliverable
from infra.eventstore.feed import Unreadable
from infra.eventstore.runner import drain
from tests.eventstore.recorders import execute
from tests.eventstore.stories import add_films, film, kinds
from tests.examples import NOON, metadata

NAME = f"checkout_courier-{film(1)}"
ALL = {"FilmAdded": 3, "FilmRetitled": 3, "FilmRated": 3}


@pytest.fixture(autouse=True)
def impatient(courier: Courier) -> None:
    courier.pauses = (0, 0)


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """To retitle one film fails as often as it is said; answers with the attempts."""
    decider = DECIDERS[RetitleFilm]

    def make(error: Exception, times: int = 1_000) -> list[Any]:
        met: list[Any] = []

        def decide(command: Any, state: Any) -> Any:
            if command.film_id == film(1) and len(met) < times:
                met.append(command)
                raise error
            return decider.decide(command, state)

        monkeypatch.setitem(
            DECIDERS,
            RetitleFilm,
            replace(decider, decide=decide),
        )
        return met

    return make


def retitle(system: System, number: int, title: str) -> None:
    """As an editor does, past the process."""
    command = RetitleFilm(film_id=film(number), titles=Titles(en=title), now=NOON)
    system.cinema.dispatch(command, metadata(200 + number))


class TestABugInADecider:
    @pytest.fixture(autouse=True)
    def bitten(
        self,
        bug: Callable[..., list[Any]],
        system: System,
        conductor: Conductor,
        courier: Courier,
    ) -> None:
        bug(KeyError("a bug"))
        add_films(system, 3)
        drain([conductor, courier])

    def test_parks_its_story_and_the_others_go_on(
        self, system: System, courier: Courier
    ) -> None:
        [parked] = courier.parked()
        assert (parked.stream, parked.waiting) == (NAME, 1)
        assert parked.reason == "RetitleFilm cannot be delivered: KeyError('a bug')"
        assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 2, "FilmRated": 2}
        assert courier.is_at_rest()

    def test_keeps_what_comes_after_it_in_its_order(
        self,
        system: System,
        conductor: Conductor,
        courier: Courier,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.undo()
        retitle(system, 1, "Other")
        drain([conductor, courier])
        assert courier.parked()[0].waiting == 2
        assert kinds(system)["FilmRated"] == 2
        assert courier.resume(NAME, metadata(300))
        assert not courier.resume(NAME, metadata(300))
        drain([conductor, courier])
        assert courier.parked() == []
        # Retitled by the editor and by the process, and rated after each.
        assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 4, "FilmRated": 3}

    def test_stays_while_it_is_there(self, courier: Courier) -> None:
        with pytest.raises(Undeliverable, match="a bug"):
            courier.resume(NAME, metadata(300))
        assert courier.parked()[0].waiting == 1

    def test_is_left_out_if_that_is_wanted(
        self, system: System, conductor: Conductor, courier: Courier
    ) -> None:
        assert courier.resume(NAME, metadata(300), skip=True)
        drain([conductor, courier])
        assert courier.parked() == []
        assert kinds(system)["FilmRetitled"] == 2
        retitle(system, 2, "Other")
        drain([conductor, courier])
        assert kinds(system)["FilmRetitled"] == 3

    def test_is_remembered_by_whoever_comes_next(self, courier: Courier) -> None:
        again = Courier(courier.name, courier.feed, courier.kinds, courier.deliveries)
        assert again.parked() == courier.parked()

    def test_what_is_held_back_while_it_is_resumed_is_delivered(
        self,
        system: System,
        conductor: Conductor,
        courier: Courier,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.undo()
        other = Courier(courier.name, courier.feed, courier.kinds, courier.deliveries)
        retitle(system, 1, "Other")
        append = courier.feed.recorder.append
        done: list[int] = []

        def late(one: Any) -> range:
            if not done:
                done.append(1)
                drain([conductor, courier])
                # What follows on the editor's title, and on the one just delivered.
                assert courier.parked()[0].waiting == 3
            return append(one)

        monkeypatch.setattr(other.room, "recorder", Late(courier.feed.recorder, late))
        assert other.resume(NAME, metadata(300))
        assert done
        drain([conductor, courier])
        assert courier.parked() == []
        assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 4, "FilmRated": 3}


class Late:
    """A recorder with another append."""

    def __init__(self, recorder: Any, append: Any) -> None:
        self.recorder = recorder
        self.append = append

    def __getattr__(self, name: str) -> Any:
        return getattr(self.recorder, name)


def test_what_fails_for_a_moment_is_tried_again(
    bug: Callable[..., list[Any]],
    system: System,
    conductor: Conductor,
    courier: Courier,
) -> None:
    # In the batch, alone, and once more.
    met = bug(RuntimeError("for a moment"), times=3)
    add_films(system, 3)
    drain([conductor, courier])
    assert len(met) == 3
    assert courier.parked() == []
    assert kinds(system) == ALL


def test_an_outage_parks_nobody(
    bug: Callable[..., list[Any]],
    system: System,
    conductor: Conductor,
    courier: Courier,
) -> None:
    bug(OperationalError("away"), times=1)
    add_films(system, 3)
    conductor.catch_up()
    with pytest.raises(OperationalError):
        courier.catch_up()
    assert courier.position() == 0
    drain([conductor, courier])
    assert courier.parked() == []
    assert kinds(system) == ALL


def test_a_broken_stream_is_the_matter_of_who_writes_to_it(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    """What cannot be read is the film that a command is for."""
    add_films(system, 3)
    conductor.catch_up()
    damage = "UPDATE es.cinema_events SET payload = '{}' WHERE stream = %s"
    execute(system.settings, damage, f"film-{film(1)}")
    drain([courier])
    assert [each.stream for each in courier.parked()] == [NAME]
    assert retitled(system) == {f"film-{film(0)}", f"film-{film(2)}"}


def retitled(system: System) -> set[str]:
    rows = system.cinema.records.select_page(3, 100, 100)
    return {row[0] for row in rows if row[2] == "FilmRetitled"}


def test_an_order_that_cannot_be_read_waits_until_it_can(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 3)
    conductor.catch_up()
    change = "UPDATE es.checkout_events SET type = %s WHERE type = %s AND stream = %s"
    story = f"checkout-{film(1)}"
    execute(system.settings, change, "RateFilm", "RetitleFilm", story)
    drain([conductor, courier])
    [parked] = courier.parked()
    assert "RateFilm" in parked.reason
    with pytest.raises(Unreadable):
        courier.resume(parked.stream, metadata(300))
    execute(system.settings, change, "RetitleFilm", "RateFilm", story)
    assert courier.resume(parked.stream, metadata(300))
    drain([conductor, courier])
    assert kinds(system) == ALL


def test_it_is_told_to_whoever_counts(
    bug: Callable[..., list[Any]],
    system: System,
    conductor: Conductor,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(metrics, "parked", told.append)
    bug(KeyError("a bug"))
    add_films(system, 3)
    drain([conductor, courier])
    assert told == ["checkout_courier"]
