"""A story that cannot go on waits, and the others do not."""

from dataclasses import replace
from typing import Any

import pytest

from domain.film.commands import RateFilm, RetitleFilm
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
