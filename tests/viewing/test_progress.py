"""What players say of how far somebody has watched."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import connect

from infra.nats.bus import Message
from infra.viewing.progress_stream import SUBJECT
from infra.viewing.progress_writer import forget
from tests.api.catalogue.site import PEOPLE, opened
from tests.conftest import database
from tests.viewing.conftest import Cinema, Door, item, now, writer_of

FILM, OTHER = str(UUID(int=50)), str(UUID(int=51))
VIEWER = PEOPLE["viewer"].account_id


def positions(cinema: Cinema) -> list[int]:
    return [position for *_, position, _at in cinema.rows()]


def test_the_latest_moment_of_a_film_counts(cinema: Cinema) -> None:
    cinema.watch(item(FILM, 60, ago=20), item(FILM, 70, ago=10), item(OTHER, 5))
    cinema.watch(item(FILM, 65, ago=15))
    assert positions(cinema) == [70, 5]
    cinema.watch(item(FILM, 30))
    assert positions(cinema) == [30, 5]


def test_everybody_and_every_episode_have_a_place_of_their_own(cinema: Cinema) -> None:
    first, second = ({"season": 1, "number": number} for number in (1, 2))
    cinema.watch(item(FILM, 10, episode=first), item(FILM, 20, episode=second))
    cinema.watch(item(FILM, 30, episode=second), as_="subscriber")
    assert positions(cinema) == [10, 20, 30]


def test_a_batch_that_is_sent_again_is_on_the_bus_once(cinema: Cinema) -> None:
    batch = item(FILM, 10)
    assert [cinema.post(batch).status_code for _ in range(3)] == [202, 202, 202]
    assert cinema.writer.catch_up() == 1
    assert cinema.writer.is_at_rest()
    for _ in range(2):
        cinema.post(item(FILM, 11), **{"Idempotency-Key": "the same"})
    assert cinema.writer.catch_up() == 1


def test_what_was_written_and_not_acknowledged_changes_nothing_again(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    cinema.writer.queue.ack_wait = 1.0
    cinema.post(item(FILM, 10))
    monkeypatch.setattr("infra.nats.queue.Delivery.done", lambda _: None)
    assert cinema.writer.catch_up() == 1
    monkeypatch.undo()
    cinema.write()
    assert positions(cinema) == [10]


def test_what_cannot_be_read_is_not_in_the_way(cinema: Cinema) -> None:
    cinema.writer.queue.bus.publish([Message(SUBJECT, "strange", b"\xc1")])
    cinema.watch(item(FILM, 10))
    assert positions(cinema) == [10]


def test_a_clock_ahead_is_set_back_a_little_and_not_believed_much(
    cinema: Cinema,
) -> None:
    cinema.watch(item(FILM, 10, ago=-60))
    [(*_, at)] = cinema.rows()
    assert at <= now()
    refused = cinema.post(item(OTHER), item(FILM, 10, ago=-3_600))
    assert pointers(refused) == ["/items/1/at"]
    assert positions(cinema) == [10]


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"film_id": "solaris"}, "/items/0/film_id"),
        ({"position_seconds": -1}, "/items/0/position_seconds"),
        ({"position_seconds": 6_001}, "/items/0/position_seconds"),
        ({"duration_seconds": 0}, "/items/0/duration_seconds"),
        ({"duration_seconds": 4 * 86_400 + 1}, "/items/0/duration_seconds"),
        ({"at": "2026-01-01T10:00:00"}, "/items/0/at"),
        ({"episode": {"season": 0, "number": 1}}, "/items/0/episode/season"),
        ({"episode": {"season": 1}}, "/items/0/episode/number"),
        ({"mood": "fine"}, "/items/0/mood"),
    ],
)
def test_what_cannot_be_is_pointed_at(
    refusing: Door, fault: dict[str, Any], pointer: str
) -> None:
    assert pointers(refusing.post(item(FILM) | fault)) == [pointer]


def test_a_batch_is_of_one_to_fifty(refusing: Door) -> None:
    assert pointers(refusing.post()) == ["/items"]
    assert pointers(refusing.post(*[item(FILM)] * 51)) == ["/items"]


def test_strangers_have_no_progress(refusing: Door) -> None:
    assert refusing.post(item(FILM), as_="").status_code == 401


def test_without_a_bus_nothing_is_taken(refusing: Door) -> None:
    answer = refusing.post(item(FILM))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["code"] == "progress-not-taken"


def test_who_is_erased_leaves_no_trace(cinema: Cinema) -> None:
    cinema.watch(item(FILM, 10))
    cinema.watch(item(FILM, 20), as_="subscriber")
    cinema.post(item(OTHER, 30))
    with connect(cinema.site.system.settings.conninfo, autocommit=True) as connection:
        forget(connection, VIEWER)
        forget(connection, VIEWER)
    cinema.write()
    assert [account for account, *_ in cinema.rows()] == [
        PEOPLE["subscriber"].account_id
    ]


def test_two_writers_write_what_came_between_them(cinema: Cinema) -> None:
    films = [str(uuid4()) for _ in range(20)]
    for film in films:
        cinema.post(*(item(film, 10 + n, ago=60 - n) for n in range(50)))
    other = writer_of(cinema.site)
    while not cinema.writer.is_at_rest():
        other.catch_up()
        cinema.writer.catch_up()
    assert positions(cinema) == [59] * 20


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


@pytest.fixture(scope="module")
def refusing(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A cinema without a bus, for whoever is not let in."""
    folder = tmp_path_factory.mktemp("refusing")
    with database(server, folder) as settings, opened(settings) as site:
        yield Door(site)
