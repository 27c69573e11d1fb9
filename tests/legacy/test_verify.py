"""The comparison of a legacy file with what has become of it."""

import json
import sqlite3
from pathlib import Path
from uuid import UUID

import pytest

from domain.film.commands import RateFilm
from infra.bootstrap import System, engines
from infra.eventstore.runner import drain
from infra.legacy.database import LegacyDatabase
from tests.examples import NOON, metadata
from tests.legacy.files import Cinema, change, first_film
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
    with LegacyDatabase(file) as database:
        with pytest.raises(sqlite3.OperationalError):
            database.connection.execute("DELETE FROM genre")
        assert database.unknown_columns() == []
