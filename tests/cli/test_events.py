"""The auditor's tool, as it is typed."""

import csv
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from domain.kernel.messages import Metadata
from infra.bootstrap import assemble
from infra.cli.__main__ import app
from infra.settings import Settings
from tests.examples import NOON, metadata
from tests.examples.catalogue import FILM, PERSON, add, add_person, archive, retitle

STREAM = f"film-{FILM}"
OTHER_ACTOR = "somebody else"

Cinema: TypeAlias = Callable[..., Result]


@pytest.fixture
def cinema(postgres: Settings, monkeypatch: pytest.MonkeyPatch) -> Cinema:
    """A film with a story of three events, an hour each, and a person in between."""
    url = postgres.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    hours = iter(range(9))

    def clock() -> datetime:
        return NOON + timedelta(hours=next(hours))

    with assemble(postgres, clock) as system:
        send = system.cinema.dispatch
        send(add(), metadata(1))
        send(add_person(), Metadata.root(UUID(int=77), OTHER_ACTOR))
        send(retitle(), Metadata.root(UUID(int=78), "someone", reason="it was wrong"))
        send(archive(), metadata(4))
    runner = CliRunner()
    return lambda *words: runner.invoke(app, ["events", *words])


def found(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def positions(result: Result) -> list[int]:
    return [event["position"] for event in found(result)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], [1, 2, 3, 4]),
        (["--after", "1", "--before", "4"], [2, 3]),
        (["--since", "2026-03-01T13:00", "--until", "2026-03-01T15:00Z"], [2, 3]),
        (["--type", "FilmAdded", "--type", "PersonAdded"], [1, 2]),
        (["--stream", STREAM], [1, 3, 4]),
        (["--category", "person"], [2]),
        (["--actor", OTHER_ACTOR], [2]),
        (["--correlation", str(UUID(int=78))], [3]),
        (["--limit", "2"], [1, 2]),
        (["--category", "film", "--limit", "1", "--after", "1"], [3]),
    ],
)
def test_filters(cinema: Cinema, filters: list[str], expected: list[int]) -> None:
    assert positions(cinema("list", "--json", *filters)) == expected


def test_pages_are_one_list(cinema: Cinema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.eventstore.audit.PAGE", 1)
    assert positions(cinema("list", "--json", "--limit", "3")) == [1, 2, 3]
    assert positions(cinema("list", "--json")) == [1, 2, 3, 4]


def test_a_pipe_gets_a_line_for_each_event(cinema: Cinema) -> None:
    result = cinema("list", "--limit", "1", "--category", "person")
    head, event = [line.split("\t") for line in result.stdout.splitlines()]
    assert dict(zip(head, event, strict=True)) == {
        "position": "2",
        "when": "2026-03-01 13:00:00.000Z",
        "stream": f"person-{PERSON}",
        "version": "1",
        "event": "PersonAdded",
        "who": OTHER_ACTOR,
        "fields": "name=Tarkovsky added_at=2026-03-01T12:00:00Z",
    }
    assert "--after 1" in cinema("list", "--limit", "1").stderr


def test_nothing_is_not_a_success(cinema: Cinema) -> None:
    result = cinema("list", "--json", "--type", "GenreAssigned")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert result.stderr == 'No event matches: types=["GenreAssigned"]\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "--category", "ship"], "There is no category 'ship'"),
        (["list", "--type", "FilmRetitle"], "FilmRetitled"),
        (["list", "--since", "yesterday"], "is not a time like"),
        (["stream", "ship-1"], "There is no category 'ship'"),
        (["replay", "ship-1"], "There is no category 'ship'"),
        (["replay", STREAM, "--as-of", "noon"], "is not a time like"),
    ],
)
def test_mistakes_are_named(cinema: Cinema, words: list[str], said: str) -> None:
    result = cinema(*words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize("verb", ["stream", "replay"])
def test_an_unknown_thing_has_no_story(cinema: Cinema, verb: str) -> None:
    result = cinema(verb, "film-0")
    assert result.exit_code == 1
    assert "film-0" in result.stderr


def test_one_event_with_all_about_it(cinema: Cinema) -> None:
    event = found(cinema("show", "3", "--json"))
    assert event["payload"]["titles"]["en"] == "Stalker"
    assert event["metadata"]["reason"] == "it was wrong"
    assert "Stalker" in cinema("show", "3").stdout
    assert cinema("show", "5").exit_code == 1


def test_a_story_says_what_who_and_why(cinema: Cinema) -> None:
    lines = cinema("stream", STREAM).stdout.splitlines()
    head, *story = [line.split("\t") for line in lines]
    told = [dict(zip(head, chapter, strict=True)) for chapter in story]
    assert [chapter["what"] for chapter in told] == [
        "Film added",
        "Film retitled",
        "Film archived",
    ]
    assert told[1]["who"] == "someone"
    assert told[1]["why"].startswith("“it was wrong”, caused by ")


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ([], {"is": "Archived"}),
        (["--as-of", "3"], {"is": "Listed", "title": "Stalker"}),
        (["--as-of", "2"], {"is": "Listed", "title": "Solaris"}),
        (
            ["--as-of", "2026-03-01T14:00:00Z"],
            {"is": "Listed", "title": "Stalker"},
        ),
        (
            ["--as-of", "2026-03-01T13:59"],
            {"is": "Listed", "title": "Solaris"},
        ),
    ],
)
def test_a_state_as_of_then(cinema: Cinema, as_of: list[str], state: object) -> None:
    moment = found(cinema("replay", STREAM, "--json", *as_of))
    was = moment["state"]
    told = {"is": was["is"]}
    if "titles" in was:
        told["title"] = was["titles"]["en"]
    assert (moment["stream"], told) == (STREAM, state)
    assert "is  " in cinema("replay", STREAM, *as_of).stdout


def test_before_it_was_there(cinema: Cinema) -> None:
    result = cinema("replay", STREAM, "--as-of", "2026-02-28")
    assert result.exit_code == 1
    assert "as of 2026-02-28" in result.stderr


def test_export(cinema: Cinema, tmp_path: Path) -> None:
    lines = cinema("export", "--category", "film").stdout.splitlines()
    assert [json.loads(line)["position"] for line in lines] == [1, 3, 4]
    table = csv.DictReader(StringIO(cinema("export", "--format", "csv").stdout))
    assert [row["actor"] for row in table].count("someone") == 3
    file = tmp_path / "events.json"
    assert cinema("export", "--json", "--to", str(file)).stdout == ""
    assert len(json.loads(file.read_text())) == 4


def test_statistics(cinema: Cinema) -> None:
    totals = found(cinema("stats", "--json", "--by", "category"))["totals"]
    assert [(each["what"], each["events"]) for each in totals] == [
        ("film", 3),
        ("person", 1),
    ]
    assert "FilmAdded\t1\t1\t1\t1" in cinema("stats").stdout


def test_an_unreachable_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nowhere"
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    result = CliRunner().invoke(app, ["events", "list"])
    assert result.exit_code == 2
    assert result.stderr.startswith("The database cannot be reached: ")
