"""The operator's tool, as it is typed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner, Result

from domain.film.events import FilmRetitled
from domain.film.values import Titles
from infra.bootstrap import System, assemble, engines
from infra.cli.__main__ import app
from infra.postgres.exclusive import exclusive
from infra.projection_engine.store import Changes
from infra.settings import Settings
from projections.films import films
from tests.examples import metadata
from tests.examples.catalogue import FILM, PERSON, add, add_person, retitle

Cinema: TypeAlias = Callable[..., Result]
BAD, GOOD = Titles(en="Bad"), Titles(en="Good")
REASON = ("--reason", "nobody needs it")


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        system.cinema.dispatch(add(), metadata(1))
        system.cinema.dispatch(add_person(), metadata(2))
        for engine in engines(system).values():
            engine.catch_up()
        yield system


@pytest.fixture
def cinema(system: System, monkeypatch: pytest.MonkeyPatch) -> Cinema:
    settings = system.settings
    url = settings.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    monkeypatch.setenv("CINEMA_DATA", str(settings.data))
    runner = CliRunner()
    return lambda *words: runner.invoke(app, ["projections", *words])


@pytest.fixture
def poison(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """A film was renamed, and that is more than the catalogue can bear."""

    def refuses(*_: Any) -> Any:
        fact = _[1]
        if isinstance(fact.payload, FilmRetitled) and fact.payload.titles == BAD:
            raise KeyError("poison")
        return films.evolve(*_)

    poisoned = replace(films, evolve=refuses)
    monkeypatch.setattr("infra.read_models.films", poisoned)
    system.cinema.dispatch(retitle(titles=BAD), metadata(3))
    system.cinema.dispatch(retitle(titles=GOOD), metadata(4))
    with assemble(system.settings) as another:
        engines(another)["films"].catch_up()


def standing(cinema: Cinema, name: str = "films") -> dict[str, Any]:
    [found] = json.loads(cinema("status", name, "--json").stdout)
    return dict(found)


def test_status_says_how_far_each_is(system: System, cinema: Cinema) -> None:
    system.cinema.dispatch(retitle(), metadata(3))
    assert standing(cinema) == {
        "name": "films",
        "position": 2,
        "head": 3,
        "lag": 1,
        "parked": 0,
        "rows": 1,
        "builds": 1,
        "state": "behind",
        "failures": 0,
        "failure": None,
    }
    head, *rows = cinema("status").stdout.splitlines()
    assert head.startswith("name\tposition\thead\tlag")
    assert "films\t2\t3\t1\t0\t1\t1\tbehind" in rows
    assert len(rows) == len(system.models)


def test_an_unknown_name_is_an_error(cinema: Cinema) -> None:
    result = cinema("rebuild", "catalog")
    assert result.exit_code == 2
    assert " films, " in result.stderr


@pytest.mark.parametrize(("name", "rows"), [("films", 1), ("search", 2)])
def test_a_rebuild_is_another_build(cinema: Cinema, name: str, rows: int) -> None:
    result = cinema("rebuild", name)
    assert result.stdout == f"{name}: rebuilt, {rows} rows as of 2\n"
    assert standing(cinema, name)["builds"] == 2


def test_two_rebuilds_at_once_are_one_too_many(system: System, cinema: Cinema) -> None:
    with exclusive(system.pool, "build films"):
        result = cinema("rebuild", "films")
    assert result.exit_code == 2
    assert "is being built by another command" in result.stderr


def test_verify_finds_a_forged_row(system: System, cinema: Cinema) -> None:
    assert "films: equal, 1 rows as of 2" in cinema("verify").stdout
    store = system.models["films"].store
    row = store.load([FILM])[FILM]
    store.write(Changes(2, 2, {FILM: replace(row, title_en="Forged")}))
    result = cinema("verify", "films")
    assert result.exit_code == 1
    assert "films: 1 of 1 rows as of 2 differ" in result.stdout
    assert "Forged" in result.stdout
    found = json.loads(cinema("verify", "films", "--json").stdout)["films"]
    assert found["differences"][0]["key"] == str(FILM)
    assert found["differences"][0]["live"]["title_en"] == "Forged"


def test_pause_and_resume(system: System, cinema: Cinema) -> None:
    assert cinema("pause", "films").stdout == "films: paused\n"
    system.cinema.dispatch(retitle(), metadata(3))
    assert engines(system)["films"].catch_up() == 0
    assert standing(cinema)["state"] == "paused"
    cinema("resume", "films")
    assert engines(system)["films"].catch_up() == 1
    assert standing(cinema)["state"] == "level"


def test_nothing_is_parked_at_first(cinema: Cinema) -> None:
    assert cinema("parked").stdout == "Nothing is parked.\n"
    assert cinema("retry", "films").stdout == "films: nothing is parked.\n"
    assert cinema("skip", "films", "1", *REASON).exit_code == 1


@pytest.mark.usefixtures("poison")
def test_what_is_parked_is_shown_with_its_reason(cinema: Cinema) -> None:
    [found] = json.loads(cinema("parked", "--json").stdout)
    assert found == {
        "name": "films",
        "stream": f"film-{FILM}",
        "position": 3,
        "reason": "KeyError('poison')",
    }
    assert f"film-{FILM}\t3" in cinema("parked", "films").stdout


@pytest.mark.usefixtures("poison")
def test_a_retry_helps_once_the_cause_is_gone(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = cinema("retry", "films")
    assert (still.exit_code, still.stderr) == (
        1,
        f"films: still parked: film-{FILM} at 3\n",
    )
    monkeypatch.setattr("infra.read_models.films", films)
    assert cinema("retry", "films").exit_code == 0
    assert cinema("parked").stdout == "Nothing is parked.\n"


@pytest.mark.usefixtures("poison")
def test_a_skipped_fact_lets_the_rest_of_its_stream_go_on(
    system: System, cinema: Cinema
) -> None:
    result = cinema("skip", "films", "3", *REASON)
    assert result.stdout == "films: goes on without the fact at 3.\n"
    rows = system.models["films"].store.load([FILM, PERSON])
    assert {row.title_en for row in rows.values()} == {"Good"}
    assert cinema("verify", "films").exit_code == 0
