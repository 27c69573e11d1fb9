"""The legacy catalogue is taken over: once, again, changed, broken, cut short."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.bootstrap import System, engines
from infra.eventstore.bulk import Bulk
from infra.eventstore.runner import drain
from infra.legacy import importing
from infra.legacy.plans import ACTOR, IMPORT
from tests.legacy.broken_rows import add_broken_rows
from tests.legacy.files import (
    FILMS,
    Cinema,
    change,
    first_film,
    log,
    sums,
    tables,
)


def test_all_of_it_is_taken_over(system: System, cinema: Cinema, file: Path) -> None:
    result = cinema("legacy", file, "--json")
    assert result.exit_code == 0, result.output
    assert all(
        tally == {**tally, "new": tally["read"], "changed": 0, "rejected": 0}
        for tally in tables(result).values()
    )
    drain(engines(system).values())
    assert system.models["films"].store.count() == FILMS
    assert cinema("verify", file).exit_code == 0
    remarks = json.loads(result.stdout)["remarks"]
    assert len(remarks) == 2
    assert "co-director" in " ".join(remarks)


def test_facts_happened_when_they_did(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    for _, _, payload, meta in log(system):
        assert getattr(meta, "actor", None) == ACTOR
        assert getattr(meta, "correlation_id", None) == IMPORT
        happened = [
            getattr(payload, n)
            for n in ("added_at", "given_at", "assigned_at")
            if hasattr(payload, n)
        ]
        assert all(at.year == 2021 for at in happened)


def test_a_second_run_writes_nothing(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    before = log(system)
    again = cinema("legacy", file, "--json")
    assert (again.exit_code, sums(again, "new"), sums(again, "changed")) == (0, 0, 0)
    assert sums(again, "unchanged") == sums(again, "read")
    assert log(system) == before


def test_a_changed_row_becomes_the_matching_fact(
    system: System, cinema: Cinema, file: Path
) -> None:
    cinema("legacy", file)
    head, id_ = system.log.head(), first_film(file)
    for rating in (1.5, 9.5, 1.5):
        query = "UPDATE film_work SET rating = ?, updated_at = ? WHERE id = ?"
        change(file, query, rating, "2022-01-01 00:00:00+00", str(id_))
        result = cinema("legacy", file, "--json")
        assert tables(result)["film_work"]["changed"] == 1
    facts = [payload for _, _, payload, _ in log(system)[head:]]
    assert [getattr(fact, "rating", None) for fact in facts] == [15, 95, 15]
    assert {type(fact).__name__ for fact in facts} == {"FilmRated"}


def test_every_kind_of_change(system: System, cinema: Cinema, file: Path) -> None:
    cinema("legacy", file)
    head, id_ = system.log.head(), str(first_film(file))
    for query in (
        "UPDATE film_work SET title = 'Other', description = 'Новое', type = 'tv_show',"
        " creation_date = '2001-02-03', file_path = 'a.mp4' WHERE id = ?",
        "DELETE FROM genre_film_work WHERE film_work_id = ?",
        "DELETE FROM person_film_work WHERE film_work_id = ?",
    ):
        change(file, query, id_)
    change(file, "UPDATE genre SET name = name || '!', description = 'D' WHERE rowid=1")
    change(file, "UPDATE person SET full_name = 'Somebody Else' WHERE rowid = 1")
    assert cinema("legacy", file).exit_code == 0
    kinds = {type(payload).__name__ for _, _, payload, _ in log(system)[head:]}
    assert kinds >= {
        "FilmRetitled",
        "FilmDescribed",
        "FilmTypeCorrected",
        "FilmReleaseDated",
        "FilmMediaAttached",
        "GenreUnassigned",
        "GenreRenamed",
        "GenreDescribed",
        "PersonRenamed",
    }
    drain(engines(system).values())
    assert cinema("verify", file).exit_code == 0


def test_each_broken_row_is_named_and_stops_nothing(
    system: System, cinema: Cinema, file: Path
) -> None:
    expected = add_broken_rows(file)
    listing = file.with_suffix(".jsonl")
    result = cinema("legacy", file, "--json", "--rejects", listing)
    assert result.exit_code == 2, result.output
    rejects = [json.loads(line) for line in listing.read_text().splitlines()]
    assert {(r["table"], r["id"]): r["column"] for r in rejects} == expected
    assert all(reject["why"] for reject in rejects)
    assert sums(result, "rejected") == len(expected)
    assert sums(result, "new") == sums(result, "read") - len(expected)
    drain(engines(system).values())
    checked = cinema("verify", file)
    assert checked.exit_code == 0, checked.output


def test_strict_stops_at_the_first(cinema: Cinema, file: Path) -> None:
    add_broken_rows(file)
    result = cinema("legacy", file, "--strict", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["stopped"] is True
    assert len(json.loads(result.stdout)["rejects"]) == 1


def test_a_dry_run_tells_and_does_nothing(
    system: System, cinema: Cinema, file: Path
) -> None:
    result = cinema("legacy", file, "--dry-run", "--json")
    assert sums(result, "new") == sums(result, "read") > 0
    assert system.log.head() == 0


@pytest.mark.parametrize("is_recorded", [False, True])
def test_cut_short_and_run_again_it_is_as_if_never_cut(
    system: System,
    cinema: Cinema,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_recorded: bool,
) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    record, batches = Bulk.record, iter(range(100))

    def dies(bulk: Bulk, decisions: Any) -> Any:
        is_last = next(batches) == 25
        if is_recorded or not is_last:
            lost = record(bulk, decisions)
        if is_last:
            raise KeyboardInterrupt
        return lost

    with monkeypatch.context() as patch:
        patch.setattr(Bulk, "record", dies)
        assert cinema("legacy", file).exit_code != 0
    some = system.log.head()
    result = cinema("legacy", file, "--json")
    assert 0 < some < system.log.head()
    assert result.exit_code == 0
    assert sums(result, "new") + sums(result, "unchanged") == sums(result, "read")
    assert len({(stream, version) for stream, version, _, _ in log(system)}) == len(
        log(system)
    )
    drain(engines(system).values())
    assert cinema("verify", file).exit_code == 0
