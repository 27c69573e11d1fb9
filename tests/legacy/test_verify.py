"""The comparison of a legacy file with what has become of it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from domain.film.commands import RateFilm
from infra.bootstrap import System, engines
from infra.eventstore.runner import drain
from infra.legacy import database
from infra.legacy.database import LegacyDatabase
from tests.examples import NOON, metadata
from tests.legacy.files import Cinema, change, first_film, first_person, one
from tests.legacy_database import Legacy


def test_verify_names_each_difference(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    id_ = first_film(file)
    system.cinema.dispatch(RateFilm(film_id=id_, rating=1, now=NOON), metadata(1))
    change(file, "DELETE FROM genre_film_work WHERE film_work_id = ?", str(id_))
    drain(engines(system).values())
    result = cinema("verify", file, "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)["differences"]
    assert {(each["table"], each["column"]) for each in found} == {
        ("film_work", "rating"),
        ("genre_film_work", "id"),
    }
    assert str(id_) in cinema("verify", file).stdout


def test_the_older_version_and_its_columns(
    system: System, cinema: Cinema, tmp_path: Path
) -> None:
    file = tmp_path / "older.sqlite"
    Legacy(file, 5, is_older=True).write()
    id_ = str(first_film(file))
    change(file, "UPDATE film_work SET certificate = '111' WHERE id = ?", id_)
    change(file, "UPDATE person SET birth_date = '1932-04-04' WHERE rowid = 1")
    change(file, "ALTER TABLE film_work ADD COLUMN mood TEXT")
    result = cinema("legacy", file, "--json")
    assert json.loads(result.stdout)["unknown_columns"] == ["film_work.mood"]
    drain(engines(system).values())
    assert cinema("verify", file).exit_code == 0
    row = system.models["films"].store.load([UUID(id_)])[UUID(id_)]
    assert row.certificate == "111"


def test_verify_names_what_is_not_there_with_its_links(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    drain(engines(system).values())
    film, person = str(UUID(int=1)), str(first_person(file))
    [genre] = one(file, "SELECT id FROM genre LIMIT 1")
    at = "2021-06-16 20:14:09+00"
    row = "INSERT INTO film_work (id, title, type, created_at, updated_at)"
    change(file, f"{row} VALUES (?, 'New', 'movie', ?, ?)", film, at, at)
    link = "INSERT INTO genre_film_work VALUES (?, ?, ?, ?)"
    change(file, link, str(UUID(int=2)), film, genre, at)
    credit = "INSERT INTO person_film_work VALUES (?, ?, ?, 'actor', ?)"
    change(file, credit, str(UUID(int=3)), film, person, at)
    result = cinema("verify", file, "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)["differences"]
    assert [(each["table"], each["id"], each["ours"]) for each in found] == [
        ("film_work", film, None),
        ("genre_film_work", str(UUID(int=2)), None),
        ("person_film_work", str(UUID(int=3)), None),
    ]


def test_a_file_that_is_being_written_to_is_waited_for_and_then_named(
    cinema: Cinema, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        result = cinema("legacy", file)
    assert result.exit_code == 1
    assert "somebody is writing to it" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change_", "said"),
    [
        ("DROP TABLE person", "has no table person"),
        ("ALTER TABLE film_work DROP COLUMN rating", "has no film_work.rating"),
        ("ALTER TABLE genre RENAME TO genres", "has no table genre"),
        (
            "CREATE TABLE p AS SELECT * FROM person; DROP TABLE person;"
            "ALTER TABLE p RENAME TO person",
            "not the primary key of person",
        ),
    ],
)
def test_what_a_file_lacks_is_said_in_one_line(
    cinema: Cinema, file: Path, change_: str, said: str
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(change_)
    result = cinema("legacy", file)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_damage_in_the_middle_fails_and_what_came_before_stays(
    system: System, cinema: Cinema, file: Path
) -> None:
    raw = bytearray(file.read_bytes())
    end = len(raw) // 4096 * 4096
    raw[end - 4096 * 3 : end] = b"\xff" * 4096 * 3
    file.write_bytes(raw)
    result = cinema("legacy", file)
    assert result.exit_code == 1
    assert "malformed" in result.stderr
    assert system.log.head() > 0


@pytest.mark.parametrize("content", [None, b"", b"nothing of the kind" * 99])
def test_what_is_no_legacy_database_fails(
    cinema: Cinema, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "other"
    if content is not None:
        path.write_bytes(content)
    for verb in ("legacy", "verify"):
        result = cinema(verb, path)
        assert result.exit_code == 1
        assert str(path) in result.stderr


def test_rows_are_read_only(file: Path) -> None:
    with LegacyDatabase(file) as legacy:
        with pytest.raises(sqlite3.OperationalError):
            legacy.connection.execute("DELETE FROM genre")
        assert legacy.unknown_columns() == []
