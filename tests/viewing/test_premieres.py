"""Who waits for a film is told on its day, once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from domain.mailing.events import LetterOrdered
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, engines, everyone
from infra.eventstore.runner import drain
from infra.projection_engine.rebuilding import rebuild
from infra.settings import Settings
from infra.workers import premiere_clock
from tests.api.catalogue.site import PEOPLE, Site

EVE = datetime(2026, 6, 11, 6, tzinfo=UTC)
#: Ten in the morning in Moscow.
PREMIERE = datetime(2026, 6, 12, 7, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Clock:
    now: datetime = field(default=EVE)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Cinema(Site):
    clock: Clock

    def film(self, title: str = "Dune", **fields: Any) -> str:
        film = super().film(title, **({"release_date": "2026-06-12"} | fields))
        self.settle()
        return film

    def waits(self, film: str, as_: str = "viewer", method: str = "PUT") -> int:
        answer = self.ask(method, f"/command/v1/me/premieres/{film}", as_)
        self.settle()
        return int(answer.status_code)

    def change(self, film: str, what: str, **body: Any) -> None:
        answer = self.post(f"/command/v1/films/{film}/{what}", **body)
        assert answer.status_code == 200, answer.text

    def until(self, moment: datetime) -> None:
        self.clock.now = moment
        self.settle()

    def settle(self) -> None:
        drain(everyone(self.system).values())

    def letters(self) -> list[LetterOrdered]:
        facts = self.system.log.read(0, (LetterOrdered,), 100).facts
        return [fact.payload for fact in facts]

    def told(self) -> list[Any]:
        return [letter.account_id for letter in self.letters()]


@pytest.fixture
def cinema(postgres: Settings) -> Iterator[Cinema]:
    clock = Clock()
    with assemble(postgres, clock=clock, authenticate=PEOPLE.get) as system:
        app = OneAddress(command_app(system), query_app(system))
        yield Cinema(TestClient(app, raise_server_exceptions=False), system, clock)


class Killed(BaseException):
    """The process is gone, in the middle of this line."""


def id_of(name: str) -> Any:
    return PEOPLE[name].account_id


def test_everybody_who_waits_is_told_at_ten_on_the_day(cinema: Cinema) -> None:
    film = cinema.film(titles={"ru": "Дюна", "en": "Dune"})
    assert cinema.waits(film) == 200
    assert cinema.waits(film, "subscriber") == 200
    cinema.until(PREMIERE - timedelta(seconds=1))
    assert cinema.told() == []
    cinema.until(PREMIERE)
    assert sorted(cinema.told()) == [id_of("viewer"), id_of("subscriber")]
    assert cinema.letters()[0].template == "premiere"
    assert cinema.letters()[0].variables == {
        "film_id": film,
        "film_ru": "Дюна",
        "film_en": "Dune",
        "premiered_at": PREMIERE.isoformat(),
    }
    cinema.until(PREMIERE + 30 * DAY)
    assert len(cinema.told()) == 2


def test_a_machine_that_was_off_on_the_day_tells_it_late(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.waits(film)
    cinema.until(PREMIERE + 7 * DAY)
    assert cinema.told() == [id_of("viewer")]


def test_a_date_that_is_put_off_is_waited_for(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.waits(film)
    cinema.change(film, "release", release_date="2026-06-14")
    cinema.until(PREMIERE)
    assert cinema.told() == []
    cinema.until(PREMIERE + 2 * DAY)
    assert cinema.told() == [id_of("viewer")]


def test_a_date_that_is_withdrawn_tells_nobody_until_there_is_one(
    cinema: Cinema,
) -> None:
    film = cinema.film()
    cinema.waits(film)
    cinema.change(film, "release", release_date=None)
    cinema.until(PREMIERE + DAY)
    assert cinema.told() == []
    cinema.change(film, "release", release_date="2026-07-01")
    cinema.until(PREMIERE + 30 * DAY)
    assert cinema.told() == [id_of("viewer")]


def test_an_archived_film_is_waited_for_no_more(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.waits(film)
    cinema.change(film, "archive")
    cinema.settle()
    cinema.change(film, "restoration")
    cinema.until(PREMIERE)
    assert cinema.told() == []
    assert cinema.waits(film) == 409


def test_who_asks_too_late_is_refused(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.until(PREMIERE)
    answer = cinema.ask("PUT", f"/command/v1/me/premieres/{film}", "viewer")
    assert answer.status_code == 409
    assert answer.json()["code"] == "premiere-passed"


def test_who_does_not_wait_any_more_is_not_told(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.waits(film)
    assert cinema.waits(film, method="DELETE") == 200
    cinema.until(PREMIERE)
    assert cinema.told() == []


def test_a_film_that_nobody_knows_is_not_waited_for(cinema: Cinema) -> None:
    assert cinema.waits("0198a000-0000-7000-8000-000000000000") == 404


def test_a_crash_before_it_is_marked_tells_nobody_twice(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = cinema.film()
    cinema.waits(film)
    cinema.clock.now = PREMIERE

    def die(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr("infra.viewing.premiere_clock.mark", die)
    with pytest.raises(Killed):
        premiere_clock(cinema.system).catch_up()
    monkeypatch.undo()
    assert premiere_clock(cinema.system).catch_up() == 1
    cinema.settle()
    assert cinema.told() == [id_of("viewer")]


def test_a_rebuilt_model_tells_nobody_anything(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.waits(film)
    cinema.until(PREMIERE)
    rebuild(engines(cinema.system)["premieres_awaited"])
    cinema.settle()
    assert cinema.told() == [id_of("viewer")]


def test_what_the_film_says_by_now_counts(cinema: Cinema) -> None:
    """The read model still has the old date."""
    film = cinema.film()
    cinema.waits(film)
    cinema.change(film, "release", release_date="2026-06-14")
    cinema.clock.now = PREMIERE
    assert premiere_clock(cinema.system).catch_up() == 0
    cinema.settle()
    assert cinema.told() == []
