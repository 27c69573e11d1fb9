"""Editors at work beside the import, and a file that gets worse between two runs."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.film.commands import ArchiveFilm, GiveCredit, RetitleFilm
from domain.film.refusals import FilmArchivedAlready
from domain.film.values import Titles
from infra.bootstrap import System, engines
from infra.eventstore.runner import drain
from tests.examples import NOON, metadata
from tests.legacy.broken_rows import add_broken_rows
from tests.legacy.files import (
    Cinema,
    change,
    first_film,
    first_person,
    log,
)


def test_what_an_editor_has_changed_stays(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    id_ = first_film(file)
    titles = Titles(ru="По-русски", original="Other")
    system.cinema.dispatch(
        RetitleFilm(film_id=id_, titles=titles, now=NOON), metadata(1)
    )
    head = system.log.head()
    change(file, "UPDATE film_work SET rating = 5.5 WHERE id = ?", str(id_))
    cinema("legacy", file)
    [rated] = [payload for _, _, payload, _ in log(system)[head:]]
    assert type(rated).__name__ == "FilmRated"


def test_a_credit_that_an_editor_has_given_already_is_no_conflict(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    film_id, person_id = first_film(file), first_person(file)
    given: Any = {"person_id": person_id, "role": "producer", "now": NOON}
    system.cinema.dispatch(GiveCredit(film_id=film_id, **given), metadata(1))
    link = (str(UUID(int=1)), str(film_id), str(person_id), "producer")
    query = "INSERT INTO person_film_work VALUES (?, ?, ?, ?, '2021-06-16 20:14:09+00')"
    change(file, query, *link)
    head = system.log.head()
    result = cinema("legacy", file, "--json")
    assert (result.exit_code, system.log.head()) == (0, head)
    drain(engines(system).values())
    assert cinema("verify", file).exit_code == 0


def test_a_film_that_is_gone_is_rejected_if_its_row_changes(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    id_ = first_film(file)
    system.cinema.dispatch(ArchiveFilm(film_id=id_, now=NOON), metadata(1))
    assert cinema("legacy", file).exit_code == 0
    change(file, "UPDATE film_work SET rating = 5.5 WHERE id = ?", str(id_))
    result = cinema("legacy", file, "--json")
    assert result.exit_code == 2
    rejects = json.loads(result.stdout)["rejects"]
    assert rejects[0] == {
        "table": "film_work",
        "id": str(id_),
        "column": "id",
        "why": f"is refused: {FilmArchivedAlready()}",
    }
    assert {each["column"] for each in rejects[1:]} == {"film_work_id"}


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE person_film_work SET role = 'cook' WHERE film_work_id = ?",
        "UPDATE genre_film_work SET created_at = 'then' WHERE film_work_id = ?",
        "UPDATE genre SET updated_at = 'then' WHERE ? <> id",
        "UPDATE person SET full_name = NULL WHERE ? <> id",
    ],
)
def test_what_cannot_be_read_any_more_takes_nothing_away(
    system: System, cinema: Cinema, file: Path, query: str
) -> None:
    add_broken_rows(file)  # For the columns that may then be NULL.
    cinema("legacy", file)
    head = system.log.head()
    change(file, query, str(first_film(file)))
    assert cinema("legacy", file).exit_code == 2
    assert system.log.head() == head


def test_of_two_genres_of_one_name_the_older_one_is_taken_over(
    system: System, cinema: Cinema, file: Path
) -> None:
    ids = str(UUID(int=9)), str(UUID(int=1))
    times = "2021-06-16 20:14:09.5+00", "2021-06-16 20:14:09.6+00"
    for id_, time in zip(ids, times, strict=True):
        query = "INSERT INTO genre VALUES (?, 'Film noir', NULL, ?, ?)"
        change(file, query, id_, time, time)
    listing = file.with_suffix(".jsonl")
    for _ in range(2):
        assert cinema("legacy", file, "--rejects", listing).exit_code == 2
        [reject] = map(json.loads, listing.read_text().splitlines())
        assert (reject["id"], reject["column"]) == (ids[1], "name")
    drain(engines(system).values())
    assert cinema("verify", file).exit_code == 0
    assert system.models["genres"].store.load([UUID(ids[0])])
