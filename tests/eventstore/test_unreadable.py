"""An event that nobody can read holds up its own stream, and nobody else."""

import pytest

from domain.film.commands import RetitleFilm
from domain.film.values import Titles
from infra.bootstrap import System
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.feed import Unreadable
from infra.eventstore.runner import drain
from infra.eventstore.sealing.sealer import Sealer
from infra.eventstore.upcasts import UPCASTS, renamed
from tests.eventstore.recorders import execute, rows
from tests.eventstore.stories import add_films, film, kinds, log_of
from tests.examples import NOON, metadata

STREAM = f"film-{film(1)}"
NAME = f"checkout-unreadable-{STREAM}"
CHANGE = "UPDATE es.cinema_events SET payload = %s WHERE stream = %s AND version = 1"


def payload(system: System) -> bytes:
    query = "SELECT payload FROM es.cinema_events WHERE position = 2"
    [(found,)] = rows(system.settings, query)
    return bytes(found)


def retitle(system: System, number: int) -> None:
    command = RetitleFilm(film_id=film(number), titles=Titles(en="Other"), now=NOON)
    system.cinema.dispatch(command, metadata(200 + number))


class TestAnEventThatCannotBeRead:
    @pytest.fixture(autouse=True)
    def whole(self, system: System, conductor: Conductor, courier: Courier) -> bytes:
        """The payload as it was."""
        add_films(system, 3)
        retitle(system, 1)
        whole = payload(system)
        execute(system.settings, CHANGE, b"{}", STREAM)
        drain([conductor, courier])
        return whole

    def test_parks_its_stream_and_the_others_go_on(
        self, system: System, conductor: Conductor
    ) -> None:
        [parked] = conductor.parked()
        # What came after it in its stream waits behind it.
        assert (parked.stream, parked.waiting) == (NAME, 2)
        assert "the event at 2 cannot be read: FilmAdded" in parked.reason
        query = "SELECT stream FROM es.cinema_events WHERE type = 'FilmRated'"
        rated = {stream for (stream,) in rows(system.settings, query)}
        assert rated == {f"film-{film(0)}", f"film-{film(2)}"}
        assert conductor.is_at_rest()

    def test_is_reacted_to_once_it_is_repaired(
        self, system: System, conductor: Conductor, courier: Courier, whole: bytes
    ) -> None:
        with pytest.raises(Unreadable):
            conductor.resume(NAME, metadata(300))
        assert conductor.parked()[0].waiting == 2
        execute(system.settings, CHANGE, whole, STREAM)
        assert conductor.resume(NAME, metadata(300))
        assert not conductor.resume(NAME, metadata(301))
        drain([conductor, courier])
        assert conductor.parked() == []
        assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 4, "FilmRated": 3}
        story = [
            type(each.payload).__name__
            for each in log_of(courier.feed)
            if each.originator_id == f"checkout-{film(1)}"
        ]
        assert story[:4] == ["FilmAdded", "RetitleFilm", "FilmRetitled", "RateFilm"]

    def test_may_be_left_out(
        self, system: System, conductor: Conductor, courier: Courier, whole: bytes
    ) -> None:
        assert conductor.resume(NAME, metadata(300), skip=True)
        execute(system.settings, CHANGE, whole, STREAM)  # To be able to count.
        drain([conductor, courier])
        assert conductor.parked() == []
        assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 3, "FilmRated": 3}

    def test_of_those_that_wait_the_readable_go_before_the_next(
        self, system: System, conductor: Conductor, whole: bytes
    ) -> None:
        execute(system.settings, CHANGE, whole, STREAM)
        later = "UPDATE es.cinema_events SET payload = '{}' WHERE position = 4"
        execute(system.settings, later)
        with pytest.raises(Unreadable):
            conductor.resume(NAME, metadata(300))
        [parked] = conductor.parked()
        assert parked.waiting == 1
        assert "the event at 4 cannot be read" in parked.reason
        assert conductor.resume(NAME, metadata(300), skip=True)
        assert conductor.parked() == []

    def test_is_sealed_like_any_other(self, system: System) -> None:
        sealer = Sealer(system.pool, seconds=0)
        while sealer.catch_up():
            pass
        query = "SELECT max(last) FROM es.block"
        assert rows(system.settings, query) == [(system.log.head(),)]


def test_what_a_process_does_not_listen_to_is_not_its_matter(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 3)
    change = "UPDATE es.cinema_events SET type = 'FilmFramed' WHERE position = 2"
    execute(system.settings, change)
    drain([conductor, courier])
    assert conductor.parked() == []
    query = "SELECT count(*) FROM es.cinema_events WHERE type = 'FilmRated'"
    assert rows(system.settings, query) == [(2,)]


def test_an_upcast_that_breaks_parks_what_it_is_for(
    system: System,
    conductor: Conductor,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_films(system, 3)
    change = "UPDATE es.cinema_events SET type = 'FilmFiled' WHERE position = 2"
    execute(system.settings, change)
    names = UPCASTS
    monkeypatch.setitem(names, "FilmFiled", renamed("FilmAdded", film="film_id"))
    drain([conductor, courier])
    [parked] = conductor.parked()
    assert parked.stream == NAME
    monkeypatch.setitem(names, "FilmFiled", renamed("FilmAdded"))
    assert conductor.resume(NAME, metadata(300))
    drain([conductor, courier])
    assert conductor.parked() == []
    assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 3, "FilmRated": 3}


def test_a_story_whose_past_cannot_be_read_is_parked_by_its_next_fact(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    add_films(system, 2)
    conductor.catch_up()
    past = (
        "UPDATE es.checkout_events SET payload = %s WHERE stream = %s AND version = 1"
    )
    story = f"checkout-{film(1)}"
    [(whole,)] = rows(
        system.settings,
        "SELECT payload FROM es.checkout_events WHERE type = 'FilmAdded'"
        " ORDER BY position DESC LIMIT 1",
    )
    execute(system.settings, past, b"{}", story)
    drain([conductor, courier])
    [parked] = conductor.parked()
    assert parked.stream == story
    assert kinds(system) == {"FilmAdded": 2, "FilmRetitled": 2, "FilmRated": 1}
    execute(system.settings, past, whole, story)
    assert conductor.resume(story, metadata(300))
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 2, "FilmRetitled": 2, "FilmRated": 2}
