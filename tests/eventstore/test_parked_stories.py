"""A story that cannot go on waits, and the others do not."""

from dataclasses import replace
from typing import Any

import pytest

from domain.film.commands import RateFilm, RetitleFilm
from domain.film.events import FilmAdded
from domain.film.values import Titles
from infra.bootstrap import System
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.feed import Feed
from infra.eventstore.runner import drain
from tests.eventstore.stories import BAD, STORY, add_films, film, kinds, log_of
from tests.examples import NOON, metadata


class TestAStoryThatCannotGoOn:
    @pytest.fixture(autouse=True)
    def poison(self, system: System, conductor: Conductor, courier: Courier) -> None:
        add_films(system, 3)
        title = RetitleFilm(film_id=film(1), titles=BAD, now=NOON)
        system.cinema.dispatch(title, metadata(200))
        drain([conductor, courier])

    def test_waits_while_the_others_go_on(
        self, system: System, conductor: Conductor
    ) -> None:
        [parked] = conductor.parked()
        assert (parked.stream, parked.waiting) == (f"checkout-{film(1)}", 2)
        assert "poison" in parked.reason
        assert kinds(system)["FilmRated"] == 2
        assert conductor.is_at_rest()

    def test_goes_on_when_it_can(self, conductor: Conductor, courier: Courier) -> None:
        [parked] = conductor.parked()
        with pytest.raises(KeyError):
            conductor.resume(parked.stream, metadata(300))
        conductor.process = replace(STORY, react=lambda *_: [])
        assert conductor.resume(parked.stream, metadata(300))
        assert not conductor.resume(parked.stream, metadata(301))
        assert conductor.parked() == []
        drain([conductor, courier])

    def test_goes_on_without_what_it_cannot_bear(
        self, system: System, conductor: Conductor, courier: Courier
    ) -> None:
        [parked] = conductor.parked()
        assert conductor.resume(parked.stream, metadata(300), skip=True)
        drain([conductor, courier])
        # The title that came after the bad one is reacted to.
        assert kinds(system)["FilmRated"] == 3
        again = Conductor(STORY, system.log, conductor.recorder, system.clock)
        assert again.parked() == []

    def test_is_resumed_while_it_is_conducted(
        self, system: System, conductor: Conductor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        [parked] = conductor.parked()
        title = RetitleFilm(film_id=film(1), titles=Titles(en="Late"), now=NOON)
        system.cinema.dispatch(title, metadata(400))
        append = conductor.recorder.append
        done: list[bool] = []

        def late(one: Any) -> range:
            if not done:
                done.append(True)
                monkeypatch.undo()
                assert conductor.resume(parked.stream, metadata(300), skip=True)
            return append(one)

        monkeypatch.setattr(conductor.recorder, "append", late)
        conductor.catch_up()
        orders = [f.payload for f in log_of(Feed("", conductor.recorder))]
        rated = [o for o in orders if isinstance(o, RateFilm) and o.film_id == film(1)]
        assert len(rated) == 2  # For the one that waited, and for the late one.


def test_a_fact_that_cannot_be_placed_waits_and_is_placed_later(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    def lost(fact: Any) -> Any:
        if fact.film_id == film(1):
            raise LookupError("whose is it?")
        return fact.film_id

    conductor.process = replace(STORY, correlate=lost)
    add_films(system, 3)
    drain([conductor, courier])
    assert kinds(system)["FilmRated"] == 2
    [parked] = conductor.parked()
    assert "whose is it?" in parked.reason
    with pytest.raises(LookupError):
        conductor.resume(parked.stream, metadata(300))
    conductor.process = STORY
    assert conductor.resume(parked.stream, metadata(300))
    drain([conductor, courier])
    assert conductor.parked() == []
    assert kinds(system) == {"FilmAdded": 3, "FilmRetitled": 3, "FilmRated": 3}


def test_a_story_whose_past_cannot_be_told_is_parked_by_its_next_fact(
    system: System, conductor: Conductor, courier: Courier
) -> None:
    def forgetful(rated: int, fact: Any) -> int:
        if isinstance(fact, FilmAdded) and fact.film_id == film(1):
            raise KeyError("no such past")
        return rated

    add_films(system, 2)
    conductor.catch_up()
    conductor.process = replace(STORY, evolve=forgetful)
    drain([conductor, courier])
    [parked] = conductor.parked()
    assert parked.stream == f"checkout-{film(1)}"
    assert "no such past" in parked.reason
    assert kinds(system) == {"FilmAdded": 2, "FilmRetitled": 2, "FilmRated": 1}
    conductor.process = STORY
    assert conductor.resume(parked.stream, metadata(300))
    drain([conductor, courier])
    assert kinds(system) == {"FilmAdded": 2, "FilmRetitled": 2, "FilmRated": 2}


def test_the_ids_of_commands_follow_from_the_facts(
    system: System, conductor: Conductor
) -> None:
    """As they always did: what was done before an upgrade is not done again."""
    add_films(system, 1)
    [fact] = log_of(system.log)
    conductor.catch_up()
    _, order = log_of(Feed("", conductor.recorder))
    assert order.metadata == fact.metadata.follow("checkout 0")
