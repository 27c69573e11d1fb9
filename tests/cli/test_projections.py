"""The operator's tool, as it is typed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner, Result

from domain.film.events import FilmRetitled
from infra.bootstrap import System, assemble, engines
from infra.cli.__main__ import app
from infra.postgres.exclusive import exclusive
from infra.projection_engine.store import Changes
from infra.settings import Settings
from projections.catalogue import catalogue
from tests.examples import metadata
from tests.examples.catalogue import FILM, GENRE, add, add_genre, retitle

Cinema: TypeAlias = Callable[..., Result]
REASON = ("--reason", "nobody needs it")


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        system.cinema.dispatch(add(), metadata(1))
        system.cinema.dispatch(add_genre(), metadata(2))
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
        if isinstance(fact.payload, FilmRetitled) and fact.payload.title == "Bad":
            raise KeyError("poison")
        return catalogue.evolve(*_)

    poisoned = replace(catalogue, evolve=refuses)
    monkeypatch.setattr("infra.read_models.catalogue", poisoned)
    system.cinema.dispatch(retitle(title="Bad"), metadata(3))
    system.cinema.dispatch(retitle(title="Good"), metadata(4))
    with assemble(system.settings) as another:
        engines(another)["catalogue"].catch_up()


def standing(cinema: Cinema, name: str = "catalogue") -> dict[str, Any]:
    [found] = json.loads(cinema("status", name, "--json").stdout)
    return dict(found)


def test_status_says_how_far_each_is(system: System, cinema: Cinema) -> None:
    system.cinema.dispatch(retitle(), metadata(3))
    assert standing(cinema) == {
        "name": "catalogue",
        "position": 2,
        "head": 3,
        "lag": 1,
        "parked": 0,
        "rows": 2,
        "builds": 1,
        "state": "behind",
    }
    head, *rows = cinema("status").stdout.splitlines()
    assert head.startswith("name\tposition\thead\tlag")
    assert "catalogue\t2\t3\t1\t0\t2\t1\tbehind" in rows
    assert len(rows) == len(system.models)


def test_an_unknown_name_is_an_error(cinema: Cinema) -> None:
    result = cinema("rebuild", "catalog")
    assert result.exit_code == 2
    assert "There are: catalogue, " in result.stderr


@pytest.mark.parametrize("name", ["catalogue", "search"])
def test_a_rebuild_is_another_build(cinema: Cinema, name: str) -> None:
    result = cinema("rebuild", name)
    assert result.stdout == f"{name}: rebuilt, 2 rows as of 2\n"
    assert standing(cinema, name)["builds"] == 2


def test_two_rebuilds_at_once_are_one_too_many(system: System, cinema: Cinema) -> None:
    with exclusive(system.pool, "build catalogue"):
        result = cinema("rebuild", "catalogue")
    assert result.exit_code == 2
    assert "is being built by another command" in result.stderr


def test_verify_finds_a_forged_row(system: System, cinema: Cinema) -> None:
    assert "catalogue: equal, 2 rows as of 2" in cinema("verify").stdout
    store = system.models["catalogue"].store
    row = store.load([FILM])[FILM]
    store.write(Changes(2, 2, {FILM: replace(row, title="Forged")}))
    result = cinema("verify", "catalogue")
    assert result.exit_code == 1
    assert "catalogue: 1 of 2 rows as of 2 differ" in result.stdout
    assert "Forged" in result.stdout
    found = json.loads(cinema("verify", "catalogue", "--json").stdout)["catalogue"]
    assert found["differences"][0]["key"] == str(FILM)
    assert found["differences"][0]["live"]["title"] == "Forged"


def test_pause_and_resume(system: System, cinema: Cinema) -> None:
    assert cinema("pause", "catalogue").stdout == "catalogue: paused\n"
    system.cinema.dispatch(retitle(), metadata(3))
    assert engines(system)["catalogue"].catch_up() == 0
    assert standing(cinema)["state"] == "paused"
    cinema("resume", "catalogue")
    assert engines(system)["catalogue"].catch_up() == 1
    assert standing(cinema)["state"] == "level"


def test_nothing_is_parked_at_first(cinema: Cinema) -> None:
    assert cinema("parked").stdout == "Nothing is parked.\n"
    assert cinema("retry", "catalogue").stdout == "catalogue: nothing is parked.\n"
    assert cinema("skip", "catalogue", "1", *REASON).exit_code == 1


@pytest.mark.usefixtures("poison")
def test_what_is_parked_is_shown_with_its_reason(cinema: Cinema) -> None:
    [found] = json.loads(cinema("parked", "--json").stdout)
    assert found == {
        "name": "catalogue",
        "stream": f"film-{FILM}",
        "position": 3,
        "reason": "KeyError('poison')",
    }
    assert f"film-{FILM}\t3" in cinema("parked", "catalogue").stdout


@pytest.mark.usefixtures("poison")
def test_a_retry_helps_once_the_cause_is_gone(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = cinema("retry", "catalogue")
    assert (still.exit_code, still.stderr) == (
        1,
        f"catalogue: still parked: film-{FILM}\n",
    )
    monkeypatch.setattr("infra.read_models.catalogue", catalogue)
    assert cinema("retry", "catalogue").exit_code == 0
    assert cinema("parked").stdout == "Nothing is parked.\n"


@pytest.mark.usefixtures("poison")
def test_a_skipped_fact_lets_the_rest_of_its_stream_go_on(
    system: System, cinema: Cinema
) -> None:
    result = cinema("skip", "catalogue", "3", *REASON)
    assert result.stdout == "catalogue: goes on without the fact at 3.\n"
    rows = system.models["catalogue"].store.load([FILM, GENRE])
    assert {row.title for row in rows.values()} == {"Good", "Drama"}
    assert cinema("verify", "catalogue").exit_code == 0
