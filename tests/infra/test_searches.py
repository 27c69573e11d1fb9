"""What people look for is counted, and nothing is kept that could be of a person."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from psycopg_pool import ConnectionPool

from infra.postgres import searches as module
from infra.postgres.searches import PostgresSearches, kept_of
from infra.settings import Settings
from projections.searches import Searched

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = NOON.date()


class Calendar:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def searches(postgres: Settings, calendar: Calendar) -> Iterator[PostgresSearches]:
    with (
        ConnectionPool(postgres.conninfo, min_size=1) as pool,
        PostgresSearches(pool, calendar) as searches,
    ):
        yield searches


def heard(searches: PostgresSearches, *asked: tuple[str, int]) -> None:
    for words, films in asked:
        searches.note(words, films)
    searches.write()


def test_they_are_counted_by_their_words(
    searches: PostgresSearches, calendar: Calendar
) -> None:
    heard(searches, ("Брат", 2), ("брат!", 3), ("hamlet", 0))
    heard(searches, ("hamlet", 0), ("macbeth", 0), ("брат", 4))
    brother = Searched("брат", 3, 4, TODAY)
    hamlet, macbeth = Searched("hamlet", 2, 0, TODAY), Searched("macbeth", 1, 0, TODAY)
    assert searches.popular(TODAY, 9) == [brother, hamlet, macbeth]
    assert searches.fruitless(TODAY, 1) == [hamlet]
    calendar.now += timedelta(days=1)
    heard(searches, ("hamlet", 1))
    assert searches.fruitless(TODAY, 9) == [macbeth]
    tomorrow = TODAY + timedelta(days=1)
    assert searches.popular(tomorrow, 9) == [Searched("hamlet", 1, 1, tomorrow)]


def test_they_are_forgotten_in_time(
    searches: PostgresSearches, calendar: Calendar
) -> None:
    heard(searches, ("old", 1))
    calendar.now += timedelta(days=module.DAYS + 1)
    heard(searches, ("new", 1))
    assert [each.words for each in searches.popular(TODAY, 9)] == ["new"]


def test_there_are_never_too_many(
    searches: PostgresSearches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    monkeypatch.setattr(module, "MOST_A_DAY", 3)
    heard(searches, *((f"film {letter}", 1) for letter in "abcde"))
    heard(searches, ("film a", 1), ("other", 1))
    found = [(each.words, each.times) for each in searches.popular(TODAY, 9)]
    assert found == [("film a", 2), ("film b", 1), ("film c", 1)]


def test_they_are_written_by_themselves(
    searches: PostgresSearches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.01)
    searches.note("брат", 1)
    assert searches.writer is not None
    while not searches.popular(TODAY, 9):
        searches.closing.wait(0.01)


def test_what_waits_is_written_in_the_end(searches: PostgresSearches) -> None:
    searches.note("брат", 1)
    searches.close()
    assert searches.popular(TODAY, 9) == [Searched("брат", 1, 1, TODAY)]


@pytest.mark.parametrize(
    "words", ["", "?!", "\0", "me@example.com", "8 (912) 345-67-89", "4510 123456"]
)
def test_not_everything_is_kept(words: str) -> None:
    assert kept_of(words) is None


@pytest.mark.parametrize(
    ("words", "kept"), [("Матрица 1999", "матрица 1999"), ("a" * 99, "a" * 64)]
)
def test_words_are_kept_folded(words: str, kept: str) -> None:
    assert kept_of(words) == kept
