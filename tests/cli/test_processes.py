"""``cinema processes``, as it is typed."""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner, Result

from domain.film.commands import RetitleFilm
from infra.bootstrap import System, assemble, conductors
from infra.cli.__main__ import app
from infra.settings import Settings
from tests.eventstore.stories import BAD, STORY, add_films, film, kinds
from tests.examples import NOON, metadata

Cinema: TypeAlias = Callable[..., Result]
NAME = f"checkout-{film(1)}"


@pytest.fixture
def system(postgres: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    monkeypatch.setattr("infra.bootstrap.STORIES", (STORY,))
    with assemble(postgres) as system:
        add_films(system, 2)
        title = RetitleFilm(film_id=film(1), titles=BAD, now=NOON)
        system.cinema.dispatch(title, metadata(200))
        follow(system)
        yield system


@pytest.fixture
def cinema(system: System, monkeypatch: pytest.MonkeyPatch) -> Cinema:
    settings = system.settings
    url = settings.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    monkeypatch.setenv("CINEMA_DATA", str(settings.data))
    runner = CliRunner()
    return lambda *words: runner.invoke(app, ["processes", *words])


def follow(system: System) -> None:
    conductor, courier, *_ = conductors(system)
    while conductor.catch_up() + courier.catch_up():
        pass


def said(answer: Result) -> Any:
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_status_tells_how_far_each_is(cinema: Cinema) -> None:
    conductor, courier = said(cinema("status", "--json"))
    assert conductor["parked"] == 1
    assert (conductor["name"], conductor["lag"]) == ("checkout", 0)
    assert (courier["name"], courier["lag"]) == ("checkout_courier", 0)


def test_a_parked_story_is_shown_and_skipped(system: System, cinema: Cinema) -> None:
    [story] = said(cinema("parked", "--json"))
    assert (story["stream"], "poison" in story["reason"]) == (NAME, True)
    still = cinema("retry", NAME)
    assert still.exit_code != 0
    assert "still parked" in still.output
    assert cinema("skip", NAME, "--reason", "a test").exit_code == 0
    assert "Nothing is parked." in cinema("parked").output
    follow(system)
    # The second of its titles is rated, as the other film is.
    assert kinds(system)["FilmRated"] == 2


def test_what_is_not_there_is_said(cinema: Cinema) -> None:
    unknown, free = cinema("retry", "nobody-1"), cinema("retry", f"checkout-{film(0)}")
    assert "There is no process 'nobody'" in unknown.output
    assert "is not parked" in free.output
