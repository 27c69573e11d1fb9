"""What the real file is like: the generator has each quirk, and it is read right."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from infra.legacy.database import TABLES, LegacyDatabase
from infra.legacy.plans import description_of, film_commands, titles_of
from infra.legacy.reading import Reading
from infra.legacy.report import MOST_TOLD, Reject, Rejects, Report
from infra.legacy.rows import FilmRow
from infra.legacy.values import BadValue, identifier, moment, tenths, text
from tests.legacy.files import change
from tests.legacy_database import JUNK, Legacy

FILMS = 999


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("legacy") / "legacy.sqlite"
    Legacy(path, FILMS).write()
    return path


@pytest.fixture(scope="module")
def films(path: Path) -> list[FilmRow]:
    report = Report()
    with LegacyDatabase(path) as database:
        films = [*Reading(database, report).films()]
    assert not report.rejects
    return films


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    paths = tmp_path / "one", tmp_path / "two"
    for path in paths:
        Legacy(path, 5).write()
    one, two = (
        [rows(path, f"SELECT * FROM {table}") for table in TABLES]  # noqa: S608
        for path in paths
    )
    assert one == two


def test_proportions_are_those_of_the_real_file(films: list[FilmRow]) -> None:
    genres = sum(len(film.genres) for film in films)
    credits = sum(len(film.credits) for film in films)
    assert 2_000 < genres < 2_500
    assert 5_200 < credits < 6_400


def test_ids_are_kept(path: Path, films: list[FilmRow]) -> None:
    ids = [UUID(id_) for (id_,) in rows(path, "SELECT id FROM film_work ORDER BY id")]
    assert [film.id for film in films] == ids


def test_times_have_a_short_offset_and_any_number_of_digits(path: Path) -> None:
    written = [time for (time,) in rows(path, "SELECT created_at FROM person")]
    digits = Counter(len(re.findall(r"\.(\d+)\+00$", time)[0]) for time in written)
    assert {3, 4, 5, 6} <= digits.keys()
    for time in written:
        found = moment("created_at", time)
        assert found.tzinfo is UTC
        assert f"{found:%Y-%m-%d %H:%M:%S.%f}".rstrip("0") == time.removesuffix("+00")


@pytest.mark.parametrize(
    "written", ["2021-06-16 20:14:09.22+00", "2021-06-16 23:14:09.220000+03:00"]
)
def test_a_time_is_kept_in_utc(written: str) -> None:
    expected = datetime(2021, 6, 16, 20, 14, 9, 220_000, tzinfo=UTC)
    assert moment("created_at", written) == expected


def test_films_of_one_title_are_different_films(films: list[FilmRow]) -> None:
    titles = Counter(film.title for film in films)
    assert titles["Star"] > 50
    pairs = Counter((film.title, film.description) for film in films)
    assert any(number > 1 for (_, about), number in pairs.items() if about)
    assert len({film.id for film in films}) == FILMS


def test_some_films_have_nobody_some_no_director_some_several(
    films: list[FilmRow],
) -> None:
    directors = Counter(
        sum(role == "director" for _, role in film.credits) for film in films
    )
    assert sum(not film.credits for film in films) > 10
    assert directors[0] > 200
    assert sum(number for count, number in directors.items() if count > 1) > 50
    assert max(len({person for person, _ in film.credits}) for film in films) > 20


def test_one_person_may_have_several_roles(films: list[FilmRow]) -> None:
    roles = [Counter(person for person, _ in film.credits) for film in films]
    assert sum(number > 1 for film in roles for number in film.values()) > 200


def test_films_have_one_genre_or_several(films: list[FilmRow]) -> None:
    numbers = Counter(len(film.genres) for film in films)
    assert numbers[0] == 0
    assert numbers[1] < FILMS / 2
    assert max(numbers) > 6


def test_what_is_null_everywhere_is_none(films: list[FilmRow]) -> None:
    for film in films:
        nothing = (film.creation_date, film.file_path, film.certificate)
        assert nothing == (None, None, None)
    assert any(film.description is None for film in films)
    assert any(film.rating is None for film in films)


def test_types_and_ratings_are_ours(films: list[FilmRow]) -> None:
    assert {film.type for film in films} == {"movie", "series"}
    assert {10, 96} <= {film.rating for film in films}


def test_a_film_becomes_one_stream_of_commands(films: list[FilmRow]) -> None:
    film = max(films, key=lambda film: len(film.credits))
    first, *links = film_commands(film, None)
    assert (first.titles, first.now) == (titles_of(film), film.created_at)
    times = [link.created_at for link in (*film.genres.values(),)]
    times += [link.created_at for link in film.credits.values()]
    assert [link.now for link in links] == times


def test_a_russian_description_is_one() -> None:
    film = FilmRow(
        id=UUID(int=1),
        title="Solaris",
        description="Океан",
        creation_date=None,
        certificate=None,
        file_path=None,
        rating=None,
        type="movie",
        created_at=datetime(2021, 6, 16, tzinfo=UTC),
        updated_at=datetime(2021, 6, 16, tzinfo=UTC),
    )
    assert (description_of(film).ru, description_of(film).en) == ("Океан", None)


def test_names_with_junk_are_taken_as_they_are(path: Path) -> None:
    with LegacyDatabase(path) as database:
        names = [person.name for person in Reading(database, Report()).people()]
    assert set(JUNK) <= set(names)
    assert max(Counter(names).values()) > 1


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "is NULL"),
        (5, "is a number, not a text: 5"),
        (b"\xff", r"is bytes, not a text: b'\xff'"),
        ("ab\udcff", "is not UTF-8 at byte 2"),
        ("é\udcff", "is not UTF-8 at byte 2"),
    ],
)
def test_a_text_is_a_text(value: object, why: str) -> None:
    with pytest.raises(BadValue) as caught:
        text("title", value)
    assert caught.value.why == why


@pytest.mark.parametrize(
    "value", ["x", "A" * 36, "{00000000-0000-4000-8000-000000000000}", "0" * 32]
)
def test_an_id_is_written_in_one_way_only(value: str) -> None:
    with pytest.raises(BadValue):
        identifier("id", value)


@pytest.mark.parametrize("value", ["high", 6.25, float("nan"), float("inf")])
def test_a_rating_has_one_decimal(value: object) -> None:
    with pytest.raises(BadValue):
        tenths("rating", value)


@pytest.mark.parametrize("value", ["0001-01-01 00:00:00+03", "2021-06-16", "now"])
def test_a_time_has_an_offset_and_is_in_range(value: str) -> None:
    with pytest.raises(BadValue):
        moment("created_at", value)


def broken(number: int) -> Iterator[Reject]:
    for each in range(number):
        yield Reject("person", str(each), "id", "is NULL")


def test_of_many_rejects_all_are_in_the_file_and_few_in_memory(tmp_path: Path) -> None:
    report, path = Report(), tmp_path / "deep" / "rejects.jsonl"
    with Rejects(path) as report.keep:
        for reject in broken(MOST_TOLD + 5):
            report.reject(reject)
        assert not path.exists()
    assert len(path.read_bytes().splitlines()) == report.rejected == MOST_TOLD + 5
    assert len(report.rejects) == MOST_TOLD
    with Rejects(path):
        pass
    assert not path.exists()


def test_a_broken_id_is_named_as_well_as_it_can_be(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(path.read_bytes())
    change(copy, "UPDATE genre SET id = CAST(x'ff41' AS TEXT) WHERE rowid = 1")
    change(copy, "UPDATE genre SET id = x'ff42' WHERE rowid = 2")
    change(copy, "UPDATE genre SET id = NULL WHERE rowid = 3")
    report = Report()
    with LegacyDatabase(copy) as database:
        assert len([*Reading(database, report).genres()]) == 23
    assert {reject.id for reject in report.rejects} == {"\ufffdA", r"b'\xffB'", "None"}
