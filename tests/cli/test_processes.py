"""``cinema processes``, as it is typed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner, Result

from domain.film.commands import RateFilm, RetitleFilm
from domain.film.values import Titles
from domain.registry import DECIDERS
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


def test_a_command_that_meets_a_bug_is_shown_and_retried(
    system: System, cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    decider = DECIDERS[RateFilm]

    def decide(*_: Any) -> Any:
        raise KeyError("a bug")

    title = RetitleFilm(film_id=film(0), titles=Titles(en="Other"), now=NOON)
    system.cinema.dispatch(title, metadata(201))
    with monkeypatch.context() as patch:
        patch.setitem(DECIDERS, RateFilm, replace(decider, decide=decide))
        follow(system)
        name = f"checkout_courier-{film(0)}"
        found = {each["stream"]: each for each in said(cinema("parked", "--json"))}
        assert found.keys() == {NAME, name}
        assert "a bug" in found[name]["reason"]
        assert said(cinema("status", "--json"))[1]["parked"] == 1
        assert "still parked" in cinema("retry", name).output
    assert cinema("retry", name).exit_code == 0
    assert [each["stream"] for each in said(cinema("parked", "--json"))] == [NAME]


def test_what_is_not_there_is_said(cinema: Cinema) -> None:
    unknown, free = cinema("retry", "nobody-1"), cinema("retry", f"checkout-{film(0)}")
    assert "There is no process 'nobody'" in unknown.output
    assert "is not parked" in free.output
